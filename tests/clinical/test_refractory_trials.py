"""Trials: which outcome counts as failure in which definition, what is adequate, and months in a row."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from apps.clinical.diary import DiaryDay
from apps.clinical.findings import Answer
from apps.clinical.periods import windows_back
from apps.clinical.refractory import dantona_2019, ehf_2014, ehf_2020, goadsby_2006, schulman_2008, silberstein_2010
from apps.clinical.refractory.adequacy import AdequacySettings, Minimum, adequate_trial, days_at_dose
from apps.clinical.refractory.classes import DAntonaClass, DrugClass, Ehf2014Group, GoadsbyClass, SchulmanClass
from apps.clinical.refractory.failure import FailureRule, read_acute, read_preventive
from apps.clinical.refractory.months import debilitating_in_a_row, debilitating_month_list
from apps.clinical.refractory.tally import class_state
from apps.clinical.refractory.trials import AcuteTrial, Outcome, PreventiveTrial, Treatment
from tests.clinical.diaries import ON, rows
from tests.clinical.ledgers import DRUGS, acute, months, preventive

RULES = {
    "schulman": schulman_2008.FAILURE,
    "silberstein": silberstein_2010.FAILURE,
    "ehf 2014": ehf_2014.FAILURE,
    "ehf 2020": ehf_2020.FAILURE,
    "dantona": dantona_2019.FAILURE,
    "goadsby": goadsby_2006.FAILURE,
}
# None: to be confirmed in the paper. Goadsby's paper was seen for none of them.
COUNTS: dict[Outcome, tuple[bool | None, ...]] = {
    Outcome.INEFFICACY: (True, True, True, True, True, True),
    Outcome.INTOLERANCE: (True, None, True, True, True, None),
    Outcome.CONTRAINDICATED: (False, None, True, True, True, None),
    Outcome.INADEQUATE_DOSE: (False,) * 6,
    Outcome.INADEQUATE_DURATION: (False,) * 6,
    Outcome.STOPPED_OTHER: (False,) * 6,
    Outcome.ONGOING: (False,) * 6,
}


def test_the_table_names_every_outcome_but_response() -> None:
    assert set(COUNTS) == set(Outcome) - {Outcome.RESPONSE}


@pytest.mark.parametrize("outcome", list(COUNTS))
@pytest.mark.parametrize("place", range(len(RULES)), ids=list(RULES))
def test_which_outcome_counts_as_failure(outcome: Outcome, place: int) -> None:
    rule = list(RULES.values())[place]
    reading = read_preventive(preventive(f"propranolol {outcome.value}", "p"), rule, ON)
    assert reading.failed is COUNTS[outcome][place]
    assert bool(reading.missing) is (reading.failed is None)


@pytest.mark.parametrize("name", list(RULES))
def test_what_is_not_recorded_is_no_failure_and_no_success(name: str) -> None:
    reading = read_preventive(preventive("propranolol unknown", "p"), RULES[name], ON)
    assert (reading.failed, reading.reason) == (None, "outcome not recorded")


@pytest.mark.parametrize(
    ("name", "failed"), [*((name, False) for name in RULES if name != "dantona"), ("dantona", True)]
)
def test_a_response_of_40_per_cent(name: str, failed: bool) -> None:
    assert read_preventive(preventive("propranolol response 40%", "p"), RULES[name], ON).failed is failed


@pytest.mark.parametrize(
    ("words", "early", "failed"),
    [
        ("sumatriptan-oral inefficacy", True, True),
        ("sumatriptan-oral inefficacy late", True, False),
        ("sumatriptan-oral inefficacy late", False, True),
        ("sumatriptan-oral inefficacy low", False, False),
        ("sumatriptan-oral inefficacy notasked", False, None),
        ("sumatriptan-oral intolerance", True, True),
        ("sumatriptan-oral contraindicated", True, True),
        ("sumatriptan-oral response", True, False),
        ("sumatriptan-oral stopped_other", True, False),
        ("sumatriptan-oral unknown", True, None),
    ],
)
def test_acute_medicine(words: str, early: bool, failed: bool | None) -> None:
    rule = FailureRule(intolerance=True, contraindicated=True, acute_contraindicated=True, acute_early=early)
    assert read_acute(acute(words, "a"), rule).failed is failed


@pytest.mark.parametrize("case", rows("adequate_trials.csv"), ids=lambda case: case["case"])
def test_adequate_trial_case(case: dict[str, str]) -> None:
    found = adequate_trial(preventive(case["trial"], "p"), today=ON)
    assert found.answer.value == case["answer"]
    assert bool(found.missing) is (found.answer is Answer.CANNOT_TELL)


START = ON - timedelta(days=100)
PLAIN = PreventiveTrial("p", DRUGS["propranolol"], Outcome.INEFFICACY)


@pytest.mark.parametrize(
    ("trial", "days"),
    [
        (PLAIN, (0, None)),
        (replace(PLAIN, started=START), (0, 100)),
        (replace(PLAIN, started=START, stopped=START + timedelta(days=40)), (0, 40)),
        (replace(PLAIN, target_reached=START, stopped=START + timedelta(days=40)), (40, 40)),
        (replace(PLAIN, target_reached=START, stopped=ON + timedelta(days=40)), (100, 100)),
        (replace(PLAIN, target_reached=START), (0, 100)),
        (replace(PLAIN, target_reached=START, outcome=Outcome.ONGOING), (100, 100)),
        (replace(PLAIN, target_reached=ON + timedelta(days=5), outcome=Outcome.ONGOING), (0, 0)),
        (replace(PLAIN, weeks_at_dose=9), (63, 63)),
        (replace(PLAIN, weeks_at_dose=9, target_reached=START, stopped=ON), (100, 100)),
        (replace(PLAIN, drug=DRUGS["erenumab"], started=START, stopped=ON), (100, 100)),
    ],
)
def test_days_at_dose(trial: PreventiveTrial, days: tuple[int, int | None]) -> None:
    assert days_at_dose(trial, ON) == days


def test_the_finding_says_dose_time_and_cycles() -> None:
    trial = replace(preventive("onabotulinumtoxina inefficacy", "p"), dose_reached=Decimal("155.0"))
    assert [(fact.label, fact.value) for fact in adequate_trial(trial, today=ON).facts] == [
        ("Dose", "155 units, usual from 155 units: met"),
        ("Time at dose", "26 weeks, 24 needed: met"),
        ("Cycles", "2, 2 needed: met"),
    ]
    unknown = adequate_trial(replace(trial, dose_reached=None, cycles=None, stopped=None), today=ON)
    assert unknown.missing == (
        "Cannot assess: the dose of onabotulinumtoxinA is not recorded",
        "Cannot assess: how long onabotulinumtoxinA was taken at its dose is not recorded",
        "Cannot assess: the number of cycles of onabotulinumtoxinA is not recorded",
    )


def test_settings_decide_the_length() -> None:
    nine = preventive("propranolol inefficacy 9w", "p")
    ten = AdequacySettings().with_oral_weeks(10)
    assert adequate_trial(nine, today=ON, settings=ten).answer is Answer.NOT_MET
    assert ten.minimum[Treatment.GEPANT] == Minimum(12)
    for wrong in ((0, 0), (1, -1)):
        with pytest.raises(ValueError, match="at least one week"):
            Minimum(*wrong)


def test_a_trial_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="in this order"):
        replace(PLAIN, started=ON, stopped=START)
    with pytest.raises(ValueError, match="not below 0"):
        replace(PLAIN, weeks_at_dose=-1)
    with pytest.raises(ValueError, match="100 per cent"):
        replace(PLAIN, best_reduction=101)
    with pytest.raises(ValueError, match="whole class"):
        replace(PLAIN, whole_class=True)
    with pytest.raises(ValueError, match="whole class"):
        AcuteTrial("a", DRUGS["naratriptan"], Outcome.RESPONSE, whole_class=True)


def test_a_class_without_members_is_barred_by_none_of_its_drugs() -> None:
    reading = read_preventive(preventive("propranolol contraindicated", "p"), ehf_2020.FAILURE, ON)
    state = class_state(SchulmanClass.BETA_BLOCKER, [reading], complete=True, any_member=False)
    assert (state.failed, state.proof) == (False, ())


@pytest.mark.parametrize(
    ("windows", "needed", "answer"),
    [
        ("8 8 8", 3, Answer.MET),
        ("9 9 9", 3, Answer.MET),
        ("8 8 7", 3, Answer.NOT_MET),
        ("8 8 7+1", 3, Answer.CANNOT_TELL),
        ("8 8 6+1", 3, Answer.NOT_MET),
        ("8 8", 3, Answer.CANNOT_TELL),
        ("8 7", 3, Answer.NOT_MET),
        ("8 8 8 8 8 8", 6, Answer.MET),
        ("8 8 8 8 8 7", 6, Answer.NOT_MET),
        ("8 8 8 8 8", 6, Answer.CANNOT_TELL),
        ("", 3, Answer.CANNOT_TELL),
    ],
)
def test_debilitating_months(windows: str, needed: int, answer: Answer) -> None:
    found = debilitating_in_a_row(months(windows), needed)
    assert found.answer is answer
    assert bool(found.missing) is (answer is Answer.CANNOT_TELL)


def test_open_months_name_their_open_days() -> None:
    listed = months("8 7+2 8")
    found = debilitating_in_a_row(listed, 3)
    assert found.deciding_days == listed[1].count.open_days
    assert found.missing == (f"{listed[1].count.period}: debilitating or not is open on 2 days",)
    with pytest.raises(ValueError, match="at least one month"):
        debilitating_in_a_row(listed, 0)


def test_months_come_from_the_diary_newest_first() -> None:
    diary: list[DiaryDay] = []
    listed = debilitating_month_list(diary, today=ON)
    assert tuple(month.count.period for month in listed) == windows_back(ON, 6)
    assert [month.answer for month in listed] == [Answer.CANNOT_TELL] * 6
    assert str(listed[0].recorded) == "0 of 30 days recorded"


def test_every_word_for_the_page_is_there() -> None:
    everything = [*Outcome, *SchulmanClass, *Ehf2014Group, *DAntonaClass, *GoadsbyClass]
    assert all(each.label and "_" not in each.label for each in everything)
    assert Outcome.RESPONSE.label == "Response"
    assert {drug.drug_class for drug in DRUGS.values()} <= set(DrugClass)
