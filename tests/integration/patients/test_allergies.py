"""Allergies: the answer and the record never contradict each other, whoever writes."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.core.writing import Refused, StaleSave, readable_refusal
from apps.patients.models import Allergy, Patient
from apps.patients.services.allergies import confirm_allergies, record_allergy, withdraw_allergy
from tests.factories.patients import make_allergy
from tests.fixtures.people import People

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


def answer(patient: Patient) -> tuple[str, date | None]:
    patient.refresh_from_db()
    connection.check_constraints()
    return patient.allergy_status, patient.allergies_asked_on


def test_the_answer_follows_the_record(people: People) -> None:
    patient, by, today = people.patient, people.treating, timezone.localdate()
    yesterday = today - timedelta(days=1)
    assert answer(patient) == ("not_asked", None)
    confirm_allergies(patient=patient, asked_on=yesterday, by=by)
    assert answer(patient) == ("none_known", yesterday)
    allergy = record_allergy(patient=patient, substance="Sulfonamides", reaction="rash", noted_on=yesterday, by=by)
    assert answer(patient) == ("recorded", yesterday)
    confirm_allergies(patient=patient, asked_on=today, by=by)
    assert answer(patient) == ("recorded", today)
    withdraw_allergy(allergy=allergy, expected_version=1, reason="Was somebody else", by=by)
    assert answer(patient) == ("not_asked", None)


def test_one_of_two_withdrawn_leaves_the_answer(people: People) -> None:
    first = make_allergy(people.patient, "Sulfonamides")
    make_allergy(people.patient, "Latex")
    withdraw_allergy(allergy=first, expected_version=1, reason="Was nausea", by=people.treating)
    assert answer(people.patient) == ("recorded", timezone.localdate())


def test_what_is_refused(people: People) -> None:
    patient, by, today = people.patient, people.treating, timezone.localdate()
    allergy = make_allergy(patient, "Sulfonamides")
    with pytest.raises(Refused, match="recorded already"):
        record_allergy(patient=patient, substance="SULFONAMÍDES", noted_on=today, by=by)
    with pytest.raises(Refused, match="not in the future"):
        record_allergy(patient=patient, substance="Latex", noted_on=today + timedelta(days=1), by=by)
    with pytest.raises(Refused, match="after the patient was born"):
        record_allergy(patient=patient, substance="Latex", noted_on=date(1984, 2, 28), by=by)
    with pytest.raises(Refused, match="asked later than that"):
        confirm_allergies(patient=patient, asked_on=today - timedelta(days=1), by=by)
    with pytest.raises(Refused, match="Say why"):
        withdraw_allergy(allergy=allergy, expected_version=1, reason=" ", by=by)
    with pytest.raises(StaleSave):
        withdraw_allergy(allergy=Allergy.objects.get(pk=allergy.pk), expected_version=7, reason="Wrong", by=by)
    withdraw_allergy(allergy=allergy, expected_version=1, reason="Wrong", by=by)
    with pytest.raises(Refused, match="withdrawn already"):
        withdraw_allergy(allergy=allergy, expected_version=2, reason="Wrong", by=by)


def test_three_people(people: People) -> None:
    today = timezone.localdate()
    record_allergy(patient=people.patient, substance="Latex", noted_on=today, by=people.treating)
    record_allergy(patient=people.patient, substance="Nickel", noted_on=today, by=people.colleague)
    for nobody in (people.stranger, people.intake_coordinator):
        with pytest.raises(PermissionDenied):
            record_allergy(patient=people.patient, substance="Wool", noted_on=today, by=nobody)


@pytest.mark.parametrize("status", ["none_known", "not_asked"])
def test_the_database_refuses_none_while_one_is_recorded(status: str, people: People) -> None:
    make_allergy(people.patient)
    connection.check_constraints()
    asked_on = timezone.localdate() if status == "none_known" else None
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Patient.objects.filter(pk=people.patient.pk).update(allergy_status=status, allergies_asked_on=asked_on)
        connection.check_constraints()
    assert refused.value.__cause__.diag.constraint_name == "patients_allergy_answer_fits"  # type: ignore[union-attr]
    assert readable_refusal(refused.value).startswith("An allergy is recorded")


def test_the_database_refuses_an_allergy_beside_none_known(people: People) -> None:
    confirm_allergies(patient=people.patient, asked_on=timezone.localdate(), by=people.treating)
    with pytest.raises(IntegrityError, match="An allergy is recorded"), transaction.atomic():
        Allergy.objects.bulk_create([Allergy(patient=people.patient, substance="Latex", noted_on=timezone.localdate())])
        connection.check_constraints()


def test_the_database_refuses_recorded_without_an_allergy(people: People) -> None:
    with pytest.raises(IntegrityError, match="No allergy is recorded"), transaction.atomic():
        Patient.objects.filter(pk=people.patient.pk).update(
            allergy_status="recorded", allergies_asked_on=timezone.localdate()
        )
        connection.check_constraints()


def test_the_database_keeps_every_allergy_with_its_patient(people: People) -> None:
    allergy = make_allergy(people.patient)
    other = Patient.objects.create(given_name="Ola", family_name="Nordmann", date_of_birth=date(1970, 1, 1))
    for statement, parameters in (
        ("DELETE FROM patients_allergy WHERE id = %s", [allergy.pk]),
        ("UPDATE patients_allergy SET patient_id = %s WHERE id = %s", [other.pk, allergy.pk]),
    ):
        with pytest.raises(IntegrityError) as refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, parameters)
        assert refused.value.__cause__.diag.constraint_name == "patients_allergy_stays"  # type: ignore[union-attr]


def test_the_pages(people: People, client_of: ClientOf) -> None:
    client, patient = client_of(people.colleague), people.patient

    def address(page: str, **named: object) -> str:
        return reverse(f"patients:{page}", kwargs={"patient_id": patient.pk, **named})

    form = client.get(address("add_allergy")).context["form"]
    data = {
        "substance": "Sulfonamides",
        "reaction": "rash",
        "severity": "mild",
        "noted_on": timezone.localdate().isoformat(),
        "form_token": str(form["form_token"].value()),
    }
    assert client.post(address("add_allergy"), data).status_code == 302
    # Sent twice: saved once, no error.
    assert client.post(address("add_allergy"), data).status_code == 302
    allergy = Allergy.objects.get()
    page = client.post(address("confirm_allergies"), {"asked_on": timezone.localdate().isoformat()}, follow=True)
    assert "Sulfonamides" in page.content.decode()
    assert "no others known" in page.content.decode()
    refused = client.post(address("withdraw_allergy", allergy_id=allergy.pk), {"reason": "", "version": "1"})
    assert refused.status_code == 422
    stale = client.post(address("withdraw_allergy", allergy_id=allergy.pk), {"reason": "Wrong", "version": "9"})
    assert stale.status_code == 409
    done = client.post(
        address("withdraw_allergy", allergy_id=allergy.pk), {"reason": "Wrong", "version": "1"}, follow=True
    )
    assert "ask about allergies again" in done.content.decode()
    assert "withdrawn" in done.content.decode()
