"""More or fewer than before, and how strong the headaches were."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from apps.clinical.acute_days import acute_medication_days
from apps.clinical.diary import DayState, DiaryDay
from apps.clinical.findings import Interval
from apps.clinical.headache_days import headache_days
from apps.clinical.periods import Period, calendar_month, window_ending, windows_back
from apps.clinical.severity import severity
from apps.clinical.trend import Direction, trend
from tests.clinical.diaries import ON

LATEST, BEFORE = windows_back(ON, 2)


def month(period: Period, headache: int, unknown: int = 0) -> list[DiaryDay]:
    recorded = period.days[: len(period) - unknown]
    return [
        DiaryDay(day, DayState.HEADACHE if place < headache else DayState.NONE) for place, day in enumerate(recorded)
    ]


@pytest.mark.parametrize(
    ("latest", "before", "direction", "difference"),
    [
        pytest.param((7, 0), (10, 0), Direction.FEWER, "−3", id="three fewer is at"),
        pytest.param((6, 0), (10, 0), Direction.FEWER, "−4", id="four fewer is above"),
        pytest.param((8, 0), (10, 0), Direction.NO_CLEAR_CHANGE, "−2", id="two fewer is below"),
        pytest.param((13, 0), (10, 0), Direction.MORE, "+3", id="three more is at"),
        pytest.param((14, 0), (10, 0), Direction.MORE, "+4", id="four more is above"),
        pytest.param((12, 0), (10, 0), Direction.NO_CLEAR_CHANGE, "+2", id="two more is below"),
        pytest.param((10, 0), (10, 0), Direction.NO_CLEAR_CHANGE, "0", id="the same"),
        pytest.param((7, 1), (10, 0), Direction.CANNOT_TELL, "−3 to −2", id="one missing day undoes it"),
        pytest.param((6, 1), (10, 0), Direction.FEWER, "−4 to −3", id="fewer whatever it was"),
        pytest.param((10, 1), (10, 1), Direction.NO_CLEAR_CHANGE, "−1 to +1", id="too small whatever they were"),
        pytest.param((0, 30), (0, 30), Direction.CANNOT_TELL, "−30 to +30", id="nothing recorded"),
    ],
)
def test_trend(latest: tuple[int, int], before: tuple[int, int], direction: Direction, difference: str) -> None:
    days = month(LATEST, *latest) + month(BEFORE, *before)
    found = trend(headache_days(days, LATEST), headache_days(days, BEFORE))
    assert (found.direction, found.difference) == (direction, difference)
    assert str(found) == f"{direction.label} ({difference})"


def test_months_of_different_length_are_compared_per_30_days() -> None:
    october, september = calendar_month(2026, 10), calendar_month(2026, 9)
    days = month(october, 31) + month(september, 27)
    found = trend(headache_days(days, october), headache_days(days, september))
    assert (found.lower, found.upper, found.direction) == (3, 3, Direction.MORE)
    assert (found.latest_per_30, found.before_per_30) == (30.0, 27.0)
    fewer = month(october, 30) + month(september, 27)
    rounded = trend(headache_days(fewer, october), headache_days(fewer, september))
    assert rounded.lower == Fraction(900, 31) - 27
    assert (rounded.difference, rounded.direction) == ("+2", Direction.NO_CLEAR_CHANGE)


@pytest.mark.parametrize(("length", "direction"), [(27, Direction.CANNOT_TELL), (28, Direction.MORE)])
def test_a_month_that_has_only_begun_is_not_compared(length: int, direction: Direction) -> None:
    running, whole = Period(ON - timedelta(days=length - 1), ON), Period(date(2026, 9, 1), date(2026, 9, 30))
    days = month(running, length) + month(whole, 0)
    assert trend(headache_days(days, running), headache_days(days, whole)).direction is direction


def test_rates_only_where_half_of_the_days_are_known() -> None:
    days = month(LATEST, 5, unknown=16) + month(BEFORE, 5, unknown=15)
    found = trend(headache_days(days, LATEST), headache_days(days, BEFORE))
    assert (found.latest_per_30, found.before_per_30) == (None, 10.0)


def test_only_counts_of_the_same_rule_are_compared() -> None:
    with pytest.raises(ValueError, match="same rule"):
        trend(headache_days([], LATEST), acute_medication_days([], BEFORE))


def test_a_trend_keeps_its_rules() -> None:
    saved = trend(headache_days([], LATEST), headache_days([], BEFORE)).as_dict()
    assert (saved["rule_id"], saved["counted_by"]) == ("diary.trend", ["diary.headache_days", "1.0"])


def test_mean_and_worst_severity() -> None:
    window = window_ending(ON, 4)
    days = [
        DiaryDay(day, DayState.HEADACHE, severity=strength) for day, strength in zip(window, (1, 2, 2, 3), strict=True)
    ]
    found = severity(days, window)
    assert (found.mean, found.lowest, found.highest, found.worst) == (2, 2, 2, Interval(3, 3))
    assert str(found) == "mean 2.0, worst 3, stated on 4 of 4 headache days"


def test_severity_within_what_is_open() -> None:
    window = window_ending(ON, 4)
    first, second, third, _ = window
    days = [
        DiaryDay(first, DayState.HEADACHE, severity=2),
        DiaryDay(second, DayState.HEADACHE),
        DiaryDay(third, DayState.NONE),
    ]
    found = severity(days, window)
    assert (found.stated, found.headache, found.mean) == (1, 2, 2)
    assert (found.lowest, found.highest, found.worst) == (Fraction(4, 3), Fraction(8, 3), Interval(2, 3))


def test_without_headache_there_is_no_severity() -> None:
    window = window_ending(ON, 2)
    found = severity([DiaryDay(day, DayState.NONE) for day in window], window)
    assert (found.mean, found.lowest, found.worst, str(found)) == (None, None, Interval(0, 0), "no severity stated")
    unstated = severity([DiaryDay(day, DayState.HEADACHE) for day in window], window)
    assert unstated.worst == Interval(1, 3)
