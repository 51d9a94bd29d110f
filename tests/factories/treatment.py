"""Medication changes, plans and what else the treatment app writes, through its own services."""

import datetime
import uuid
from decimal import Decimal
from typing import Any

from django.utils import timezone

from apps.accounts.models import User
from apps.medicines.models import Medicine
from apps.patients.models import Patient
from apps.treatment.choices import ChangeReason, Indication, Purpose
from apps.treatment.models import MedicationChange
from apps.treatment.selectors.medication import Course, course_of
from apps.treatment.services.medication import Dose, Why, change_medicine, start_medicine

WHY = Why(Indication.CHRONIC_MIGRAINE, ChangeReason.NEW_TREATMENT, "tested")


def make_medicine(code: str = "candesartan", **fields: Any) -> Medicine:
    """A preventive medicine in the catalogue."""
    defaults = {
        "generic_name": code,
        "ingredients": [code],
        "is_preventive": True,
        "pharmacological_class": "angiotensin_receptor_blocker",
        "overuse_class": "none",
        "source": "test",
        "certainty": "certain",
        **fields,
    }
    return Medicine.objects.get_or_create(code=code, defaults=defaults)[0]


def started(patient: Patient, by: User, **changed: Any) -> MedicationChange:
    """A medicine started by `by` a month ago, unless changed."""
    given = {
        "medicine": changed.pop("medicine", None) or make_medicine(),
        "purpose": Purpose.PREVENTIVE,
        "dose": Dose(Decimal(16), "mg", "once daily"),
        "why": WHY,
        "effective_on": timezone.localdate() - datetime.timedelta(days=30),
        **changed,
    }
    return start_medicine(patient=patient, by=by, **given)


def course_after(change: MedicationChange) -> Course:
    """The course a change belongs to, as it is now."""
    course = course_of(change.patient, change.course)
    assert course is not None
    return course


def changed(change: MedicationChange, kind: str, by: User, **more: Any) -> MedicationChange:
    """The next change of the same course, today unless said otherwise."""
    given = {"why": WHY, "effective_on": timezone.localdate(), **more}
    return change_medicine(course=course_after(change), kind=kind, by=by, **given)


def ledger_row(patient: Patient, author: User, **changed: Any) -> MedicationChange:
    """An unsaved row as somebody might write it past the service."""
    given: dict[str, Any] = {
        "course": uuid.uuid4(),
        "position": 1,
        "kind": "start",
        "medicine": changed.pop("medicine", None) or make_medicine(),
        "purpose": Purpose.PREVENTIVE,
        "dose_amount": Decimal(16),
        "dose_unit": "mg",
        "frequency": "once daily",
        "indication": Indication.CHRONIC_MIGRAINE,
        "reason": ChangeReason.NEW_TREATMENT,
        "effective_on": timezone.localdate(),
        **changed,
    }
    return MedicationChange(patient=patient, author=author, **given)
