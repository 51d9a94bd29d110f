"""Every page of this app opens for whom it should, also when there is nothing to show."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.patients.models import Patient
from tests.factories.patients import make_allergy, make_identifier, make_referral
from tests.fixtures.people import People

ClientOf = Callable[[User], Client]

CHART_PAGES = (
    "registered",
    "detail",
    "edit",
    "add_identifier",
    "allergies",
    "add_allergy",
    "confirm_allergies",
    "add_referral",
    "team",
    "add_member",
)
CLINIC_PAGES = ("list", "search", "register", "referrals", "register_with_referral")
# What the nurse of the care team may not open: nothing here; what the coordinator may not: the clinical part.
CLINICAL_PAGES = ("allergies", "add_allergy", "confirm_allergies")


@pytest.mark.parametrize("page", CLINIC_PAGES)
@pytest.mark.parametrize("who", ["treating", "colleague", "intake_coordinator", "manager"])
def test_clinic_pages_open(page: str, who: str, people: People, client_of: ClientOf) -> None:
    assert client_of(getattr(people, who)).get(reverse(f"patients:{page}")).status_code == 200


@pytest.mark.parametrize("page", CLINIC_PAGES)
def test_the_auditor_finds_no_patients(page: str, people: People, client_of: ClientOf) -> None:
    assert client_of(people.auditor).get(reverse(f"patients:{page}")).status_code == 403


@pytest.mark.parametrize("page", CHART_PAGES)
def test_chart_pages_for_three_people(page: str, people: People, client_of: ClientOf) -> None:
    address = reverse(f"patients:{page}", kwargs={"patient_id": people.patient.pk})
    assert client_of(people.treating).get(address).status_code == 200
    assert client_of(people.colleague).get(address).status_code == 200
    assert client_of(people.stranger).get(address).status_code == 404
    by_coordinator = client_of(people.intake_coordinator).get(address).status_code
    assert by_coordinator == (403 if page in CLINICAL_PAGES else 200)


def test_a_stranger_cannot_write_either(people: People, client_of: ClientOf) -> None:
    for page in ("edit", "add_identifier", "add_allergy", "confirm_allergies", "add_referral", "add_member"):
        address = reverse(f"patients:{page}", kwargs={"patient_id": people.patient.pk})
        assert client_of(people.stranger).post(address, {}).status_code == 404


def test_chart_pages_with_something_to_show(people: People, client_of: ClientOf) -> None:
    patient: Patient = people.patient
    allergy = make_allergy(patient, reaction="rash")
    identifier = make_identifier(patient, "gb.nhs", "943 476 5919")
    referral = make_referral(patient, urgency="urgent")
    place = patient.care_team.first()
    assert place is not None
    client = client_of(people.treating)
    for page, named in (
        ("detail", {}),
        ("allergies", {}),
        ("confirm_allergies", {}),
        ("withdraw_allergy", {"allergy_id": allergy.pk}),
        ("remove_identifier", {"identifier_id": identifier.pk}),
        ("referral", {"referral_id": referral.pk}),
        ("correct_referral", {"referral_id": referral.pk}),
        ("end_membership", {"membership_id": place.pk}),
    ):
        answer = client.get(reverse(f"patients:{page}", kwargs={"patient_id": patient.pk, **named}))
        assert answer.status_code == 200, page
        assert "Sulfonamides (rash)" in answer.content.decode(), page


def test_things_of_another_patient_are_not_found(people: People, client_of: ClientOf) -> None:
    from tests.factories.patients import make_patient

    other = make_patient()
    allergy, identifier = make_allergy(other), make_identifier(other, "hospital", "X1")
    referral = make_referral(other)
    client = client_of(people.treating)
    for page, named in (
        ("withdraw_allergy", {"allergy_id": allergy.pk}),
        ("remove_identifier", {"identifier_id": identifier.pk}),
        ("referral", {"referral_id": referral.pk}),
        ("correct_referral", {"referral_id": referral.pk}),
    ):
        address = reverse(f"patients:{page}", kwargs={"patient_id": people.patient.pk, **named})
        assert client.get(address).status_code == 404, page
