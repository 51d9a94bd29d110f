"""Giving a patient's status: resistant, refractory or neither."""

from datetime import date

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.core.dates import short_date
from apps.core.writing import Refused, SystemProcess, author_of, save_checked, writes
from apps.patients.access import require
from apps.patients.models import Patient
from apps.treatment.choices import RefractoryStanding, RefractoryState
from apps.treatment.models import RefractoryStatus
from apps.treatment.selectors.status import newest_status


@writes
def record_status(
    *,
    patient: Patient,
    state: RefractoryState,
    standing: RefractoryStanding,
    decided_on: date,
    reasons: str,
    today: date,
    by: User | SystemProcess,
) -> RefractoryStatus:
    """Give the next status; the ones before stay.

    Raises Refused for confirming while other causes are open, without grounds, for a day to come and for a day before
    the newest status; PermissionDenied without the right.
    """
    if isinstance(by, User):
        require(by, Permission.SIGN_PLAN, patient)
    if not reasons.strip():
        raise Refused({"reasons": ["Write on what grounds."]})
    if decided_on > today:
        raise Refused({"decided_on": ["Enter a day that is not in the future."]})
    last = newest_status(patient)
    if last and decided_on < last.decided_on:
        day = short_date(last.decided_on)
        raise Refused({"decided_on": [f"The newest status is of {day}. Enter that day or a later one."]})
    status = RefractoryStatus(
        patient=patient,
        state=state,
        standing=standing,
        decided_on=decided_on,
        reasons=reasons.strip(),
        created_by=author_of(by),
    )
    save_checked(status)
    return status
