"""Reads the CSV export of Migraine Buddy, both generations, by the names of its columns.

One row is an attack. On top may stand a small table of other events, which is no attack list and is left out. The
current generation has UTC offsets; the older one has the wall clock only, which then decides the date, and the length
is added in the clinic's zone. The place (Geohash) is never taken over. Days without an attack are not in the file:
nothing is said about them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import BinaryIO, Final

from apps.diary.choices import ImportSource
from apps.diary.imports.buddy_cells import DateWriting, RowFault, fits, length, medicines, methods, offset, words
from apps.diary.imports.delimited import DELIMITERS, decide_delimiter, records, too_many_rows
from apps.diary.imports.features import aura_named, features_named, one_sided
from apps.diary.imports.parsed import FileRefused, Progress, ReadAttack, Reading, ReadingRules
from apps.diary.imports.report import RowNote
from apps.diary.imports.text import decide_encoding
from apps.diary.imports.times import (
    SEVERITY_REMARK,
    after,
    attack_fault,
    day_fault,
    days_touched,
    in_zone,
    moved_to,
    severity_of_pain,
    whole_pain,
    with_offset,
)
from apps.diary.imports.words import Remarks, one_line, quoted

# Without these three the file is another one; the rest may be missing, as in the older generation.
NEEDED: Final = frozenset({"started", "lasted", "pain level"})
_HEADINGS_WITHIN: Final = 500

_SAID_NOT: Final = (
    "Migraine Buddy lists attacks only: days without an attack stay not recorded.",
    "Migraine Buddy does not say how many doses were taken: each medicine counts as one dose.",
    "“Helpful” and “somewhat helpful” are kept as some relief, “unhelpful” as no relief.",
    "A symptom that is not named stays not asked.",
    SEVERITY_REMARK,
)


def heading_row(cells: list[str]) -> bool:
    """These are the headings of a list of attacks, in whatever order."""
    return set(map(_heading, cells)) >= NEEDED


def _heading(cell: str) -> str:
    return " ".join(cell.casefold().split())


def find_headings(file: BinaryIO, encoding: str) -> tuple[str, int] | None:
    """The separator and the row of the headings when the file is an export of Migraine Buddy, else None."""
    for delimiter in DELIMITERS:
        try:
            for number, cells in records(file, encoding, delimiter):
                if heading_row(cells):
                    return delimiter, number
                if number > _HEADINGS_WITHIN:
                    break
        except FileRefused:
            continue
    return None


def read_migraine_buddy(file: BinaryIO, *, rules: ReadingRules, progress: Progress) -> Reading:
    """Read the export. Raises FileRefused when it is none or can't be read to its end."""
    encoding = decide_encoding(file)
    found = find_headings(file, encoding)
    if found is None:
        decide_delimiter(file, encoding, rules.most_rows)
        raise FileRefused(
            "This is no export of Migraine Buddy: its columns Started, Lasted and Pain Level are missing."
        )
    delimiter, headings_at = found
    rows = _Rows(file, encoding, delimiter, headings_at, rules.most_rows)
    order = _decide_order(rows)
    progress(50)
    reader = _Reader(rules, order)
    for number, row in rows:
        reader.take(number, row)
    if rows.above:
        above = "1 line" if rows.above == 1 else f"{rows.above} lines"
        reader.remarks.say(f"{above} above the list of attacks left out: no attacks.")
    progress(100)
    decided = {
        "Encoding": encoding,
        "Separator": DELIMITERS[delimiter],
        "Order of dates": "day first" if order.day_first else "month first",
        "UTC offsets": "in the file" if rows.has_offsets else f"not in the file; times are read in {rules.zone}",
    }
    return reader.reading(rows.count, decided)


class _Rows:
    """The rows below the headings as heading -> cell; can be walked through more than once.

    count: rows of the last walk. above: filled lines above the headings, without their own headings.
    """

    def __init__(self, file: BinaryIO, encoding: str, delimiter: str, headings_at: int, most_rows: int) -> None:
        self._source = (file, encoding, delimiter)
        self._headings_at, self._most_rows = headings_at, most_rows
        self.count = self.above = 0
        self.has_offsets = False

    def __iter__(self) -> Iterator[tuple[int, dict[str, str] | None]]:
        """None in place of a row that has more cells than there are headings."""
        headings: list[str] = []
        self.count = filled_above = 0
        for number, cells in records(*self._source):
            if number < self._headings_at:
                filled_above += 1
            elif number == self._headings_at:
                headings = [_heading(cell) for cell in cells]
                self.has_offsets = "start utc offset (min)" in headings
            else:
                self.count += 1
                if self.count > self._most_rows:
                    raise too_many_rows(self._most_rows)
                too_wide = any(cell.strip() for cell in cells[len(headings) :])
                yield number, None if too_wide else dict(zip(headings, cells, strict=False))
        # One line is the sentence that there is nothing; of a table the first line is its headings.
        self.above = max(filled_above - 1, 0)


def _decide_order(rows: _Rows) -> DateWriting:
    """Month first, as the app writes it, unless that fits some rows not and day first fits all."""
    month_first_fails = day_first_fails = 0
    for _, row in rows:
        started = (row or {}).get("started", "")
        if fits(started, DateWriting()) or fits(started, DateWriting(day_first=True)):
            month_first_fails += not fits(started, DateWriting())
            day_first_fails += not fits(started, DateWriting(day_first=True))
    return DateWriting(day_first=month_first_fails > 0 and day_first_fails == 0)


class _Reader:
    def __init__(self, rules: ReadingRules, order: DateWriting) -> None:
        self._rules, self._order = rules, order
        self._attacks: dict[str, ReadAttack] = {}
        self._repeated: list[RowNote] = []
        self._faults: list[RowNote] = []
        self.remarks = Remarks()

    def take(self, number: int, row: Mapping[str, str] | None) -> None:
        try:
            if row is None:
                raise RowFault("The row has more cells than there are headings.")
            self._keep(self._attack(number, row))
        except RowFault as fault:
            self._faults.append(RowNote(number, str(fault)))

    def reading(self, rows: int, decided: Mapping[str, str]) -> Reading:
        for sentence in _SAID_NOT:
            self.remarks.say(sentence)
        return Reading(
            source=ImportSource.MIGRAINE_BUDDY,
            rows_read=rows,
            attacks=tuple(self._attacks.values()),
            repeated=tuple(self._repeated),
            faults=tuple(self._faults),
            remarks=self.remarks.sentences(),
            decided=decided,
        )

    def _keep(self, attack: ReadAttack) -> None:
        first = self._attacks.setdefault(attack.key, attack)
        if first is attack:
            return
        if _told(first) == _told(attack):
            self._repeated.append(RowNote(attack.row, f"Repeats row {first.row}. Counted once."))
        else:
            raise RowFault(f"Row {first.row} is another attack that began at the same minute. Only that one was taken.")

    def _attack(self, number: int, row: Mapping[str, str]) -> ReadAttack:
        wall = self._started(row)
        if fault := day_fault(wall.date(), self._rules):
            raise RowFault(fault)
        start, end = self._begin_and_end(wall, row)
        first, last = days_touched(start, end)
        if fault := attack_fault(first, last, self._rules):
            raise RowFault(fault)
        pain = self._pain(number, row)
        symptoms = words(row, "symptoms")
        bothersome = one_line(row.get("most bothersome symptom", ""))
        kinds = words(row, "attack types")
        taken, taken_known = medicines(row)
        attack = ReadAttack(
            row=number,
            # The start alone: a corrected length or note is still the same attack.
            key=f"migraine_buddy:{wall:%Y-%m-%dT%H:%M}",
            first_day=first,
            last_day=last,
            started=start,
            ended=end,
            pain=pain,
            severity=None if pain is None else severity_of_pain(pain),
            unilateral=one_sided(words(row, "pain positions")),
            aura=aura_named((*kinds, *symptoms, bothersome)),
            symptoms=symptoms,
            triggers=words(row, "potential triggers"),
            premonitory=words(row, "premonitory symptoms"),
            relief_methods=methods(row),
            most_bothersome=bothersome,
            taken=taken,
            taken_known=taken_known,
            note=self.remarks.note(row.get("notes", ""), number),
        )
        return replace(attack, **features_named((*symptoms, bothersome)))

    def _started(self, row: Mapping[str, str]) -> datetime:
        text = row.get("started", "")
        try:
            return self._order.read(text)
        except ValueError:
            order = "day" if self._order.day_first else "month"
            raise RowFault(
                f"Started is {quoted(text)}; a date with the {order} first and a time was expected."
            ) from None

    def _begin_and_end(self, wall: datetime, row: Mapping[str, str]) -> tuple[datetime, datetime | None]:
        lasted = length(row.get("lasted", ""))
        start_offset = offset(row, "start utc offset (min)")
        zone = self._rules.zone
        start = in_zone(wall, zone) if start_offset is None else with_offset(wall, start_offset)
        if lasted is None:
            return start, None
        end = after(start, lasted)
        if start_offset is None:
            return start, moved_to(end, zone)
        end_offset = offset(row, "end utc offset (min)")
        minutes = start_offset if end_offset is None else end_offset
        return start, with_offset((end + timedelta(minutes=minutes)).replace(tzinfo=None), minutes)

    def _pain(self, number: int, row: Mapping[str, str]) -> int | None:
        text = row.get("pain level", "").strip()
        if not text:
            return None
        pain = whole_pain(float(text)) if re.fullmatch(r"\d{1,3}(\.\d{1,3})?", text, re.ASCII) else None
        if pain is None:
            self.remarks.add("The pain is not between 0 and 10; the attack was taken without it.", number)
        elif pain == 0:
            self.remarks.add("Pain 0 has no severity; the attack was taken all the same.", number)
        return pain


def _told(attack: ReadAttack) -> tuple[object, ...]:
    """What the row says, without its number."""
    return tuple(getattr(attack, name) for name in ReadAttack.__dataclass_fields__ if name != "row")
