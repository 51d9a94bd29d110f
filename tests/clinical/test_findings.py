"""Findings: three answers, and a saved one comes back as it was."""

import json
from datetime import date

import pytest

from apps.clinical.findings import (
    Answer,
    Certainty,
    Fact,
    Finding,
    Interval,
    all_of,
    any_of,
    opposite,
    threshold_answer,
)

MET, NOT_MET, CANNOT_TELL = Answer.MET, Answer.NOT_MET, Answer.CANNOT_TELL


@pytest.mark.parametrize(
    ("interval", "answer"),
    [
        (Interval(9, 9), NOT_MET),
        (Interval(10, 10), MET),
        (Interval(11, 11), MET),
        (Interval(5, 9), NOT_MET),
        (Interval(5, 10), CANNOT_TELL),
        (Interval(9, 10), CANNOT_TELL),
        (Interval(10, 30), MET),
        (Interval(0, 30), CANNOT_TELL),
    ],
)
def test_threshold_of_ten(interval: Interval, answer: Answer) -> None:
    assert threshold_answer(interval, 10) is answer


def test_interval_reads_as_people_write_it() -> None:
    assert (str(Interval(13, 13)), str(Interval(13, 17))) == ("13", "13–17")
    with pytest.raises(ValueError, match="down to"):
        Interval(3, 2)


@pytest.mark.parametrize(
    ("answers", "all_met", "any_met"),
    [
        ((MET, MET), MET, MET),
        ((MET, NOT_MET), NOT_MET, MET),
        ((MET, CANNOT_TELL), CANNOT_TELL, MET),
        ((NOT_MET, CANNOT_TELL), NOT_MET, CANNOT_TELL),
        ((NOT_MET, NOT_MET), NOT_MET, NOT_MET),
        ((), MET, NOT_MET),
    ],
)
def test_joining_answers(answers: tuple[Answer, ...], all_met: Answer, any_met: Answer) -> None:
    assert (all_of(answers), any_of(answers)) == (all_met, any_met)


def test_opposite() -> None:
    assert [opposite(answer) for answer in (MET, NOT_MET, CANNOT_TELL)] == [NOT_MET, MET, CANNOT_TELL]


@pytest.mark.parametrize("interval", [Interval(7, 11), Interval(0, 0), None])
def test_finding_survives_saving(interval: Interval | None) -> None:
    finding = Finding(
        rule_id="overuse.all_acute_days",
        rule_version="0.9",
        source="a source",
        certainty=Certainty.CHECK,
        answer=CANNOT_TELL,
        headline="Acute medicines on 7–11 days",
        interval=interval,
        threshold=10,
        facts=(Fact("Triptan days", "7–11"),),
        missing=("Medicines not known for 4 days",),
        deciding_days=(date(2028, 2, 29),),
    )
    assert Finding.from_dict(json.loads(json.dumps(finding.as_dict()))) == finding


def test_what_is_not_a_finding_is_refused() -> None:
    with pytest.raises(KeyError):
        Finding.from_dict({"answer": "met"})
