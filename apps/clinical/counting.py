"""Counting days when some of them are not known.

Each day of a period answers a question with yes, no or not known. A count is then the interval
from "all unknown days are no" to "all unknown days are yes"; it holds the true number whatever
the unknown days would have shown.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from apps.clinical.diary import DiaryDay, by_date
from apps.clinical.findings import Interval
from apps.clinical.periods import WINDOW_DAYS, Period

# Below half of the days a projected figure would be guesswork (galcanezumab trials set months with
# 50 % or less to missing).
ESTIMATE_FROM = Fraction(1, 2)

# Yes, no or not known for one recorded day.
Question = Callable[[DiaryDay], bool | None]


@dataclass(frozen=True, slots=True)
class Count:
    """How many days of a period answer a question with yes.

    counted_days: the days that do. open_days: the days that are not known. Every other day of the
    period is a recorded no.
    """

    rule_id: str
    rule_version: str
    period: Period
    counted_days: tuple[date, ...]
    open_days: tuple[date, ...]

    @property
    def interval(self) -> Interval:
        """The count, from recorded days only up to recorded plus not known."""
        return Interval(len(self.counted_days), len(self.counted_days) + len(self.open_days))

    @property
    def known(self) -> int:
        """How many days of the period have an answer."""
        return len(self.period) - len(self.open_days)

    @property
    def estimate(self) -> int | None:
        """The count projected to the whole period, to be labelled "estimated".

        None when nothing is missing or when fewer than half of the days are known.
        """
        if not self.open_days or not self._enough_known:
            return None
        return round(Fraction(len(self.counted_days) * len(self.period), self.known))

    @property
    def per_30_days(self) -> float | None:
        """Days per 30 known days, for comparing periods of different length.

        None when fewer than half of the days are known. Never compare it with a threshold.
        """
        if not self._enough_known:
            return None
        return round(len(self.counted_days) * WINDOW_DAYS / self.known, 1)

    @property
    def _enough_known(self) -> bool:
        return Fraction(self.known, len(self.period)) >= ESTIMATE_FROM

    def __str__(self) -> str:
        return str(self.interval)

    def as_dict(self) -> dict[str, Any]:
        """Give the count as plain JSON values, with the rule that made it."""
        return {
            "rule_id": self.rule_id,
            "rule_version": self.rule_version,
            "first": self.period.first.isoformat(),
            "last": self.period.last.isoformat(),
            "lower": self.interval.lower,
            "upper": self.interval.upper,
            "known": self.known,
            "estimate": self.estimate,
            "per_30_days": self.per_30_days,
            "counted_days": [day.isoformat() for day in self.counted_days],
            "open_days": [day.isoformat() for day in self.open_days],
        }


def count_days(days: Iterable[DiaryDay], period: Period, question: Question, *, rule_id: str, version: str) -> Count:
    """Ask every day of the period; a date without an entry is not known.

    Raises ValueError when a date has two entries.
    """
    diary = by_date(days)
    counted: list[date] = []
    not_known: list[date] = []
    for day in period:
        entry = diary.get(day)
        answer = None if entry is None else question(entry)
        if answer is None:
            not_known.append(day)
        elif answer:
            counted.append(day)
    return Count(rule_id, version, period, tuple(counted), tuple(not_known))


def days_word(number: int) -> str:
    """Write a number of days: "1 day", "4 days"."""
    return f"{number} day" if number == 1 else f"{number} days"
