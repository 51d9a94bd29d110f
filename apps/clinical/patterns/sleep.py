"""Headache after short and after long nights."""

from collections.abc import Callable, Iterable

from apps.clinical.diary import DiaryDay
from apps.clinical.findings import Certainty
from apps.clinical.patterns.comparison import compare
from apps.clinical.patterns.pattern import Pattern, of_neither_side, sides, within
from apps.clinical.periods import Period
from apps.clinical.rulebook import Rule, Threshold

SHORT_BELOW_MINUTES = 6 * 60
LONG_ABOVE_MINUTES = 9 * 60

RULE = Rule(
    id="pattern.sleep",
    version="1.0",
    title="Length of the night",
    source="clinic convention",
    certainty=Certainty.CONVENTION,
    thresholds=(
        Threshold("short night", "below 6 hours", "to be confirmed by the clinic"),
        Threshold("long night", "above 9 hours", "to be confirmed by the clinic"),
    ),
)


@RULE.defines
def sleep_pattern(days: Iterable[DiaryDay], period: Period) -> Pattern:
    """Days after a night below 6 hours, and days after one above 9 hours, each against days after a night of 6 to 9
    hours.

    The night that ended on a date counts for that date. Days without a recorded night are left out.
    """
    known = within(days, period)
    kinds = ("after such a night", "after a usual night")
    return Pattern(
        RULE,
        (
            compare("Night below 6 hours", *sides(known, _short), kinds=kinds),
            compare("Night above 9 hours", *sides(known, _long), kinds=kinds),
        ),
        days=len(period),
        left_out=of_neither_side(period, known, _recorded),
        remark="compared with nights of 6 to 9 hours",
    )


def _recorded(entry: DiaryDay) -> bool | None:
    return None if entry.sleep_minutes is None else True


def _short(entry: DiaryDay) -> bool | None:
    return _beyond(entry, lambda minutes: minutes < SHORT_BELOW_MINUTES)


def _long(entry: DiaryDay) -> bool | None:
    return _beyond(entry, lambda minutes: minutes > LONG_ABOVE_MINUTES)


def _beyond(entry: DiaryDay, wanted: Callable[[int], bool]) -> bool | None:
    """Yes for the wanted nights, no for usual ones, neither for nights beyond the other end."""
    if entry.sleep_minutes is None:
        return None
    if wanted(entry.sleep_minutes):
        return True
    return False if SHORT_BELOW_MINUTES <= entry.sleep_minutes <= LONG_ABOVE_MINUTES else None
