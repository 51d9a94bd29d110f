"""Stop or taper: the safe side wins when the diary can't tell."""

import pytest

from apps.clinical.diary import OveruseClass
from apps.clinical.findings import Answer, Interval
from apps.clinical.overuse_reasons import OveruseReason
from apps.clinical.withdrawal import EndedMedicine, Ending, abrupt_stop_is_dangerous, ending, hospital_advised


def medicine(days: Interval, overuse_class: OveruseClass = OveruseClass.OPIOID, **holds: bool) -> EndedMedicine:
    return EndedMedicine("Medicine", overuse_class, days, **holds)


@pytest.mark.parametrize("holds", ["opioid", "barbiturate", "tranquilliser"])
@pytest.mark.parametrize(
    ("lower", "upper", "answer"),
    [(20, 20, Answer.MET), (19, 19, Answer.CANNOT_TELL), (10, 25, Answer.MET), (0, 19, Answer.CANNOT_TELL)],
)
def test_a_habit_forming_medicine_is_never_called_safe_to_stop(
    holds: str, lower: int, upper: int, answer: Answer
) -> None:
    taken = medicine(Interval(lower, upper), OveruseClass.COMBINATION, **{holds: True})
    finding = abrupt_stop_is_dangerous(taken)
    assert finding.answer is answer
    assert ending(taken) is Ending.TAPER
    assert hospital_advised(taken)
    assert "do not stop abruptly" in finding.headline
    assert bool(finding.missing) is (lower < 20)


@pytest.mark.parametrize(
    "overuse_class",
    ["paracetamol", "nsaid", "aspirin", "other_non_opioid", "ergotamine", "triptan"],
)
def test_simple_analgesics_ergots_and_triptans_may_stop_at_once(overuse_class: str) -> None:
    taken = medicine(Interval(30, 30), OveruseClass(overuse_class))
    assert ending(taken) is Ending.STOP_OR_LIMIT
    assert abrupt_stop_is_dangerous(taken).answer is Answer.NOT_MET
    assert not hospital_advised(taken)


def test_what_the_guideline_does_not_name_is_left_to_the_clinician() -> None:
    assert ending(medicine(Interval(30, 30), OveruseClass.OTHER)) is Ending.CLINICIAN_DECIDES


def test_every_reason_has_words() -> None:
    labels = [reason.label for reason in OveruseReason]
    assert all(labels)
    assert len(set(labels)) == len(labels)
