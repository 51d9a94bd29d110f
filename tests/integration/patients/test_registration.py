"""Registering somebody: saved once, compared first, with a place in the care team and an entry in the history."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.core.writing import AlreadySaved, Refused, StaleSave
from apps.patients.models import CareTeamMembership, Patient, PatientIdentifier, Referral
from apps.patients.services.registration import (
    NumberTaken,
    PossibleDuplicates,
    SomebodyElse,
    add_identifier,
    change_details,
    register_patient,
    remove_identifier,
)
from tests.factories.patients import TESTS, make_identifier, make_patient
from tests.fixtures.people import People

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]

PERSON: dict[str, Any] = {"given_name": "Anna", "family_name": "Berg", "date_of_birth": date(1985, 3, 12)}
TYPED = {
    "given_name": "Anna",
    "family_name": "Berg",
    "date_of_birth": "12/3/1985",
    "sex": "female",
    "language": "en",
    "contact_route": "telephone",
}


def typed(**changes: str) -> dict[str, str]:
    return {**TYPED, "form_token": str(uuid4()), **changes}


def history(model: str, **fields: Any) -> Any:
    return apps.get_model("patients", f"{model}Event").objects.filter(**fields)


def test_a_clinician_who_registers_joins_the_care_team(people: People) -> None:
    patient = register_patient(by=people.nurse, details=PERSON)
    place = CareTeamMembership.objects.get(patient=patient)
    assert (place.member, place.starts_on, place.ends_on) == (people.nurse, timezone.localdate(), None)
    assert patient.created_by == people.nurse
    assert patient.clinic_number


@pytest.mark.parametrize("role", ["intake_coordinator", "manager"])
def test_who_administers_the_clinic_does_not(role: str, people: People) -> None:
    patient = register_patient(by=getattr(people, role), details=PERSON)
    assert not CareTeamMembership.objects.filter(patient=patient).exists()


def test_who_may_not_register_is_refused(people: People) -> None:
    for nobody in (people.educator, people.auditor):
        with pytest.raises(PermissionDenied):
            register_patient(by=nobody, details=PERSON)


def test_the_history_names_the_author(people: People) -> None:
    patient = register_patient(by=people.nurse, details=PERSON)
    event = history("Patient", pgh_obj_id=patient.pk).get()
    assert event.pgh_label == "insert"
    assert event.pgh_context.metadata["user"] == str(people.nurse.pk)


def test_nobody_is_born_tomorrow(people: People) -> None:
    with pytest.raises(Refused) as refused:
        register_patient(by=TESTS, details={**PERSON, "date_of_birth": timezone.localdate() + timedelta(days=1)})
    assert "date_of_birth" in refused.value.errors


def test_all_or_nothing(people: People) -> None:
    before = Patient.objects.count()
    with pytest.raises(Refused):
        register_patient(by=TESTS, details=PERSON, identifier=("gb.nhs", "9434765918"))
    assert Patient.objects.count() == before


def test_the_same_form_twice_registers_once(people: People) -> None:
    token = uuid4()
    register_patient(by=people.nurse, details=PERSON, form_token=token)
    with pytest.raises(AlreadySaved):
        register_patient(by=people.nurse, details=PERSON, form_token=token)
    assert Patient.objects.filter(family_name="Berg").count() == 1


def test_a_number_that_is_taken_is_refused(people: People) -> None:
    holder = make_patient()
    make_identifier(holder, "gb.nhs", "9434765919")
    with pytest.raises(NumberTaken) as refused:
        register_patient(by=TESTS, details=PERSON, identifier=("gb.nhs", "943 476 5919"))
    assert refused.value.holder == holder


def test_somebody_alike_must_be_looked_at_and_the_reason_is_kept(people: People) -> None:
    first = register_patient(by=TESTS, details=PERSON)
    with pytest.raises(PossibleDuplicates) as found:
        register_patient(by=people.nurse, details=PERSON)
    assert [candidate.patient for candidate in found.value.candidates] == [first]
    with pytest.raises(PossibleDuplicates):  # looked at, but no reason
        register_patient(by=people.nurse, details=PERSON, somebody_else=SomebodyElse(" ", {first.pk}))
    with pytest.raises(PossibleDuplicates):  # a reason, but about other people
        register_patient(by=people.nurse, details=PERSON, somebody_else=SomebodyElse("A twin", {uuid4()}))
    second = register_patient(by=people.nurse, details=PERSON, somebody_else=SomebodyElse("A twin", {first.pk}))
    kept = history("Patient", pgh_obj_id=second.pk).get().pgh_context.metadata
    assert kept["somebody_else_because"] == "A twin"
    assert kept["compared_with"] == [str(first.pk)]


def test_changing_details_keeps_the_allergy_answer_of_meanwhile(people: People) -> None:
    patient = people.patient
    opened = Patient.objects.get(pk=patient.pk)
    Patient.objects.filter(pk=patient.pk).update(allergy_status="none_known", allergies_asked_on=timezone.localdate())
    change_details(patient=opened, expected_version=1, by=people.colleague, details={"telephone": "020 7946 0000"})
    patient.refresh_from_db()
    assert (patient.telephone, patient.allergy_status, patient.version) == ("020 7946 0000", "none_known", 2)


def test_a_stale_change_of_details_is_refused(people: People) -> None:
    change_details(patient=people.patient, expected_version=1, by=people.colleague, details={"pronouns": "she/her"})
    with pytest.raises(StaleSave):
        change_details(patient=people.patient, expected_version=1, by=people.treating, details={"pronouns": "they"})
    people.patient.refresh_from_db()
    assert people.patient.pronouns == "she/her"


def test_numbers_are_added_once_and_removed_with_a_reason(people: People) -> None:
    patient, by = people.patient, people.colleague
    number = add_identifier(patient=patient, system="hospital", value="ab-12", by=by)
    assert number.value == "AB12"
    with pytest.raises(Refused, match="recorded for this patient already"):
        add_identifier(patient=patient, system="hospital", value="AB 12", by=by)
    with pytest.raises(NumberTaken):
        add_identifier(patient=make_patient(), system="hospital", value="AB12", by=TESTS)
    with pytest.raises(Refused, match="Select what kind"):
        add_identifier(patient=patient, system="library", value="1", by=by)
    with pytest.raises(Refused, match="Say why"):
        remove_identifier(identifier=number, reason=" ", by=by)
    key = number.pk
    remove_identifier(identifier=number, reason="Belongs to the sister", by=by)
    assert not PatientIdentifier.objects.filter(pk=key).exists()
    event = history("PatientIdentifier", pgh_obj_id=key, pgh_label="delete").get()
    assert event.pgh_context.metadata["reason"] == "Belongs to the sister"


def test_a_stranger_changes_nothing(people: People) -> None:
    with pytest.raises(PermissionDenied):
        change_details(patient=people.patient, expected_version=1, by=people.stranger, details={"pronouns": "x"})
    with pytest.raises(PermissionDenied):
        add_identifier(patient=people.patient, system="hospital", value="1", by=people.stranger)


# --- the same through the pages


def test_the_page_registers_and_says_what_comes_next(people: People, client_of: ClientOf) -> None:
    answer = client_of(people.nurse).post(reverse("patients:register"), typed(), follow=True)
    patient = Patient.objects.get(family_name="Berg")
    assert answer.redirect_chain == [(reverse("patients:registered", kwargs={"patient_id": patient.pk}), 302)]
    page = answer.content.decode()
    assert "Put the care team together" in page
    assert "The intake coordinator or a physician names the designated prescriber." in page


def test_the_page_asks_about_people_who_look_the_same(people: People, client_of: ClientOf) -> None:
    client = client_of(people.nurse)
    mine = register_patient(by=people.nurse, details=PERSON)
    answer = client.post(reverse("patients:register"), typed(given_name="Ana"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Is it one of these people?" in page
    assert mine.clinic_number in page
    assert "same date of birth" in page
    assert 'value="Ana"' in page
    assert Patient.objects.filter(family_name="Berg").count() == 1
    shown = answer.context["form"].data["shown"]
    assert shown == str(mine.pk)
    answer = client.post(
        reverse("patients:register"),
        typed(given_name="Ana", shown=shown, somebody_else_reason="Twin sister"),
    )
    assert answer.status_code == 302
    assert Patient.objects.filter(family_name="Berg").count() == 2


def test_the_page_does_not_tell_who_a_strange_patient_is(people: People, client_of: ClientOf) -> None:
    other = register_patient(by=people.intake_coordinator, details={**PERSON, "preferred_name": "Annika"})
    page = client_of(people.nurse).post(reverse("patients:register"), typed()).content.decode()
    assert "A patient who is not yours" in page
    assert other.clinic_number in page
    assert "Annika" not in page
    assert str(other.pk) not in page.replace(f'value="{other.pk}"', "")


def test_the_page_names_the_holder_of_a_number_only_to_whom_it_may(people: People, client_of: ClientOf) -> None:
    make_identifier(people.patient, "gb.nhs", "9434765919")
    data = typed(system="gb.nhs", value="943 476 5919")
    to_colleague = client_of(people.colleague).post(reverse("patients:register"), data).content.decode()
    assert "It belongs to Ingrid Halvorsen" in to_colleague
    to_stranger = client_of(people.stranger).post(reverse("patients:register"), data).content.decode()
    assert "Halvorsen" not in to_stranger
    assert "Ask the intake coordinator" in to_stranger
    assert not Patient.objects.filter(family_name="Berg").exists()


def test_the_page_sent_twice_registers_once(people: People, client_of: ClientOf) -> None:
    data, client = typed(), client_of(people.nurse)
    assert client.post(reverse("patients:register"), data).status_code == 302
    again = client.post(reverse("patients:register"), data, follow=True)
    assert "sent twice" in again.content.decode()
    assert Patient.objects.filter(family_name="Berg").count() == 1


def test_register_with_the_letter_is_all_or_nothing(people: People, client_of: ClientOf) -> None:
    client = client_of(people.intake_coordinator)
    letter = {"referrer_name": "Dr Letter", "received_on": "1/1/1985", "urgency": "urgent", "reason": "Headache"}
    refused = client.post(reverse("patients:register_with_referral"), typed(**letter))
    assert refused.status_code == 422
    assert "Enter a day after the patient was born." in refused.content.decode()
    assert not Patient.objects.filter(family_name="Berg").exists()
    answer = client.post(reverse("patients:register_with_referral"), typed(**{**letter, "received_on": "1/2/2020"}))
    assert answer.status_code == 302
    assert Referral.objects.get().patient.family_name == "Berg"


def test_a_stale_edit_shows_both_versions_and_keeps_what_was_typed(people: People, client_of: ClientOf) -> None:
    address = reverse("patients:edit", kwargs={"patient_id": people.patient.pk})
    change_details(patient=people.patient, expected_version=1, by=people.colleague, details={"pronouns": "she/her"})
    client = client_of(people.treating)
    mine = {**TYPED, "given_name": "Ingrid", "family_name": "Halvorsen", "version": "1", "pronouns": "they/them"}
    answer = client.post(address, mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "they/them" in page
    assert "she/her" in page
    assert answer.context["form"]["pronouns"].value() == "they/them"
    # Saving again, now knowingly, counts.
    again = client.post(address, {**mine, "version": answer.context["form"]["version"].value()})
    assert again.status_code == 302
    people.patient.refresh_from_db()
    assert people.patient.pronouns == "they/them"


@pytest.mark.parametrize("page", ["register", "register_with_referral"])
def test_an_empty_form_is_an_answer_not_an_accident(page: str, people: People, client_of: ClientOf) -> None:
    answer = client_of(people.nurse).post(reverse(f"patients:{page}"), {})
    assert answer.status_code == 422
    assert "Enter the given name" in answer.content.decode()
    assert "<title>Error: " in answer.content.decode()


@pytest.mark.parametrize(
    "page", ["edit", "add_identifier", "add_allergy", "confirm_allergies", "add_referral", "add_member"]
)
@pytest.mark.parametrize(
    "typed_text", ["", "\x00", "x" * 10_000, "31/2/2026", "\x1b"], ids=["empty", "nul", "long", "no day", "escape"]
)
def test_bad_input_on_chart_forms(page: str, typed_text: str, people: People, client_of: ClientOf) -> None:
    client = client_of(people.treating)
    address = reverse(f"patients:{page}", kwargs={"patient_id": people.patient.pk})
    fields = client.get(address).context["form"].fields
    assert client.post(address, dict.fromkeys(fields, typed_text)).status_code == 422
