"""Agreeing with a patient on days a month, and ending an agreement."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.core.writing import Refused, author_of, save_checked, writes
from apps.patients.access import require
from apps.patients.models import Patient
from apps.patients.selectors.prescribers import may_change_medicines
from apps.screening.choices import RESCUE_ONLY, Ration
from apps.screening.models import Allowance


@writes
def agree_on_days(
    *,
    patient: Patient,
    ration: Ration,
    days: int,
    justification: str,
    review_on: date | None,
    today: date,
    by: User,
) -> Allowance:
    """Agree today on at most so many days a month, 0 to 31. Opioids and butalbital need a reason and a day to look again.

    Raises Refused when something is agreed on already or the reason is missing, PermissionDenied without the right;
    for opioids and butalbital only the effective prescriber has it.
    """
    require(by, Permission.RECORD_SCREENING, patient)
    _require_prescriber(by, patient, ration)
    agreed = Allowance(
        patient=patient,
        ration=ration,
        days=days,
        agreed_on=today,
        justification=justification.strip(),
        review_on=review_on,
        created_by=author_of(by),
    )
    save_checked(agreed)
    return agreed


@writes
def end_allowance(*, allowance: Allowance, by: User) -> Allowance:
    """End an agreement; it stays in the chart.

    Raises Refused when it was ended already, PermissionDenied without the right; for opioids and butalbital only the
    effective prescriber has it.
    """
    require(by, Permission.RECORD_SCREENING, allowance.patient)
    _require_prescriber(by, allowance.patient, Ration(allowance.ration))
    locked = Allowance.objects.select_for_update(of=("self",)).get(pk=allowance.pk)
    if locked.ended_at is not None:
        raise Refused(f"{locked.ended_by} ended this agreement already.")
    locked.ended_at = timezone.now()
    locked.ended_by = by
    save_checked(locked)
    return locked


def _require_prescriber(by: User, patient: Patient, ration: Ration) -> None:
    if ration in RESCUE_ONLY and not may_change_medicines(by, patient):
        raise PermissionDenied("Only the prescriber of this patient decides about an opioid or butalbital for rescue.")
