"""Whatever was not asked, lost or doubted: the interval still holds what a complete diary would have shown.

Each test draws a complete diary, takes knowledge away from it at random, and compares.
"""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from apps.clinical.acute_days import acute_medication_days, class_days
from apps.clinical.debilitating_days import debilitating_days
from apps.clinical.diary import AcuteUse, Attack, DayState, DiaryDay, OveruseClass, Relief
from apps.clinical.headache_days import headache_days, moderate_or_severe_days
from apps.clinical.lost_days import lost_days
from apps.clinical.migraine_days import MigraineDayRule, by_treatment_alone, migraine_days
from apps.clinical.periods import windows_back
from apps.clinical.severity import severity
from apps.clinical.trend import Direction, trend
from tests.clinical.diaries import MEDICINES, ON

LATEST, BEFORE = windows_back(ON, 2)
FEATURES = ("unilateral", "pulsating", "worse_with_activity", "nausea", "vomiting", "photophobia", "phonophobia")
SPECIFIC = {OveruseClass.TRIPTAN, OveruseClass.ERGOTAMINE, OveruseClass.OTHER}
IDENTIFIED = [use for name, use in sorted(MEDICINES.items()) if name != "not_identified"]
COUNTS = {
    "headache": headache_days,
    "moderate or severe": moderate_or_severe_days,
    "acute": acute_medication_days,
    "migraine, diary": lambda days, period: migraine_days(days, period, MigraineDayRule.DIARY),
    "migraine, trial": lambda days, period: migraine_days(days, period, MigraineDayRule.TRIAL),
    "migraine, ICHD-3": lambda days, period: migraine_days(days, period, MigraineDayRule.ICHD3),
    "by treatment alone": by_treatment_alone,
    "debilitating": debilitating_days,
}

# Days are drawn from one seed: drawing 90 of them one by one would take minutes.
chance = st.integers(0, 2**32).map(Random)


def some_attack(random: Random, back: int) -> Attack:
    aura = random.random() < 0.2
    day = ON - timedelta(days=back)
    return Attack(
        day,
        day,
        hours=random.choice([0.2, 0.5, 1.5, 2, 3, 4, 12]),
        severity=random.randint(1, 3),
        aura=aura,
        aura_minutes=random.choice([5, 30, 60]) if aura else None,
        **{feature: random.random() < 0.5 for feature in FEATURES},
    )


def some_use(random: Random) -> AcuteUse:
    use = random.choice(IDENTIFIED)
    return replace(
        use, migraine_specific=use.overuse_class in SPECIFIC or use.gepant, relief=random.choice(list(Relief))
    )


def complete_diary(random: Random, length: int) -> list[DiaryDay]:
    """Everything was asked, the newest day is the report date."""
    share = random.random()
    days = []
    for back in range(length):
        headache = random.random() < share
        attacks = tuple(some_attack(random, back) for _ in range(random.choice([1, 1, 2]))) if headache else ()
        days.append(
            DiaryDay(
                ON - timedelta(days=back),
                DayState.HEADACHE if headache else DayState.NONE,
                severity=max(attack.severity or 0 for attack in attacks) if attacks else None,
                function=random.randint(0, 3) if headache else None,
                acute=tuple(some_use(random) for _ in range(random.choice([0, 1, 2]))),
                acute_known=True,
                attacks=attacks,
            )
        )
    return days


def forget_of_attack(random: Random, attack: Attack) -> Attack:
    gone = [name for name in (*FEATURES, "hours", "severity", "aura", "aura_minutes") if random.random() < 0.3]
    return replace(attack, **dict.fromkeys(gone))


def with_less(random: Random, days: list[DiaryDay], share: float) -> list[DiaryDay]:
    seen = []
    for day in days:
        fate = random.choice(["lost", "doubted", "less"]) if random.random() < share else "kept"
        if fate == "doubted":
            seen.append(DiaryDay(day.day, DayState.NOT_KNOWN))
        elif fate == "kept":
            seen.append(day)
        elif fate == "less":
            seen.append(day_with_less(random, day))
    return seen


def day_with_less(random: Random, day: DiaryDay) -> DiaryDay:
    uses = [
        random.choice([use, replace(use, relief=None), replace(MEDICINES["not_identified"], scheduled=use.scheduled)])
        for use in day.acute
    ]
    known = random.random() < 0.5
    described = random.choice(["all", "some", "none"])
    return replace(
        day,
        severity=random.choice([day.severity, None]),
        function=random.choice([day.function, None]),
        acute=tuple(uses if known else uses[: random.randint(0, 2)]),
        acute_known=known,
        attacks={
            "all": day.attacks,
            "some": tuple(forget_of_attack(random, attack) for attack in day.attacks),
            "none": (),
        }[described],
    )


@given(chance)
def test_every_count_holds_what_a_complete_diary_shows(random: Random) -> None:
    truth = complete_diary(random, 30)
    seen = with_less(random, truth, random.random())
    for name, count in COUNTS.items():
        full, guessed = count(truth, LATEST).interval, count(seen, LATEST).interval
        assert guessed.lower <= full.lower <= full.upper <= guessed.upper, name


@given(chance)
def test_in_a_complete_diary_nothing_is_open_but_what_nobody_asks(random: Random) -> None:
    truth = complete_diary(random, 30)
    for name, count in COUNTS.items():
        if name != "debilitating":
            assert count(truth, LATEST).interval.exact, name
    untreated = {day.day for day in truth if day.function in (2, 3) and not day.taken_for_headache}
    assert set(debilitating_days(truth, LATEST).open_days) == untreated


@given(chance)
def test_lost_days_and_severity_hold_the_truth(random: Random) -> None:
    truth = complete_diary(random, 90)
    seen = with_less(random, truth, random.random())
    lost, guessed = lost_days(truth, ON), lost_days(seen, ON)
    assert lost.half_days.exact
    assert lost.half_days.lower in guessed.half_days
    strong, guess = severity(truth, LATEST), severity(seen, LATEST)
    assert strong.worst.lower in guess.worst
    if strong.mean is not None:
        assert (guess.lowest or Fraction(0)) <= strong.mean <= (guess.highest or Fraction(4))


@given(chance)
def test_a_certain_trend_is_the_true_trend(random: Random) -> None:
    truth = complete_diary(random, 60)
    seen = with_less(random, truth, random.choice([0, 0.05, 0.3]))
    for name, count in COUNTS.items():
        if name == "debilitating":
            continue
        real = trend(count(truth, LATEST), count(truth, BEFORE))
        guess = trend(count(seen, LATEST), count(seen, BEFORE))
        assert guess.lower <= real.lower <= guess.upper, name
        assert guess.direction in {real.direction, Direction.CANNOT_TELL}, name


@given(chance)
def test_all_classes_together_lie_between_each_and_their_sum(random: Random) -> None:
    truth = complete_diary(random, 30)
    seen = with_less(random, truth, random.random())
    classes = [group for group in OveruseClass if group is not OveruseClass.NOT_IDENTIFIED]
    for diary in (truth, seen):
        together = acute_medication_days(diary, LATEST).interval
        single = [class_days(diary, LATEST, frozenset({group})).interval for group in classes]
        assert all(together.lower >= each.lower for each in single)
        assert all(together.upper >= each.upper for each in single)
        assert together.upper <= sum(each.upper for each in single)
    assert together.lower <= sum(class_days(seen, LATEST, frozenset({group})).interval.lower for group in OveruseClass)


@given(chance)
def test_by_treatment_alone_is_part_of_the_diary_rule(random: Random) -> None:
    seen = with_less(random, complete_diary(random, 30), random.random())
    alone, diary = by_treatment_alone(seen, LATEST), migraine_days(seen, LATEST, MigraineDayRule.DIARY)
    assert set(alone.counted_days) <= set(diary.counted_days)
    assert set(migraine_days(seen, LATEST, MigraineDayRule.TRIAL).counted_days) <= set(diary.counted_days)
