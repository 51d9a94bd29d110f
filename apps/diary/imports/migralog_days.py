"""Dates of a MigraLog export: what status, intensities and doses say about each, put together."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from apps.core.dates import short_date
from apps.diary.choices import State
from apps.diary.imports.json_tree import EntryFault
from apps.diary.imports.limits import MOST_DOSES
from apps.diary.imports.parsed import ReadDay, ReadIntake
from apps.diary.imports.report import RowNote
from apps.diary.imports.times import severity_of_pain
from apps.diary.imports.words import Remarks

STATES = {"green": State.NONE, "yellow": State.NOT_KNOWN, "red": State.HEADACHE}


@dataclass(slots=True)
class _Day:
    """rows: those that said something. status: row and state. pain: the worst intensity of the date."""

    rows: list[int] = field(default_factory=list)
    status: tuple[int, State] | None = None
    note: str = ""
    pain: int = 0
    taken: dict[str, ReadIntake] = field(default_factory=dict)


class LogDays:
    """Collects by local date; `read_days` gives one entry a date."""

    def __init__(self, remarks: Remarks) -> None:
        self._days: dict[date, _Day] = {}
        self._remarks = remarks
        self.repeated: list[RowNote] = []

    def _at(self, day: date, row: int) -> _Day:
        found = self._days.setdefault(day, _Day())
        found.rows.append(row)
        return found

    def pain(self, row: int, day: date, pain: int) -> bool:
        """An intensity above 0 marks its date; returns whether it did."""
        if pain > 0:
            found = self._at(day, row)
            found.pain = max(found.pain, pain)
        return pain > 0

    def status(self, row: int, day: date, state: State, note: str) -> None:
        """What the person answered about the date. Raises EntryFault when another answer stands before it."""
        known = self._days.get(day)
        if known and known.status:
            if known.status[1] is state:
                self.repeated.append(RowNote(row, f"Repeats the status of {short_date(day)}. Counted once."))
                return
            raise EntryFault(f"Another status of {short_date(day)} stands before it.")
        found = self._at(day, row)
        found.status, found.note = (row, state), note

    def dose(self, row: int, day: date, intake: ReadIntake) -> None:
        """One dose more of the medicine on that date."""
        found = self._at(day, row)
        key = intake.name.casefold()
        known = found.taken.get(key)
        if known is None:
            found.taken[key] = intake
            return
        if known.doses == MOST_DOSES:
            self._remarks.add(f"More than {MOST_DOSES} doses of a medicine on one date stand as {MOST_DOSES}.", row)
        # Two doses with different effects: what the medicine did that day is not one answer.
        relief = known.relief if known.relief is intake.relief else None
        found.taken[key] = ReadIntake(known.name, min(known.doses + 1, MOST_DOSES), relief)

    def read_days(self, touched: set[date]) -> Iterator[ReadDay]:
        """One entry a date. touched: dates of attacks, which are headache days whatever else was answered."""
        for day, found in sorted(self._days.items()):
            headache = found.pain > 0 or day in touched
            if headache and found.status and found.status[1] is not State.HEADACHE:
                self._contradicted(day, found)
            if not found.rows:
                continue
            state = State.HEADACHE if headache else found.status[1] if found.status else State.NOT_KNOWN
            yield ReadDay(
                row=min(found.rows),
                day=day,
                state=state,
                severity=severity_of_pain(found.pain) if headache else None,
                taken=tuple(found.taken.values()),
                note=found.note,
            )

    def _contradicted(self, day: date, found: _Day) -> None:
        if found.status:
            row = found.status[0]
            found.rows.remove(row)
            self.repeated.append(RowNote(row, f"An episode is recorded for {short_date(day)} as well. It counts."))
