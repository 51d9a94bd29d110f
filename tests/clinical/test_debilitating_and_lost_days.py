"""Debilitating days and days lost to headache, both from the function of the day."""

from datetime import timedelta

import pytest

from apps.clinical.debilitating_days import debilitating_days
from apps.clinical.diary import AcuteUse, DayState, DiaryDay, OveruseClass, Relief
from apps.clinical.findings import Interval
from apps.clinical.lost_days import LOST_DAYS_WINDOW, lost_days
from apps.clinical.periods import Period, window_ending
from tests.clinical.diaries import MEDICINES, ON

ONLY = Period(ON, ON)


def taken(*effects: Relief | None) -> tuple[AcuteUse, ...]:
    return tuple(
        AcuteUse(f"medicine-{place}", "a triptan", OveruseClass.TRIPTAN, relief=relief)
        for place, relief in enumerate(effects)
    )


YES, NO, OPEN = Interval(1, 1), Interval(0, 0), Interval(0, 1)


@pytest.mark.parametrize(
    ("function", "effects", "known", "expected"),
    [
        pytest.param(0, (Relief.NONE,), True, NO, id="normal"),
        pytest.param(1, (Relief.NONE,), True, NO, id="somewhat limited is below"),
        pytest.param(2, (Relief.NONE,), True, YES, id="severely limited is at"),
        pytest.param(3, (Relief.NONE,), True, YES, id="in bed is above"),
        pytest.param(None, (Relief.NONE,), True, OPEN, id="function not stated"),
        pytest.param(2, (Relief.SOME,), True, YES, id="some relief did not restore function"),
        pytest.param(2, (Relief.FULL,), True, NO, id="headache gone restored it"),
        pytest.param(2, (Relief.NONE, Relief.FULL), True, NO, id="the second medicine restored it"),
        pytest.param(2, (Relief.NONE, None), True, OPEN, id="the second medicine's effect not asked"),
        pytest.param(2, (), True, OPEN, id="none taken: not asked whether one was possible"),
        pytest.param(2, (), False, OPEN, id="medicines not known"),
        pytest.param(2, (Relief.NONE,), False, OPEN, id="perhaps another one that helped"),
        pytest.param(2, (Relief.FULL,), False, NO, id="one that helped, perhaps more"),
        pytest.param(None, (Relief.FULL,), False, NO, id="function not stated but helped"),
        pytest.param(1, (), False, NO, id="not limited enough whatever was taken"),
    ],
)
def test_debilitating_day(
    function: int | None, effects: tuple[Relief | None, ...], known: bool, expected: Interval
) -> None:
    day = DiaryDay(ON, DayState.HEADACHE, function=function, acute=taken(*effects), acute_known=known)
    assert debilitating_days([day], ONLY).interval == expected


@pytest.mark.parametrize(("state", "expected"), [(DayState.NONE, NO), (DayState.NOT_KNOWN, OPEN)])
def test_no_headache_is_not_debilitating_and_not_known_is_open(state: DayState, expected: Interval) -> None:
    assert debilitating_days([DiaryDay(ON, state, acute_known=True)], ONLY).interval == expected


def test_a_scheduled_medicine_is_no_treatment_of_the_attack() -> None:
    day = DiaryDay(
        ON, DayState.HEADACHE, function=2, acute=(MEDICINES["preventive_gepant"], *taken(Relief.NONE)), acute_known=True
    )
    assert debilitating_days([day], ONLY).interval == YES


@pytest.mark.parametrize(
    ("function", "text"), [(0, "0"), (1, "0.5"), (2, "1"), (3, "1")], ids=["normal", "somewhat", "severely", "bed"]
)
def test_lost_day_by_function(function: int, text: str) -> None:
    days = [DiaryDay(day, DayState.NONE) for day in window_ending(ON, LOST_DAYS_WINDOW).days[:-1]]
    found = lost_days([*days, DiaryDay(ON, DayState.HEADACHE, function=function)], ON)
    assert str(found) == text
    assert found.open_days == ()


def test_days_that_are_not_known_may_have_been_lost() -> None:
    window = window_ending(ON, LOST_DAYS_WINDOW).days
    free = [DiaryDay(day, DayState.NONE) for day in window[:-4]]
    found = lost_days(
        [
            *free,
            DiaryDay(window[-4], DayState.NOT_KNOWN),
            DiaryDay(window[-3], DayState.HEADACHE),
            DiaryDay(window[-2], DayState.HEADACHE, function=1),
        ],
        ON,
    )
    assert (str(found), found.half_days) == ("0.5–3.5", Interval(1, 7))
    assert found.open_days == (window[-4], window[-3], window[-1])
    assert found.as_dict()["lower"] == 0.5


def test_lost_days_look_at_90_days() -> None:
    before = DiaryDay(ON - timedelta(days=90), DayState.HEADACHE, function=3)
    first = DiaryDay(ON - timedelta(days=89), DayState.HEADACHE, function=3)
    assert lost_days([before], ON).half_days == Interval(0, 180)
    assert lost_days([before, first], ON).half_days == Interval(2, 180)
