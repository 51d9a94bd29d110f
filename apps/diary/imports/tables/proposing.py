"""Guesses what the columns of a table mean, over all of its rows. A person confirms; nothing ambiguous is decided."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from apps.diary.imports.tables.cells import Cell, is_empty, number_of, shown
from apps.diary.imports.tables.dates import OrderTally
from apps.diary.imports.tables.mapping import (
    SEVERAL,
    DateOrder,
    HeadacheScale,
    Role,
    TableMapping,
    TableProposal,
)
from apps.diary.imports.tables.source import Table, opened_table

_SAMPLE_ROWS: Final = 10
# After so many filled cells without enough dates a column is none of dates.
_ENOUGH_CELLS: Final = 50
_MOSTLY: Final = 0.8
_MOST_KINDS: Final = 30
_DATE_ROLES: Final = frozenset({Role.DATE, Role.ATTACK_START, Role.ATTACK_END})

# The first role whose words stand in the heading; the more special ones come first.
_BY_HEADING: Final = (
    (Role.MENSTRUATION, re.compile(r"menstru|period|menses|bleeding")),
    (Role.SLEEP_HOURS, re.compile(r"sleep|slept")),
    (Role.NOTE, re.compile(r"note|comment|remark|description")),
    (Role.DOSES, re.compile(r"\bdoses?\b|quantity|tablets taken|how many|number of")),
    (Role.MEDICINE, re.compile(r"medic|drug|tablet|\bpills?\b|painkiller|triptan|taken|treatment|analgesic")),
    (Role.FUNCTION, re.compile(r"function|disabilit|impact|impair")),
    (Role.ATTACK_END, re.compile(r"\bend|\bstop|finish|\buntil\b")),
    (Role.ATTACK_DURATION, re.compile(r"duration|lasted|\blength|\bhours\b")),
    (Role.ATTACK_START, re.compile(r"\bstart|\bbegin|\bbegan|onset")),
    (Role.SEVERITY, re.compile(r"sever|intensit|strength|how bad")),
    (Role.PAIN, re.compile(r"\bpain|\bnrs\b|\bvas\b|\bscore\b")),
    (Role.HEADACHE, re.compile(r"headache|migraine|attack")),
    (Role.DATE, re.compile(r"\bdate|\bday\b|\bwhen\b")),
)


@dataclass(slots=True)
class _Column:
    """What all cells of a column have in common."""

    heading: str
    filled: int = 0
    numbers: int = 0
    highest: float = 0.0
    whole: bool = True
    kinds: set[str] = field(default_factory=set)
    order: OrderTally = field(default_factory=OrderTally)

    def add(self, cell: Cell) -> None:
        if is_empty(cell):
            return
        self.filled += 1
        number = number_of(cell)
        if number is not None:
            self.numbers += 1
            self.highest = max(self.highest, number)
            self.whole = self.whole and number == int(number)
        if len(self.kinds) < _MOST_KINDS:
            self.kinds.add(shown(cell).casefold())
        if self.filled <= _ENOUGH_CELLS or self.of_dates:
            self.order.add(cell)

    @property
    def of_dates(self) -> bool:
        return self.order.dates > 0 and self.order.dates >= min(self.filled, _ENOUGH_CELLS) * _MOSTLY

    @property
    def of_numbers(self) -> bool:
        return self.numbers > 0 and self.numbers >= self.filled * _MOSTLY


def propose_mapping(file: BinaryIO, *, sheet: str, most_rows: int) -> TableProposal:
    """Raises FileRefused when it is no table or has more than `most_rows` rows."""
    with opened_table(file, most_rows=most_rows, sheet=sheet) as table:
        columns = [_Column(heading) for heading in table.headings]
        sample: list[tuple[str, ...]] = []
        count = 0
        for _, cells in table.rows():
            count += 1
            for column, cell in zip(columns, cells, strict=False):
                column.add(cell)
            if len(sample) < _SAMPLE_ROWS:
                sample.append(tuple(shown(cell) for cell in cells[: len(columns)]))
        return _proposal(table, columns, tuple(sample), count)


def _proposal(
    table: Table, columns: Sequence[_Column], sample: tuple[tuple[str, ...], ...], rows: int
) -> TableProposal:
    roles = _roles(columns)
    order, order_question = _order(columns, roles)
    scale, scale_question = _scale(columns, roles)
    mapping = TableMapping(
        roles=roles, date_order=order, headache_scale=scale, sheet=table.sheet, has_headings=table.has_headings
    )
    ambiguous = {
        "roles": mapping.faults().get("roles", "") or _severity_question(columns, roles),
        "date_order": order_question,
        "headache_scale": scale_question,
    }
    return TableProposal(
        headings=table.headings,
        sample=sample,
        rows=rows,
        encoding=table.encoding,
        delimiter=table.delimiter,
        sheets=table.sheets,
        mapping=mapping,
        ambiguous={field: sentence for field, sentence in ambiguous.items() if sentence},
    )


def _roles(columns: Sequence[_Column]) -> dict[str, Role]:
    guessed = {column.heading: _by_heading(column) for column in columns}
    if Role.DATE not in guessed.values() and Role.ATTACK_START not in guessed.values():
        first = next((column for column in columns if column.of_dates), None)
        if first is not None:
            guessed[first.heading] = Role.DATE
    if Role.ATTACK_START in guessed.values():
        # A list of attacks: a date beside the start is the same date once more.
        _leave_out(guessed, {Role.DATE, Role.HEADACHE})
    else:
        _leave_out(guessed, {Role.ATTACK_END, Role.ATTACK_DURATION})
    if Role.MEDICINE not in guessed.values():
        _leave_out(guessed, {Role.DOSES})
    return _each_once(guessed)


def _by_heading(column: _Column) -> Role:
    spelled = column.heading.casefold().replace("_", " ")
    for role, words in _BY_HEADING:
        if words.search(spelled) and _can_be(role, column):
            return _scaled(role, column)
    return Role.IGNORE


def _can_be(role: Role, column: _Column) -> bool:
    """The cells do not speak against it; an empty column is nothing."""
    if not column.filled:
        return False
    if role in {Role.DATE, Role.ATTACK_START}:
        return column.of_dates
    if role in {Role.DOSES, Role.PAIN}:
        return column.of_numbers
    return role is Role.NOTE or role is Role.ATTACK_END or not column.of_dates


def _scaled(role: Role, column: _Column) -> Role:
    """Numbers above 3 are pain from 0 to 10, whatever the heading calls them."""
    if role in {Role.SEVERITY, Role.PAIN} and column.of_numbers:
        return Role.PAIN if column.highest > 3 or role is Role.PAIN else Role.SEVERITY
    return role


def _leave_out(guessed: dict[str, Role], roles: set[Role]) -> None:
    for heading, role in guessed.items():
        if role in roles:
            guessed[heading] = Role.IGNORE


def _each_once(guessed: dict[str, Role]) -> dict[str, Role]:
    """Of two columns with a role that only one can have, the first keeps it."""
    given: set[Role] = set()
    for heading, role in guessed.items():
        if role not in SEVERAL and role in given:
            guessed[heading] = Role.IGNORE
        given.add(role)
    return guessed


def _with_role(columns: Sequence[_Column], roles: dict[str, Role], wanted: frozenset[Role]) -> Iterator[_Column]:
    return (column for column in columns if roles[column.heading] in wanted)


def _order(columns: Sequence[_Column], roles: dict[str, Role]) -> tuple[DateOrder | None, str]:
    tally = OrderTally()
    for column in _with_role(columns, roles, _DATE_ROLES):
        tally += column.order
    return tally.decided()


def _scale(columns: Sequence[_Column], roles: dict[str, Role]) -> tuple[HeadacheScale, str]:
    column = next(_with_role(columns, roles, frozenset({Role.HEADACHE})), None)
    if column is None or not column.of_numbers:
        return HeadacheScale.ZERO_TO_THREE, ""
    if column.highest > 3:
        return HeadacheScale.ZERO_TO_TEN, ""
    if column.highest > 1:
        return HeadacheScale.ZERO_TO_THREE, (
            f"The headache column has numbers up to {column.highest:g}. Say whether they count to 3 or to 10."
        )
    return HeadacheScale.YES_NO, "The headache column has 0 and 1 only. Say whether 1 means yes or mild."


def _severity_question(columns: Sequence[_Column], roles: dict[str, Role]) -> str:
    """Low numbers may stand on either scale."""
    for column in _with_role(columns, roles, frozenset({Role.SEVERITY, Role.PAIN})):
        if column.of_numbers and column.highest <= 3:
            return (
                f"“{column.heading[:40]}” has numbers up to {column.highest:g}. Say whether they count to 3 or to 10."
            )
    return ""
