"""Naming who prescribes, and cover, through the pages."""

import datetime
import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.patients.models import CareTeamMembership, Patient, PrescriberDesignation
from apps.patients.selectors.prescribers import prescribing_of
from tests.factories.accounts import make_prescriber, make_user
from tests.fixtures.people import People, join_care_team

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
DAY = datetime.timedelta(days=1)


@pytest.fixture
def alone(people: People) -> Patient:
    """A patient for whom nobody prescribes yet; the physician and the nurse are in the care team."""
    patient = Patient.objects.create(given_name="Jon", family_name="Aas", date_of_birth=datetime.date(1990, 1, 1))
    join_care_team(people.physician, patient)
    join_care_team(people.colleague, patient)
    return patient


def page(name: str, patient: Patient, **more: object) -> str:
    return reverse(f"patients:{name}", kwargs={"patient_id": patient.pk, **more})


def naming(named: User, **changes: str) -> dict[str, str]:
    return {"prescriber": str(named.pk), "reason": "first visit", "form_token": str(uuid.uuid4()), **changes}


def covering(named: User, **changes: str) -> dict[str, str]:
    today = timezone.localdate()
    days = {"first_day": f"{today + DAY:%d/%m/%Y}", "last_day": f"{today + 7 * DAY:%d/%m/%Y}"}
    return {**naming(named, reason="annual leave"), **days, **changes}


@pytest.mark.parametrize("who", ["intake_coordinator", "manager", "physician"])
def test_the_first_prescriber_is_named_and_joins_the_team(
    people: People, alone: Patient, client_of: ClientOf, who: str
) -> None:
    by: User = getattr(people, who)
    answer = client_of(by).post(page("name_prescriber", alone), naming(people.stranger))
    assert answer.url == page("prescriber", alone)
    assert prescribing_of(alone).effective == people.stranger
    assert PrescriberDesignation.objects.get(patient=alone).created_by == by
    assert CareTeamMembership.objects.filter(patient=alone, member=people.stranger).exists()


def test_who_may_not_name_is_told_who_may(people: People, alone: Patient, client_of: ClientOf) -> None:
    for method in ("get", "post"):
        answer = getattr(client_of(people.colleague), method)(page("name_prescriber", alone), naming(people.stranger))
        assert answer.status_code == 403
        assert "intake coordinator, the clinic manager or a physician" in answer.content.decode()
    assert client_of(people.stranger).post(page("name_prescriber", alone), naming(people.stranger)).status_code == 404
    assert prescribing_of(alone).effective is None


def test_a_prescriber_in_office_is_not_replaced_behind_their_back(people: People, client_of: ClientOf) -> None:
    form = naming(people.stranger)
    answer = client_of(people.intake_coordinator).post(page("name_prescriber", people.patient), form)
    assert answer.status_code == 403
    assert "Dr Amara Okafor prescribes for this patient" in answer.content.decode()
    assert client_of(people.manager).post(page("name_prescriber", people.patient), form).status_code == 302
    assert prescribing_of(people.patient).effective == people.stranger


def test_only_people_with_a_credential_are_in_the_list(people: People, client_of: ClientOf) -> None:
    lapsed = make_prescriber(full_name="Dr Lapsed")
    lapsed.prescriber_credentials.update(valid_to=timezone.localdate() - DAY)
    client = client_of(people.treating)
    shown = client.get(page("name_prescriber", people.patient)).content.decode()
    assert "Dr Sven Lindqvist" in shown
    assert "Dr Lapsed" not in shown
    for wrong in (lapsed, make_user(), people.treating):
        answer = client.post(page("name_prescriber", people.patient), naming(wrong))
        assert answer.status_code == 422
    assert prescribing_of(people.patient).effective == people.treating


def test_cover_is_arranged_shown_and_ended(people: People, client_of: ClientOf) -> None:
    client = client_of(people.treating)
    today = f"{timezone.localdate():%d/%m/%Y}"
    form = covering(people.stranger, first_day=today)
    assert client.post(page("cover", people.patient), form).status_code == 302
    assert client.post(page("cover", people.patient), form).status_code == 302
    cover = PrescriberDesignation.objects.get(kind="cover")
    assert timezone.localtime(cover.period.upper).time() == datetime.time.min
    running = prescribing_of(people.patient)
    assert running.effective == people.stranger
    assert "Dr Sven Lindqvist alone" in client.get(page("prescriber", people.patient)).content.decode()
    ending = page("end_cover", people.patient, designation_id=cover.pk)
    assert client_of(people.colleague).post(ending).status_code == 403
    assert prescribing_of(people.patient).effective == people.stranger
    assert "End the cover by" in client.get(ending).content.decode()
    assert prescribing_of(people.patient).effective == people.stranger
    assert client.post(ending).status_code == 302
    assert prescribing_of(people.patient).effective == people.treating
    assert client.post(ending).status_code == 404


def test_cover_to_come_is_announced(people: People, client_of: ClientOf) -> None:
    client = client_of(people.treating)
    client.post(page("cover", people.patient), covering(people.stranger))
    answer = client.get(page("prescriber", people.patient))
    assert [cover.prescriber for cover in answer.context["coming"]] == [people.stranger]
    assert prescribing_of(people.patient).effective == people.treating


def test_two_covers_do_not_overlap(people: People, client_of: ClientOf) -> None:
    client = client_of(people.treating)
    assert client.post(page("cover", people.patient), covering(people.stranger)).status_code == 302
    answer = client.post(page("cover", people.patient), covering(make_prescriber()))
    assert answer.status_code == 422
    assert "annual leave" in answer.content.decode()
    assert PrescriberDesignation.objects.filter(kind="cover").count() == 1


def test_cover_needs_somebody_to_cover_for(people: People, alone: Patient, client_of: ClientOf) -> None:
    answer = client_of(people.physician).post(page("cover", alone), covering(people.stranger), follow=True)
    assert "Name the designated prescriber first" in answer.content.decode()
    assert not PrescriberDesignation.objects.filter(patient=alone).exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"prescriber": ""},
        {"prescriber": "nobody"},
        {"reason": ""},
        {"reason": "x" * 10_000},
        {"reason": "bell\x07"},
        {"first_day": "31/02/2027"},
        {"first_day": "tomorrow"},
        {"last_day": "01/01/2001"},
        {"last_day": "99/99/9999"},
        {"last_day": "31/12/9999"},
        {"form_token": "1"},
    ],
)
def test_bad_input_is_told(people: People, client_of: ClientOf, wrong: dict[str, str]) -> None:
    answer = client_of(people.treating).post(page("cover", people.patient), covering(people.stranger, **wrong))
    assert answer.status_code == 422
    assert answer.context["form"].errors
    if "reason" not in wrong:
        assert "annual leave" in answer.content.decode()
    assert not PrescriberDesignation.objects.filter(kind="cover").exists()


def test_who_sees_who_prescribes(people: People, client_of: ClientOf) -> None:
    address = page("prescriber", people.patient)
    for person, status in (
        (people.colleague, 200),
        (people.manager, 200),
        (people.intake_coordinator, 200),
        (people.stranger, 404),
        (people.auditor, 404),
    ):
        assert client_of(person).get(address).status_code == status
