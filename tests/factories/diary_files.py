"""Readings of diary files and files on their way, as tests need them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from apps.diary.choices import ImportSource, State
from apps.diary.imports.meanings import Meant
from apps.diary.imports.parsed import ReadAttack, ReadDay, Reading, ReadIntake
from apps.diary.imports.settling import Diary

MEANINGS = {
    "Maxalt": Meant("rizatriptan"),
    "Rizatriptan": Meant("rizatriptan"),
    "Ibuprofen": Meant("ibuprofen"),
    "Something": Meant(None),
    "Candesartan": Meant(acute=False),
}
NOTHING_RECORDED = Diary({}, (), {})


def attack(row: int, first: date, last: date | None = None, *taken: str, **fields: Any) -> ReadAttack:
    """An attack with dates only, unless times are given; each named medicine once."""
    return ReadAttack(
        row=row,
        key=fields.pop("key", f"a{row}"),
        first_day=first,
        last_day=last or first,
        taken=tuple(ReadIntake(name) for name in taken),
        **fields,
    )


def timed(row: int, begin: datetime, hours: float, *taken: str, **fields: Any) -> ReadAttack:
    """An attack with begin and end in UTC."""
    end = begin + timedelta(hours=hours)
    return attack(row, begin.date(), end.date(), *taken, started=begin, ended=end, **fields)


def at(day: date, hour: int = 12) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def said(row: int, day: date, state: State | None = State.HEADACHE, *taken: str, **fields: Any) -> ReadDay:
    return ReadDay(row=row, day=day, state=state, taken=tuple(ReadIntake(name) for name in taken), **fields)


def reading(
    *entries: ReadDay | ReadAttack, source: ImportSource = ImportSource.MIGRAINE_BUDDY, **fields: Any
) -> Reading:
    """A file that holds these rows and no faults."""
    return Reading(
        source=source,
        rows_read=len({entry.row for entry in entries}),
        days=tuple(entry for entry in entries if isinstance(entry, ReadDay)),
        attacks=tuple(entry for entry in entries if isinstance(entry, ReadAttack)),
        **fields,
    )
