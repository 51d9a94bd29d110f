"""`manage.py load_medicines`: bring the table in line with the catalogue's data files."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.medicines.catalogue.reader import CATALOGUE_FOLDER, CatalogueError, read_catalogue
from apps.medicines.services import LOADER, load_catalogue


class Command(BaseCommand):
    help = "Load the medicines catalogue from its data files; can be run again at any time."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=CATALOGUE_FOLDER, help="folder with the .csv files")
        parser.add_argument("--check", action="store_true", help="read and check the files, write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["check"]:
                self.stdout.write(f"{len(read_catalogue(options['folder']))} medicines, no fault found.")
                return
            report = load_catalogue(by=LOADER, folder=options["folder"])
        except CatalogueError as error:
            raise CommandError(f"Nothing was loaded. {len(error.faults)} to mend:\n{error}") from error
        for word in ("added", "changed", "withdrawn"):
            for code in getattr(report, word):
                self.stdout.write(f"{word}: {code}")
        self.stdout.write(
            f"Medicines: {len(report.added)} added, {len(report.changed)} changed, "
            f"{len(report.unchanged)} unchanged, {len(report.withdrawn)} withdrawn."
        )
