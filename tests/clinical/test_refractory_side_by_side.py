"""All definitions at once; knowing less never turns an answer round, failing more never makes it less met."""

from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.clinical.findings import Answer
from apps.clinical.refractory.classes import DAntonaClass, Ehf2020Class
from apps.clinical.refractory.criteria import Definition
from apps.clinical.refractory.dantona_2019 import DAntona2019Settings
from apps.clinical.refractory.ehf_2020 import Ehf2020Settings, Status
from apps.clinical.refractory.facts import RefractoryFacts
from apps.clinical.refractory.failure import FailureRule
from apps.clinical.refractory.goadsby_2006 import Goadsby2006Settings
from apps.clinical.refractory.modifiers import disability_modifier, overuse_modifier
from apps.clinical.refractory.months import DebilitatingMonth
from apps.clinical.refractory.side_by_side import RefractorySettings, SideBySide, side_by_side
from apps.clinical.refractory.trials import AcuteTrial, Outcome, PreventiveTrial
from tests.clinical.diaries import ON
from tests.clinical.ledgers import GOOD, acute, facts_of, months, preventive

SETTINGS = RefractorySettings(
    ehf_2020=Ehf2020Settings(available=frozenset(list(Ehf2020Class)[:3])),
    dantona_2019=DAntona2019Settings(frozenset(DAntonaClass), frozenset({"candesartan", "flunarizine"})),
    goadsby_2006=Goadsby2006Settings(
        frozenset({"candesartan"}), FailureRule(intolerance=True, contraindicated=True, acute_contraindicated=True)
    ),
)
DRUGS = (
    "propranolol",
    "metoprolol",
    "topiramate",
    "valproate",
    "amitriptyline",
    "venlafaxine",
    "flunarizine",
    "candesartan",
    "erenumab",
    "onabotulinumtoxina",
)
ACUTE = (
    "sumatriptan-oral",
    "naratriptan",
    "dihydroergotamine-nasal",
    "ibuprofen-oral",
    "paracetamol-caffeine",
    "metoclopramide-oral",
    "morphine",
)
YES_NO = ("migraine", "chronic_migraine", "interference", "medication_overuse", "overuse_headache")
JUDGED = (
    "secondary_causes_excluded",
    "comorbidity_care",
    "team_available",
    "acute_use_confirmed",
    "cgrp_class_exhausted",
    "infusion_or_inpatient_failed",
    "detoxification_failed",
)
# Nobody works with a patient whose every answer is a coin toss: most are in favour, so that definitions are met at all.
MOSTLY = 0.9


def answers(facts: RefractoryFacts) -> dict[Definition, Answer]:
    return {each.definition: each.answer for each in side_by_side(facts, today=ON, settings=SETTINGS).assessments}


def some_outcome(random: Random) -> Outcome:
    failed = [Outcome.INEFFICACY, Outcome.INTOLERANCE, Outcome.CONTRAINDICATED]
    return random.choice(failed if random.random() < 0.8 else list(Outcome))


def some_trial(random: Random, place: int) -> PreventiveTrial:
    outcome = some_outcome(random)
    made = preventive(f"{random.choice(DRUGS)} {outcome.value} {random.choice([6, 8, 12, 24, 30])}w", f"p{place}")
    made = replace(made, cycles=random.randint(1, 3), best_reduction=random.choice([-10, 30, 49, 50, 80]))
    return replace(made, whole_class=outcome is Outcome.CONTRAINDICATED and random.random() < 0.5)


def some_acute(random: Random, place: int) -> AcuteTrial:
    details = random.choice(["", "", "", "late", "low"])
    return acute(f"{random.choice(ACUTE)} {some_outcome(random).value} {details}", f"a{place}")


def whole_truth(random: Random) -> RefractoryFacts:
    changed: dict[str, Any] = {
        name: (random.random() < MOSTLY) is (getattr(GOOD, name) is True) for name in (*YES_NO, *JUDGED)
    }
    windows = " ".join(str(random.choice([8, 9, 12, 8, 9, 12, 8, 7])) for _ in range(6))
    return replace(
        GOOD,
        preventives=tuple(some_trial(random, place) for place in range(random.randint(0, 9))),
        acutes=tuple(some_acute(random, place) for place in range(random.randint(0, 8))),
        months=months(windows),
        **changed,
    )


def with_less(random: Random, facts: RefractoryFacts) -> RefractoryFacts:
    """Take knowledge away: answers, fields of trials, whole rows (the list is then not complete), days, months."""
    share = random.random() * 0.3

    def lost() -> bool:
        return random.random() < share

    preventives = [forgotten(trial, lost) for trial in facts.preventives if not lost()]
    acutes = [forgotten_acute(trial, lost) for trial in facts.acutes if not lost()]
    return replace(
        facts,
        preventives=tuple(preventives),
        acutes=tuple(acutes),
        preventives_complete=len(preventives) == len(facts.preventives),
        acutes_complete=len(acutes) == len(facts.acutes),
        months=tuple(less_of(month, random) if lost() else month for month in facts.months)[: random.choice([6, 6, 2])],
        **{name: None for name in (*YES_NO, *JUDGED) if lost()},
    )


def forgotten(trial: PreventiveTrial, lost: Any) -> PreventiveTrial:
    gone: dict[str, Any] = {
        name: None
        for name in ("started", "target_reached", "stopped", "dose_reached", "highest_tolerated", "cycles")
        if lost()
    }
    if lost():
        gone["best_reduction"] = None
    if lost():
        gone |= {"outcome": None, "whole_class": False}
    return replace(trial, **gone)


def forgotten_acute(trial: AcuteTrial, lost: Any) -> AcuteTrial:
    gone: dict[str, Any] = {name: None for name in ("taken_early", "dose_adequate") if lost()}
    if lost():
        gone |= {"outcome": None, "whole_class": False}
    return replace(trial, **gone)


def less_of(month: DebilitatingMonth, random: Random) -> DebilitatingMonth:
    """Forget some days, debilitating or not."""
    count = month.count
    gone = set(random.sample(count.period.days, random.randint(1, 30)))
    kept = tuple(day for day in count.counted_days if day not in gone)
    return replace(month, count=replace(count, counted_days=kept, open_days=tuple(sorted(gone))))


@settings(max_examples=250)
@given(st.integers(0, 2**32).map(Random))
def test_knowing_less_never_turns_an_answer_round(random: Random) -> None:
    truth = whole_truth(random)
    known, less = answers(truth), answers(with_less(random, truth))
    for definition, answer in less.items():
        assert answer in {Answer.CANNOT_TELL, known[definition]}, definition


@settings(max_examples=250)
@given(st.integers(0, 2**32).map(Random), st.sampled_from(DRUGS), st.sampled_from(["inefficacy", "intolerance"]))
def test_one_more_failed_trial_never_makes_a_definition_less_met(random: Random, drug: str, outcome: str) -> None:
    facts = with_less(random, whole_truth(random))
    before = answers(facts)
    after = answers(replace(facts, preventives=(*facts.preventives, preventive(f"{drug} {outcome}", "more"))))
    rank = {Answer.NOT_MET: 0, Answer.CANNOT_TELL: 1, Answer.MET: 2}
    for definition in Definition:
        assert rank[after[definition]] >= rank[before[definition]], definition


def test_the_drawn_patients_meet_every_definition_sometimes() -> None:
    seen = {
        (definition, answer)
        for seed in range(400)
        for definition, answer in answers(with_less(Random(seed), whole_truth(Random(seed)))).items()
    }
    assert seen == {(definition, answer) for definition in Definition for answer in Answer}


THREE = "propranolol inefficacy; topiramate inefficacy; amitriptyline inefficacy"
TRIPTANS = "sumatriptan-oral inefficacy; naratriptan inefficacy"


def compared(preventives: str = THREE, changes: str = "") -> SideBySide:
    return side_by_side(facts_of(preventives, TRIPTANS, changes, ""), today=ON, settings=SETTINGS)


def test_every_definition_is_answered_once_and_named() -> None:
    found = compared()
    assert [each.definition for each in found.assessments] == list(Definition)
    assert found.of(Definition.EHF_2014).answer is Answer.MET
    assert (found.on, found.status) == (ON, Status.REFRACTORY)
    for each in found.assessments:
        assert each.finding.headline.startswith(f"{each.definition.label}: {each.answer.label}")


def test_disagreement_is_told_with_its_reason() -> None:
    found = compared(changes="medication_overuse yes")
    assert [words.partition(" is not met")[0] for words in found.disagreements] == [
        "EHF 2014, refractory chronic migraine",
        "D'Antona & Matharu 2019",
        "Schulman 2008, chronic",
        "Schulman 2008",
        "Goadsby 2006",
    ]
    assert found.disagreements[0] == (
        "EHF 2014, refractory chronic migraine is not met, unlike EHF 2020, refractory; EHF 2020, resistant; "
        "Silberstein 2010. It fails on: free of medication overuse (no)"
    )


def test_without_a_definition_that_is_met_there_is_no_disagreement() -> None:
    assert compared("", "migraine no; chronic_migraine no").disagreements == ()


def test_rows_that_count_here_and_not_there_are_named() -> None:
    found = compared("propranolol inefficacy 9w; topiramate inefficacy")
    assert found.rows_read_differently == (
        (
            "propranolol: failed in EHF 2020, refractory; EHF 2020, resistant; D'Antona & Matharu 2019; Silberstein 2010; "
            "Schulman 2008, chronic; Schulman 2008; Goadsby 2006 – not failed in EHF 2014, refractory chronic migraine"
        ),
    )


@pytest.mark.parametrize(
    ("drug", "failed_in"),
    [
        ("candesartan", "ehf_2020_refractory ehf_2020_resistant ehf_2014 dantona_2019 silberstein_2010 goadsby_2006"),
        ("nadolol", "silberstein_2010 schulman_2008_chronic schulman_2008 goadsby_2006"),
        ("venlafaxine", "ehf_2020_refractory ehf_2020_resistant dantona_2019 silberstein_2010"),
        ("melatonin", "silberstein_2010"),
    ],
)
def test_a_medicine_counts_only_where_it_is_listed(drug: str, failed_in: str) -> None:
    found = compared(f"{drug} inefficacy")
    assert [each.definition.value for each in found.assessments if each.readings[0].failed] == failed_in.split()
    for each in found.assessments:
        (reading,) = each.readings
        assert reading.failed or reading.reason == "not on the list of this definition"


@pytest.mark.parametrize(
    ("midas", "answer", "words"),
    [
        (10, Answer.NOT_MET, "Without significant disability"),
        (11, Answer.MET, "With significant disability"),
        (12, Answer.MET, "With significant disability"),
        (None, Answer.CANNOT_TELL, "With or without significant disability: cannot tell"),
    ],
)
def test_disability(midas: int | None, answer: Answer, words: str) -> None:
    found = disability_modifier(midas)
    assert (found.answer, found.headline, bool(found.missing)) == (answer, words, midas is None)


@pytest.mark.parametrize(
    ("overuse", "answer"), [(True, Answer.MET), (False, Answer.NOT_MET), (None, Answer.CANNOT_TELL)]
)
def test_overuse(overuse: bool | None, answer: Answer) -> None:
    found = overuse_modifier(overuse)
    assert (found.answer, bool(found.missing)) == (answer, overuse is None)


def test_modifiers_stand_beside_and_change_nothing() -> None:
    facts = facts_of(THREE, TRIPTANS, "", "")
    found = side_by_side(facts, today=ON, settings=SETTINGS)
    assert [modifier.answer for modifier in found.modifiers] == [Answer.NOT_MET, Answer.MET]
    assert answers(replace(facts, midas=None)) == answers(facts)
