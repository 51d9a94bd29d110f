"""Whatever the unknown days turn out to hold, no certain answer is ever wrong.

Each test draws a diary with gaps and one way the gaps could have been filled, and compares.
"""

from dataclasses import replace
from datetime import timedelta
from random import Random

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

IDENTIFIED = [use for name, use in sorted(MEDICINES.items()) if name != "not_identified"]

# Days are drawn from one seed: drawing 120 of them one by one would take minutes.
chance = st.integers(0, 2**32).map(Random)


def some_uses(random: Random) -> tuple[AcuteUse, ...]:
    return tuple(random.choices(IDENTIFIED, k=random.choice([0, 0, 1, 1, 2])))


def complete_days(random: Random, length: int, often: tuple[AcuteUse, ...] = ()) -> list[DiaryDay]:
    """A diary in which everything is known, the newest day on the report date."""
    headache_share, intake_share = random.random(), random.random()
    days = []
    for back in range(length):
        state = DayState.HEADACHE if random.random() < headache_share else DayState.NONE
        acute = often or some_uses(random)
        days.append(
            DiaryDay(
                day=ON - timedelta(days=back),
                state=state,
                severity=random.randint(1, 3) if state is DayState.HEADACHE else None,
                acute=acute if random.random() < intake_share else (),
                acute_known=True,
            )
        )
    return days


def with_gaps(random: Random, days: list[DiaryDay], share: float) -> list[DiaryDay]:
    """The same diary after a share of its days were lost, doubted or left half-filled."""
    seen = []
    for day in days:
        fate = random.choice(["lost", "doubted", "half", "no severity"]) if random.random() < share else "kept"
        if fate == "kept":
            seen.append(day)
        elif fate == "doubted":
            seen.append(DiaryDay(day.day, DayState.NOT_KNOWN))
        elif fate == "half":
            seen.append(replace(day, acute=day.acute[:1], acute_known=False))
        elif fate == "no severity":
            seen.append(replace(day, severity=None))
    return seen


@given(chance)
def test_every_count_holds_the_truth(random: Random) -> None:
    truth = complete_days(random, 30)
    seen = with_gaps(random, truth, random.random())

    for count in (headache_days, moderate_or_severe_days, acute_medication_days):
        assert count(truth, WINDOW).interval.exact
        assert count(truth, WINDOW).interval.lower in count(seen, WINDOW).interval
    for subtype in SINGLE_SUBTYPES:
        true_days = class_days(truth, WINDOW, subtype.classes).interval.lower
        assert true_days in class_days(seen, WINDOW, subtype.classes).interval


@given(chance)
def test_all_together_is_never_more_than_the_classes_added(random: Random) -> None:
    truth = complete_days(random, 30)
    together = acute_medication_days(truth, WINDOW)
    single = [
        class_days(truth, WINDOW, frozenset({use.overuse_class})).counted_days
        for use in {use.overuse_class: use for use in MEDICINES.values()}.values()
    ]

    assert len(together.counted_days) <= sum(len(days) for days in single)
    assert set(together.counted_days) == {day for days in single for day in days}


def assess(days: list[DiaryDay], *, existed: bool | None) -> OveruseAssessment:
    return assess_overuse(days, on=ON, pre_existing_headache_disorder=existed)


@given(chance)
def test_a_certain_state_is_the_true_state(random: Random) -> None:
    truth = complete_days(random, 120, random.choice([(), some_uses(random)]))
    seen = with_gaps(random, truth, random.random() / 4)
    existed = random.choice([True, False])

    known = assess(truth, existed=existed)
    guessed = assess(seen, existed=random.choice([existed, None]))

    assert len(known.possible) == 1
    assert known.state in guessed.possible
    assert guessed.state in {known.state, OveruseState.CANNOT_TELL}
    true_codes = {each.code: each.answer for each in known.subtypes}
    for each in guessed.subtypes:
        if each.code != UNVERIFIED_CODE:
            assert each.answer in {true_codes[each.code], Answer.CANNOT_TELL}


@given(chance)
def test_only_a_complete_diary_is_without_missing_facts(random: Random) -> None:
    truth = complete_days(random, 30)
    seen = with_gaps(random, truth, random.choice([0, 0.03, 0.2]))
    headline = assess(seen, existed=True).headline

    assert headline.interval is not None
    assert bool(headline.missing) is not headline.interval.exact
    if headline.answer is Answer.CANNOT_TELL:
        assert headline.deciding_days
