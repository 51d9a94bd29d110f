"""Writes the clinical rule book for people: docs/clinical-rules.md."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from apps.clinical.describe import rule_book


class Command(BaseCommand):
    """`describe_rules` writes the page; with --check it only says whether it is up to date."""

    help = "Write docs/clinical-rules.md from the rules, or check that it is up to date."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add --check and --file."""
        parser.add_argument("--check", action="store_true", help="change nothing; fail when out of date")
        parser.add_argument(
            "--file",
            type=Path,
            default=Path(settings.BASE_DIR) / "docs" / "clinical-rules.md",
            help="where the page is (default: docs/clinical-rules.md)",
        )

    def handle(self, *args: Any, check: bool, file: Path, **options: Any) -> None:
        """Write or compare; raises CommandError, so exit status 1, when the page is out of date."""
        wanted = rule_book()
        if not check:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(wanted, encoding="utf-8")
            self.stdout.write(f"Wrote {file}")
            return
        if not file.exists() or file.read_text(encoding="utf-8") != wanted:
            raise CommandError(f"{file.name} is out of date: run manage.py describe_rules")
        self.stdout.write(f"{file.name} is up to date")
