"""Stretches of days that counts are made over.

The criteria say "per month" without defining it. This clinic counts the criteria on rolling 30-day
windows that end on the report date, treatment response on 28-day blocks from the start of the
treatment, and shows calendar months beside them because patients think in calendar months. No
threshold is ever rescaled to the length of the period.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

# ICHD-3 counts "days per month"; 30 days is the clinic's reading of a month.
WINDOW_DAYS = 30

# Trials and response definitions count in periods of four weeks.
BLOCK_DAYS = 28

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days from `first` to `last`, both included.

    Raises ValueError when the last day comes before the first.
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a period cannot run from {self.first} back to {self.last}")

    def __len__(self) -> int:
        return (self.last - self.first).days + 1

    def __iter__(self) -> Iterator[date]:
        return (self.first + timedelta(days=offset) for offset in range(len(self)))

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last

    @property
    def days(self) -> tuple[date, ...]:
        """All days of the period, oldest first."""
        return tuple(self)

    def __str__(self) -> str:
        return f"{day_text(self.first)} to {day_text(self.last)}"


def day_text(day: date) -> str:
    """Write a date as it is shown everywhere: 22 Nov 2026."""
    return f"{day.day} {day:%b %Y}"


def window_ending(on: date, length: int = WINDOW_DAYS) -> Period:
    """Give the window of `length` days whose last day is `on`."""
    return Period(on - timedelta(days=length - 1), on)


def windows_back(on: date, how_many: int, length: int = WINDOW_DAYS) -> tuple[Period, ...]:
    """Give consecutive windows that do not overlap, newest first: days 1–30, 31–60 and so on."""
    return tuple(window_ending(on - timedelta(days=length * number), length) for number in range(how_many))


def block(start: date, number: int, length: int = BLOCK_DAYS) -> Period:
    """Give treatment block `number` from the first day of treatment.

    Block 1 is days 1–28, block 2 days 29–56; block 0 is the baseline, the 28 days before the start.
    """
    first = start + timedelta(days=length * (number - 1))
    return Period(first, first + timedelta(days=length - 1))


def blocks_from(start: date, how_many: int, length: int = BLOCK_DAYS) -> tuple[Period, ...]:
    """Give the first `how_many` treatment blocks, oldest first; the baseline is `block(start, 0)`."""
    return tuple(block(start, number, length) for number in range(1, how_many + 1))


def calendar_month(year: int, month: int) -> Period:
    """Give one calendar month, 28 to 31 days. Raises ValueError when there is no such month."""
    first = date(year, month, 1)
    following = date(year + month // 12, month % 12 + 1, 1)
    return Period(first, following - ONE_DAY)


def calendar_months_back(on: date, how_many: int) -> tuple[Period, ...]:
    """Give the calendar month that holds `on` and the months before it, oldest first."""
    months: list[Period] = []
    day = on
    for _ in range(how_many):
        month = calendar_month(day.year, day.month)
        months.append(month)
        day = month.first - ONE_DAY
    return tuple(reversed(months))
