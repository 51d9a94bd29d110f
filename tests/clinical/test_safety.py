"""Every safety rule: fires, does not fire, cannot assess, and each threshold at, below and above."""

from datetime import UTC, datetime, timedelta

import pytest

from apps.clinical.safety.book import SafetyResult, SafetyRule
from apps.clinical.safety.conditions import Condition
from apps.clinical.safety.facts import Intake, IntakeLog, PatientFacts, SafetySettings
from apps.clinical.safety.run import SafetyRun, all_safety_rules, run_safety
from apps.clinical.safety.severity import Severity
from tests.clinical.diaries import rows
from tests.clinical.safety_cases import TODAY, WELL, change, facts, intakes, regimen

TABLES = ("safety_acute.csv", "safety_preventive.csv", "safety_other.csv")
CASES = [row for table in TABLES for row in rows(table)]
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
    )
    result = next(each for each in run.results if each.number == row["rule"])
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


def _result(number: str, run: SafetyRun) -> SafetyResult:
    return next(each for each in run.results if each.number == number)


def _severity(number: str, patient: PatientFacts, medicines: str, settings: SafetySettings) -> Severity | None:
    run = run_safety(patient, regimen(medicines), IntakeLog(), today=TODAY, settings=settings)
    return _result(number, run).severity
