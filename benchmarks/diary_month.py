"""Queries of saving a month of 31 days with intakes: new, unchanged, changed, taken back.

Queries are counted, not timed: their number is the same on every machine. "Ratio" is queries against the goal.

    python -m config.machine.with_services python -m benchmarks diary_month
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from io import StringIO
from typing import TYPE_CHECKING

from benchmarks._timing import Ratio, seconds

if TYPE_CHECKING:
    from apps.diary.entries import DayEntry
    from apps.patients.models import Patient

GOAL_QUERIES = 10
MONTH = date(2026, 10, 1)


def ratios() -> Iterator[Ratio]:
    """One month of one patient, saved again and again."""
    from django.core.management import call_command

    from apps.core.writing import SystemProcess
    from apps.medicines.selectors import acute_medicines
    from apps.patients.models import Patient

    call_command("load_medicines", stdout=StringIO())
    patient = Patient.objects.create(given_name="Ann", family_name="Measured", date_of_birth=date(1980, 1, 1))
    codes = [medicine.code for medicine in acute_medicines()[:3]]
    new = _month(codes)
    changed = [replace(entry, note="Corrected", intakes=entry.intakes[:1]) for entry in new]
    process = SystemProcess("measurement")
    for name, entries in (("new", new), ("unchanged", new), ("changed", changed), ("taken back", [])):
        yield _ratio(name, _saving(patient, entries, process))


def _month(codes: Sequence[str]) -> list[DayEntry]:
    """31 headache days; two medicines on each."""
    from apps.clinical.periods import calendar_month
    from apps.diary.choices import State
    from apps.diary.entries import DayEntry, IntakeEntry

    return [
        DayEntry(
            day=day,
            state=State.HEADACHE,
            severity=2,
            function=1,
            intakes=(IntakeEntry(codes[day.day % 2]), IntakeEntry(codes[2], doses=2)),
            intakes_known=True,
        )
        for day in calendar_month(MONTH.year, MONTH.month)
    ]


def _saving(patient: Patient, entries: Sequence[DayEntry], process: object) -> Callable[[], None]:
    from apps.clinical.periods import calendar_month
    from apps.diary.models import DiaryDay
    from apps.diary.services import record_month

    seen = dict(DiaryDay.objects.filter(patient=patient).values_list("day", "version"))

    def save() -> None:
        record_month(
            patient=patient,
            month=calendar_month(MONTH.year, MONTH.month),
            entries=entries,
            seen=seen,
            by=process,
            today=date(2026, 11, 22),
        )

    return save


def _ratio(name: str, save: Callable[[], None]) -> Ratio:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        spent = seconds(save)
    # Opening and closing the transaction and its savepoints is no query of the service's.
    queries = [each["sql"] for each in asked if not each["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))]
    return Ratio(
        name=f"saving a month, {name}: {len(queries)} queries against {GOAL_QUERIES}",
        value=len(queries) / GOAL_QUERIES,
        goal=1.0,
        measured_ms=spent * 1000,
        reference_ms=spent * 1000,
    )
