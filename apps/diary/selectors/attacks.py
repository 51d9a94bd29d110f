"""Reads of single attacks."""

from apps.diary.models import Attack
from apps.patients.models import Patient


def attack_of(patient: Patient, attack_id: int) -> Attack | None:
    """One attack of a patient, with the import it came by; None when the diary has no such attack. One query."""
    return Attack.objects.select_related("import_batch", "patient").filter(patient=patient, pk=attack_id).first()
