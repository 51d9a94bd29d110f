"""Above the limit again after a withdrawal: only days after its end count, and unknown days can only raise the count."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest

from apps.clinical.diary import AcuteUse, DayState, DiaryDay, OveruseClass
from apps.clinical.findings import Answer, Finding, Interval
from apps.clinical.periods import Period
from apps.clinical.relapse import relapse

ENDED = date(2026, 6, 30)
TRIPTAN = AcuteUse("rizatriptan", "rizatriptan", OveruseClass.TRIPTAN)


def day(number: int) -> date:
    """Day 1 is the day after the end."""
    return ENDED + timedelta(days=number)


def found(taken: Iterable[int], *, on: int, unknown: Iterable[int] = ()) -> Finding:
    """The finding on a day, of a diary that begins before the end and is complete but for the unknown days."""
    taken, unknown = set(taken), set(unknown)
    days = [
        DiaryDay(
            day=each,
            state=DayState.HEADACHE,
            severity=2,
            acute=(TRIPTAN,) if (each - ENDED).days in taken else (),
            acute_known=True,
        )
        for each in Period(ENDED - timedelta(days=40), day(on))
        if (each - ENDED).days not in unknown
    ]
    return relapse(days, ended_on=ENDED, on=day(on))


@pytest.mark.parametrize(
    ("taken", "unknown", "answer", "interval"),
    [
        (range(51, 60), (), Answer.NOT_MET, Interval(9, 9)),
        (range(51, 61), (), Answer.MET, Interval(10, 10)),
        (range(51, 60), (60,), Answer.CANNOT_TELL, Interval(9, 10)),
        (range(51, 59), (60,), Answer.NOT_MET, Interval(8, 9)),
        (range(21, 31), (), Answer.NOT_MET, Interval(0, 0)),
    ],
    ids=["below", "at the limit", "one day decides", "one day does not decide", "long ago"],
)
def test_the_last_thirty_days_answer(
    taken: Iterable[int], unknown: Iterable[int], answer: Answer, interval: Interval
) -> None:
    finding = found(taken, on=60, unknown=unknown)
    assert (finding.answer, finding.interval) == (answer, interval)


def test_days_before_the_end_do_not_count() -> None:
    taken = range(-20, 6)
    finding = found(taken, on=5)
    assert (finding.answer, finding.interval) == (Answer.NOT_MET, Interval(5, 5))
    assert found(range(-20, 11), on=10).answer is Answer.MET


def test_it_says_since_when() -> None:
    finding = found(range(41, 51), on=60)
    assert finding.headline == "Above the limit again since 19 Aug 2026"
    assert day(50) == date(2026, 8, 19)


def test_a_gap_begins_anew() -> None:
    twice = [*range(1, 11), *range(61, 71)]
    assert found(twice, on=75).headline == "Above the limit again since 8 Sep 2026"
    assert day(70) == date(2026, 9, 8)


def test_each_stretch_of_thirty_days_is_shown() -> None:
    facts = found([1, 2, 35], on=70).facts
    assert [fact.value for fact in facts] == [
        "acute medicines on 2 of 30 days",
        "acute medicines on 1 of 30 days",
        "acute medicines on 0 of 10 days",
    ]
    assert facts[0].label == "1 Jul 2026 to 30 Jul 2026"


def test_the_days_that_would_decide_are_named() -> None:
    finding = found(range(51, 60), on=60, unknown=(60,))
    assert finding.deciding_days == (day(60),)
    assert finding.missing == ("31 Jul 2026 to 29 Aug 2026: medicines not known for 1 day",)


def test_nothing_is_said_before_the_day_after() -> None:
    with pytest.raises(ValueError, match="day after the end"):
        relapse([], ended_on=ENDED, on=ENDED)
