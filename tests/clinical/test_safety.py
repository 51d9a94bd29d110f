"""Every safety rule: fires, does not fire, cannot assess, and each threshold at, below and above."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from apps.clinical.findings import Interval
from apps.clinical.safety.book import SafetyResult, SafetyRule
from apps.clinical.safety.conditions import Condition
from apps.clinical.safety.facts import (
    Intake,
    IntakeLog,
    Liver,
    Measure,
    Measured,
    PatientFacts,
    Purpose,
    RegimenLine,
    SafetySettings,
)
from apps.clinical.safety.run import SafetyRun, all_safety_rules, run_safety
from apps.clinical.safety.severity import Severity
from apps.clinical.safety.substances import GROUPS
from tests.clinical.diaries import rows
from tests.clinical.safety_cases import TODAY, WELL, change, facts, intakes, regimen

TABLES = ("safety_acute.csv", "safety_preventive.csv", "safety_other.csv")
CASES = [row for table in TABLES for row in rows(table)]
BY_KEY = {group.key: group for group in GROUPS}
HELPFUL = {Condition.PACEMAKER, Condition.GASTROPROTECTION, Condition.CARDIOVASCULAR_EVALUATION_DONE}
BAD = {
    Measure.SYSTOLIC: 190,
    Measure.DIASTOLIC: 125,
    Measure.HEART_RATE: 40,
    Measure.QTC: 520,
    Measure.EGFR: 10,
    Measure.CREATININE_CLEARANCE: 10,
    Measure.POTASSIUM: 3.0,
    Measure.WEIGHT: 45,
}
# Somebody who has everything the rules ask about. Days with opioids are left out: they are a use of their own.
ILL = replace(
    WELL,
    age=15,
    can_become_pregnant=True,
    pregnant=True,
    pregnancy_weeks=30,
    planning_pregnancy=True,
    breastfeeding=True,
    combined_oestrogen_contraceptive=True,
    oral_contraceptive=True,
    can_father=True,
    present=frozenset(Condition) - HELPFUL,
    excluded=frozenset(HELPFUL),
    measures={measure: Measured(value, TODAY) for measure, value in BAD.items()},
    liver=Liver.CHILD_PUGH_C,
    allergies=frozenset({"amide_anaesthetic", "egg", "soy"}),
    acute_days=Interval(30, 30),
    class_limit_reached=True,
    phq9=27,
    phq9_item9=3,
    phq9_rise=20,
    suicide_risk=True,
    nosas=17,
    apnoea_risk=True,
)
# Without these medicines a rule does not apply, whatever else is taken.
SUBJECTS = {
    "S-01": "triptan", "S-02": "triptan", "S-03": "triptan", "S-04": "rizatriptan", "S-05": "ergot", "S-06": "eletriptan",
    "S-07": "almotriptan", "S-08": "triptan", "S-09": "triptan ergot", "S-10": "triptan", "S-11": "ergot",
    "S-12": "lasmiditan", "S-13": "ubrogepant", "S-14": "ubrogepant", "S-15": "ubrogepant", "S-16": "rimegepant",
    "S-17": "atogepant", "S-18": "rimegepant zavegepant", "S-19": "cgrp", "S-20": "cgrp_antibody", "S-21": "erenumab",
    "S-22": "cgrp", "S-23": "valproate", "S-24": "topiramate",
    "S-25": "renin_blocker flunarizine cinnarizine cgrp_antibody valproate topiramate", "S-26": "lidocaine",
    "S-27": "ketamine", "S-28": "propofol", "S-29": "qt", "S-30": "domperidone", "S-31": "metoclopramide",
    "S-32": "dopamine_antagonist flunarizine_cinnarizine", "S-33": "beta_blocker", "S-34": "beta_blocker",
    "S-35": "renin_blocker", "S-36": "valproate topiramate", "S-37": "valproate", "S-38": "valproate",
    "S-39": "topiramate", "S-40": "flunarizine_cinnarizine", "S-41": "ssri_snri_tca", "S-42": "serotonergic_opioid",
    "S-43": "tca snri", "S-44": "tca opioid lithium barbiturate", "S-45": "topiramate levetiracetam flunarizine beta_blocker",
    "S-46": "lithium", "S-47": "memantine", "S-48": "onabotulinumtoxina", "S-49": "steroid amide_anaesthetic",
    "S-51": "opioid", "S-52": "sedation_load", "S-53": "opioid butalbital", "S-54": "nsaid_or_aspirin",
    "S-55": "paracetamol", "S-56": "aspirin",
}  # fmt: skip
ALONE = [
    "memantine",
    "lasmiditan",
    "valproate",
    "onabotulinumtoxina",
    "propofol",
    "ketamine",
    "paracetamol",
    "lithium",
    "clonidine",
    "aliskiren",
    "selegiline",
    "zonisamide",
    "acetazolamide",
    "lamotrigine",
    "baclofen",
]
EVERYTHING = tuple(
    RegimenLine(
        each,
        each,
        ingredients=(each,),
        route="intravenous",
        purpose=Purpose.PREVENTIVE,
        scheduled=True,
        single_dose=5000,
        daily_dose=9000,
        proposed=True,
        monitored=False,
        with_steroid=True,
        every_weeks=1,
        days_used=90,
    )
    for each in sorted({*ALONE}.union(*(group.members for group in GROUPS)))
)
NUMBERS = [f"S-{number:02d}" for number in range(1, 63)]


def test_every_rule_of_the_reference_is_there() -> None:
    assert [rule.number for rule in all_safety_rules()] == NUMBERS


@pytest.mark.parametrize("number", NUMBERS)
def test_every_rule_is_seen_firing_silent_and_open(number: str) -> None:
    assert {row["outcome"] for row in CASES if row["rule"] == number} == {"fired", "did not fire", "cannot assess"}


@pytest.mark.parametrize("row", CASES, ids=lambda row: row["case"])
def test_case(row: dict[str, str]) -> None:
    run = run_safety(
        facts(row["facts"]),
        regimen(row["medicines"]),
        intakes(row["intakes"]),
        today=TODAY,
        change=change(row["change"]),
        switched_off=_all_but(row["rule"]),
    )
    result = run.results[0]
    missing = [gap.words for gap in result.missing]
    assert result.outcome == row["outcome"], missing
    assert (result.severity or "") == row["severity"]
    assert any(row["missing"] in words for words in missing) if row["missing"] else True


@pytest.mark.parametrize("rule", all_safety_rules(), ids=lambda rule: rule.number)
def test_no_case_is_stronger_than_the_rule_says(rule: SafetyRule) -> None:
    seen = [Severity(row["severity"]) for row in CASES if row["rule"] == rule.number and row["severity"]]
    assert min(seen, key=lambda severity: severity.rank) is rule.severity


def test_nothing_fires_for_somebody_well_without_medicines_and_it_is_not_called_safe() -> None:
    run = run_safety(WELL, (), IntakeLog(), today=TODAY)
    assert run.summary == "No rule fired; 0 cannot be assessed; 62 rules ran."
    assert run.strongest is None
    assert len(run.did_not_fire) == 62
    assert not run.missing


def test_nobody_asked_is_not_nothing_found() -> None:
    run = run_safety(PatientFacts(), regimen("sumatriptan-oral; propranolol; valproate"), None, today=TODAY)
    open_ = {each.number for each in run.cannot_assess}
    assert {"S-03", "S-08", "S-09", "S-10", "S-23", "S-33", "S-57", "S-62"} <= open_
    assert all(each.missing and each.finding.missing for each in run.cannot_assess)
    assert "cannot assess: Asthma is not recorded" in next(
        each.finding.missing for each in run.results if each.number == "S-33"
    )


def test_the_strongest_comes_first_and_what_is_open_beside_it_stays_visible() -> None:
    run = run_safety(facts("asthma=yes; heart_rate=?"), regimen("propranolol; verapamil"), IntakeLog(), today=TODAY)
    assert [each.number for each in run.fired] == ["S-33", "S-34"]
    assert run.strongest is Severity.BLOCK
    assert [each.number for each in run.fired_but_open] == ["S-33"]
    assert [gap.key for gap in run.missing] == ["measure.heart_rate"]
    first = run.fired[0]
    assert first.finding.headline == "Beta-blocker: heart and lungs: contraindicated: airways"
    assert [fact.label for fact in first.finding.facts] == ["propranolol + Asthma"]
    assert [line.code for line in first.lines] == ["propranolol"]


def test_the_doses_that_decide_are_named() -> None:
    log = intakes("sumatriptan-oral 50 @30; ergotamine 2 @8")
    result = run_safety(WELL, (), log, today=TODAY).fired[0]
    assert [day.day for day in result.finding.deciding_days] == [21, 22]
    assert {line.code for line in result.lines} == {"sumatriptan-oral", "ergotamine"}


def test_a_proposed_medicine_is_run_like_a_running_one() -> None:
    before = run_safety(WELL, regimen("propranolol"), IntakeLog(), today=TODAY)
    after = run_safety(WELL, regimen("propranolol; verapamil new=yes"), IntakeLog(), today=TODAY)
    assert {each.number for each in after.fired} - {each.number for each in before.fired} == {"S-34"}


def test_a_rule_that_is_switched_off_does_not_run_and_is_named() -> None:
    run = run_safety(WELL, regimen("propranolol; verapamil"), IntakeLog(), today=TODAY, switched_off=["S-34"])
    assert (run.rules_run, run.switched_off, run.fired) == (61, ("S-34",), ())
    with pytest.raises(ValueError, match="S-99"):
        run_safety(WELL, (), IntakeLog(), today=TODAY, switched_off=["S-99"])


def test_medicines_no_list_knows_are_named() -> None:
    run = run_safety(WELL, regimen("unheard-of; unidentified; propranolol"), IntakeLog(), today=TODAY)
    assert [line.code for line in run.not_in_any_list] == ["unheard-of"]
    assert [line.code for line in run.not_identified] == ["unidentified"]


def test_countries_differ() -> None:
    uk, eu = SafetySettings(), SafetySettings(valproate_two_specialists_below=None, topiramate_contraceptive_from=0)
    young = facts("age=30")
    assert _severity("S-23", young, "valproate new=yes", uk) is Severity.BLOCK
    assert _severity("S-23", young, "valproate new=yes", eu) is None
    pill = facts("can_become_pregnant=yes; contraception_highly_effective=yes; ppp_signed_on=9; oral_contraceptive=yes")
    assert _severity("S-24", pill, "topiramate day=25", uk) is None
    assert _severity("S-24", pill, "topiramate day=25", eu) is Severity.MAJOR


def test_contradictions_are_refused() -> None:
    with pytest.raises(ValueError, match="asthma"):
        PatientFacts(present=frozenset({Condition.ASTHMA}), excluded=frozenset({Condition.ASTHMA}))
    line, now = regimen("ergotamine")[0], datetime(2026, 11, 22, 12, tzinfo=UTC)
    with pytest.raises(ValueError, match="time zone"):
        Intake(line, TODAY, now.replace(tzinfo=None), now)
    with pytest.raises(ValueError, match="end before"):
        Intake(line, TODAY, now, now - timedelta(minutes=1))


def test_two_tablets_at_the_same_time_are_two_doses() -> None:
    log = intakes("eletriptan 40 @5; eletriptan 40 @5; eletriptan 40 @5")
    assert _result("S-10", run_safety(WELL, (), log, today=TODAY)).severity is Severity.MAJOR


def _all_but(number: str) -> set[str]:
    return set(NUMBERS) - {number}


def _result(number: str, run: SafetyRun) -> SafetyResult:
    return next(each for each in run.results if each.number == number)


def _severity(number: str, patient: PatientFacts, medicines: str, settings: SafetySettings) -> Severity | None:
    run = run_safety(patient, regimen(medicines), IntakeLog(), today=TODAY, settings=settings)
    return _result(number, run).severity


@pytest.mark.parametrize(
    ("number", "medicines", "facts_", "advice"),
    [
        ("S-07", "almotriptan; clarithromycin", "", ["first dose 6.25 mg, at most 12.5 mg in 24 hours"]),
        (
            "S-07",
            "almotriptan; clarithromycin",
            "creatinine_clearance=29",
            ["first dose 6.25 mg, at most 12.5 mg in 24 hours", "do not use: kidneys or liver are impaired as well"],
        ),
        (
            "S-07",
            "almotriptan; clarithromycin",
            "liver=A",
            ["first dose 6.25 mg, at most 12.5 mg in 24 hours", "do not use: kidneys or liver are impaired as well"],
        ),
        ("S-61", "sumatriptan-oral", "breastfeeding=yes", ["look into the national lactation source"]),
        *(
            (
                "S-61",
                name,
                "breastfeeding=yes",
                ["avoid, or monitor the child; not in a premature child", "look into the national lactation source"],
            )
            for name in ("topiramate", "lithium", "aspirin")
        ),
        ("S-41", "amitriptyline; fluoxetine", "", ["the tricyclic's level rises"]),
        ("S-41", "amitriptyline; sertraline", "", ["serotonin syndrome is possible"]),
    ],
)
def test_lines_of_the_same_severity_give_their_own_advice(
    number: str, medicines: str, facts_: str, advice: list[str]
) -> None:
    run = run_safety(facts(facts_), regimen(medicines), IntakeLog(), today=TODAY)
    assert [each.advice for each in _result(number, run).warnings] == advice


def test_without_medicines_only_what_needs_none_fires() -> None:
    run = run_safety(ILL, (), IntakeLog(), today=TODAY)
    assert {each.number for each in run.fired} == {"S-50", "S-57"}
    assert not run.cannot_assess


@pytest.mark.parametrize("number", SUBJECTS)
def test_a_rule_is_about_its_own_medicines(number: str) -> None:
    """Everything is wrong and every other medicine is taken; without its own medicine the rule does not fire."""
    subjects = SUBJECTS[number].split()
    others = tuple(line for line in EVERYTHING if not _is_any_of(line, subjects))
    run = run_safety(
        replace(ILL, medicine_list_complete=None), others, None, today=TODAY, switched_off=_all_but(number)
    )
    assert [each.outcome for each in run.results] == ["did not fire"]


def _is_any_of(line: RegimenLine, subjects: list[str]) -> bool:
    return any(BY_KEY[each].holds(line) if each in BY_KEY else each in (line.ingredients or ()) for each in subjects)
