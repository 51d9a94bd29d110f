"""Many days in few words: "3, 7 and 9–12 Nov 2026"."""

import datetime
from collections.abc import Iterable, Iterator
from itertools import groupby

from apps.core.dates import MONTH_NAMES


def days_in_words(days: Iterable[datetime.date]) -> str:
    """The days month by month, neighbours joined; empty for no day.

    Months are separated by semicolons: "30 Oct 2026; 1, 3–5 Nov 2026".
    """
    ordered = sorted(set(days))
    months = groupby(ordered, key=lambda day: (day.year, day.month))
    return "; ".join(
        f"{', '.join(_runs(list(in_month)))} {MONTH_NAMES[month - 1][:3]} {year}" for (year, month), in_month in months
    )


def _runs(days: list[datetime.date]) -> Iterator[str]:
    start = end = days[0].day
    for day in [*(each.day for each in days[1:]), None]:
        if day is not None and day == end + 1:
            end = day
            continue
        yield _run(start, end)
        if day is not None:
            start = end = day


def _run(start: int, end: int) -> str:
    if start == end:
        return str(start)
    return f"{start}–{end}" if end > start + 1 else f"{start}, {end}"
