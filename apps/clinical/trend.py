"""More or fewer than before: the difference of one count between two periods, as far as the diary settles it."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from apps.clinical.counting import Count
from apps.clinical.findings import Certainty
from apps.clinical.periods import BLOCK_DAYS, WINDOW_DAYS, Period
from apps.clinical.rulebook import Rule, Threshold

# The early warning of acute medication uses the same step between consecutive windows.
CLEAR_FROM = 3

# A month that has only begun is not compared with a whole one.
SHORTEST = BLOCK_DAYS

RULE = Rule(
    id="diary.trend",
    version="1.0",
    title="Change from one period to the next",
    source="clinic convention",
    certainty=Certainty.CONVENTION,
    thresholds=(
        Threshold("a clear change", "at least 3 days", "the step that also warns of rising acute medication"),
        Threshold("shortest period", "28 days", "a month that has only begun says nothing about the whole"),
    ),
)


class Direction(StrEnum):
    """What the difference says."""

    FEWER = "fewer"
    MORE = "more"
    NO_CLEAR_CHANGE = "no_clear_change"
    CANNOT_TELL = "cannot_tell"

    @property
    def label(self) -> str:
        """The direction as words for the page."""
        return self.value.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Trend:
    """The difference "latest minus before" of one count.

    counted_by: id and version of the rule that counted. lower, upper: the ends of the difference in days, per 30 days
    when the periods differ in length. latest_per_30, before_per_30: days per 30 known days, None when fewer than half
    of the period's days are known.
    """

    rule_id: str
    rule_version: str
    counted_by: tuple[str, str]
    latest: Period
    before: Period
    lower: Fraction
    upper: Fraction
    latest_per_30: float | None
    before_per_30: float | None
    direction: Direction

    @property
    def difference(self) -> str:
        """The difference in words: "−4", "−4 to +2"."""
        ends = (_signed(self.lower, math.floor), _signed(self.upper, math.ceil))
        return ends[0] if self.lower == self.upper else " to ".join(ends)

    def __str__(self) -> str:
        return f"{self.direction.label} ({self.difference})"

    def as_dict(self) -> dict[str, Any]:
        """Give the trend as plain JSON values, with the rules that made it."""
        return {
            "rule_id": self.rule_id,
            "rule_version": self.rule_version,
            "counted_by": list(self.counted_by),
            "latest": [self.latest.first.isoformat(), self.latest.last.isoformat()],
            "before": [self.before.first.isoformat(), self.before.last.isoformat()],
            "difference": self.difference,
            "latest_per_30": self.latest_per_30,
            "before_per_30": self.before_per_30,
            "direction": self.direction.value,
        }


@RULE.defines
def trend(latest: Count, before: Count) -> Trend:
    """The smallest and the largest difference that the open days of both periods allow.

    Fewer or more: even the end nearest to nought is a difference of at least 3 days. No clear change: every possible
    difference is smaller than 3 days. Otherwise, and when a period is shorter than 28 days, it cannot be told. Periods
    of different length are compared as days per 30.

    Raises ValueError when the two counts were made by different rules.
    """
    if (latest.rule_id, latest.rule_version) != (before.rule_id, before.rule_version):
        raise ValueError("only counts of the same rule can be compared")
    scaled = len(latest.period) != len(before.period)
    (low, high), (low_before, high_before) = _ends(latest, scaled=scaled), _ends(before, scaled=scaled)
    lower, upper = low - high_before, high - low_before
    long_enough = min(len(latest.period), len(before.period)) >= SHORTEST
    return Trend(
        rule_id=RULE.id,
        rule_version=RULE.version,
        counted_by=(latest.rule_id, latest.rule_version),
        latest=latest.period,
        before=before.period,
        lower=lower,
        upper=upper,
        latest_per_30=latest.per_30_days,
        before_per_30=before.per_30_days,
        direction=_direction(lower, upper) if long_enough else Direction.CANNOT_TELL,
    )


def _ends(count: Count, *, scaled: bool) -> tuple[Fraction, Fraction]:
    factor = Fraction(WINDOW_DAYS, len(count.period)) if scaled else Fraction(1)
    return count.interval.lower * factor, count.interval.upper * factor


def _direction(lower: Fraction, upper: Fraction) -> Direction:
    if upper <= -CLEAR_FROM:
        return Direction.FEWER
    if lower >= CLEAR_FROM:
        return Direction.MORE
    if lower > -CLEAR_FROM and upper < CLEAR_FROM:
        return Direction.NO_CLEAR_CHANGE
    return Direction.CANNOT_TELL


def _signed(days: Fraction, outward: Callable[[Fraction], int]) -> str:
    """Write tenths of a day, rounded so that the interval only grows: "−4", "+2.3", "0"."""
    tenths = outward(days * 10)
    sign = "−" if tenths < 0 else "+" if tenths else ""
    return f"{sign}{abs(tenths) / 10:g}"
