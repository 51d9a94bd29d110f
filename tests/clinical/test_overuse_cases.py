"""Medication overuse, case by case: each threshold at, below and above."""

import pytest

from apps.clinical.findings import Answer
from apps.clinical.overuse import assess_overuse
from tests.clinical.diaries import ON, diary_of, rows

YES_NO = {"yes": True, "no": False, "not known": None}


CASES = [*rows("overuse.csv"), *rows("overuse_mixtures.csv")]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_overuse_case(case: dict[str, str]) -> None:
    found = assess_overuse(
        diary_of(case["medicines"], case["headache"], case["unknown"]),
        on=ON,
        pre_existing_headache_disorder=YES_NO[case["existed_before"]],
        older_than_three_months=case["stated"] == "yes",
    )

    assert (found.state.value, " ".join(found.codes)) == (case["state"], case["codes"])
    expected = {"criteria_met": Answer.MET, "cannot_tell": Answer.CANNOT_TELL}.get(case["state"], Answer.NOT_MET)
    assert found.finding.answer is expected
