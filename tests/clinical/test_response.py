"""Response to a preventive from 28-day blocks with gaps."""

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.clinical.counting import Count
from apps.clinical.diary import DayState, DiaryDay
from apps.clinical.findings import Answer
from apps.clinical.headache_days import headache_days
from apps.clinical.periods import Period, block
from apps.clinical.response import Response, response, responses
from tests.clinical.diaries import ON, rows

START = ON - timedelta(days=27)
KINDS = {"chronic": True, "episodic": False, "unknown": None}


def count_of(period: Period, words: str) -> Count:
    certain, _, open_ = words.partition("+")
    days = period.days
    return Count("x", "1.0", period, days[: int(certain)], days[len(days) - int(open_ or 0) :])


def between(before: str, after: str, chronic: bool | None = False) -> Response:
    return response(count_of(block(START, 0), before), count_of(block(START, 1), after), number=1, chronic=chronic)


@pytest.mark.parametrize("case", rows("response.csv"), ids=lambda case: case["case"])
def test_response_case(case: dict[str, str]) -> None:
    found = between(case["before"], case["with"], KINDS[case["kind"]])
    assert found.reduction == case["reduction"]
    assert {step: answer.value for step, answer in found.steps} == {
        step: case[f"at_{step}"] for step in (30, 50, 75, 100)
    }
    assert found.finding.answer.value == case["answer"]
    assert bool(found.finding.missing) is (found.finding.answer is Answer.CANNOT_TELL)


def test_the_finding_shows_days_and_completeness() -> None:
    found = between("9+1", "5")
    assert [(fact.label, fact.value) for fact in found.finding.facts][:2] == [
        ("Before", "9–10 days, 27 of 28 days recorded"),
        ("With it", "5 days, 28 of 28 days recorded"),
    ]
    assert found.finding.missing == ("1 of 28 days before the start are not known",)
    assert found.finding.deciding_days == (block(START, 0).last,)
    assert (found.baseline_recorded.percent, found.followup_recorded.percent) == (96, 100)


def diary(first: date, headache: Iterable[bool]) -> list[DiaryDay]:
    return [
        DiaryDay(first + timedelta(days=place), DayState.HEADACHE if each else DayState.NONE)
        for place, each in enumerate(headache)
    ]


@pytest.mark.parametrize(
    ("back", "stopped", "blocks"),
    [(26, None, 0), (27, None, 1), (28, None, 1), (55, None, 2), (55, 26, 1), (55, 27, 1), (55, 28, 0), (-3, None, 0)],
)
def test_only_finished_blocks_are_judged(back: int, stopped: int | None, blocks: int) -> None:
    start = ON - timedelta(days=back)
    found = responses(
        [],
        headache_days,
        start=start,
        today=ON,
        stopped=None if stopped is None else ON - timedelta(days=stopped),
        chronic=True,
    )
    assert [each.number for each in found] == list(range(1, blocks + 1))
    assert all(each.baseline.period == block(start, 0) for each in found)


def test_blocks_are_counted_from_the_diary() -> None:
    start = ON - timedelta(days=55)
    days = diary(start - timedelta(days=28), [True] * 20 + [False] * 8 + [True] * 15 + [False] * 13 + [True] * 5)
    first, second = responses(days, headache_days, start=start, today=ON, chronic=False)
    assert (first.reduction, first.finding.answer) == ("25 %", Answer.NOT_MET)
    assert (second.reduction, second.finding.answer) == ("-40 to 75 %", Answer.CANNOT_TELL)


def test_counts_that_do_not_fit_are_refused() -> None:
    before, after = count_of(block(START, 0), "8"), count_of(block(START, 1), "4")
    with pytest.raises(ValueError, match="same rule"):
        response(before, Count("y", "1.0", after.period, (), ()), number=1, chronic=None)
    with pytest.raises(ValueError, match="28 days"):
        response(before, Count("x", "1.0", Period(START, ON + timedelta(days=1)), (), ()), number=1, chronic=None)
    for number in (0, 2):
        with pytest.raises(ValueError, match="where its number says"):
            response(before, after, number=number, chronic=None)


@settings(max_examples=80)
@given(
    st.lists(st.booleans(), min_size=56, max_size=56),
    st.sets(st.integers(0, 55), max_size=30),
    st.sampled_from([True, False]),
)
def test_what_is_lost_never_makes_the_answer_wrong(headache: list[bool], lost: set[int], chronic: bool) -> None:
    truth = diary(START - timedelta(days=28), headache)
    seen = [day for place, day in enumerate(truth) if place not in lost]
    (full,) = responses(truth, headache_days, start=START, today=ON, chronic=chronic)
    (less,) = responses(seen, headache_days, start=START, today=ON, chronic=chronic)
    assert less.finding.answer in {Answer.CANNOT_TELL, full.finding.answer}
    for (_, known), (_, guessed) in zip(full.steps, less.steps, strict=True):
        assert guessed in {Answer.CANNOT_TELL, known}
    if less.lowest is not None and full.lowest is not None:
        assert less.lowest <= full.lowest <= (full.highest or Fraction(0)) <= (less.highest or Fraction(0))
