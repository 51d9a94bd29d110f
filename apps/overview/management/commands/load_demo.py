"""`manage.py load_demo [--on 2026-11-22]`: sets the demo clinic up once; run again, it changes nothing."""

from argparse import ArgumentParser
from datetime import date
from time import monotonic
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apps.overview.demo.clinic import set_up


class Command(BaseCommand):
    help = "Sets up the demo clinic: invented people around published headache diaries."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--on", type=date.fromisoformat, help="the date near which the diaries end, like 2026-11-22; else today"
        )

    def handle(self, *args: Any, on: date | None = None, **options: Any) -> None:
        started = monotonic()

        def say(sentence: str) -> None:
            self.stdout.write(f"{monotonic() - started:5.1f} s  {sentence}")
            self.stdout.flush()

        try:
            new = set_up(on=on or timezone.localdate(), say=say)
        except (ImproperlyConfigured, ValueError) as error:
            raise CommandError(str(error)) from error
        say("The demo clinic is open." if new else "The demo clinic is there already. Nothing was changed.")
