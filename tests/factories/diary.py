"""Diary days and the medicines they need, recorded through the diary's own services."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from apps.clinical.overuse_subtypes import LIMIT, NON_OPIOID_LIMIT, NON_OPIOIDS
from apps.clinical.periods import Period
from apps.core.writing import SystemProcess
from apps.diary.choices import State
from apps.diary.entries import DayEntry, IntakeEntry
from apps.diary.models import DiaryDay
from apps.diary.services import record_month
from apps.medicines.catalogue.vocabulary import PharmacologicalClass
from apps.medicines.models import Medicine
from apps.patients.models import Patient

PROCESS = SystemProcess("test diary")


def make_acute_medicine(code: str, *, overuse_class: str = "triptan", **fields: object) -> Medicine:
    """A medicine taken for an attack."""
    return Medicine.objects.get_or_create(
        code=code,
        defaults={
            "generic_name": code.replace("-", ", ", 1),
            "ingredients": [code.partition("-")[0]],
            "is_acute": True,
            "pharmacological_class": PharmacologicalClass.TRIPTAN,
            "overuse_class": overuse_class,
            "overuse_limit_days": NON_OPIOID_LIMIT if overuse_class in NON_OPIOIDS else LIMIT,
            "source": "test",
            "certainty": "certain",
            **fields,
        },
    )[0]


def headache(day: date, *codes: str, severity: int | None = 2, **fields: object) -> DayEntry:
    """A headache day with one dose of each medicine; the list of medicines is complete."""
    intakes = tuple(IntakeEntry(code) for code in codes)
    return DayEntry(
        day=day,
        state=State.HEADACHE,
        severity=severity,
        intakes=intakes,
        intakes_known=True,
        **fields,  # type: ignore[arg-type]
    )


def no_headache(day: date) -> DayEntry:
    """A day without headache and without medicines, both said."""
    return DayEntry(day=day, state=State.NONE, intakes_known=True)


def record(patient: Patient, *entries: DayEntry) -> dict[date, DiaryDay]:
    """Record days that were not recorded before; days between them stay as they are."""
    for entry in entries:
        record_month(
            patient=patient,
            month=Period(entry.day, entry.day),
            entries=[entry],
            seen={},
            by=PROCESS,
            today=timezone.localdate(),
        )
    return {row.day: row for row in DiaryDay.objects.filter(patient=patient)}


def entries_for(period: Period, *, headache_days: Sequence[date], codes: Sequence[str] = ()) -> list[DayEntry]:
    """A complete stretch of diary: the given days with headache and the medicines, all others without."""
    return [headache(day, *codes) if day in headache_days else no_headache(day) for day in period]
