"""Rows of a mapped table to days or attacks."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from apps.diary.choices import State
from apps.diary.imports.limits import MOST_DOSES
from apps.diary.imports.parsed import ReadAttack, ReadDay, ReadingRules, ReadIntake
from apps.diary.imports.tables.cells import Cell, CellFault, is_empty, text_of
from apps.diary.imports.tables.dates import Written, read_clock, read_when
from apps.diary.imports.tables.mapping import Role, TableMapping
from apps.diary.imports.tables.values import (
    Headache,
    doses,
    function,
    headache,
    length,
    medicines,
    names_medicines,
    of_pain,
    of_severity,
    sleep_minutes,
    yes_or_no,
)
from apps.diary.imports.times import attack_fault, day_fault, days_touched, in_zone, moved_to, with_offset
from apps.diary.imports.words import Remarks

_MIDNIGHT: Final = time()


@dataclass(frozen=True, slots=True)
class _Taken:
    intakes: tuple[ReadIntake, ...]
    known: bool


class RowReader:
    """Reads rows by a mapping; knows which columns have which role."""

    def __init__(self, headings: Sequence[str], mapping: TableMapping, rules: ReadingRules, remarks: Remarks) -> None:
        self._mapping, self._rules, self._remarks = mapping, rules, remarks
        self._headings = headings
        self._roles = [mapping.roles.get(heading, Role.IGNORE) for heading in headings]
        self._starts: Counter[str] = Counter()

    def _cell(self, cells: Sequence[Cell], role: Role) -> Cell:
        return next((cell for cell, given in zip(cells, self._roles, strict=False) if given is role), None)

    def check(self, cells: Sequence[Cell]) -> None:
        """Raises CellFault for a row that is wider than the headings, or a formula in a column that counts."""
        if any(not is_empty(cell) for cell in cells[len(self._headings) :]):
            raise CellFault("The row has more cells than there are headings.")
        for cell, role in zip(cells, self._roles, strict=False):
            if role is not Role.IGNORE and isinstance(cell, str):
                text_of(cell)

    def day(self, number: int, cells: Sequence[Cell]) -> ReadDay:
        """A row about a date. Raises CellFault."""
        self.check(cells)
        day = self._when(cells, Role.DATE).day
        if fault := day_fault(day, self._rules):
            raise CellFault(fault)
        said = self._headache(cells)
        taken = self._taken(cells)
        state = said.state if said else None
        if state is None and taken.intakes:
            # Something was taken and nothing said about a headache.
            state = State.NOT_KNOWN
        limited = function(self._cell(cells, Role.FUNCTION), self._mapping.words)
        if limited is not None and state is not State.HEADACHE:
            if limited:
                self._remarks.add("Function on a day without a recorded headache was left out.", number)
            limited = None
        return ReadDay(
            row=number,
            day=day,
            state=state,
            severity=said.severity if said else None,
            function=limited,
            taken=taken.intakes,
            taken_known=taken.known,
            note=self._note(cells, number),
            menstruation=yes_or_no(self._cell(cells, Role.MENSTRUATION), self._mapping.words),
            sleep_minutes=sleep_minutes(self._cell(cells, Role.SLEEP_HOURS)),
        )

    def attack(self, number: int, cells: Sequence[Cell]) -> ReadAttack:
        """A row about an attack. Raises CellFault."""
        self.check(cells)
        start = self._when(cells, Role.ATTACK_START)
        if fault := day_fault(start.day, self._rules):
            raise CellFault(fault)
        begun = self._instant(start)
        first, last, ended = self._end(cells, start, begun)
        if fault := attack_fault(first, last, self._rules):
            raise CellFault(fault)
        said = self._headache(cells)
        if said and said.state is State.NONE:
            raise CellFault("The row says that there was no headache; a list of attacks can't say that of a day.")
        taken = self._taken(cells)
        return ReadAttack(
            row=number,
            key=self._key(start, begun),
            first_day=first,
            last_day=last,
            started=begun,
            ended=ended,
            pain=said.pain if said else None,
            severity=said.severity if said else None,
            taken=taken.intakes,
            taken_known=taken.known,
            note=self._note(cells, number),
        )

    def _when(self, cells: Sequence[Cell], role: Role) -> Written:
        cell = self._cell(cells, role)
        if is_empty(cell):
            raise CellFault("The date is missing.")
        return read_when(cell, self._mapping.date_order)

    def _instant(self, written: Written) -> datetime | None:
        if written.clock is None:
            return None
        wall = datetime.combine(written.day, written.clock)
        return in_zone(wall, self._rules.zone) if written.offset is None else with_offset(wall, written.offset)

    def _end(self, cells: Sequence[Cell], start: Written, begun: datetime | None) -> tuple[date, date, datetime | None]:
        """First and last date and, when there is a clock, the end."""
        lasted = length(self._cell(cells, Role.ATTACK_DURATION))
        given = self._cell(cells, Role.ATTACK_END)
        if not is_empty(given):
            return self._until(given, start, begun)
        if begun is None or lasted is None:
            return start.day, start.day, None
        ended = moved_to(begun.astimezone(UTC) + lasted, self._rules.zone)
        return (*days_touched(begun, ended), ended)

    def _until(self, given: Cell, start: Written, begun: datetime | None) -> tuple[date, date, datetime | None]:
        clock = read_clock(given)
        if clock is not None:
            # Only a clock: on the day it began, or on the next when that would be before.
            later = start.clock is not None and clock < start.clock
            end = Written(start.day + timedelta(days=later), clock)
        else:
            end = read_when(given, self._mapping.date_order)
        if fault := day_fault(end.day, self._rules):
            raise CellFault(fault)
        if begun is not None and isinstance(given, datetime) and end.clock is None:
            end = Written(end.day, _MIDNIGHT)
        ended = self._instant(end) if begun is not None else None
        if begun is None or ended is None:
            if end.day < start.day:
                raise CellFault("The attack ends before it begins.")
            return start.day, end.day, None
        if ended < begun:
            raise CellFault("The attack ends before it begins.")
        return (*days_touched(begun, ended), ended)

    def _key(self, start: Written, begun: datetime | None) -> str:
        """By the start; of several with the same start, by their order in the file."""
        stem = f"table:{begun.astimezone(UTC):%Y-%m-%dT%H:%MZ}" if begun else f"table:{start.day.isoformat()}"
        self._starts[stem] += 1
        return stem if self._starts[stem] == 1 else f"{stem}:{self._starts[stem]}"

    def _headache(self, cells: Sequence[Cell]) -> Headache | None:
        """The columns about headache together. Raises CellFault when they contradict each other."""
        mapping = self._mapping
        said = [
            headache(self._cell(cells, Role.HEADACHE), mapping.headache_scale, mapping.words),
            of_severity(self._cell(cells, Role.SEVERITY), mapping.words),
            of_pain(self._cell(cells, Role.PAIN)),
        ]
        given = [one for one in said if one is not None]
        if not given:
            return None
        states = {one.state for one in given if one.state is not State.NOT_KNOWN}
        if len(states) > 1:
            raise CellFault("The row says “no headache” and how strong it was. Only one of both can be.")
        return Headache(
            states.pop() if states else State.NOT_KNOWN,
            next((one.severity for one in given if one.severity is not None), None),
            next((one.pain for one in given if one.pain is not None), None),
        )

    def _taken(self, cells: Sequence[Cell]) -> _Taken:
        found: dict[str, ReadIntake] = {}
        answers: list[bool] = []
        named = False
        for place, (cell, role) in enumerate(zip(cells, self._roles, strict=False)):
            if role is not Role.MEDICINE:
                continue
            listed = medicines(cell, self._headings[place], self._mapping.words)
            answers.append(listed is not None)
            named = named or names_medicines(cell, self._mapping.words)
            for intake in self._with_doses(listed or (), place, cells):
                known = found.get(intake.name.casefold())
                count = intake.doses + (known.doses if known else 0)
                found[intake.name.casefold()] = ReadIntake(intake.name, min(count, MOST_DOSES))
        # A list of names is the whole list; of columns for one medicine each, all must be filled.
        return _Taken(tuple(found.values()), bool(answers) and (named or all(answers)))

    def _with_doses(self, listed: Sequence[ReadIntake], place: int, cells: Sequence[Cell]) -> Sequence[ReadIntake]:
        """The column after a medicine may hold its doses."""
        after = place + 1
        if after >= len(self._roles) or self._roles[after] is not Role.DOSES or not listed:
            return listed
        count = doses(cells[after])
        if count is None:
            return listed
        if len(listed) > 1:
            raise CellFault("Several medicines stand beside one number of doses. Write the doses behind each name.")
        return (ReadIntake(listed[0].name, count),)

    def _note(self, cells: Sequence[Cell], number: int) -> str:
        parts = [
            text_of(cell)
            for cell, role in zip(cells, self._roles, strict=False)
            if role is Role.NOTE and not is_empty(cell)
        ]
        return self._remarks.note("\n".join(parts), number)
