"""What an import notes about entries it replaced or completed, so that undoing it brings them back."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from apps.diary.models import AcuteIntake, DiaryDay

_DAY = ("state", "severity", "function", "intakes_known", "note", "entered_late")
_INTAKE = ("doses", "taken_before_pain", "relief", "note", "is_invented")


def day_as_dict(row: DiaryDay, *, version: int) -> dict[str, Any]:
    """A day with its intakes before it was replaced. version: the one under which the import wrote it."""
    return {
        "day": row.day.isoformat(),
        "version": version,
        "batch": str(row.import_batch_id) if row.import_batch_id else None,
        "was": {name: getattr(row, name) for name in _DAY},
        "intakes": [
            {"medicine": str(intake.medicine_id) if intake.medicine_id else None}
            | {name: getattr(intake, name) for name in _INTAKE}
            for intake in row.intakes.all()
        ],
    }


def put_back(row: DiaryDay, noted: dict[str, Any]) -> list[AcuteIntake]:
    """Give the row, unsaved, what it held before; the intakes that go with it, unsaved too."""
    for name, value in noted["was"].items():
        setattr(row, name, value)
    row.import_batch_id = noted["batch"]
    row.version += 1
    row.imported_version = row.version
    return [
        AcuteIntake(
            patient_id=row.patient_id,
            day=row,
            medicine_id=intake["medicine"],
            **{name: intake[name] for name in _INTAKE},
        )
        for intake in noted["intakes"]
    ]


def context_as_dict(day: date, fields: Iterable[str], *, version: int) -> dict[str, Any]:
    """A date whose sleep or menstruation was filled in, and the version under which that was written."""
    return {"day": day.isoformat(), "fields": sorted(fields), "version": version}
