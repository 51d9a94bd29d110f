"""Knowing less never turns a warning into silence; and the lists of substances agree with the catalogue."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.clinical.findings import Answer
from apps.clinical.safety.conditions import BROADER, Condition
from apps.clinical.safety.facts import IntakeLog, Measure, PatientFacts, RegimenLine
from apps.clinical.safety.run import run_safety
from apps.clinical.safety.substances import GROUPS, Group
from tests.clinical.diaries import rows
from tests.clinical.safety_cases import ROWS, TODAY, change, facts, intakes, regimen

CASES = [
    row
    for table in ("safety_acute.csv", "safety_preventive.csv", "safety_other.csv")
    for row in rows(table)
    if row["outcome"] != "cannot assess"
]
# A programme that is not signed is not in place: not knowing of it is a warning of its own.
BLANKED = (
    "age", "can_become_pregnant", "pregnant", "planning_pregnancy", "breastfeeding", "contraception_highly_effective",
    "combined_oestrogen_contraceptive", "oral_contraceptive", "two_specialists", "can_father", "male_contraception",
    "liver", "allergies", "medicine_list_complete", "opioid_days", "butalbital_days", "acute_days",
    "class_limit_reached", "phq9", "phq9_item9", "phq9_rise", "suicide_risk", "nosas", "apnoea_risk", "sedation_plan",
)  # fmt: skip
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


@settings(max_examples=150)
@given(st.sampled_from(CASES), st.sampled_from(BLANKED))
def test_a_fact_that_is_taken_away_opens_a_rule_or_leaves_it(row: dict[str, str], name: str) -> None:
    _never_silenced(row, replace(facts(row["facts"]), **{name: None}))


@settings(max_examples=150)
@given(st.sampled_from(CASES), st.sampled_from(sorted(Condition)))
def test_a_condition_nobody_asked_about(row: dict[str, str], condition: Condition) -> None:
    known = facts(row["facts"])
    narrower = {each for each, broad in BROADER.items() if broad is condition}
    gone = {condition, BROADER.get(condition), *narrower}
    _never_silenced(row, replace(known, present=known.present - gone, excluded=known.excluded - gone))


@settings(max_examples=80)
@given(st.sampled_from(CASES), st.sampled_from(sorted(Measure)))
def test_a_value_nobody_measured(row: dict[str, str], measure: Measure) -> None:
    known = facts(row["facts"])
    # Clearance and eGFR stand in for each other, so both go.
    gone = {Measure.EGFR, Measure.CREATININE_CLEARANCE} if "kidney" in _kind(measure) else {measure}
    kept = {each: value for each, value in known.measures.items() if each not in gone}
    _never_silenced(row, replace(known, measures=kept))


@settings(max_examples=80)
@given(st.sampled_from(CASES))
def test_a_diary_nobody_kept(row: dict[str, str]) -> None:
    log = intakes(row["intakes"])
    if log is None or not log.intakes:
        _never_silenced(row, facts(row["facts"]), without_diary=True)


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


def _kind(measure: Measure) -> str:
    return "kidney" if measure in {Measure.EGFR, Measure.CREATININE_CLEARANCE} else measure.value


def _never_silenced(row: dict[str, str], less: PatientFacts, *, without_diary: bool = False) -> None:
    log: IntakeLog | None = None if without_diary else intakes(row["intakes"])
    given_ = {"today": TODAY, "change": change(row["change"])}
    medicines = regimen(row["medicines"])
    full = run_safety(facts(row["facts"]), medicines, intakes(row["intakes"]), **given_)
    blank = run_safety(less, medicines, log, **given_)
    for known, open_ in zip(full.results, blank.results, strict=True):
        if known.finding.answer is Answer.CANNOT_TELL or open_.finding.answer is Answer.CANNOT_TELL:
            continue
        assert open_.finding.answer is known.finding.answer, known.number
        assert open_.severity is known.severity or open_.missing, known.number
