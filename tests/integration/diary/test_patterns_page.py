"""What goes with headache: shown with days and intervals, silent when there are too few."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.clinical.patterns.comparison import Share, Verdict
from apps.clinical.patterns.menstruation import MenstrualRelation
from apps.clinical.periods import window_ending
from apps.diary import medication_dates
from apps.diary.models import DiaryDay
from apps.diary.selectors.patterns import patterns_for
from apps.patients.models import Patient
from apps.treatment.choices import ChangeKind, ChangeReason, Indication, Purpose
from apps.treatment.selectors.medication_dates import preventive_dates
from apps.treatment.services.medication import Dose, Why
from tests.documents.text import words_of_html
from tests.factories.diary import headache, no_headache, record
from tests.factories.diary_patterns import record_half_a_year
from tests.factories.treatment import changed, make_medicine, started
from tests.fixtures.people import People

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]


def words(client: Client, patient: Patient, **query: Any) -> str:
    answer = client.get(reverse("diary:patterns", args=[patient.pk]), query)
    assert answer.status_code == 200
    return words_of_html(answer.content.decode())


@pytest.fixture
def today() -> date:
    return timezone.localdate()


def test_what_goes_together_is_said_with_days_and_interval(
    client_of: SignIn, treating: User, patient: Patient, today: date
) -> None:
    record_half_a_year(patient, today)
    found = patterns_for(patient, today)
    saturday = found.weekdays.comparisons[5]
    assert (saturday.present.headache, saturday.present.days, saturday.verdict) == (26, 26, Verdict.MORE)
    assert found.menstruation.relation is MenstrualRelation.RELATED
    shown = words(client_of(treating), patient)
    for told in (
        "183 of 183 days recorded",
        "26 of 26 (100 %)",
        str(saturday.difference),
        "goes with more headache",
        "Night below 6 hours",
        "Alcohol, next day",
        "Headache around menstruation and at other times: recorded in 3 of the last 3 windows",
        "One in twenty looks like a pattern by chance alone",
        "pattern.menstruation 1.0",
    ):
        assert told in shown, told


def test_nobody_says_cause_or_trigger_of_yours(
    client_of: SignIn, treating: User, patient: Patient, today: date
) -> None:
    record_half_a_year(patient, today)
    shown = words(client_of(treating), patient).lower()
    for word in ("cause", "because", "leads to", "your trigger", "due to"):
        assert word not in shown


def test_comparisons_are_counted(patient: Patient, today: date) -> None:
    record_half_a_year(patient, today)
    made, expected = patterns_for(patient, today).by_chance
    # Seven weekdays, the window of menstruation, short nights, alcohol on the same and on the next day.
    assert made == 7 + 1 + 1 + 2
    assert expected == pytest.approx(0.55)


@pytest.mark.parametrize(("days", "silent"), [(29, True), (30, False)])
def test_silent_below_30_recorded_days(
    client_of: SignIn, treating: User, patient: Patient, today: date, days: int, silent: bool
) -> None:
    record_half_a_year(patient, today, days=days)
    DiaryDay.objects.filter(day=today).update(state="not_known", severity=None, function=None)
    record_more = today - timedelta(days=days)
    record(patient, no_headache(record_more))
    shown = words(client_of(treating), patient)
    assert (f"Not enough days: {days} of 30 are recorded." in shown) is silent
    assert ("No comparison could be made." in shown) is silent


def test_an_empty_diary(client_of: SignIn, treating: User, patient: Patient) -> None:
    shown = words(client_of(treating), patient)
    for told in (
        "0 of 183 days recorded",
        "Not enough days: 0 of 30 are recorded.",
        "Nothing stands out.",
        "No first day of menstruation is recorded.",
        "No suspected trigger is recorded as present.",
        "No preventive was begun, changed or stopped in these months.",
    ):
        assert told in shown, told


@pytest.mark.parametrize(
    ("asked", "days"), [({"months": "3"}, 91), ({"months": "12"}, 365), ({"months": "7"}, 183), ({"months": "²"}, 183)]
)
def test_how_far_back(client_of: SignIn, treating: User, patient: Patient, asked: dict[str, str], days: int) -> None:
    assert f"0 of {days} days recorded" in words(client_of(treating), patient, **asked)


def test_before_and_after_a_preventive(client_of: SignIn, people: People, patient: Patient, today: date) -> None:
    begun = today - timedelta(days=59)
    for day in window_ending(today, 120):
        DiaryDay.objects.create(
            patient=patient, day=day, state="headache" if day < begun else "none", severity=2 if day < begun else None
        )
    started(patient, people.treating, effective_on=begun)
    found = patterns_for(patient, today).medicines
    (only,) = found.comparisons
    assert (only.present, only.absent, only.verdict) == (Share(0, 60), Share(60, 60), Verdict.FEWER)
    shown = words(client_of(people.treating), patient)
    assert "candesartan begun" in shown
    assert "0.0 per 30 days (0 of 60)" in shown
    assert "30.0 per 30 days (60 of 60)" in shown
    assert "less headache afterwards" in shown


def test_a_change_on_the_first_days_is_compared_with_the_days_before_the_period(
    people: People, patient: Patient, today: date
) -> None:
    begun = today - timedelta(days=80)
    for day in window_ending(today, 140):
        DiaryDay.objects.create(patient=patient, day=day, state="none")
    started(patient, people.treating, effective_on=begun)
    (only,) = patterns_for(patient, today, months=3).medicines.comparisons
    assert only.absent.days == 59


def test_dates_of_preventives(people: People, patient: Patient, today: date) -> None:
    by, half_a_year = people.treating, window_ending(today, 183)
    first = started(patient, by, effective_on=today - timedelta(days=100))
    second = changed(
        first,
        ChangeKind.DOSE_CHANGE,
        by,
        dose=Dose(Decimal(24), "mg", "daily"),
        effective_on=today - timedelta(days=50),
    )
    changed(second, ChangeKind.STOP, by, effective_on=today - timedelta(days=20))
    started(patient, by, medicine=make_medicine("sumatriptan", is_acute=True), purpose=Purpose.ACUTE)
    taken_over = Why(Indication.CHRONIC_MIGRAINE, ChangeReason.TAKEN_OVER, "")
    started(patient, by, medicine=make_medicine("topiramate"), why=taken_over)
    assert [(change.on, change.label.split()[-1]) for change in sorted(preventive_dates(patient, half_a_year))] == [
        (today - timedelta(days=100), "begun"),
        (today - timedelta(days=50), "changed"),
        (today - timedelta(days=20), "stopped"),
    ]
    assert preventive_dates in medication_dates._providers
    assert len(medication_dates.medication_dates_of(patient, window_ending(today, 30))) == 1


def test_reading_takes_the_same_number_of_queries_for_any_diary(
    patient: Patient, today: date, django_assert_num_queries: Callable[[int], Any]
) -> None:
    record(patient, headache(today))
    with django_assert_num_queries(6):
        patterns_for(patient, today)
    record_half_a_year(patient, today - timedelta(days=1))
    with django_assert_num_queries(6):
        patterns_for(patient, today, months=12)


def test_who_may_look(client_of: SignIn, people: People, patient: Patient) -> None:
    address = reverse("diary:patterns", args=[patient.pk])
    assert client_of(people.colleague).get(address).status_code == 200
    assert client_of(people.stranger).get(address).status_code == 404
    assert client_of(people.treating).post(address).status_code == 405
