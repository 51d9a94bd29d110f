"""The banner says the same as the record, to everybody what they may do, in at most four queries and one for the status."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.accounts.models import PrescriberCredential, User
from apps.patients.models import Patient, PrescriberDesignation
from apps.patients.presenters import banner as banner_module
from apps.patients.presenters.banner import BannerStatus, PatientBanner, patient_banner, register_status_provider
from tests.factories.patients import make_allergy, make_identifier, make_patient
from tests.fixtures.people import People

pytestmark = pytest.mark.django_db


def shown_to(user: User, patient: Patient) -> PatientBanner:
    with CaptureQueriesContext(connection) as queries:
        banner = patient_banner(Patient.objects.get(pk=patient.pk), user)
    assert len(queries) - 1 <= 4 + banner.shows_status
    return banner


def test_who_is_this(people: People) -> None:
    patient = people.patient
    make_identifier(patient, "gb.nhs", "9434765919")
    Patient.objects.filter(pk=patient.pk).update(preferred_name="Inga", pronouns="she/her", language="es", sex="female")
    patient.refresh_from_db()
    banner = patient_banner(patient, people.treating, today=date(2026, 2, 28))
    assert banner.name == "Ingrid Halvorsen (“Inga”)"
    assert banner.age_years == 41  # born on 29 February: the birthday is on 1 March
    assert banner.identifiers == (("Clinic number", patient.clinic_number), ("NHS number (UK)", "943 476 5919"))
    assert (banner.pronouns, banner.sex, banner.language) == ("she/her", "female", "Spanish preferred")


def test_allergies(people: People) -> None:
    patient = people.patient
    assert shown_to(people.treating, patient).allergies_headline == "Not asked yet"
    Patient.objects.filter(pk=patient.pk).update(allergy_status="none_known", allergies_asked_on=date(2026, 11, 3))
    none_known = shown_to(people.treating, patient)
    assert (none_known.allergies_headline, none_known.allergies_asked) == ("No known allergies", date(2026, 11, 3))
    make_allergy(patient, "Sulfonamides", reaction="rash", noted_on=date(2026, 11, 3))
    recorded = shown_to(people.treating, patient)
    assert recorded.allergies == ("Sulfonamides (rash)",)
    assert recorded.allergies_headline == "no others known"


def test_what_each_may_do(people: People) -> None:
    patient = people.patient
    assert shown_to(people.treating, patient).may_text == "You may sign medication changes."
    assert (
        shown_to(people.colleague, patient).may_text
        == "Medicines are changed by Dr Okafor. You may propose changes to them."
    )
    assert shown_to(people.manager, patient).may_text == "Medicines are changed by Dr Okafor."


def test_an_expired_credential_is_said(people: People) -> None:
    PrescriberCredential.objects.filter(user=people.treating).update(valid_to=timezone.localdate() - timedelta(days=1))
    assert "not valid today" in shown_to(people.treating, people.patient).may_text


def test_while_cover_runs(people: People) -> None:
    now = timezone.now()
    PrescriberDesignation.objects.create(
        patient=people.patient,
        prescriber=people.stranger,
        kind="cover",
        period=(now - timedelta(hours=1), timezone.make_aware(timezone.datetime(2099, 1, 2))),  # type: ignore[attr-defined]
        reason="Leave",
    )
    banner = shown_to(people.treating, people.patient)
    assert (banner.prescriber_name, banner.cover_name) == ("Dr Amara Okafor", "Dr Sven Lindqvist")
    assert banner.cover_until == date(2099, 1, 1)  # until midnight: the last day
    assert banner.may_text.startswith("Medicines are changed by Dr Lindqvist.")
    assert shown_to(people.stranger, people.patient).may_text == "You may sign medication changes."


def test_nobody_named(people: People) -> None:
    patient = make_patient()
    assert "name the prescriber" in shown_to(people.manager, patient).may_text
    assert "until a prescriber is named" in shown_to(people.colleague, patient).may_text
    assert shown_to(people.manager, patient).prescriber_name is None


def test_a_higher_app_says_the_status(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(banner_module, "_status_providers", [])
    assert shown_to(people.treating, people.patient).status is None

    def provider(patient: Patient, today: date) -> BannerStatus:
        return BannerStatus("Resistant", since=today, tone="danger")

    register_status_provider(provider)
    register_status_provider(provider)
    status = shown_to(people.treating, people.patient).status
    assert status is not None
    assert status.label == "Resistant"
    with pytest.raises(RuntimeError, match="has a provider already"):
        register_status_provider(lambda patient, today: None)
