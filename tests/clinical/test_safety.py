"""Every safety rule: fires, does not fire, cannot assess, and each threshold at, below and above."""

import pytest

from apps.clinical.safety.run import all_safety_rules, run_safety
from tests.clinical.diaries import rows
from tests.clinical.safety_cases import TODAY, change, facts, intakes, regimen

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
def test_no_case_is_stronger_than_the_rule_says(rule) -> None:
    seen = {row["severity"] for row in CASES if row["rule"] == rule.number and row["severity"]}
    assert rule.severity in seen
    assert all(list(type(rule.severity)).index(each) >= rule.severity.rank for each in seen)
