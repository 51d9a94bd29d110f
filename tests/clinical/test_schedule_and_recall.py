"""What is due at a visit, and memory beside the diary."""

from datetime import date, timedelta

import pytest

from apps.clinical.counting import Count
from apps.clinical.findings import Answer
from apps.clinical.instruments import all_instruments
from apps.clinical.periods import window_ending
from apps.clinical.recall import recall_difference, recall_differs
from apps.clinical.schedule import DEFAULT_SCHEDULE, Rhythm, Scheduled, due_at_visit

ON = date(2026, 11, 22)


def due(rhythm: Rhythm, days_ago: int | None) -> bool:
    last = None if days_ago is None else ON - timedelta(days=days_ago)
    return bool(due_at_visit([Scheduled("x", rhythm)], {"x": last}, on=ON))


@pytest.mark.parametrize(
    ("rhythm", "days_ago", "is_due"),
    [
        (Rhythm.ONCE, None, True),
        (Rhythm.ONCE, 900, False),
        (Rhythm.ONCE, -1, True),
        (Rhythm.EVERY_VISIT, None, True),
        (Rhythm.EVERY_VISIT, 0, False),
        (Rhythm.EVERY_VISIT, 1, True),
        (Rhythm.QUARTERLY, None, True),
        (Rhythm.QUARTERLY, 75, False),
        (Rhythm.QUARTERLY, 76, True),
        (Rhythm.QUARTERLY, 200, True),
    ],
    ids=str,
)
def test_due(rhythm: Rhythm, days_ago: int | None, is_due: bool) -> None:
    assert due(rhythm, days_ago) is is_due


def test_at_the_first_visit_everything_is_due_and_adversity_is_optional() -> None:
    found = due_at_visit(DEFAULT_SCHEDULE, {}, on=ON)
    assert [each.scheduled for each in found] == list(DEFAULT_SCHEDULE)
    assert [each.scheduled.code for each in found if each.scheduled.optional] == ["ace"]


def test_the_schedule_names_instruments_that_exist() -> None:
    assert {each.code for each in DEFAULT_SCHEDULE} - {each.code for each in all_instruments()} == set()


def count(certain: int, open_: int) -> Count:
    days = window_ending(ON, 90).days
    return Count("rule", "1.0", window_ending(ON, 90), days[:certain], days[certain : certain + open_])


@pytest.mark.parametrize(
    ("remembered", "certain", "open_", "answer"),
    [
        (40, 40, 0, Answer.NOT_MET),
        (40, 32, 0, Answer.NOT_MET),
        (40, 31, 0, Answer.MET),
        (31, 40, 0, Answer.MET),
        (40, 31, 1, Answer.CANNOT_TELL),
        (40, 20, 11, Answer.MET),
        (40, 20, 40, Answer.CANNOT_TELL),
        (0, 9, 0, Answer.MET),
    ],
)
def test_memory_and_diary(remembered: int, certain: int, open_: int, answer: Answer) -> None:
    finding = recall_differs(remembered, count(certain, open_))
    assert finding.answer is answer
    assert bool(finding.missing) is (open_ > 0)


def test_the_difference_has_a_sign() -> None:
    found = recall_difference(10, count(12, 5))
    assert (found.difference.lower, found.difference.upper) == (-7, -2)


@pytest.mark.parametrize("remembered", [-1, 91])
def test_more_days_than_the_window_has_are_refused(remembered: int) -> None:
    with pytest.raises(ValueError, match="do not fit"):
        recall_differs(remembered, count(0, 0))
