"""Headache days, moderate or severe days, acute medication days and completeness."""

from datetime import date, timedelta

import pytest

from apps.clinical.acute_days import acute_medication_days, class_days
from apps.clinical.completeness import completeness, of_count
from apps.clinical.diary import AcuteUse, DayState, DiaryDay, OveruseClass
from apps.clinical.findings import Interval
from apps.clinical.headache_days import headache_days, moderate_or_severe_days
from apps.clinical.periods import Period, window_ending
from tests.clinical.diaries import MEDICINES, ON, rows

WINDOW = window_ending(ON)
TRIPTAN = frozenset({OveruseClass.TRIPTAN})


def recorded(case: dict[str, str]) -> tuple[list[DiaryDay], Period]:
    period = Period(date.fromisoformat(case["first"]), date.fromisoformat(case["last"]))
    states = (
        [DayState.HEADACHE] * int(case["headache"])
        + [DayState.NONE] * int(case["no_headache"])
        + [DayState.NOT_KNOWN] * int(case["marked_not_known"])
    )
    return [DiaryDay(day, state) for day, state in zip(period, states, strict=False)], period


@pytest.mark.parametrize("case", rows("counts.csv"), ids=lambda case: case["case"])
def test_headache_day_case(case: dict[str, str]) -> None:
    days, period = recorded(case)

    count = headache_days(days, period)
    assert count.interval == Interval(int(case["lower"]), int(case["upper"]))
    assert count.estimate == (int(case["estimate"]) if case["estimate"] else None)

    found = completeness(days, period)
    assert (found.percent, found.quality.value) == (int(case["percent"]), case["quality"])
    assert of_count(count) == found


def one_day(*acute: AcuteUse, known: bool) -> list[DiaryDay]:
    others = [DiaryDay(day, DayState.NONE, acute_known=True) for day in WINDOW.days[1:]]
    return [DiaryDay(WINDOW.first, DayState.HEADACHE, acute=acute, acute_known=known), *others]


@pytest.mark.parametrize(
    ("days", "together", "triptans"),
    [
        pytest.param(one_day(known=True), Interval(0, 0), Interval(0, 0), id="none taken, and that is known"),
        pytest.param(one_day(known=False), Interval(0, 1), Interval(0, 1), id="not known whether any was taken"),
        pytest.param(
            one_day(MEDICINES["triptan"], known=False),
            Interval(1, 1),
            Interval(1, 1),
            id="a triptan, perhaps more",
        ),
        pytest.param(
            one_day(MEDICINES["nsaid"], known=False),
            Interval(1, 1),
            Interval(0, 1),
            id="an NSAID, perhaps a triptan too",
        ),
        pytest.param(
            one_day(MEDICINES["nsaid"], known=True), Interval(1, 1), Interval(0, 0), id="an NSAID and nothing else"
        ),
        pytest.param(
            one_day(MEDICINES["not_identified"], known=True),
            Interval(1, 1),
            Interval(0, 1),
            id="something nobody could identify",
        ),
        pytest.param(
            one_day(MEDICINES["triptan"], MEDICINES["triptan"], known=True),
            Interval(1, 1),
            Interval(1, 1),
            id="two tablets are one day",
        ),
        pytest.param(
            one_day(MEDICINES["preventive_gepant"], known=True),
            Interval(0, 0),
            Interval(0, 0),
            id="a scheduled intake is no acute day",
        ),
    ],
)
def test_acute_medication_days(days: list[DiaryDay], together: Interval, triptans: Interval) -> None:
    assert acute_medication_days(days, WINDOW).interval == together
    assert class_days(days, WINDOW, TRIPTAN).interval == triptans


@pytest.mark.parametrize(
    ("severity", "expected"), [(1, Interval(0, 0)), (2, Interval(1, 1)), (3, Interval(1, 1)), (None, Interval(0, 1))]
)
def test_moderate_or_severe_days(severity: int | None, expected: Interval) -> None:
    only = Period(ON, ON)
    assert moderate_or_severe_days([DiaryDay(ON, DayState.HEADACHE, severity=severity)], only).interval == expected


def test_days_outside_the_period_do_not_count() -> None:
    days = [DiaryDay(WINDOW.first - timedelta(days=1), DayState.HEADACHE), DiaryDay(ON, DayState.HEADACHE)]
    assert headache_days(days, WINDOW).counted_days == (ON,)


def test_two_entries_for_a_day_are_refused() -> None:
    days = [DiaryDay(ON, DayState.HEADACHE), DiaryDay(ON, DayState.NONE)]
    with pytest.raises(ValueError, match="two entries"):
        headache_days(days, WINDOW)


def test_rate_is_per_30_known_days_and_absent_below_half() -> None:
    half = [DiaryDay(day, DayState.HEADACHE) for day in WINDOW.days[:15]]
    assert headache_days(half, WINDOW).per_30_days == 30.0
    assert headache_days(half[:14], WINDOW).per_30_days is None


def test_count_keeps_the_rule_that_made_it() -> None:
    saved = headache_days([DiaryDay(ON, DayState.HEADACHE)], WINDOW).as_dict()
    assert (saved["rule_id"], saved["rule_version"]) == ("diary.headache_days", "1.0")
    assert (saved["lower"], saved["upper"], saved["counted_days"]) == (1, 30, ["2026-11-22"])


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"severity": 0}, "severity is"),
        ({"severity": 4}, "severity is"),
        ({"function": -1}, "function is"),
        ({"function": 4}, "function is"),
    ],
)
def test_diary_day_refuses_values_out_of_range(values: dict[str, int], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        DiaryDay(ON, DayState.HEADACHE, **values)


def test_only_a_headache_day_has_a_severity() -> None:
    with pytest.raises(ValueError, match="only a headache day"):
        DiaryDay(ON, DayState.NONE, severity=2)
