"""What the database itself refuses, on the way past every form and service."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from apps.core.writing import readable_refusal
from apps.patients.models import Allergy, CareTeamMembership, Patient, PatientIdentifier, Referral
from tests.factories.patients import make_allergy, make_identifier, make_member, make_patient, make_referral
from tests.fixtures.people import People

pytestmark = pytest.mark.django_db


def refusal(write: Callable[[], Any]) -> tuple[str, str]:
    """Name of the constraint that refused, and its sentence for people."""
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        write()
    cause: Any = refused.value.__cause__
    return cause.diag.constraint_name, readable_refusal(refused.value)


def sql(statement: str, *parameters: Any) -> Callable[[], Any]:
    def write() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)

    return write


@pytest.mark.parametrize(
    ("change", "constraint", "sentence"),
    [
        ("given_name = ''", "patients_patient_named", "Enter the given name and the family name."),
        ("family_name = ''", "patients_patient_named", "Enter the given name and the family name."),
        ("date_of_birth = '1899-12-31'", "patients_patient_birth_plausible", "it is before 1900"),
        ("sex = 'x'", "patients_patient_sex_known", "Select one of the answers for sex."),
        (
            "allergies_asked_on = '2026-01-01'",
            "patients_patient_allergies_asked_paired",
            "An answer about allergies needs the day it was asked.",
        ),
        (
            "allergy_status = 'none_known'",
            "patients_patient_allergies_asked_paired",
            "An answer about allergies needs the day it was asked.",
        ),
    ],
)
def test_patient(change: str, constraint: str, sentence: str, people: People) -> None:
    name, message = refusal(sql(f"UPDATE patients_patient SET {change} WHERE id = %s", people.patient.pk))  # noqa: S608
    assert name == constraint
    assert sentence in message


def test_the_first_day_that_is_plausible(people: People) -> None:
    sql("UPDATE patients_patient SET date_of_birth = '1900-01-01' WHERE id = %s", people.patient.pk)()


def test_clinic_numbers_are_never_shared(people: People) -> None:
    other = make_patient()
    name, _ = refusal(lambda: Patient.objects.filter(pk=other.pk).update(clinic_number=people.patient.clinic_number))
    assert "clinic_number" in name


def test_one_number_one_person(people: People) -> None:
    make_identifier(people.patient, "hospital", "AB1")
    other = make_patient()
    name, message = refusal(
        lambda: PatientIdentifier.objects.bulk_create(
            [PatientIdentifier(patient=other, system="hospital", value="AB1")]
        )
    )
    assert name == "patients_identifier_one_person"
    assert message == "Another patient is registered with this number."


@pytest.mark.parametrize(
    ("system", "value", "constraint"),
    [
        ("hospital", "ab1", "patients_identifier_normalised"),
        ("hospital", "A 1", "patients_identifier_normalised"),
        ("hospital", "", "patients_identifier_normalised"),
        ("library", "A1", "patients_identifier_system_known"),
    ],
)
def test_numbers_are_normalised(system: str, value: str, constraint: str, people: People) -> None:
    name, message = refusal(
        lambda: PatientIdentifier.objects.create(patient=people.patient, system=system, value=value)
    )
    assert name == constraint
    assert message.startswith(("Enter", "Select"))


def test_allergies(people: People) -> None:
    make_allergy(people.patient, "Latex")
    today = timezone.localdate()
    name, message = refusal(lambda: Allergy.objects.create(patient=people.patient, substance="LÁTEX", noted_on=today))
    assert (name, message) == ("patients_allergy_once", "This allergy is recorded already.")
    name, _ = refusal(lambda: Allergy.objects.create(patient=people.patient, substance="", noted_on=today))
    assert name == "patients_allergy_substance_given"
    for withdrawn in ({"withdrawn_at": timezone.now()}, {"withdrawn_reason": "Wrong"}):
        name, message = refusal(lambda changes=withdrawn: Allergy.objects.update(**changes))  # type: ignore[misc]
        assert (name, message) == ("patients_allergy_withdrawn_with_reason", "Say why this allergy was withdrawn.")


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"reason": ""}, "patients_referral_says_who_and_why"),
        ({"referrer_name": ""}, "patients_referral_says_who_and_why"),
        ({"urgency": "now"}, "patients_referral_urgency_known"),
        ({"state": "lost"}, "patients_referral_state_known"),
        ({"state": "declined"}, "patients_referral_note_when_held_up"),
        ({"state": "waiting"}, "patients_referral_note_when_held_up"),
    ],
)
def test_referrals(changes: dict[str, str], constraint: str, people: People) -> None:
    referral = make_referral(people.patient)
    name, message = refusal(lambda: Referral.objects.filter(pk=referral.pk).update(**changes))
    assert name == constraint
    assert message.startswith(("Enter", "Select", "Say"))


def test_care_team(people: People) -> None:
    today = timezone.localdate()
    place = make_member(people.patient, people.nurse)
    places = CareTeamMembership.objects.filter(pk=place.pk)
    name, message = refusal(lambda: places.update(ends_on=today - timedelta(days=1)))
    assert (name, message) == ("patients_team_dates_in_order", "A place in the care team can't end before it begins.")
    name, message = refusal(lambda: places.update(task=""))
    assert (name, message) == ("patients_team_task_given", "Enter what this person does for the patient.")
    name, message = refusal(
        lambda: CareTeamMembership.objects.bulk_create(
            [CareTeamMembership(patient=people.patient, member=people.nurse, task="again", starts_on=today)]
        )
    )
    assert name == "patients_team_once_at_a_time"
    assert "in the care team already" in message


def test_the_folded_name_follows_every_way_of_writing(people: People) -> None:
    sql("UPDATE patients_patient SET family_name = 'Øström' WHERE id = %s", people.patient.pk)()
    people.patient.refresh_from_db()
    assert people.patient.search_text == "ingrid ostrom ingrid"
    assert people.patient.date_of_birth == date(1984, 2, 29)
