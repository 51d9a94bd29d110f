"""The patient's one page, and the worklist."""

import datetime
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.accounts.choices import Role
from apps.accounts.models import User
from apps.overview.presenters.course import months_asked
from apps.overview.presenters.worklist import cards_for
from apps.patients.choices import Urgency
from apps.patients.models import Patient
from apps.patients.services.prescribers import arrange_cover
from apps.patients.services.referrals import answer_referral
from tests.factories.accounts import make_prescriber, make_user
from tests.factories.care import full_case, plan_in_force
from tests.factories.patients import make_referral
from tests.factories.visits import opened
from tests.fixtures.people import People, designate, join_care_team

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
TODAY = "/"


def page_of(patient: Patient) -> str:
    return reverse("overview:patient", kwargs={"patient_id": patient.pk})


def tags_on(answer: object) -> list[str]:
    return [item.tag for card in answer.context["cards"] for item in card.items]  # type: ignore[attr-defined]


# The patient's one page


def test_everything_on_one_page(people: People, client_of: ClientOf) -> None:
    case = full_case(people.patient, people.treating, people.colleague)
    shown = client_of(people.treating).get(page_of(people.patient)).content.decode()
    for told in ("Course over 12 months", "Plan, version 1", case.plan.next_step, "PHQ-9", "Last 30 days", "<svg"):
        assert told in shown
    assert reverse("patients:visit", kwargs={"patient_id": people.patient.pk, "visit_id": case.open_visit.pk}) in shown


@pytest.mark.parametrize(("asked", "shown"), [("3", 3), ("36", 36), ("7", 3), ("", 3), ("x", 3), ("９", 3)])
def test_the_range_is_one_of_three(people: People, client_of: ClientOf, asked: str, shown: int) -> None:
    answer = client_of(people.treating).get(page_of(people.patient), {"months": asked})
    assert answer.context["months"] == shown
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("begun", "shown"),
    [
        (None, 3),
        (datetime.date(2026, 9, 1), 3),
        (datetime.date(2026, 8, 31), 12),
        (datetime.date(2025, 12, 1), 12),
        (datetime.date(2025, 11, 30), 36),
        (datetime.date(2019, 1, 1), 36),
    ],
)
def test_the_picture_begins_with_the_diary(begun: datetime.date | None, shown: int) -> None:
    assert months_asked(None, begun=begun, on=datetime.date(2026, 11, 22)) == shown


def test_an_empty_chart_says_where_to_begin(people: People, client_of: ClientOf) -> None:
    shown = client_of(people.colleague).get(page_of(people.patient)).content.decode()
    assert "No diary day is recorded in this time" in shown
    assert "No plan is in force" in shown


def test_who_sees_it(people: People, client_of: ClientOf) -> None:
    assert client_of(people.stranger).get(page_of(people.patient)).status_code == 404
    assert client_of(people.manager).get(page_of(people.patient)).status_code == 403


def test_a_full_chart_costs_no_more_than_thirty_queries(people: People, client_of: ClientOf) -> None:
    full_case(people.patient, people.treating, people.colleague)
    client = client_of(people.treating)
    client.get(page_of(people.patient))
    with CaptureQueriesContext(connection) as asked:
        client.get(page_of(people.patient))
    assert len(asked) <= 30


# Today


def test_what_waits_for_the_clinician(people: People, client_of: ClientOf) -> None:
    opened(people.patient, people.treating)
    answer = client_of(people.treating).get(TODAY)
    assert tags_on(answer) == ["Open"]
    assert "Ingrid Halvorsen" in answer.content.decode()
    assert tags_on(client_of(people.stranger).get(TODAY)) == []


def test_a_plan_to_review_is_on_the_list_of_the_whole_team(people: People) -> None:
    plan = plan_in_force(people.patient, people.treating)
    assert plan.review_on is not None
    due = plan.review_on
    for person, expected in ((people.treating, ["Review"]), (people.colleague, ["Review"]), (people.stranger, [])):
        assert [item.tag for card in cards_for(person, due) for item in card.items] == expected
        assert cards_for(person, due - datetime.timedelta(days=1)) == []


def test_accepted_without_prescriber_and_a_referral_that_waits(people: People, client_of: ClientOf) -> None:
    alone = Patient.objects.create(given_name="Jon", family_name="Aas", date_of_birth=datetime.date(1990, 1, 1))
    referral = make_referral(alone, urgency=Urgency.URGENT)
    coordinator = client_of(people.intake_coordinator)
    assert tags_on(coordinator.get(TODAY)) == ["Urgent"]
    answer_referral(
        referral=referral, expected_version=referral.version, state="accepted", note="", by=people.intake_coordinator
    )
    assert tags_on(coordinator.get(TODAY)) == ["No prescriber"]


def test_cover_that_ends_and_a_credential_that_runs_out(people: People, client_of: ClientOf) -> None:
    cover = make_prescriber(full_name="Dr Cover")
    begins = timezone.now()
    arrange_cover(
        patient=people.patient,
        prescriber=cover,
        begins=begins,
        ends=begins + datetime.timedelta(days=3),
        reason="leave",
        by=people.treating,
    )
    people.treating.prescriber_credentials.update(valid_to=timezone.localdate() + datetime.timedelta(days=20))
    assert tags_on(client_of(people.treating).get(TODAY)) == ["Cover ends", "Credential"]
    assert tags_on(client_of(people.manager).get(TODAY)) == ["Cover ends", "Credential"]
    assert tags_on(client_of(people.colleague).get(TODAY)) == ["Cover ends"]


def test_who_has_no_worklist_lands_where_their_work_is(people: People, client_of: ClientOf) -> None:
    assert client_of(people.auditor).get(TODAY).url == reverse("audit:log")


@pytest.mark.parametrize("role", [role for role in Role if role != Role.AUDITOR])
def test_the_first_page_opens_for_every_role(people: People, client_of: ClientOf, role: Role) -> None:
    assert client_of(people.of(role)).get(TODAY).status_code == 200


def test_the_worklist_costs_the_same_for_many_patients(client_of: ClientOf, db: None) -> None:
    clinician, nurse = make_prescriber(), make_user()
    client = client_of(clinician)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(TODAY).status_code == 200
        return len(asked)

    def add_patient(number: int) -> None:
        patient = Patient.objects.create(
            given_name=f"A{number}", family_name="Aas", date_of_birth=datetime.date(1990, 1, 1)
        )
        join_care_team(clinician, patient)
        join_care_team(nurse, patient)
        designate(clinician, patient)
        opened(patient, clinician)
        make_referral(patient)

    queries()
    add_patient(0)
    few = queries()
    for number in range(1, 8):
        add_patient(number)
    assert queries() == few
