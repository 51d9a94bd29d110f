"""Stop or taper: the safe side wins when the diary can't tell."""

from datetime import date

import pytest

from apps.clinical.diary import OveruseClass
from apps.clinical.findings import Answer, Interval
from apps.clinical.overuse_reasons import OveruseReason
from apps.clinical.withdrawal import (
    EndedMedicine,
    Ending,
    Manner,
    Steady,
    abrupt_stop_is_dangerous,
    ending,
    goes_against,
    hospital_advised,
)
from apps.clinical.withdrawal_checks import months_after, relapse_checks, suggested_checks


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


STEADY = [each for each in Steady if each is not Steady.ANTISEIZURE]


@pytest.mark.parametrize("steady", STEADY)
def test_what_is_taken_every_day_is_tapered_whatever_the_diary_says(steady: Steady) -> None:
    taken = EndedMedicine("Medicine", OveruseClass.NONE, Interval(0, 30), steady=steady)
    finding = abrupt_stop_is_dangerous(taken)
    assert (finding.answer, ending(taken), finding.interval) == (Answer.MET, Ending.TAPER, None)
    assert [fact.label for fact in finding.facts] == [steady.label]
    assert not hospital_advised(taken)


@pytest.mark.parametrize(
    ("epilepsy", "answer", "way", "asked"),
    [
        (True, Answer.MET, Ending.TAPER, False),
        (None, Answer.CANNOT_TELL, Ending.TAPER, True),
        (False, Answer.NOT_MET, Ending.CLINICIAN_DECIDES, False),
    ],
)
def test_valproate_and_topiramate_are_tapered_in_epilepsy(
    epilepsy: bool | None, answer: Answer, way: Ending, asked: bool
) -> None:
    taken = EndedMedicine("Topiramate", OveruseClass.NONE, Interval(0, 0), steady=Steady.ANTISEIZURE, epilepsy=epilepsy)
    finding = abrupt_stop_is_dangerous(taken)
    assert (finding.answer, ending(taken), bool(finding.missing)) == (answer, way, asked)


@pytest.mark.parametrize(
    ("lower", "upper", "manner", "against"),
    [
        (4, 4, Manner.STOP, True),
        (4, 4, Manner.LIMIT, False),
        (19, 19, Manner.LIMIT, False),
        (20, 20, Manner.LIMIT, True),
        (4, 20, Manner.LIMIT, True),
        (25, 25, Manner.STOP, True),
        (25, 25, Manner.TAPER, False),
    ],
)
def test_a_stop_of_an_opioid_goes_against_the_rule_and_so_does_a_limit_of_daily_use(
    lower: int, upper: int, manner: Manner, against: bool
) -> None:
    assert goes_against(medicine(Interval(lower, upper), opioid=True), manner) is against


@pytest.mark.parametrize("manner", list(Manner))
def test_a_triptan_may_be_ended_in_any_way(manner: Manner) -> None:
    assert not goes_against(medicine(Interval(30, 30), OveruseClass.TRIPTAN), manner)


def test_a_plan_may_be_made_in_each_manner_that_the_clinic_knows() -> None:
    assert [manner.value for manner in Manner] == ["stop", "limit", "taper"]


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 11, 22), 2, date(2027, 1, 22)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
        (date(2026, 11, 22), 12, date(2027, 11, 22)),
    ],
)
def test_months_end_where_the_calendar_says(day: date, months: int, then: date) -> None:
    assert months_after(day, months) == then


def test_a_withdrawal_is_looked_at_five_times_and_then_each_month() -> None:
    begins = date(2026, 11, 22)
    days = [(check - begins).days for check in suggested_checks(begins)]
    assert days == [3, 7, 14, 28, 61]
    monthly = relapse_checks(date(2026, 8, 31), 12)
    assert (len(monthly), monthly[0], monthly[5], monthly[11]) == (
        12,
        date(2026, 9, 30),
        date(2027, 2, 28),
        date(2027, 8, 31),
    )
