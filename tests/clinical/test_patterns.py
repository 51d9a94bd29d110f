"""What goes with headache: weekdays, sleep, exposures, menstruation, a medicine's beginning."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from apps.clinical.diary import DayState, DiaryDay
from apps.clinical.patterns.comparison import Comparison, Share, Verdict
from apps.clinical.patterns.exposures import exposure_pattern
from apps.clinical.patterns.medicine_changes import MedicineChange, medicine_change_pattern
from apps.clinical.patterns.menstruation import MenstrualRelation, menstrual_pattern
from apps.clinical.patterns.sleep import sleep_pattern
from apps.clinical.patterns.weekdays import weekday_pattern
from apps.clinical.periods import Period
from tests.clinical.diaries import ON

# Twelve weeks, Monday to Sunday.
PERIOD = Period(date(2026, 8, 31), date(2026, 11, 22))


def diary(
    headache: Callable[[date], bool], period: Period = PERIOD, **fields: Callable[[date], object]
) -> list[DiaryDay]:
    return [
        DiaryDay(
            day,
            DayState.HEADACHE if headache(day) else DayState.NONE,
            **{name: value(day) for name, value in fields.items()},
        )
        for day in period
    ]


def named(comparisons: tuple[Comparison, ...], label: str) -> Comparison:
    return next(each for each in comparisons if each.label == label)


def test_each_weekday_is_compared_with_the_other_six() -> None:
    found = weekday_pattern(diary(lambda day: day.weekday() == 5), PERIOD)
    saturday = named(found.comparisons, "Saturday")
    assert (saturday.present, saturday.absent, saturday.verdict) == (Share(12, 12), Share(0, 72), Verdict.MORE)
    assert named(found.comparisons, "Monday").present == Share(0, 12)
    assert (len(found.comparisons), found.days, found.left_out) == (7, 84, 0)


def test_days_that_are_not_known_are_left_out_and_counted() -> None:
    days = diary(lambda day: day.weekday() == 5)[10:]
    days[0] = DiaryDay(days[0].day, DayState.NOT_KNOWN)
    found = weekday_pattern(days, PERIOD)
    assert found.left_out == 11
    assert all(each.present.days + each.absent.days == 73 for each in found.comparisons)


def test_days_outside_the_period_do_not_count() -> None:
    later = Period(PERIOD.first + timedelta(days=35), PERIOD.last)
    found = weekday_pattern(diary(lambda day: True), later)
    assert sum(each.present.days for each in found.comparisons) == 49


@pytest.mark.parametrize(
    ("minutes", "short", "long"),
    [
        (359, Share(84, 84), Share(0, 0)),
        (360, Share(0, 0), Share(0, 0)),
        (540, Share(0, 0), Share(0, 0)),
        (541, Share(0, 0), Share(84, 84)),
    ],
)
def test_short_and_long_nights(minutes: int, short: Share, long: Share) -> None:
    found = sleep_pattern(diary(lambda day: True, sleep_minutes=lambda day: minutes), PERIOD)
    assert [each.present for each in found.comparisons] == [short, long]
    usual = 84 if 360 <= minutes <= 540 else 0
    assert {each.absent for each in found.comparisons} == {Share(usual, usual)}


def test_headache_after_short_nights() -> None:
    found = sleep_pattern(
        diary(
            lambda day: day.weekday() == 0,
            sleep_minutes=lambda day: {0: 300, 1: 600, 2: None}.get(day.weekday(), 450),
        ),
        PERIOD,
    )
    short, long = found.comparisons
    assert (short.present, short.absent, short.verdict) == (Share(12, 12), Share(0, 48), Verdict.MORE)
    assert long.present == Share(0, 12)
    assert found.left_out == 12


NAMES = {"alcohol": "Alcohol", "weather": "Weather"}


def test_exposures_on_the_same_and_on_the_next_day() -> None:
    found = exposure_pattern(
        diary(
            lambda day: day.weekday() == 6,
            exposures=lambda day: frozenset({"alcohol"}) if day.weekday() == 5 else frozenset(),
        ),
        PERIOD,
        NAMES,
    )
    same, following = found.comparisons
    assert (same.label, same.present, same.absent) == ("Alcohol, same day", Share(0, 12), Share(12, 72))
    # The first day of the period has no day before it.
    assert (following.label, following.present, following.absent) == (
        "Alcohol, next day",
        Share(12, 12),
        Share(0, 71),
    )
    assert following.verdict is Verdict.MORE


def test_days_without_the_question_are_neither_side() -> None:
    found = exposure_pattern(
        diary(
            lambda day: True,
            exposures=lambda day: None if day.weekday() < 5 else frozenset({"weather"}),
        ),
        PERIOD,
        NAMES,
    )
    assert named(found.comparisons, "Weather, same day").absent == Share(0, 0)
    assert named(found.comparisons, "Weather, same day").silent == "not enough days: 24 of 30"
    assert found.left_out == 60


def test_an_exposure_that_never_occurred_is_not_compared() -> None:
    found = exposure_pattern(diary(lambda day: True, exposures=lambda day: frozenset()), PERIOD, NAMES)
    assert found.comparisons == ()


@pytest.mark.parametrize(
    ("days_before", "days_after", "silent"),
    [
        (23, 23, ""),
        (24, 24, ""),
        (22, 40, "not enough days before: 22 of 23"),
        (40, 22, "not enough days afterwards: 22 of 23"),
    ],
)
def test_a_medicine_needs_days_on_both_sides(days_before: int, days_after: int, silent: str) -> None:
    begun = date(2026, 10, 1)
    known = Period(begun - timedelta(days=days_before), begun + timedelta(days=days_after - 1))
    found = medicine_change_pattern(
        diary(lambda day: day < begun, known), PERIOD, [MedicineChange(begun, "candesartan begun")]
    )
    (only,) = found.comparisons
    assert only.silent == silent
    assert (only.present.days, only.absent.days) == (days_after, min(days_before, 31))
    assert only.label == "candesartan begun"


def test_a_medicine_reaches_90_days_to_either_side() -> None:
    begun, year = date(2026, 5, 1), Period(date(2026, 1, 1), date(2026, 11, 22))
    found = medicine_change_pattern(diary(lambda day: True, year), year, [MedicineChange(begun, "begun")])
    assert (found.comparisons[0].present, found.comparisons[0].absent) == (Share(90, 90), Share(90, 90))


def test_changes_outside_the_period_are_not_compared() -> None:
    changes = [MedicineChange(PERIOD.first - timedelta(days=1), "before"), MedicineChange(PERIOD.last, "last day")]
    found = medicine_change_pattern(diary(lambda day: True), PERIOD, changes)
    assert [each.label for each in found.comparisons] == ["last day"]


FIRST_DAYS = (date(2026, 9, 10), date(2026, 10, 8), date(2026, 11, 5))


def bleeding(day: date) -> bool:
    return any(0 <= (day - first).days < 5 for first in FIRST_DAYS)


def around(day: date) -> bool:
    return any(-2 <= (day - first).days <= 2 for first in FIRST_DAYS)


def menstruating(headache: Callable[[date], bool]) -> list[DiaryDay]:
    return diary(headache, menstruation=bleeding)


@pytest.mark.parametrize(
    ("headache", "relation"),
    [
        pytest.param(around, MenstrualRelation.PURE, id="in every window and nowhere else"),
        pytest.param(lambda day: around(day) and day.month != 9, MenstrualRelation.PURE, id="in two windows of three"),
        pytest.param(
            lambda day: around(day) and day.month == 9, MenstrualRelation.NEITHER, id="in one window of three"
        ),
        pytest.param(lambda day: True, MenstrualRelation.RELATED, id="always"),
        pytest.param(
            lambda day: day == date(2026, 9, 13) or around(day),
            MenstrualRelation.RELATED,
            id="day 4 is outside",
        ),
        pytest.param(
            lambda day: any((day - first).days in {-3, 3} for first in FIRST_DAYS),
            MenstrualRelation.NEITHER,
            id="days -3 and 4 alone",
        ),
        pytest.param(
            lambda day: any((day - first).days == 2 for first in FIRST_DAYS), MenstrualRelation.PURE, id="day 3 alone"
        ),
        pytest.param(
            lambda day: any((day - first).days == -2 for first in FIRST_DAYS), MenstrualRelation.PURE, id="day -2 alone"
        ),
    ],
)
def test_menstrual_relation(headache: Callable[[date], bool], relation: MenstrualRelation) -> None:
    found = menstrual_pattern(menstruating(headache), PERIOD)
    assert found.first_days == FIRST_DAYS
    assert found.relation is relation


def test_the_window_has_five_days_and_no_day_nought() -> None:
    found = menstrual_pattern(menstruating(around), PERIOD)
    (only,) = found.pattern.comparisons
    assert only.present == Share(15, 15)
    # From the first first day to the last one, without the windows.
    assert only.absent == Share(0, 56 + 1 - 3 - 5 - 3)
    assert (found.met, only.verdict) == (3, Verdict.MORE)


def test_days_that_are_not_known_leave_the_relation_open() -> None:
    missing_outside = [day for day in menstruating(around) if day.day != date(2026, 9, 20)]
    assert menstrual_pattern(missing_outside, PERIOD).relation is MenstrualRelation.CANNOT_TELL
    only_first = menstruating(lambda day: around(day) and day.month == 9)
    missing_in_window = [day for day in only_first if day.day != date(2026, 10, 9)]
    assert menstrual_pattern(missing_in_window, PERIOD).relation is MenstrualRelation.CANNOT_TELL


def test_two_cycles_are_not_enough() -> None:
    later = Period(date(2026, 9, 25), PERIOD.last)
    found = menstrual_pattern(menstruating(around), later)
    assert (len(found.first_days), found.relation) == (2, MenstrualRelation.TOO_FEW_CYCLES)


def test_a_missed_menstruation_breaks_the_row_of_cycles() -> None:
    days = diary(around, menstruation=lambda day: bleeding(day) and day.month != 10)
    found = menstrual_pattern(days, PERIOD)
    assert found.first_days == (FIRST_DAYS[0], FIRST_DAYS[2])
    assert found.relation is MenstrualRelation.TOO_FEW_CYCLES
    assert found.pattern.comparisons[0].absent == Share(0, 0)


@pytest.mark.parametrize(("days_apart", "cycles"), [(45, 1), (46, 0)])
def test_longest_cycle(days_apart: int, cycles: int) -> None:
    first = date(2026, 9, 5)
    firsts = (first, first + timedelta(days=days_apart))
    found = menstrual_pattern(diary(lambda day: False, menstruation=lambda day: day in firsts), PERIOD)
    assert found.first_days == firsts
    assert found.pattern.comparisons[0].absent.days == (days_apart + 1 - 6 if cycles else 0)


@pytest.mark.parametrize(("free_days", "firsts"), [(9, 1), (10, 2), (11, 2)])
def test_bleeding_after_few_free_days_is_the_same_menstruation(free_days: int, firsts: int) -> None:
    first = date(2026, 9, 10)
    again = first + timedelta(days=free_days + 1)
    found = menstrual_pattern(diary(lambda day: False, menstruation=lambda day: day in (first, again)), PERIOD)
    assert len(found.first_days) == firsts


def test_without_an_entry_on_the_day_before_the_first_day_is_not_known() -> None:
    days = [day for day in menstruating(around) if day.day != FIRST_DAYS[0] - timedelta(days=1)]
    assert menstrual_pattern(days, PERIOD).first_days == FIRST_DAYS[1:]


def test_without_menstruation_there_is_nothing_to_compare() -> None:
    found = menstrual_pattern(diary(lambda day: True), PERIOD)
    assert (found.pattern.comparisons, found.relation) == ((), MenstrualRelation.TOO_FEW_CYCLES)


def test_a_pattern_keeps_its_rule() -> None:
    saved = weekday_pattern([], PERIOD).as_dict()
    assert (saved["rule_id"], saved["left_out"], saved["comparisons"][0]["silent"]) == (
        "pattern.weekdays",
        84,
        "not enough days: 0 of 30",
    )
    assert PERIOD.last == ON
