"""Knowing less never turns a warning into silence; and the lists of substances agree with the catalogue."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from apps.clinical.describe import rule_book
from apps.clinical.findings import Answer
from apps.clinical.safety.book import SafetyResult, SafetyRule
from apps.clinical.safety.case import Case
from apps.clinical.safety.conditions import BROADER, Condition
from apps.clinical.safety.facts import Measure, PatientFacts, RegimenLine
from apps.clinical.safety.run import all_safety_rules
from apps.clinical.safety.substances import GROUPS, Group
from tests.clinical.diaries import rows
from tests.clinical.safety_cases import ROWS, TODAY, change, facts, intakes, regimen

# Without the diary nothing says that an opioid was bought.
SEEN_IN_THE_DIARY_ONLY = "S-53 bought elsewhere, in the diary only"
CASES = [
    row
    for table in ("safety_acute.csv", "safety_preventive.csv", "safety_other.csv")
    for row in rows(table)
    if row["outcome"] != "cannot assess" and row["case"] != SEEN_IN_THE_DIARY_ONLY
]
# A programme that is not signed is not in place: not knowing of it is a warning of its own.
BLANKED = (
    "age", "can_become_pregnant", "pregnant", "planning_pregnancy", "breastfeeding", "contraception_highly_effective",
    "combined_oestrogen_contraceptive", "oral_contraceptive", "two_specialists", "can_father", "male_contraception",
    "liver", "allergies", "medicine_list_complete", "opioid_days", "butalbital_days", "acute_days",
    "class_limit_reached", "phq9", "phq9_item9", "phq9_rise", "suicide_risk", "nosas", "apnoea_risk", "sedation_plan",
)  # fmt: skip
# Clearance and eGFR stand in for each other, so both go.
KIDNEY = {Measure.EGFR, Measure.CREATININE_CLEARANCE}
PRESSURE = {Measure.SYSTOLIC, Measure.DIASTOLIC}
# Facts that answer for each other: taking one away takes the other away.
TOGETHER: dict[str, tuple[str | Condition, ...]] = {
    "pregnant": ("can_become_pregnant",),
    "combined_oestrogen_contraceptive": ("can_become_pregnant",),
    "liver": (Condition.LIVER_DISEASE,),
}
BY_KEY = {group.key: group for group in GROUPS}
CLASS_OF_GROUP = {
    "triptan": "triptan",
    "ergot": "ergot",
    "gepant": "gepant",
    "beta_blocker": "beta_blocker",
    "tricyclic": "tca",
    "snri": "snri",
    "nsaid": "nsaid",
    "opioid": "opioid",
    "benzodiazepine": "benzodiazepine",
    "gabapentinoid": "gabapentinoid",
    "corticosteroid": "steroid",
}


@pytest.mark.parametrize("rule", all_safety_rules(), ids=lambda rule: rule.number)
def test_what_is_taken_away_opens_a_rule_or_leaves_it(rule: SafetyRule) -> None:
    for row in (each for each in CASES if each["rule"] == rule.number):
        known = facts(row["facts"])
        full = _case(row, known)
        answer = rule.run(full)
        for less in _with_less(known):
            _never_silenced(row["case"], answer, rule.run(replace(full, facts=less)))
        if full.intakes is not None and not full.intakes.intakes:
            _never_silenced(row["case"], answer, rule.run(replace(full, intakes=None)))


@pytest.mark.parametrize("rule", all_safety_rules(), ids=lambda rule: rule.number)
def test_a_dose_nobody_recorded_opens_a_rule_or_leaves_it(rule: SafetyRule) -> None:
    for row in (each for each in CASES if each["rule"] == rule.number):
        full = _case(row, facts(row["facts"]))
        answer = rule.run(full)
        for name in ("single_dose", "monitored", "with_steroid", "every_weeks", "days_used"):
            lines = tuple(replace(line, **{name: None}) for line in full.regimen)
            _never_silenced(row["case"], answer, rule.run(replace(full, regimen=lines)))


@pytest.mark.parametrize(("drug_class", "key"), CLASS_OF_GROUP.items())
def test_the_lists_hold_every_medicine_of_the_catalogue_by_ingredient(drug_class: str, key: str) -> None:
    for row in ROWS.values():
        if row["pharmacological_class"] == drug_class:
            assert BY_KEY[key].holds(RegimenLine(row["code"], row["code"], tuple(row["ingredients"].split(";"))))


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.key)
def test_each_list_names_a_member_once(group: Group) -> None:
    assert not group.named & group.to_confirm
    assert group.members or group.classes


def test_every_opioid_of_the_catalogue_is_an_opioid() -> None:
    for row in ROWS.values():
        line = RegimenLine(row["code"], row["code"], tuple(row["ingredients"].split(";")), row["pharmacological_class"])
        assert BY_KEY["opioid"].holds(line) is (row["contains_opioid"] == "yes")


def _with_less(known: PatientFacts) -> Iterator[PatientFacts]:
    """The same patient with one thing less known, each in turn."""
    for name in BLANKED:
        yield replace(_without(known, *TOGETHER.get(name, ())), **{name: None})
    for condition in Condition:
        narrower = {each for each, broad in BROADER.items() if broad is condition}
        gone = {condition, BROADER.get(condition), *narrower}
        less = replace(known, present=known.present - gone, excluded=known.excluded - gone)
        yield _without_measures(less, KIDNEY) if condition is Condition.END_STAGE_RENAL_DISEASE else less
    for measures in [KIDNEY, *({each} for each in Measure if each not in KIDNEY)]:
        stated = [Condition.UNCONTROLLED_HYPERTENSION] if measures & PRESSURE else []
        yield _without_measures(_without(known, *stated), measures)


def _without(known: PatientFacts, *names: str | Condition) -> PatientFacts:
    """The same patient without what says the same as a fact that is taken away."""
    conditions = {each for each in names if isinstance(each, Condition)}
    fields = {each: None for each in names if not isinstance(each, Condition)}
    return replace(known, present=known.present - conditions, excluded=known.excluded - conditions, **fields)


def _without_measures(known: PatientFacts, measures: set[Measure]) -> PatientFacts:
    return replace(known, measures={each: value for each, value in known.measures.items() if each not in measures})


def _case(row: dict[str, str], known: PatientFacts) -> Case:
    return Case(known, regimen(row["medicines"]), intakes(row["intakes"]), TODAY, change(row["change"]))


def _never_silenced(name: str, known: SafetyResult, less: SafetyResult) -> None:
    if less.finding.answer is Answer.CANNOT_TELL:
        assert less.missing, name
        return
    assert less.finding.answer is known.finding.answer, name
    assert less.severity is known.severity or less.missing, name


def test_the_rule_book_shows_a_pharmacist_every_list() -> None:
    book = rule_book()
    for group in GROUPS:
        assert f"| {group.name} |" in book
        assert all(member in book for member in group.members | group.classes)
