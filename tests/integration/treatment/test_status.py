"""Resistant or refractory: dated, given by a physician, confirmed only when no line is open."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.core.writing import Refused
from apps.patients.models import Patient
from apps.patients.presenters.banner import patient_banner
from apps.treatment.models import RefractoryStatus
from apps.treatment.selectors.status import newest_status
from apps.treatment.services.status import record_status
from tests.factories.causes import TESTS, close_all_lines, make_review
from tests.fixtures.people import People

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
DAY = timedelta(days=1)


def given(patient: Patient, **changed: Any) -> RefractoryStatus:
    """A provisional status of today, unless changed."""
    today = timezone.localdate()
    details: dict[str, Any] = {
        "state": "refractory",
        "standing": "provisional",
        "decided_on": today,
        "reasons": "All classes failed",
        "by": TESTS,
        **changed,
    }
    return record_status(patient=patient, today=today, **details)


def page(patient: Patient) -> str:
    return reverse("treatment:status", kwargs={"patient_id": patient.pk})


def sent(client: Client, patient: Patient, **typed: str) -> Any:
    today = timezone.localdate().isoformat()
    return client.post(page(patient), {"form_token": str(uuid4()), "decided_on": today, **typed})


def shown(client: Client, patient: Patient) -> str:
    return " ".join(client.get(page(patient)).content.decode().split())


def test_provisional_while_lines_are_open(client_of: SignIn, treating: User, patient: Patient) -> None:
    client = client_of(treating)
    before = shown(client, patient)
    assert "No status was given yet." in before
    assert "22 lines are open." in before
    assert 'value="confirmed"' not in before
    assert sent(client, patient, state="refractory", standing="provisional", reasons="Eight classes").status_code == 302
    after = shown(client, patient)
    assert "Refractory migraine, provisional" in after
    assert "Eight classes" in after


def test_confirming_is_refused_on_every_way(client_of: SignIn, treating: User, patient: Patient) -> None:
    response = sent(client_of(treating), patient, state="refractory", standing="confirmed", reasons="Eight classes")
    assert response.status_code == 422
    assert response.context["form"].errors == {
        "standing": ["This can't be confirmed yet: other causes are still open. Select “Provisional”."]
    }
    with pytest.raises(Refused, match="can't be confirmed yet"):
        given(patient, standing="confirmed")
    assert not RefractoryStatus.objects.exists()


def test_confirmed_and_open_again(client_of: SignIn, people: People, patient: Patient) -> None:
    close_all_lines(patient)
    client = client_of(people.treating)
    assert sent(client, patient, state="refractory", standing="confirmed", reasons="Eight classes").status_code == 302
    calm = patient_banner(patient, people.colleague).status
    assert calm is not None
    assert (calm.label, calm.since, calm.detail) == ("Refractory migraine, confirmed", timezone.localdate(), "")
    seen = patient.cause_reviews.get(cause="iih").pk
    make_review(patient, "iih", state="to_do", seen=seen)
    again = patient_banner(patient, people.colleague).status
    assert again is not None
    assert again.detail == "1 line is open again"
    told = shown(client, patient)
    assert f"but {again.detail}." in told
    assert "Confirmed is not possible yet" in told


def test_the_newest_counts_and_the_others_stay(client_of: SignIn, treating: User, patient: Patient) -> None:
    today = timezone.localdate()
    given(patient, decided_on=today - 90 * DAY, reasons="Six classes")
    given(patient, state="neither", decided_on=today, reasons="Much better")
    newest = newest_status(patient)
    assert newest is not None
    assert newest.reasons == "Much better"
    told = shown(client_of(treating), patient)
    assert told.index("Much better") < told.index("Six classes")
    with pytest.raises(Refused, match="that day or a later one"):
        given(patient, decided_on=today - DAY)


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({}, ["state", "standing", "reasons"]),
        ({"state": "hopeless", "standing": "provisional", "reasons": "x"}, ["state"]),
        ({"state": "neither", "standing": "provisional", "reasons": "  "}, ["reasons"]),
        ({"state": "neither", "standing": "provisional", "reasons": "x", "decided_on": "2099-01-01"}, ["decided_on"]),
    ],
    ids=["nothing", "unknown", "no grounds", "future"],
)
def test_what_is_missing_is_said_beside_it(
    client_of: SignIn, treating: User, patient: Patient, typed: dict[str, str], fields: list[str]
) -> None:
    response = sent(client_of(treating), patient, **typed)
    assert response.status_code == 422
    assert sorted(response.context["form"].errors) == sorted(fields)
    assert not RefractoryStatus.objects.exists()


def test_the_service_keeps_days_in_order(patient: Patient) -> None:
    with pytest.raises(Refused, match="not in the future"):
        given(patient, decided_on=timezone.localdate() + DAY)
    with pytest.raises(Refused, match="Write on what grounds"):
        given(patient, reasons=" ")


def test_who_gives_and_who_reads(client_of: SignIn, people: People, patient: Patient) -> None:
    given(patient)
    reader = client_of(people.colleague)
    told = shown(reader, patient)
    assert "Refractory migraine, provisional" in told
    assert "Give the next status" not in told
    assert sent(reader, patient, state="neither", standing="provisional", reasons="x").status_code == 403
    assert client_of(people.stranger).get(page(patient)).status_code == 404
    for nobody in (people.colleague, people.stranger):
        with pytest.raises(PermissionDenied):
            given(patient, by=nobody)


def test_the_banner_keeps_the_status_from_those_who_read_no_charts(people: People, patient: Patient) -> None:
    given(patient)
    banner = patient_banner(patient, people.manager)
    assert (banner.shows_status, banner.status) == (False, None)


def test_the_banner_asks_once(patient: Patient, people: People, django_assert_num_queries: Any) -> None:
    given(patient)
    with django_assert_num_queries(1):
        status = newest_status(patient)
        assert status is not None
        assert status.open_lines == 22  # type: ignore[attr-defined]
