"""What is recorded about the dates of a diary file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from apps.clinical.periods import Period
from apps.diary.choices import Source
from apps.diary.facts import entry_of
from apps.diary.imports.settling import BESIDES, Diary, RecordedAttack, RecordedDay
from apps.diary.models import Attack, DayContext, DiaryDay
from apps.diary.selectors.days import attacks_of, contexts_of, rows_of
from apps.patients.models import Patient


@dataclass(frozen=True)
class RecordedRows:
    """The rows of a period; `days` with their intakes and medicines."""

    days: Mapping[date, DiaryDay]
    attacks: Sequence[Attack]
    contexts: Mapping[date, DayContext]


def recorded_rows(patient: Patient, period: Period | None) -> RecordedRows:
    """Everything recorded about a period; nothing without one. Four queries."""
    if period is None:
        return RecordedRows({}, (), {})
    return RecordedRows(
        days={row.day: row for row in rows_of(patient, period)},
        attacks=list(attacks_of(patient, period)),
        contexts={row.day: row for row in contexts_of(patient, period)},
    )


def recorded_diary(rows: RecordedRows) -> Diary:
    """The rows as plain values to settle a file against."""
    return Diary(
        days={day: RecordedDay(entry_of(row), by_hand=_by_hand(row)) for day, row in rows.days.items()},
        attacks=[
            RecordedAttack(row.external_key, row.first_day, row.last_day, row.started_at, row.ended_at)
            for row in rows.attacks
        ],
        besides={day: _values(row) for day, row in rows.contexts.items()},
    )


def _by_hand(row: DiaryDay) -> bool:
    return row.source != Source.IMPORT or row.version != row.imported_version


def _values(row: DayContext) -> dict[str, Any]:
    values = {name: getattr(row, name) for group in BESIDES for name in group}
    return {name: value for name, value in values.items() if value is not None}
