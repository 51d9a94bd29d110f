"""Headache by day of the week."""

from collections.abc import Iterable
from functools import partial

from apps.clinical.diary import DiaryDay
from apps.clinical.findings import Certainty
from apps.clinical.patterns.comparison import compare
from apps.clinical.patterns.pattern import Pattern, sides, within
from apps.clinical.periods import Period
from apps.clinical.rulebook import Rule

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

RULE = Rule(
    id="pattern.weekdays",
    version="1.0",
    title="Day of the week",
    source="clinic convention",
    certainty=Certainty.CONVENTION,
)


@RULE.defines
def weekday_pattern(days: Iterable[DiaryDay], period: Period) -> Pattern:
    """Each day of the week against the other six together: seven comparisons of the share of headache days."""
    known = within(days, period)
    return Pattern(
        RULE,
        tuple(compare(name, *sides(known, partial(_falls_on, number))) for number, name in enumerate(WEEKDAYS)),
        days=len(period),
        left_out=len(period) - len(known),
    )


def _falls_on(number: int, entry: DiaryDay) -> bool:
    return entry.day.weekday() == number
