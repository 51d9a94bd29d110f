"""The history page: who changed which field from what to what, page after page without loss."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import User
from apps.overview.selectors.history import PAGE, Event, Place, events_of, tracked_models
from apps.patients.models import Patient
from apps.patients.services.visits import write_visit
from apps.screening.choices import ReferralState
from tests.documents.text import words_of_html
from tests.factories.care import full_case
from tests.factories.sleep import make_sleep_screen, make_sleep_study
from tests.factories.visits import opened
from tests.fixtures.people import People

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


def page_of(patient: Patient) -> str:
    return reverse("overview:history", kwargs={"patient_id": patient.pk})


def all_pages(patient: Patient, *, page: int) -> list[Event]:
    """Every event, read page by page as the links lead."""
    found: list[Event] = []
    after = None
    while True:
        events = events_of(patient, after=after, page=page)
        found += events[:page]
        if len(events) <= page:
            return found
        after = Place.read(str(events[page - 1].place))
        assert after is not None


def test_an_edit_says_who_which_field_and_before_and_after(people: People, client_of: ClientOf) -> None:
    visit = opened(people.patient, people.treating)
    write_visit(visit=visit, expected_version=1, findings="Neck stiff", by=people.treating)
    write_visit(visit=visit, expected_version=2, findings="Neck free", by=people.treating)
    answer = client_of(people.colleague).get(page_of(people.patient))
    newest = next(line for line in answer.context["lines"] if line.what == "Visit changed")
    assert newest.who == "Dr Amara Okafor"
    assert [(each.label, each.before, each.after) for each in newest.changes] == [
        ("Findings", "Neck stiff", "Neck free")
    ]
    shown = words_of_html(answer.content.decode())
    assert "Findings: from Neck stiff to Neck free" in shown


def test_raw_sql_is_in_the_history_too(people: People, client_of: ClientOf) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE patients_patient SET given_name = 'Inga' WHERE id = %s", [people.patient.pk])
    lines = client_of(people.treating).get(page_of(people.patient)).context["lines"]
    change = next(line for line in lines if line.what == "Patient changed")
    assert ("Ingrid", "Inga") in [(each.before, each.after) for each in change.changes]
    assert change.who == "not known"


@pytest.mark.parametrize("page", [7, PAGE])
def test_pages_lose_and_repeat_nothing_within_one_moment(people: People, page: int) -> None:
    visit = opened(people.patient, people.treating)
    with transaction.atomic():
        for number in range(PAGE - 10):
            write_visit(visit=visit, expected_version=number + 1, findings=f"text {number}", by=people.treating)
            people.patient.telephone = f"0700 {number}"
            people.patient.save()
    found = all_pages(people.patient, page=page)
    keys = [(event.model, event.number) for event in found]
    assert len(keys) == len(set(keys))
    assert len(keys) == len(events_of(people.patient, page=10_000))
    assert len([event for event in found if event.kind == "update"]) >= 2 * (PAGE - 10)
    assert len({event.at for event in found}) < PAGE


def test_the_link_leads_through_all_of_it(people: People, client_of: ClientOf) -> None:
    visit = opened(people.patient, people.treating)
    for number in range(PAGE + 5):
        write_visit(visit=visit, expected_version=number + 1, findings=f"text {number}", by=people.treating)
    client = client_of(people.treating)
    shown, further = 0, ""
    while True:
        answer = client.get(page_of(people.patient) + further)
        shown += sum(line.what in ("Visit changed", "Visit recorded") for line in answer.context["lines"])
        link = re.search(r'href="(\?after=[^"]+)"', answer.content.decode())
        if link is None:
            break
        further = link.group(1)
    # Each save claims the version first, which tells a reader nothing; each text is there once.
    assert shown == 1 + PAGE + 5


@pytest.mark.parametrize(
    "after",
    ["x", "||", "2026-01-01|a|1", "2026-13-45T00:00:00+00:00|a|1", "2026-01-01T00:00:00+00:00|a|-1", "\x00|a|1"],
)
def test_a_damaged_link_shows_the_newest(people: People, client_of: ClientOf, after: str) -> None:
    answer = client_of(people.treating).get(page_of(people.patient), {"after": after})
    assert answer.status_code == 200
    assert answer.context["lines"]


def test_a_number_beyond_all_numbers(people: People, client_of: ClientOf) -> None:
    place = f"2026-01-01T00:00:00+00:00|patients.Visit|{'9' * 40}"
    assert client_of(people.treating).get(page_of(people.patient), {"after": place}).status_code == 200


def test_who_reads_it(people: People, client_of: ClientOf) -> None:
    assert client_of(people.stranger).get(page_of(people.patient)).status_code == 404
    assert client_of(people.intake_coordinator).get(page_of(people.patient)).status_code == 403
    assert client_of(people.colleague).get(page_of(people.patient)).status_code == 200


def test_another_patient_is_not_in_it(people: People) -> None:
    other = Patient.objects.create(given_name="Jon", family_name="Aas", date_of_birth=date(1990, 1, 1))
    assert [event.model for event in events_of(other)] == [Patient]


def test_every_tracked_model_of_a_chart_is_read() -> None:
    labels = {model._meta.label for model in tracked_models()}
    assert {
        "patients.Patient",
        "patients.Visit",
        "patients.PrescriberDesignation",
        "treatment.MedicationChange",
        "treatment.TreatmentPlan",
        "diary.DiaryDay",
    } <= labels


def test_a_page_of_history_costs_the_same_however_long_it_is(people: People, client_of: ClientOf) -> None:
    full_case(people.patient, people.treating, people.colleague)
    client = client_of(people.treating)
    client.get(page_of(people.patient))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = client.get(page_of(people.patient))
    assert len(answer.context["lines"]) > PAGE / 2
    assert len(asked) <= 24


def test_a_sleep_screen_and_its_study_are_told_in_words(client_of: ClientOf, people: People) -> None:
    make_sleep_screen(people.patient, by=people.treating)
    make_sleep_study(people.patient, by=people.treating, state=ReferralState.ORDERED)
    lines = client_of(people.colleague).get(page_of(people.patient)).context["lines"]
    told = {(line.what, each.label): each.after for line in lines for each in line.changes}
    assert told["Sleep screen recorded", "Answers"] == (
        "bmi: 31; hypertension: yes; loud snoring: yes; witnessed apnoea: yes"
    )
    assert told["Sleep screen recorded", "Facts"].startswith("Snores loudly on most nights: yes; ")
    assert told["Sleep screen recorded", "Routes"].startswith("Increased risk of sleep apnoea; ")
    assert told["Sleep referral changed", "State"] == "Ordered"
