"""Recorded nights and answers as the facts of the sleep rules, without a database."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from apps.clinical.findings import Interval
from apps.diary.models import DayContext
from apps.screening.facts.sleep import free_days_of, minutes_of, sleep_facts, timing_of
from apps.screening.sleep_questions import Measure, all_questions

# A Monday; the clock of the clinic is an hour ahead of UTC until 25 October 2026.
MONDAY = date(2026, 9, 7)


def night(day: date, begin: datetime | None = None, hours: float = 8, **more: Any) -> DayContext:
    times = {"slept_from": begin, "slept_to": begin + timedelta(hours=hours)} if begin else {}
    return DayContext(day=day, **times, **more)


def weeks(*, work: int, free: int, days: int = 14) -> list[DayContext]:
    """Nights of eight hours that begin at these hours of the evening in London, 25 is one o'clock."""
    nights = []
    for number in range(days):
        day = MONDAY + timedelta(days=number)
        hour = free if day.weekday() >= 5 else work
        evening = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=25)
        nights.append(night(day, evening + timedelta(hours=hour)))
    return nights


def test_the_weekend_is_free_unless_told() -> None:
    assert free_days_of({}) == (5, 6)
    assert free_days_of({"free_days": [0]}) == (0,)
    found = timing_of(weeks(work=23, free=25), {})
    assert found is not None
    assert (found.work_middle, found.free_middle, found.social_jetlag) == (3.0, 5.0, 2.0)
    told = timing_of(weeks(work=23, free=25), {"free_days": [0, 1]})
    assert told is not None
    assert told.free_middle == 3.0


@pytest.mark.parametrize(
    ("nights", "answers"),
    [
        (weeks(work=23, free=25, days=6), {}),
        (weeks(work=23, free=25, days=14)[:5] * 2, {}),
        (weeks(work=23, free=25), {"shift_work": True}),
        (weeks(work=23, free=25), {"free_days": []}),
        ([DayContext(day=MONDAY + timedelta(days=number), sleep_minutes=480) for number in range(20)], {}),
    ],
    ids=["six nights", "no free night", "shifts", "no free days", "lengths alone"],
)
def test_what_is_not_enough_says_nothing(nights: list[DayContext], answers: dict[str, Any]) -> None:
    assert timing_of(nights, answers) is None


def test_shifts_with_their_free_days_told_are_read() -> None:
    assert timing_of(weeks(work=23, free=25), {"shift_work": True, "free_days": [5, 6]}) is not None


def test_naps_and_slips_are_no_nights() -> None:
    nap = night(MONDAY, datetime(2026, 9, 7, 13, tzinfo=UTC), hours=1)
    endless = night(MONDAY + timedelta(days=1), datetime(2026, 9, 7, 22, tzinfo=UTC), hours=30)
    others = weeks(work=23, free=25)
    assert timing_of([nap, endless, *others], {}) == timing_of(others, {})


def test_a_length_is_what_was_recorded_else_from_falling_asleep_to_waking() -> None:
    begin = datetime(2026, 9, 6, 22, tzinfo=UTC)
    nights = [
        night(MONDAY, begin, sleep_minutes=400),
        night(MONDAY, begin),
        night(MONDAY),
        night(MONDAY, sleep_minutes=0),
    ]
    assert minutes_of(nights) == [400, 480, 0]


def test_the_night_the_clocks_change_is_as_long_as_it_was() -> None:
    # From 23:00 to 07:00 on the clock, but the hour from one to two came twice.
    changed = night(date(2026, 10, 25), datetime(2026, 10, 24, 22, tzinfo=UTC), hours=9)
    assert minutes_of([changed]) == [540]


def test_the_chart_counts_more_than_an_answer_and_silence_is_not_no() -> None:
    facts = sleep_facts(
        {"bmi": 29, "stroke": False, "waking_headache_days": 16, "free_days": [5]},
        {"bmi": 31.5, "epworth": None, "opioid_days": Interval(0, 30)},
    )
    assert (facts.bmi, facts.stroke, facts.epworth, facts.loud_snoring) == (31.5, False, None, None)
    assert facts.waking_headache_days == Interval(16, 16)
    assert facts.opioid_days == Interval(0, 30)


def test_every_question_is_one_the_rules_know() -> None:
    names = [question.name for question in all_questions()]
    assert len(names) == len(set(names))
    sleep_facts({question.name: 1 if isinstance(question, Measure) else True for question in all_questions()}, {})
