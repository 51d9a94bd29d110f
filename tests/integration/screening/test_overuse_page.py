"""The overuse page: one set of numbers, what a clinician states counts everywhere, the notice that asks why."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.diary.selectors import counts_for
from apps.patients.models import Patient, Visit
from apps.screening.choices import Ration, Statement
from apps.screening.presenters.overuse_review import TITLE
from apps.screening.selectors.overuse import review_due
from apps.summaries.selectors import visit_content
from tests.documents.text import words_of_html
from tests.factories.overuse import acute_diary, make_allowance, make_review
from tests.factories.visits import opened, signed
from tests.fixtures.people import People

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]


def page_of(client: Client, patient: Patient, name: str = "screening:overuse") -> str:
    response = client.get(reverse(name, args=[patient.pk]))
    assert response.status_code == 200
    return words_of_html(response.content.decode())


def test_the_page_says_what_the_diary_says(client_of: SignIn, treating: User, patient: Patient) -> None:
    acute_diary(patient, [12, 10, 10, 9])
    page = page_of(client_of(treating), patient)
    for words in (
        "12 of 30 days",
        "30 of 30 days recorded, usable",
        "the limit of 10 is reached",
        "Medication overuse in the last 30 days, not shown for more than 3 months",
        "8.2.2 triptan 10 days 12 reached 10 reached 10 reached 9 below",
        "All acute and rescue medicines 10 days 12 reached 10 reached 10 reached 9 below",
        "Overuse by ICHD-3 yes yes yes no",
        "Red Acute medicines on 12 days of 30",
        "No opioid and no butalbital is recorded in the last 30 days.",
        "clinic convention, to be confirmed",
    ):
        assert words in page, words
    assert "These days would decide" not in page


def test_days_that_would_decide_are_links_to_their_month(client_of: SignIn, treating: User, patient: Patient) -> None:
    acute_diary(patient, [9, 9, 9, 9], unknown=2)
    today = timezone.localdate()
    response = client_of(treating).get(reverse("screening:overuse", args=[patient.pk]))
    page = words_of_html(response.content.decode())
    assert "9–11 of 30 days" in page
    assert "Cannot tell whether there is medication overuse in the last 30 days" in page
    assert "These days would decide" in page
    months = {today.replace(day=1), (today - timedelta(days=1)).replace(day=1)}
    assert {month.url for month in response.context["found"].deciding} == {
        reverse("diary:month", args=[patient.pk, month]) for month in months
    }
    assert "Still possible: at risk of overuse; overuse, not shown for more than 3 months." in page


def test_an_empty_diary_is_not_a_diary_without_overuse(client_of: SignIn, treating: User, patient: Patient) -> None:
    page = page_of(client_of(treating), patient)
    assert "0–30 of 30 days" in page
    assert "cannot tell" in page
    assert "; the medicines of 30 days are not known." in page
    assert TITLE not in page


def test_what_a_clinician_states_counts_on_page_summary_and_export(people: People, client_of: SignIn) -> None:
    patient, today = people.patient, timezone.localdate()
    acute_diary(patient, [10, 10, 10, 9])
    visit = signed(patient, people.treating)
    client = client_of(people.treating)

    def said() -> tuple[str, str, str]:
        table = client.get(reverse("diary:export-counts", args=[patient.pk])).content.decode("utf-8-sig")
        (row,) = [row for row in csv.DictReader(io.StringIO(table)) if row["what"] == "Medication overuse, ICHD-3 8.2"]
        page = page_of(client, patient)
        shown = [
            words
            for words in ("overuse, not shown for", "criteria of medication-overuse headache met")
            if words in page.lower()
        ]
        return shown[0], row["answer"], visit_content(Visit.objects.get(pk=visit.pk))["overuse"]["state"]

    assert said() == (
        "overuse, not shown for",
        "overuse, not shown for more than 3 months",
        "overuse_not_sustained",
    )
    make_review(patient, people.colleague, preexisting=Statement.YES, older=Statement.YES)
    assert said() == (
        "criteria of medication-overuse headache met",
        "criteria of medication-overuse headache met",
        "criteria_met",
    )
    assert "Criteria of medication-overuse headache met" in page_of(client, patient, "overview:patient")
    month = client.get(reverse("diary:month", args=[patient.pk, today]))
    assert "Criteria of medication-overuse headache met" in words_of_html(month.content.decode())


def test_the_newest_statement_counts_and_the_duration_for_ninety_days(people: People) -> None:
    patient, today = people.patient, timezone.localdate()
    acute_diary(patient, [10, 10, 10, 9])

    def state() -> str:
        return counts_for(patient, today).overuse.state.value

    past = {"preexisting": Statement.YES, "older": Statement.YES}
    make_review(patient, people.treating, today=today - timedelta(days=90), **past)
    assert state() == "overuse_not_sustained"
    make_review(patient, people.treating, today=today - timedelta(days=89), **past)
    assert state() == "criteria_met"
    make_review(
        patient, people.treating, today=today - timedelta(days=1), preexisting=Statement.NO, older=Statement.YES
    )
    assert state() == "overuse_sustained"
    make_review(patient, people.treating, older=Statement.YES)
    assert state() == "cannot_tell"
    assert counts_for(patient, today - timedelta(days=1)).overuse.state.value != "cannot_tell"


def reads_of(client: Client, patient: Patient, name: str) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        page_of(client, patient, name)
    return [query["sql"] for query in asked if query["sql"].startswith("SELECT") and "set_config" not in query["sql"]]


def test_the_page_costs_few_queries(people: People, client_of: SignIn) -> None:
    patient = people.patient
    acute_diary(patient, [12, 10, 10, 10])
    client = client_of(people.treating)
    for ration in (Ration.ALL, Ration.TRIPTAN):
        make_allowance(patient, people.colleague, ration)
    make_review(patient, people.treating)
    few = reads_of(client, patient, "screening:overuse")
    for back in range(1, 10):
        make_review(patient, people.treating, today=timezone.localdate() - timedelta(days=back))
    many = reads_of(client, patient, "screening:overuse")
    assert len(many) == len(few)
    # The page of visits asks one question of its own; the rest is the frame of every page of the chart.
    frame = len(reads_of(client, patient, "patients:visits")) - 1
    assert len(many) - frame <= 8, "\n".join(sql[:150] for sql in many)


class TestTheNotice:
    def test_it_asks_at_each_visit_until_somebody_has_asked_why(self, people: People, client_of: SignIn) -> None:
        patient, client = people.patient, client_of(people.treating)
        acute_diary(patient, [10])
        page = page_of(client, patient, "patients:visits")
        assert f"{TITLE} Acute medicines on at least 10 days of the last 30. The reasons were never asked." in page
        make_review(patient, people.colleague, today=timezone.localdate() - timedelta(days=3))
        assert TITLE not in page_of(client, patient, "patients:visits")
        opened(patient, people.treating)
        assert "Not reviewed since the visit of" in page_of(client, patient, "patients:visits")
        make_review(patient, people.colleague)
        assert TITLE not in page_of(client, patient, "patients:visits")

    def test_it_is_silent_below_the_limit(self, patient: Patient) -> None:
        acute_diary(patient, [9], unknown=5)
        assert review_due(patient, timezone.localdate()) is None

    def test_it_costs_one_query(self, people: People, django_assert_num_queries: Callable[..., object]) -> None:
        acute_diary(people.patient, [10])
        opened(people.patient, people.treating)
        with django_assert_num_queries(1):
            due = review_due(people.patient, timezone.localdate())
        assert due is not None
        assert (due.days, due.visit_on, due.last_review) == (10, timezone.localdate(), None)

    def test_who_only_reads_is_led_to_the_page(self, people: People, client_of: SignIn) -> None:
        patient = people.patient
        acute_diary(patient, [10])
        response = client_of(people.treating).get(reverse("patients:visits", args=[patient.pk]))
        assert reverse("screening:overuse_review", args=[patient.pk]) in response.content.decode()
        team = client_of(people.manager).get(reverse("patients:team", args=[patient.pk]))
        assert TITLE not in team.content.decode()


def test_who_may_read(people: People, client_of: SignIn) -> None:
    address = reverse("screening:overuse", args=[people.patient.pk])
    assert client_of(people.treating).get(address).status_code == 200
    assert client_of(people.colleague).get(address).status_code == 200
    assert client_of(people.stranger).get(address).status_code == 404
    assert client_of(people.manager).get(address).status_code == 403
    assert client_of(people.treating).post(address).status_code == 405
