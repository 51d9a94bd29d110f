"""The patient list: who is in it for whom, in pages, with a number of queries that does not grow with the clinic."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from apps.accounts.models import User
from apps.patients.access import patients_of
from apps.patients.choices import DesignationKind
from apps.patients.models import Allergy, Patient, PatientIdentifier, PrescriberDesignation, Referral, Visit
from apps.patients.selectors.pages import Page, page_of
from apps.patients.selectors.search import matching

PAGE_SIZE: Final = 50
BY_NAME: Final = ("sort_name", "id")


@dataclass(frozen=True)
class ListedPatient:
    """A patient with what the list says beside the name."""

    patient: Patient
    prescriber: User | None
    cover: User | None
    last_visit_on: date | None
    referral: Referral | None


def find_patients(
    user: User,
    typed: str = "",
    *,
    after: UUID | None = None,
    before: UUID | None = None,
    size: int = PAGE_SIZE,
) -> Page[Patient]:
    """A page of the patients the user has to do with who fit what was typed, by name. One or two queries."""
    patients = patients_of(user)
    condition = matching(typed)
    if condition is not None:
        patients = patients.filter(condition)
    return page_of(patients, BY_NAME, size=size, after=after, before=before)


def with_list_facts(patients: Iterable[Patient]) -> list[ListedPatient]:
    """The patients in the same order, each with prescriber, cover, last visit and newest referral. Three queries."""
    patients = list(patients)
    keys = [patient.pk for patient in patients]
    prescribers: dict[tuple[UUID, str], User] = {
        (running.patient_id, running.kind): running.prescriber
        for running in PrescriberDesignation.objects.filter(
            patient__in=keys, period__contains=timezone.now()
        ).select_related("prescriber")
    }
    visits = dict(
        Visit.objects.filter(patient__in=keys).order_by().values_list("patient").annotate(last=Max("visit_on"))
    )
    referrals = {
        referral.patient_id: referral
        for referral in Referral.objects.filter(patient__in=keys)
        .order_by("patient_id", "-received_on", "-created_at")
        .distinct("patient_id")
    }
    return [
        ListedPatient(
            patient,
            prescriber=prescribers.get((patient.pk, DesignationKind.DESIGNATED)),
            cover=prescribers.get((patient.pk, DesignationKind.COVER)),
            last_visit_on=visits.get(patient.pk),
            referral=referrals.get(patient.pk),
        )
        for patient in patients
    ]


def identifiers_of(patient: Patient) -> list[PatientIdentifier]:
    """The patient's numbers, national ones and others. One query."""
    return list(PatientIdentifier.objects.filter(patient=patient))


def identifier_of(patient: Patient, identifier_id: UUID) -> PatientIdentifier | None:
    """One of the patient's own numbers; None when it is somebody else's or gone."""
    return PatientIdentifier.objects.filter(patient=patient, pk=identifier_id).first()


def allergies_of(patient: Patient) -> list[Allergy]:
    """What the patient must not be given, as it stands today. One query."""
    return list(Allergy.objects.filter(patient=patient, withdrawn_at__isnull=True))


def withdrawn_allergies_of(patient: Patient) -> list[Allergy]:
    """Entries that were withdrawn, newest first, with their reasons. One query."""
    return list(Allergy.objects.filter(patient=patient, withdrawn_at__isnull=False).order_by("-withdrawn_at"))


def allergy_of(patient: Patient, allergy_id: UUID) -> Allergy | None:
    """One of the patient's own allergies that still stands; None otherwise."""
    return Allergy.objects.filter(patient=patient, pk=allergy_id, withdrawn_at__isnull=True).first()
