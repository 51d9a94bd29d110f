"""Compares the acute months with the diary they are counted from."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.core.writing import SystemProcess
from apps.diary.selectors.checks import WrongMonth, wrong_months
from apps.diary.services.acute_months import recount_months

CHECK = SystemProcess("check of the acute months")


class Command(BaseCommand):
    help = (
        "Compares the acute months (day bits for each patient and month) with the diary; exit code 1 when they differ."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repair", action="store_true", help="count the months that differ again")

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = list(wrong_months())
        for each in wrong:
            self.stdout.write(_line(each))
        if not wrong:
            self.stdout.write("Every acute month says what the diary says.")
        elif options["repair"]:
            recount_months(months=wrong, by=CHECK)
            self.stdout.write(f"{len(wrong)} months were counted again.")
        else:
            raise CommandError(f"{len(wrong)} months differ. Find out why, then count them again with --repair.")


def _line(wrong: WrongMonth) -> str:
    """The days that are too many (-) and those that are missing (+), by clinic number, without a name."""
    parts = [
        f"{name} {_days('-', kept & ~counted)}{_days('+', counted & ~kept)}".strip()
        for name, (kept, counted) in wrong.masks.items()
    ]
    return f"{wrong.clinic_number} {wrong.month:%Y-%m}: {'; '.join(parts)}"


def _days(sign: str, bits: int) -> str:
    return "".join(f"{sign}{place + 1} " for place in range(31) if bits >> place & 1)
