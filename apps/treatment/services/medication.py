"""Writing the medication ledger.

Nothing here decides whether the author may: the database does, at the moment of writing. The author is the person
signed in, never a field of a form.
"""

import uuid
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from apps.accounts.models import User
from apps.core.writing import Refused, save_checked, writes
from apps.medicines.models import Medicine
from apps.patients.models import Patient, Visit
from apps.patients.services.prescribers import lock_prescribing
from apps.treatment.choices import ChangeKind
from apps.treatment.models import MedicationChange
from apps.treatment.selectors.medication import Course, course_of


@dataclass(frozen=True)
class Dose:
    """How much and how often: `amount` in `unit` each time, `frequency` in words, `limit` in days a month."""

    amount: Decimal | None = None
    unit: str = ""
    frequency: str = ""
    limit: int | None = None


@dataclass(frozen=True)
class Why:
    """The coded reason of a change, its indication and the prescriber's own words."""

    indication: str
    reason: str
    text: str = ""


@writes
def start_medicine(
    *,
    patient: Patient,
    medicine: Medicine,
    purpose: str,
    dose: Dose,
    why: Why,
    effective_on: date,
    by: User,
    review_on: date | None = None,
    stop_rule: str = "",
    visit: Visit | None = None,
) -> MedicationChange:
    """Begin a course of a medicine.

    Raises Refused when `by` is not the patient's effective prescriber, when the medicine has left the catalogue, or
    when the same medicine is running already for the same purpose.
    """
    lock_prescribing(patient)
    if not medicine.active:
        raise Refused({"medicine": [f"{medicine} is no longer in the catalogue."]})
    if _runs_already(patient, medicine, purpose):
        raise Refused({"medicine": [f"{medicine} is running already. Change its dose instead of starting it twice."]})
    change = MedicationChange(
        patient=patient,
        course=uuid.uuid4(),
        position=1,
        kind=ChangeKind.START,
        medicine=medicine,
        purpose=purpose,
        dose_amount=dose.amount,
        dose_unit=dose.unit,
        frequency=dose.frequency,
        limit_days_per_month=dose.limit,
        indication=why.indication,
        reason=why.reason,
        reason_text=why.text,
        review_on=review_on,
        stop_rule=stop_rule,
        effective_on=effective_on,
        author=by,
        visit=visit,
    )
    return _written(change)


@writes
def change_medicine(
    *,
    course: Course,
    kind: str,
    why: Why,
    effective_on: date,
    by: User,
    dose: Dose | None = None,
    review_on: date | None = None,
    stop_rule: str | None = None,
    visit: Visit | None = None,
) -> MedicationChange:
    """Add the next change to a running course: another dose, a taper step, hold, resume or stop.

    What is not given (purpose, stop rule, limit) stays as the last change had it.

    Raises Refused when `by` is not the effective prescriber, when somebody changed the course meanwhile, or when
    the change does not fit what is running.
    """
    patient, last = course.last.patient, course.last
    lock_prescribing(patient)
    now = course_of(patient, course.id)
    if now is None or now.last.position != last.position:
        raise Refused("This medicine was changed by somebody else meanwhile. Look at the list again.")
    change = MedicationChange(
        patient=patient,
        course=course.id,
        position=last.position + 1,
        kind=kind,
        medicine=last.medicine,
        purpose=last.purpose,
        dose_amount=dose.amount if dose else None,
        dose_unit=dose.unit if dose else "",
        frequency=dose.frequency if dose else "",
        limit_days_per_month=dose.limit if dose else last.limit_days_per_month,
        indication=why.indication,
        reason=why.reason,
        reason_text=why.text,
        review_on=review_on,
        stop_rule=last.stop_rule if stop_rule is None else stop_rule,
        effective_on=effective_on,
        author=by,
        visit=visit,
    )
    return _written(change)


def _written(change: MedicationChange) -> MedicationChange:
    save_checked(change)
    change.refresh_from_db(fields=["recorded_at"])
    return change


def _runs_already(patient: Patient, medicine: Medicine, purpose: str) -> bool:
    latest = (
        MedicationChange.objects.filter(patient=patient, medicine=medicine, purpose=purpose)
        .order_by("course", "-position")
        .distinct("course")
    )
    return any(change.kind != ChangeKind.STOP for change in latest)
