"""Migraine days by the three variants, and the days that a medicine alone makes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from apps.clinical.attack_criteria import lasted
from apps.clinical.counting import Count
from apps.clinical.diary import AcuteUse, Attack, DayState, DiaryDay, OveruseClass, Relief
from apps.clinical.findings import Interval
from apps.clinical.migraine_days import (
    DIARY,
    ICHD3,
    TRIAL,
    MigraineDayRule,
    by_treatment_alone,
    migraine_days,
    rule_of,
)
from apps.clinical.periods import Period
from tests.clinical.diaries import MEDICINES, ON, rows

ONLY = Period(ON, ON)
# In the shared table of medicines nothing is said about being for migraine only.
SPECIFIC = {
    "triptan": replace(MEDICINES["triptan"], migraine_specific=True),
    "ergotamine": replace(MEDICINES["ergotamine"], migraine_specific=True),
    "gepant": replace(MEDICINES["gepant"], migraine_specific=True),
    "preventive_gepant": replace(MEDICINES["preventive_gepant"], migraine_specific=True),
    "ditan": AcuteUse("lasmiditan", "lasmiditan", OveruseClass.OTHER, migraine_specific=True),
}
INTERVALS = {"yes": Interval(1, 1), "no": Interval(0, 0), "open": Interval(0, 1)}


def attack_of(case: dict[str, str]) -> tuple[Attack, ...]:
    if case["features"] == "no attack":
        return ()
    features = {word[1:]: word[0] == "+" for word in case["features"].split()}
    minutes = int(case["aura"]) if case["aura"].isdigit() else None
    aura = None if not case["aura"] else case["aura"] != "no"
    hours = float(case["hours"]) if case["hours"] else None
    return (Attack(ON, ON, hours=hours, aura=aura, aura_minutes=minutes, **features),)


def day_of(case: dict[str, str]) -> DiaryDay:
    taken = SPECIFIC.get(case["medicine"]) or MEDICINES.get(case["medicine"])
    relief = Relief(case["relief"]) if case["relief"] else None
    return DiaryDay(
        ON,
        DayState(case["state"]),
        severity=int(case["severity"]) if case["severity"] else None,
        acute=(replace(taken, relief=relief),) if taken else (),
        acute_known=case["medicines"] == "known",
        attacks=attack_of(case),
    )


@pytest.mark.parametrize("case", rows("migraine_days.csv"), ids=lambda case: case["case"])
def test_migraine_day_case(case: dict[str, str]) -> None:
    day = day_of(case)
    found = {variant.value: migraine_days([day], ONLY, variant).interval for variant in MigraineDayRule}
    found["by_treatment"] = by_treatment_alone([day], ONLY).interval
    assert found == {name: INTERVALS[case[name]] for name in found}


def test_each_variant_carries_its_own_rule() -> None:
    counts: list[Count] = [migraine_days([], ONLY, variant) for variant in MigraineDayRule]
    assert [count.rule_id for count in counts] == [DIARY.id, TRIAL.id, ICHD3.id]
    assert [rule_of(variant) for variant in MigraineDayRule] == [DIARY, TRIAL, ICHD3]
    assert {count.interval for count in counts} == {Interval(0, 1)}


def test_an_attack_over_midnight_counts_on_both_dates_with_its_whole_length() -> None:
    evening, morning = ON - timedelta(days=1), ON
    attack = Attack(evening, morning, hours=5, severity=3, unilateral=True, nausea=True)
    days = [DiaryDay(day, DayState.HEADACHE, acute_known=True, attacks=(attack,)) for day in (evening, morning)]
    assert migraine_days(days, Period(evening, morning), MigraineDayRule.TRIAL).counted_days == (evening, morning)


def test_one_migrainous_attack_of_two_is_enough() -> None:
    plain = Attack(
        ON, ON, hours=1, severity=1, unilateral=False, pulsating=False, worse_with_activity=False, aura=False
    )
    migrainous = Attack(ON, ON, hours=6, severity=3, pulsating=True, vomiting=True)
    day = DiaryDay(ON, DayState.HEADACHE, severity=3, acute_known=True, attacks=(plain, migrainous))
    assert migraine_days([day], ONLY, MigraineDayRule.DIARY).interval == Interval(1, 1)


@pytest.mark.parametrize(
    ("severity", "expected"),
    [
        pytest.param(1, Interval(0, 0), id="mild belongs to both"),
        pytest.param(2, Interval(0, 1), id="moderate belongs to one, not known which"),
    ],
)
def test_the_worst_pain_of_a_day_with_two_attacks(severity: int, expected: Interval) -> None:
    attack = Attack(
        ON, ON, hours=6, unilateral=True, pulsating=False, worse_with_activity=False, nausea=True, aura=False
    )
    day = DiaryDay(ON, DayState.HEADACHE, severity=severity, acute_known=True, attacks=(attack, attack))
    assert migraine_days([day], ONLY, MigraineDayRule.DIARY).interval == expected


@pytest.mark.parametrize(
    ("nights", "hours", "expected"),
    [
        pytest.param(0, 4, None, id="within one date"),
        pytest.param(1, 4, None, id="over one midnight"),
        pytest.param(2, 24, True, id="a whole day in between"),
        pytest.param(2, 25, None, id="more than the whole day in between"),
    ],
)
def test_dates_alone_may_settle_how_long_an_attack_lasted(nights: int, hours: float, expected: bool | None) -> None:
    assert lasted(Attack(ON - timedelta(days=nights), ON), hours) is expected
