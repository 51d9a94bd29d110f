"""How regular intake is, and how long a clinician's statement about the duration counts."""

from datetime import timedelta

import pytest

from apps.clinical.acute_days import acute_medication_days
from apps.clinical.diary import DayState, DiaryDay
from apps.clinical.duration import statement_counts
from apps.clinical.findings import Interval
from apps.clinical.overuse_regularity import Regularity, regularity
from apps.clinical.periods import windows_back
from tests.clinical.diaries import MEDICINES, ON


def regular(taken: set[int], unknown: set[int]) -> Regularity:
    """Four windows with a triptan so many days ago, and days of which nothing is known."""
    days = [
        DiaryDay(
            ON - timedelta(days=back),
            DayState.HEADACHE,
            acute=(MEDICINES["triptan"],) if back in taken else (),
            acute_known=True,
        )
        for back in range(120)
        if back not in unknown
    ]
    return regularity([acute_medication_days(days, window) for window in windows_back(ON, 4)])


@pytest.mark.parametrize(
    ("taken", "unknown", "weeks", "words"),
    [
        (set(), set(), Interval(0, 0), "0 of 17 weeks (0 %)"),
        (set(range(0, 119, 7)), set(), Interval(0, 0), "0 of 17 weeks (0 %)"),
        (set(range(0, 119, 7)) | set(range(3, 119, 7)), set(), Interval(17, 17), "17 of 17 weeks (100 %)"),
        (set(range(20)), set(), Interval(3, 3), "3 of 17 weeks (18 %)"),
        ({0}, {1}, Interval(0, 1), "0–1 of 17 weeks (0–6 %)"),
        (set(), {0}, Interval(0, 0), "0 of 17 weeks (0 %)"),
        ({6, 7}, set(), Interval(0, 0), "0 of 17 weeks (0 %)"),
        ({118, 119}, set(), Interval(0, 0), "0 of 17 weeks (0 %)"),
        (set(), set(range(120)), Interval(0, 17), "0–17 of 17 weeks (0–100 %)"),
    ],
    ids=[
        "nothing",
        "one day each week",
        "two days each week",
        "twenty days on end",
        "one known and one unknown day",
        "one unknown day",
        "two days in two weeks",
        "a day that fills no week",
        "nothing recorded",
    ],
)
def test_weeks_with_intake_on_two_or_more_days(taken: set[int], unknown: set[int], weeks: Interval, words: str) -> None:
    found = regular(taken, unknown)
    assert (found.regular, str(found)) == (weeks, words)


def test_a_week_is_needed() -> None:
    with pytest.raises(ValueError, match="week"):
        regularity([])
    (short,) = windows_back(ON, 1, 6)
    with pytest.raises(ValueError, match="week"):
        regularity([acute_medication_days([], short)])


@pytest.mark.parametrize(("ago", "counts"), [(0, True), (89, True), (90, False), (400, False), (-1, False)])
def test_a_statement_counts_in_the_three_latest_windows(ago: int, counts: bool) -> None:
    assert statement_counts(ON - timedelta(days=ago), on=ON) is counts
