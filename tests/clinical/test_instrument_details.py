"""What single instruments do beyond adding up: alerts, triage, declined items, facts, second readings."""

from decimal import Decimal

import pytest

from apps.clinical.findings import Answer
from apps.clinical.instruments import DECLINED, instrument
from apps.clinical.instruments.ndi import percent
from apps.clinical.instruments.pgic import is_responder
from apps.clinical.instruments.phq9_algorithm import major_pattern, other_pattern
from apps.clinical.instruments.sci import out_of_ten
from apps.clinical.instruments.stopbang import bang_answers

CSSRS = instrument("cssrs")
ACE = instrument("ace")

YES, NO, OPEN = Answer.MET, Answer.NOT_MET, Answer.CANNOT_TELL


@pytest.mark.parametrize("question", [item.key for item in CSSRS.items])
def test_any_yes_in_the_cssrs_is_an_alert_at_once(question: str) -> None:
    [alert] = CSSRS.score({question: 1}).alerts
    assert alert.code == "cssrs_positive"
    assert "speak with the patient now" in alert.message
    assert not CSSRS.score({question: 0}).alerts


def test_the_alert_says_how_grave_the_answers_so_far_are() -> None:
    assert "moderate risk" in CSSRS.score({"q1": 1, "q3": 1}).alerts[0].message
    assert CSSRS.score({"q1": 1, "q2": 0, "q6": 0}).category == "low"


def test_cssrs_questions_follow_the_answers() -> None:
    def asked(**answers: int) -> list[str]:
        return [item.key for item in CSSRS.asked(answers)]

    assert asked() == ["q1", "q2", "q6"]
    assert asked(q2=0) == ["q1", "q2", "q6"]
    assert asked(q2=1) == ["q1", "q2", "q3", "q4", "q5", "q6"]
    assert asked(q6=1) == ["q1", "q2", "q6", "q6_recent"]
    assert [item.key for item in CSSRS.unanswered({"q1": 0, "q2": 1, "q4": 0})] == ["q3", "q5", "q6"]


def test_berlin_items_follow_the_first() -> None:
    berlin = instrument("berlin")
    left_out = set(berlin.items) - set(berlin.asked({"item1": 0}))
    assert {item.key for item in left_out} == {"item2", "item3", "item4"}
    assert berlin.asked({"item1": 1}) == berlin.items


def test_declining_is_an_answer_that_is_never_counted() -> None:
    answers: dict[str, int | None] = {item.key: 1 for item in ACE.items} | {"item3": DECLINED, "item4": None}
    score = ACE.score(answers)
    assert score.total is None
    assert [item.key for item in ACE.declined(answers)] == ["item3"]
    assert [item.key for item in ACE.unanswered(answers)] == ["item4"]
    assert score.reasons == (
        "1 of 10 items are not answered",
        "1 of 10 items are answered with “prefers not to answer”",
    )


def test_no_number_of_the_ace_is_called_positive() -> None:
    assert {ACE.from_total(total).positive for total in range(11)} == {None}
    assert ACE.total_preferred


@pytest.mark.parametrize(
    ("total", "finer"), [(20, None), (21, "grade IV-A"), (40, "grade IV-A"), (41, "grade IV-B"), (460, "grade IV-B")]
)
def test_midas_divides_its_highest_grade(total: int, finer: str | None) -> None:
    assert instrument("midas").from_total(total).finer_band == finer


def test_midas_keeps_a_and_b_beside_the_total() -> None:
    counts: dict[str, int | None] = {f"count{place}": 2 for place in range(1, 6)}
    assert instrument("midas").score({**counts, "a": 30, "b": 10}).total == 10


def test_the_alternative_rule_of_stop_bang_says_what_made_it() -> None:
    answers = dict.fromkeys([f"item{place}" for place in range(1, 9)], 0) | {"item1": 1, "item4": 1, "item7": 1}
    [note] = instrument("stopbang").score(answers | {"item5": 1}).notes
    assert note == "High by the alternative rule: at least 2 of items 1 to 4, and item 5, 7."
    assert not instrument("stopbang").score(answers | {"item7": 0}).notes


@pytest.mark.parametrize(
    ("bmi", "age", "neck", "male", "expected"),
    [
        (350, 50, 429, True, (0, 0, 0, 1)),
        (351, 51, 430, True, (1, 1, 1, 1)),
        (350, 50, 409, False, (0, 0, 0, 0)),
        (351, 51, 410, False, (1, 1, 1, 0)),
    ],
)
def test_stop_bang_takes_four_items_from_facts(
    bmi: int, age: int, neck: int, male: bool, expected: tuple[int, ...]
) -> None:
    answers = bang_answers(bmi_tenths=bmi, age_years=age, neck_tenths=neck, male=male)
    assert tuple(answers.values()) == expected
    assert list(answers) == ["item5", "item6", "item7", "item8"]


@pytest.mark.parametrize(
    ("answers", "major", "other"),
    [
        ("0 0 0 0 0 0 0 0 0", NO, NO),
        ("2 2 2 2 2 0 0 0 0", YES, NO),
        ("2 2 2 2 0 0 0 0 1", YES, NO),
        ("2 2 2 2 0 0 0 0 0", NO, YES),
        ("2 0 2 0 0 0 0 0 0", NO, YES),
        ("0 2 0 0 0 0 0 0 1", NO, YES),
        ("2 0 0 0 0 0 0 0 0", NO, NO),
        ("1 1 2 2 2 2 2 2 3", NO, NO),
        ("1 1 1 1 1 1 1 1 0", NO, NO),
        ("2 2 2 2 - 0 0 0 0", OPEN, OPEN),
        ("2 2 2 2 2 - 0 0 0", YES, NO),
        ("- 1 2 2 2 2 2 0 0", OPEN, NO),
        ("- - - - - - - - -", OPEN, OPEN),
    ],
)
def test_the_phq9_pattern(answers: str, major: Answer, other: Answer) -> None:
    values = {f"item{place}": int(word) for place, word in enumerate(answers.split(), 1) if word != "-"}
    assert (major_pattern(values), other_pattern(values)) == (major, other)


def test_second_readings_of_a_total() -> None:
    assert [out_of_ten(total) for total in (0, 16, 32)] == [Decimal("0.0"), Decimal("5.0"), Decimal("10.0")]
    assert percent(25) == 50
    assert [is_responder(total) for total in (1, 2, 3, 7)] == [True, True, False, False]
