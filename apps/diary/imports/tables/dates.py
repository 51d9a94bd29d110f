"""Dates and times in cells, and in which order a whole column writes them."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from apps.core.dates import MONTH_NAMES
from apps.diary.imports.limits import EARLIEST_DAY
from apps.diary.imports.tables.cells import Cell, CellFault, text_of
from apps.diary.imports.tables.mapping import DateOrder
from apps.diary.imports.words import quoted

_TIME: Final = (
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.]\d{2}(?:[.,]\d+)?)?\s*(?:(?P<half>[ap])\.?m?\.?)?"
    r"\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?"
)
_AFTER: Final = rf"(?:(?:\s*,\s*|\s+|T){_TIME})?"
_NUMBERS: Final = re.compile(
    rf"(?P<a>\d{{1,4}})(?P<sep>[./\- ])(?P<b>\d{{1,2}})(?P=sep)(?P<c>\d{{1,4}})\.?{_AFTER}", re.ASCII | re.IGNORECASE
)
_COMPACT: Final = re.compile(r"(?P<a>\d{4})(?P<b>\d{2})(?P<c>\d{2})", re.ASCII)
_DAY_WORD: Final = re.compile(
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ ./-]*(?P<word>[a-z]{{3,9}})\.?,?[ ./-]*(?P<year>\d{{4}}|\d{{2}}){_AFTER}",
    re.ASCII | re.IGNORECASE,
)
_WORD_DAY: Final = re.compile(
    rf"(?P<word>[a-z]{{3,9}})\.?[ -]*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?[ -]+(?P<year>\d{{4}}){_AFTER}",
    re.ASCII | re.IGNORECASE,
)
_WEEKDAY: Final = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[.,]?\s+", re.IGNORECASE)
_ONLY_TIME: Final = re.compile(_TIME, re.ASCII | re.IGNORECASE)
_LATEST_YEAR: Final = 2100


@dataclass(frozen=True, slots=True)
class Written:
    """A date as it was written. clock: None when it has no time. offset: minutes from UTC, None when not written."""

    day: date
    clock: time | None = None
    offset: int | None = None


def read_when(cell: Cell, order: DateOrder | None) -> Written:
    """The date, and the time if there is one.

    Numbers like 03/04/2026 are read in `order`; a year of four digits in front and months in words need none. Raises
    CellFault when it is no date, or when its order was never confirmed.
    """
    if isinstance(cell, datetime):
        # A date cell of a workbook is a midnight.
        clock = cell.time().replace(microsecond=0)
        return Written(cell.date(), clock if clock != time() else None)
    if isinstance(cell, date):
        return Written(cell)
    text = text_of(cell)
    plain = _WEEKDAY.sub("", text, count=1)
    found = _NUMBERS.fullmatch(plain)
    if found is None:
        return _unmistakable(plain, text)
    if len(found["a"]) < 4 and order is None:
        raise CellFault(f"The date is {quoted(text)}; say first whether the day or the month comes first.")
    written = _in_order(found, order or DateOrder.YEAR_FIRST)
    if written is None:
        expected = (order or DateOrder.YEAR_FIRST).label
        raise CellFault(f"The date is {quoted(text)}, which can't be: {expected[0].lower()}{expected[1:]}.")
    return written


def read_clock(cell: Cell) -> time | None:
    """A time of day without a date; None when the cell is something else."""
    if isinstance(cell, time):
        return cell
    if not isinstance(cell, str):
        return None
    found = _ONLY_TIME.fullmatch(cell.strip())
    try:
        return _clock(found) if found else None
    except ValueError:
        return None


def _unmistakable(plain: str, text: str) -> Written:
    try:
        if found := _COMPACT.fullmatch(plain):
            return Written(date(int(found["a"]), int(found["b"]), int(found["c"])))
        if (found := _DAY_WORD.fullmatch(plain) or _WORD_DAY.fullmatch(plain)) and (month := _month(found["word"])):
            day = date(_year(found["year"]), month, int(found["day"]))
            return Written(day, _clock(found), _offset(found))
    except ValueError:
        pass
    raise CellFault(f"The date is {quoted(text)}; a date like 22/11/2026 was expected.")


def _in_order(found: re.Match[str], order: DateOrder) -> Written | None:
    """None when there is no such date in this order."""
    first, second, third = found["a"], found["b"], found["c"]
    if len(first) > 2 or order is DateOrder.YEAR_FIRST:
        year, month, day = first, second, third
    elif order is DateOrder.DAY_FIRST:
        day, month, year = first, second, third
    else:
        month, day, year = first, second, third
    if len(day) > 2 or len(year) not in {2, 4}:
        return None
    try:
        return Written(date(_year(year), int(month), int(day)), _clock(found), _offset(found))
    except ValueError:
        return None


def _year(digits: str) -> int:
    return int(digits) + 2000 if len(digits) < 3 else int(digits)


def _clock(found: re.Match[str]) -> time | None:
    """Raises ValueError when there is no such time."""
    if found["hour"] is None:
        return None
    hour = int(found["hour"])
    if found["half"]:
        if not 1 <= hour <= 12:
            raise ValueError(hour)
        hour = hour % 12 + (12 if found["half"].lower() == "p" else 0)
    return time(hour, int(found["minute"]))


def _offset(found: re.Match[str]) -> int | None:
    zone = found["zone"]
    if zone is None or zone in "Zz":
        return None if zone is None else 0
    minutes = int(zone[1:3]) * 60 + int(zone[-2:])
    return -minutes if zone[0] == "-" else minutes


def _month(word: str) -> int | None:
    for number, name in enumerate(MONTH_NAMES, start=1):
        if name.lower().startswith(word.lower()):
            return number
    return None


def possible_orders(cell: Cell) -> frozenset[DateOrder]:
    """The orders in which the cell is a date of our time; all of them when it does not depend on the order."""
    orders = set()
    for order in DateOrder:
        try:
            day = read_when(cell, order).day
        except CellFault:
            continue
        if EARLIEST_DAY.year <= day.year <= _LATEST_YEAR:
            orders.add(order)
    return frozenset(orders)


class OrderTally:
    """Decides the order over all cells of the columns with dates.

    dates: cells that are a date in some order. telling: those whose date depends on the order. fitting: of the telling
    ones, how many are a date in each order.
    """

    def __init__(self) -> None:
        self.fitting: Counter[DateOrder] = Counter()
        self.telling = 0
        self.dates = 0

    def add(self, cell: Cell) -> None:
        """Cells that are no date in any order are counted as nothing."""
        possible = possible_orders(cell)
        self.dates += bool(possible)
        if possible and not _the_same_in_all(cell, possible):
            self.telling += 1
            self.fitting.update(possible)

    def __add__(self, other: "OrderTally") -> "OrderTally":
        """Two columns together."""
        both = OrderTally()
        both.fitting = self.fitting + other.fitting
        both.telling = self.telling + other.telling
        both.dates = self.dates + other.dates
        return both

    def decided(self) -> tuple[DateOrder | None, str]:
        """The order when only one fits all cells, else None and the sentence that asks a person."""
        if not self.telling:
            return DateOrder.YEAR_FIRST, ""
        whole = [order for order in DateOrder if self.fitting[order] == self.telling]
        if len(whole) == 1:
            return whole[0], ""
        if whole:
            return None, "All dates can be read in more than one order. Say whether the day or the month comes first."
        best = max(self.fitting.values())
        return None, (
            f"The dates contradict each other: no order fits more than {best} of {self.telling}. Choose one; the rows "
            "that do not fit are left out."
        )


def _the_same_in_all(cell: Cell, possible: frozenset[DateOrder]) -> bool:
    """True when the cell gives the same date in every order, like 2026-04-03, 3 Apr 2026 or 04/04/2026."""
    return len(possible) == len(DateOrder) and len({read_when(cell, order).day for order in possible}) == 1
