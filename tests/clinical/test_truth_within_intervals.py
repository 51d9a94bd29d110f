"""Whatever the unknown days turn out to hold, no certain answer is ever wrong.

Each test draws a diary with gaps and one way the gaps could have been filled, and compares.
"""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from apps.clinical.acute_days import acute_medication_days, class_days
from apps.clinical.diary import AcuteUse, DayState, DiaryDay
from apps.clinical.findings import Answer
from apps.clinical.headache_days import headache_days, moderate_or_severe_days
from apps.clinical.overuse import OveruseAssessment, assess_overuse
from apps.clinical.overuse_states import OveruseState
from apps.clinical.overuse_subtypes import SINGLE_SUBTYPES, UNVERIFIED_CODE
from apps.clinical.periods import window_ending
from tests.clinical.diaries import MEDICINES, ON

WINDOW = window_ending(ON)

identified = st.sampled_from([use for name, use in sorted(MEDICINES.items()) if name != "not_identified"])
uses = st.lists(identified, max_size=2).map(tuple)


@st.composite
def complete_days(draw: st.DrawFn, length: int, often: tuple[AcuteUse, ...] = ()) -> list[DiaryDay]:
    """A diary in which everything is known, the newest day on the report date."""
    days = []
    for back in range(length):
        state = draw(st.sampled_from([DayState.HEADACHE, DayState.NONE]))
        days.append(
            DiaryDay(
                day=ON - timedelta(days=back),
                state=state,
                severity=draw(st.integers(1, 3)) if state is DayState.HEADACHE else None,
                acute=draw(st.sampled_from([(), often]) if often else uses),
                acute_known=True,
            )
        )
    return days


@st.composite
def with_gaps(draw: st.DrawFn, days: list[DiaryDay], keep: int = 3) -> list[DiaryDay]:
    """The same diary after some days were lost, doubted or left half-filled."""
    seen = []
    for day in days:
        fate = draw(st.sampled_from(["kept"] * keep + ["lost", "doubted", "half", "no severity"]))
        if fate == "kept":
            seen.append(day)
        elif fate == "doubted":
            seen.append(DiaryDay(day.day, DayState.NOT_KNOWN))
        elif fate == "half":
            seen.append(replace(day, acute=day.acute[:1], acute_known=False))
        elif fate == "no severity":
            seen.append(replace(day, severity=None))
    return seen


@given(st.data())
def test_every_count_holds_the_truth(data: st.DataObject) -> None:
    truth = data.draw(complete_days(30))
    seen = data.draw(with_gaps(truth))

    for count in (headache_days, moderate_or_severe_days, acute_medication_days):
        assert count(truth, WINDOW).interval.exact
        assert count(truth, WINDOW).interval.lower in count(seen, WINDOW).interval
    for subtype in SINGLE_SUBTYPES:
        true_days = class_days(truth, WINDOW, subtype.classes).interval.lower
        assert true_days in class_days(seen, WINDOW, subtype.classes).interval


@given(st.data())
def test_all_together_is_never_more_than_the_classes_added(data: st.DataObject) -> None:
    truth = data.draw(complete_days(30))
    together = acute_medication_days(truth, WINDOW)
    single = [
        class_days(truth, WINDOW, frozenset({use.overuse_class})).counted_days
        for use in {use.overuse_class: use for use in MEDICINES.values()}.values()
    ]

    assert len(together.counted_days) <= sum(len(days) for days in single)
    assert set(together.counted_days) == {day for days in single for day in days}


def assess(days: list[DiaryDay], *, existed: bool | None) -> OveruseAssessment:
    return assess_overuse(days, on=ON, pre_existing_headache_disorder=existed)


@given(st.data())
def test_a_certain_state_is_the_true_state(data: st.DataObject) -> None:
    often = data.draw(uses)
    truth = data.draw(complete_days(120, often))
    seen = data.draw(with_gaps(truth, keep=30))
    existed = data.draw(st.booleans())

    known = assess(truth, existed=existed)
    guessed = assess(seen, existed=data.draw(st.sampled_from([existed, None])))

    assert len(known.possible) == 1
    assert known.state in guessed.possible
    assert guessed.state in {known.state, OveruseState.CANNOT_TELL}
    true_codes = {each.code: each.answer for each in known.subtypes}
    for each in guessed.subtypes:
        if each.code != UNVERIFIED_CODE:
            assert each.answer in {true_codes[each.code], Answer.CANNOT_TELL}


@given(st.data())
def test_only_a_complete_diary_is_without_missing_facts(data: st.DataObject) -> None:
    truth = data.draw(complete_days(30))
    seen = data.draw(with_gaps(truth, keep=60))
    headline = assess(seen, existed=True).headline

    assert headline.interval is not None
    assert bool(headline.missing) is not headline.interval.exact
    if headline.answer is Answer.CANNOT_TELL:
        assert headline.deciding_days
