"""Which medicines a patient has for attacks at present, for sheets and pages on which intakes are entered."""

from uuid import UUID

from django.db.models import Exists, OuterRef

from apps.patients.models import Patient
from apps.treatment.choices import OPENING_KINDS, ChangeKind, Purpose
from apps.treatment.models import MedicationChange

_FOR_ATTACKS = (Purpose.ACUTE, Purpose.RESCUE)


def medicines_for_attacks(patient: Patient) -> set[UUID]:
    """Keys of the acute and rescue medicines of courses that run. One query."""
    stopped = MedicationChange.objects.filter(course=OuterRef("course"), kind=ChangeKind.STOP)
    opened = MedicationChange.objects.filter(patient=patient, kind__in=OPENING_KINDS, purpose__in=_FOR_ATTACKS)
    return set(opened.exclude(Exists(stopped)).values_list("medicine_id", flat=True))
