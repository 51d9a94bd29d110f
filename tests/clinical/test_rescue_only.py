"""Opioids and butalbital for rescue only, case by case."""

from datetime import date

import pytest

from apps.clinical.findings import Answer
from apps.clinical.periods import window_ending
from apps.clinical.rescue_only import RescueLimit, RescueMedicine, rescue_only_broken
from tests.clinical.diaries import ON, rows, window_days

WINDOW = window_ending(ON)


def limit_of(words: str) -> RescueLimit | None:
    days, _, unjustified = words.partition(" ")
    if days == "none":
        return None
    return RescueLimit(int(days), " " if unjustified else "Cluster beside it, triptans not allowed")


@pytest.mark.parametrize("case", rows("rescue_only.csv"), ids=lambda case: case["case"])
def test_rescue_only_case(case: dict[str, str]) -> None:
    days = list(window_days(WINDOW, case["taken"], 0, int(case["unknown"])))
    finding = rescue_only_broken(days, WINDOW, RescueMedicine(case["medicine"]), limit_of(case["limit"]))
    assert finding.answer.value == case["answer"]
    assert bool(finding.deciding_days) is (finding.answer is not Answer.NOT_MET)


@pytest.mark.parametrize(
    ("taken", "unknown", "limit", "words"),
    [
        ("opioid 1", 0, "none", "Opioid on 1 day of the last 30: no limit with a justification is recorded"),
        (
            "opioid 0",
            2,
            "none",
            "Opioid on 0–2 days of the last 30: cannot tell; no limit with a justification is recorded",
        ),
        ("nothing", 0, "none", "Opioid on 0 days of the last 30: nothing to agree on"),
        (
            "opioid 3",
            0,
            "4",
            "Opioid on 3 days of the last 30: within the 4 days a month that are agreed for rescue",
        ),
        (
            "opioid 5",
            0,
            "4",
            "Opioid on 5 days of the last 30: more than the 4 days a month that are agreed for rescue",
        ),
        ("opioid 20", 0, "31", "Opioid on 20 days of the last 30: near-daily use is not rescue"),
        (
            "opioid 3",
            2,
            "4",
            (
                "Opioid on 3–5 days of the last 30: cannot tell whether it is within the 4 days a month that are agreed "
                "for rescue"
            ),
        ),
    ],
)
def test_the_sentence_says_what_was_counted_and_agreed(taken: str, unknown: int, limit: str, words: str) -> None:
    days = list(window_days(WINDOW, taken, 0, unknown))
    assert rescue_only_broken(days, WINDOW, RescueMedicine.OPIOID, limit_of(limit)).headline == words


def test_the_facts_name_limit_reason_and_the_day_to_look_again() -> None:
    limit = RescueLimit(2, " Triptans not allowed ", date(2027, 2, 1))
    facts = {fact.label: fact.value for fact in rescue_only_broken([], WINDOW, RescueMedicine.OPIOID, limit).facts}
    assert facts == {
        "Opioid days": "0–30",
        "Agreed at most": "2 days a month",
        "Justification": "Triptans not allowed",
        "To be looked at again": "1 Feb 2027",
    }
