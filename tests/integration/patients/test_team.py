"""The care team: who joins sees the chart, who leaves does not."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.core.writing import Refused, StaleSave
from apps.patients.access import may
from apps.patients.models import CareTeamMembership, Patient
from apps.patients.selectors.team import possible_members
from apps.patients.services.team import add_member, end_membership
from tests.factories.patients import make_member
from tests.fixtures.people import People

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


def sees_chart(user: User, patient: Patient) -> bool:
    return may(user, Permission.VIEW_CHART, Patient.objects.get(pk=patient.pk))


def test_membership_opens_and_closes_the_chart(people: People) -> None:
    today = timezone.localdate()
    place = add_member(
        patient=people.patient, member=people.nurse, task="diary calls", starts_on=today, by=people.treating
    )
    assert sees_chart(people.nurse, people.patient)
    end_membership(membership=place, expected_version=1, ends_on=today, by=people.treating)
    assert sees_chart(people.nurse, people.patient)  # the last day is included
    CareTeamMembership.objects.filter(pk=place.pk).update(
        starts_on=today - timedelta(days=9), ends_on=today - timedelta(days=1)
    )
    assert not sees_chart(people.nurse, people.patient)


def test_a_place_in_the_future_opens_nothing_yet(people: People) -> None:
    make_member(people.patient, people.nurse, starts_on=timezone.localdate() + timedelta(days=1))
    assert not sees_chart(people.nurse, people.patient)


def test_what_is_refused(people: People) -> None:
    patient, by, today = people.patient, people.treating, timezone.localdate()
    with pytest.raises(Refused, match="can't join a care team"):
        add_member(patient=patient, member=people.auditor, task="reads", starts_on=today, by=by)
    people.educator.is_active, people.educator.deactivated_at = False, timezone.now()
    people.educator.save()
    with pytest.raises(Refused, match="can't join a care team"):
        add_member(patient=patient, member=people.educator, task="teaches", starts_on=today, by=by)
    place = add_member(patient=patient, member=people.nurse, task="diary calls", starts_on=today, by=by)
    with pytest.raises(Refused, match="already on some of these days"):
        add_member(patient=patient, member=people.nurse, task="again", starts_on=today + timedelta(days=9), by=by)
    with pytest.raises(Refused, match="can't end before it begins"):
        add_member(
            patient=patient,
            member=people.physician,
            task="x",
            starts_on=today,
            ends_on=today - timedelta(days=1),
            by=by,
        )
    with pytest.raises(Refused, match="on or after the one it began"):
        end_membership(membership=place, expected_version=1, ends_on=today - timedelta(days=1), by=by)
    with pytest.raises(StaleSave):
        end_membership(membership=place, expected_version=5, ends_on=today, by=by)


def test_three_people_and_the_administration(people: People) -> None:
    today = timezone.localdate()
    for by, member in (
        (people.treating, people.psychologist),
        (people.colleague, people.physiotherapist),
        (people.intake_coordinator, people.pharmacist),
        (people.manager, people.educator),
    ):
        assert add_member(patient=people.patient, member=member, task="helps", starts_on=today, by=by).pk
    for nobody in (people.stranger, people.psychologist, people.auditor):
        with pytest.raises(PermissionDenied):
            add_member(patient=people.patient, member=people.nurse, task="helps", starts_on=today, by=nobody)


def test_who_can_be_chosen(people: People) -> None:
    chosen = set(possible_members())
    assert people.nurse in chosen
    assert people.auditor not in chosen


def test_the_pages(people: People, client_of: ClientOf) -> None:
    client, patient = client_of(people.intake_coordinator), people.patient
    page = client.get(reverse("patients:team", kwargs={"patient_id": patient.pk})).content.decode()
    assert "Dr Amara Okafor" in page
    assert "treating neurologist" in page
    address = reverse("patients:add_member", kwargs={"patient_id": patient.pk})
    data = {
        "member": str(people.nurse.pk),
        "task": "diary calls",
        "starts_on": "1/11/2026",
        "ends_on": "",
        "form_token": str(uuid4()),
    }
    for wrong in ({"member": str(uuid4())}, {"member": "x"}, {"starts_on": "31/11/2026"}, {"ends_on": "1/10/2026"}):
        assert client.post(address, {**data, **wrong}).status_code == 422
    assert client.post(address, data).status_code == 302
    assert client.post(address, data).status_code == 302  # the same form again
    assert CareTeamMembership.objects.filter(patient=patient, member=people.nurse).count() == 1
    again = client.post(address, {**data, "form_token": str(uuid4())})
    assert again.status_code == 422
    assert "already on some of these days" in again.content.decode()


def test_who_ends_their_own_place_lands_on_the_list(people: People, client_of: ClientOf) -> None:
    place = people.patient.care_team.get(member=people.colleague)
    yesterday = timezone.localdate() - timedelta(days=1)
    address = reverse("patients:end_membership", kwargs={"patient_id": people.patient.pk, "membership_id": place.pk})
    answer = client_of(people.colleague).post(address, {"ends_on": yesterday.isoformat(), "version": "1"})
    assert answer.url == reverse("patients:list")  # type: ignore[attr-defined]
    stale = client_of(people.treating).post(address, {"ends_on": yesterday.isoformat(), "version": "1"})
    assert stale.status_code == 409
