"""Reads headaches, menstruation and sleep from an export of Apple Health, streamed in constant memory.

The file is `export.xml`, alone or in the zip as the phone makes it. Every real export carries a document type: a list
of ELEMENT and ATTLIST declarations inside the file, which in some releases is itself faulty. That list is skipped; it
may not define entities, use parameters or refer to anything outside, and a second one is refused.

A day that was recorded as without headache (NotPresent) is headache-free, unless a headache is recorded for the same
date. A record of a headache is an attack. Dates are those of the offset that stands with the time, or of the zone that
the record names (HKTimeZone): the phone writes all offsets as of the day of the export.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date
from typing import IO, Final

from apps.clinical.periods import Period
from apps.core.dates import short_date
from apps.diary.choices import ImportSource, State
from apps.diary.imports.apple_records import (
    HEADACHE,
    KINDS,
    LONGEST_STAGE,
    SLEEP,
    Record,
    RecordFault,
    asleep,
    bleeding,
    severity,
)
from apps.diary.imports.apple_sleep import Night, SleepRecords
from apps.diary.imports.delimited import too_many_rows
from apps.diary.imports.limits import MEBIBYTE
from apps.diary.imports.markup import MarkupReader
from apps.diary.imports.parsed import FileRefused, Progress, ReadAttack, ReadDay, Reading, ReadingRules
from apps.diary.imports.report import RowNote
from apps.diary.imports.times import attack_fault, day_fault, days_touched
from apps.diary.imports.words import Remarks

ROOT: Final = "HealthData"
# A night has some thirty stages where a headache or a period has one record a day.
STAGES_A_ROW: Final = 20
_LONGEST_DECLARATIONS: Final = MEBIBYTE

_DECLARATIONS: Final = re.compile(rb"<!DOCTYPE\s+HealthData\s*\[(.*?)\]\s*>", re.DOTALL)
_COMMENT: Final = re.compile(rb"<!--.*?-->", re.DOTALL)
_UNSAFE: Final = re.compile(rb"<!ENTITY|<!NOTATION|<!\[|\bSYSTEM\b|\bPUBLIC\b|%|<\?", re.IGNORECASE)
_NOT_LINE_END: Final = re.compile(rb"[^\n]")


def read_apple_health(stream: IO[bytes], length: int, *, rules: ReadingRules, progress: Progress) -> Reading:
    """Read the records of headache, sleep and menstruation; all others are passed over.

    stream: `export.xml` from its beginning. length: its bytes, for the progress. Raises FileRefused when it is no such
    export, is damaged, or has more records of these kinds than `rules.most_rows` (twenty times as many for sleep).
    """
    gathered = _Gathered(rules)
    elements = _Elements(gathered)

    def told(taken: int) -> None:
        progress(min(99, taken * 100 // max(length, 1)))

    elements.reader.read(stream, head=without_declarations(stream.read(_LONGEST_DECLARATIONS)), on_bytes=told)
    progress(100)
    return gathered.reading()


def without_declarations(head: bytes) -> bytes:
    """The beginning of the file with its list of declarations blanked out, line for line.

    Raises FileRefused when the list does more than declare elements and attributes.
    """
    found = _DECLARATIONS.search(head)
    if not found:
        return head
    if unsafe := _UNSAFE.search(_COMMENT.sub(b"", found[1])):
        line = head.count(b"\n", 0, head.find(unsafe[0], found.start(1))) + 1
        raise FileRefused(
            "The file defines entities or refers to something outside. Exports do not, so it was not read.",
            place=f"line {line}",
        )
    return head[: found.start()] + _NOT_LINE_END.sub(b" ", found[0]) + head[found.end() :]


class _Elements:
    """Picks the records out of the stream of elements."""

    def __init__(self, gathered: "_Gathered") -> None:
        self.reader = MarkupReader(self._start, self._end)
        self._gathered = gathered
        self._open: Record | None = None
        self._rooted = False

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Record":
            self._close()
            kind = attributes.get("type", "")
            if kind in KINDS:
                self._open = Record(self._gathered.next_row(kind), self.reader.line, kind, attributes)
        elif not self._rooted and name != ROOT:
            raise FileRefused("This XML file is no export of Apple Health.", place=f"line {self.reader.line}")
        elif self._open is not None and name == "MetadataEntry" and attributes.get("key") == "HKTimeZone":
            self._open.zone = attributes.get("value", "")
        self._rooted = True

    def _end(self, name: str) -> None:
        if name == "Record":
            self._close()

    def _close(self) -> None:
        record, self._open = self._open, None
        if record is not None:
            self._gathered.take(record)


class _Gathered:
    """What is kept while reading: attacks, one entry a date, and the numbers of the sleep records."""

    def __init__(self, rules: ReadingRules) -> None:
        self._rules = rules
        self._rows = 0
        self._stages = 0
        self._attacks: dict[str, ReadAttack] = {}
        self._free: dict[date, int] = {}
        self._bleeding: dict[date, tuple[bool, int]] = {}
        self._sleep = SleepRecords()
        self._repeated: list[RowNote] = []
        self._faults: list[RowNote] = []

    def next_row(self, kind: str) -> int:
        """The number of the next record of the three kinds. Raises FileRefused when there are too many."""
        self._rows += 1
        self._stages += kind == SLEEP
        most = self._rules.most_rows
        if self._stages > most * STAGES_A_ROW:
            raise too_many_rows(most * STAGES_A_ROW)
        if self._rows - self._stages > most:
            raise too_many_rows(most)
        return self._rows

    def take(self, record: Record) -> None:
        try:
            if record.kind == HEADACHE:
                self._headache(record)
            elif record.kind == SLEEP:
                self._night(record)
            else:
                self._menstruation(record)
        except RecordFault as fault:
            if len(self._faults) >= self._rules.most_rows:
                raise too_many_rows(self._rules.most_rows) from None
            self._faults.append(RowNote(record.row, f"Line {record.line}: {fault}"))

    def _headache(self, record: Record) -> None:
        present, worst = severity(record)
        start, end = record.span()
        first, last = days_touched(start, end)
        if fault := attack_fault(first, last, self._rules):
            raise RecordFault(fault)
        if not present:
            self._headache_free(record.row, first, last)
            return
        begun, ended = (f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}" for moment in (start, end))
        key = f"apple_health:{begun}:{ended}"
        known = self._attacks.get(key)
        if known is None:
            # A record without length is a mark on the clock, not an attack of no time.
            self._attacks[key] = ReadAttack(
                record.row, key, first, last, started=start, ended=end if end > start else None, severity=worst
            )
            return
        self._attacks[key] = replace(known, severity=max(known.severity or 0, worst or 0) or None)
        self._repeated.append(
            RowNote(record.row, f"Repeats record {known.row}: the same time. Counted once, with the worse severity.")
        )

    def _headache_free(self, row: int, first: date, last: date) -> None:
        new = [day for day in Period(first, last) if day not in self._free]
        if not new:
            note = f"Repeats record {self._free[first]}: no headache on {short_date(first)}. Counted once."
            self._repeated.append(RowNote(row, note))
        self._free.update(dict.fromkeys(new, row))

    def _menstruation(self, record: Record) -> None:
        flows = bleeding(record)
        first, last = days_touched(*record.span())
        if fault := attack_fault(first, last, self._rules):
            raise RecordFault(fault)
        for day in Period(first, last):
            known = self._bleeding.get(day)
            if known is None or (flows and not known[0]):
                self._bleeding[day] = (flows, record.row)

    def _night(self, record: Record) -> None:
        sleeping = asleep(record)
        start, end = record.span()
        if end - start > LONGEST_STAGE:
            raise RecordFault("A sleep of more than 24 hours is more likely a wrong date.")
        if fault := day_fault(start.date(), self._rules) or day_fault(end.date(), self._rules):
            raise RecordFault(fault)
        if sleeping is not None:
            self._sleep.add(record.row, start, end, in_bed=not sleeping)

    def reading(self) -> Reading:
        """Everything together, one entry for each date about which something besides an attack was said."""
        free = self._without_contradicted()
        nights = self._sleep.nights()
        days = tuple(
            _day(day, free.get(day), self._bleeding.get(day), nights.get(day))
            for day in sorted(free.keys() | self._bleeding.keys() | nights.keys())
        )
        attacks = tuple(sorted(self._attacks.values(), key=lambda attack: attack.row))
        accounted = {day.row for day in days} | {attack.row for attack in attacks}
        accounted |= {note.row for note in (*self._repeated, *self._faults)}
        return Reading(
            source=ImportSource.APPLE_HEALTH,
            rows_read=self._rows,
            days=days,
            attacks=attacks,
            repeated=tuple(self._repeated),
            faults=tuple(self._faults),
            merged=self._rows - len(accounted),
            remarks=_remarks(nights),
            decided={"UTC offsets": "in the file"},
        )

    def _without_contradicted(self) -> dict[date, int]:
        """Headache-free dates and their records, without those that have a headache as well."""
        touched = {day for attack in self._attacks.values() for day in Period(attack.first_day, attack.last_day)}
        free = {day: row for day, row in self._free.items() if day not in touched}
        kept = set(free.values())
        contradicted = {row: day for day, row in self._free.items() if row not in kept}
        self._repeated += [
            RowNote(row, f"A headache is recorded for {short_date(day)} as well. The headache counts.")
            for row, day in contradicted.items()
        ]
        return free


def _day(day: date, free: int | None, flow: tuple[bool, int] | None, night: Night | None) -> ReadDay:
    rows = [row for row in (free, flow[1] if flow else None, night.row if night else None) if row is not None]
    return ReadDay(
        row=min(rows),
        day=day,
        state=None if free is None else State.NONE,
        menstruation=flow[0] if flow else None,
        sleep_minutes=night.minutes if night else None,
        slept_from=night.slept_from if night else None,
        slept_to=night.slept_to if night else None,
    )


def _remarks(nights: Mapping[date, Night]) -> tuple[str, ...]:
    remarks = Remarks()
    remarks.say(
        "A date without a record stays not recorded; only a headache recorded as “not present” makes a headache-free day."
    )
    if in_bed := sum(night.in_bed for night in nights.values()):
        remarks.say(f"For {in_bed} nights only the time in bed is known and stands as sleep.")
    if too_long := sum(night.minutes is None for night in nights.values()):
        remarks.say(f"For {too_long} dates more than 24 hours of sleep came together; their length was left out.")
    if nights:
        remarks.say(
            "A sleep counts for the date of waking, and stages less than an hour apart are one sleep: clinic convention, to "
            "be confirmed. Stages of several devices are laid over each other."
        )
    return remarks.sentences()
