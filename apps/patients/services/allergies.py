"""Allergies: asked, recorded, withdrawn. The answer and the record are written together."""

from datetime import date

from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.core.writing import Refused, SystemProcess, author_of, save_checked, save_version, writes
from apps.patients.choices import AllergyStatus, ReactionSeverity
from apps.patients.models import Allergy, Patient
from apps.patients.selectors.patients import allergies_of
from apps.patients.services.rights import check_right


@writes
def record_allergy(
    *,
    patient: Patient,
    substance: str,
    noted_on: date,
    by: User | SystemProcess,
    reaction: str = "",
    severity: str = ReactionSeverity.NOT_KNOWN,
) -> Allergy:
    """Record what the patient must not be given.

    Raises Refused when it is recorded already, or was told in the future or before the patient was born.
    """
    current = _locked(patient, by)
    _asked_in_time(current, noted_on, "noted_on")
    allergy = Allergy(
        patient=current,
        substance=substance,
        reaction=reaction,
        severity=severity,
        noted_on=noted_on,
        created_by=author_of(by),
    )
    save_checked(allergy)
    _answer(current, AllergyStatus.RECORDED, max(noted_on, current.allergies_asked_on or noted_on))
    return allergy


@writes
def confirm_allergies(*, patient: Patient, asked_on: date, by: User | SystemProcess) -> AllergyStatus:
    """Note that the patient was asked: nothing is known besides what is recorded (which may be nothing).

    Raises Refused for a day in the future, or before the last time the patient was asked.
    """
    current = _locked(patient, by)
    _asked_in_time(current, asked_on, "asked_on")
    if current.allergies_asked_on and asked_on < current.allergies_asked_on:
        raise Refused({"asked_on": ["The patient was asked later than that. Enter the newest day."]})
    answer = AllergyStatus.RECORDED if allergies_of(current) else AllergyStatus.NONE_KNOWN
    _answer(current, answer, asked_on)
    return answer


@writes
def withdraw_allergy(*, allergy: Allergy, expected_version: int, reason: str, by: User | SystemProcess) -> Allergy:
    """Withdraw an entry that was wrong. When it was the last one the patient has to be asked again.

    Raises Refused without a reason or when it is withdrawn already, StaleSave when somebody else changed it.
    """
    current = _locked(allergy.patient, by)
    if allergy.withdrawn_at:
        raise Refused("This allergy was withdrawn already.")
    if not reason.strip():
        raise Refused({"reason": ["Say why this allergy is withdrawn."]})
    allergy.withdrawn_at = timezone.now()
    allergy.withdrawn_reason = reason
    save_version(allergy, expected_version=expected_version)
    if not allergies_of(current):
        _answer(current, AllergyStatus.NOT_ASKED, None)
    return allergy


def _locked(patient: Patient, by: User | SystemProcess) -> Patient:
    """The patient as it is now, held until the answer and the record are both written."""
    check_right(by, Permission.EDIT_ALLERGIES, patient)
    return Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)


def _asked_in_time(patient: Patient, day: date, field: str) -> None:
    if day > timezone.localdate():
        raise Refused({field: ["Enter a day that is not in the future."]})
    if day < patient.date_of_birth:
        raise Refused({field: ["Enter a day after the patient was born."]})


def _answer(patient: Patient, answer: AllergyStatus, asked_on: date | None) -> None:
    # Not a change of the personal details: their version stays, so that nobody's open form becomes stale.
    Patient.objects.filter(pk=patient.pk).update(allergy_status=answer, allergies_asked_on=asked_on)
