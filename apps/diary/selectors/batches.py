"""Reads about imports and about what is invented in the demo clinic."""

from django.db.models import QuerySet

from apps.diary.models import AcuteIntake, ImportBatch
from apps.patients.models import Patient


def import_batches() -> QuerySet[ImportBatch]:
    """The imports of files with many people's diaries, the latest first, with who made and who took them back."""
    return ImportBatch.objects.filter(patient__isnull=True).select_related("created_by", "undone_by")


def invented_intakes() -> int:
    """How many recorded intakes are made up for the demo clinic."""
    return AcuteIntake.objects.filter(is_invented=True).count()


def invented_people() -> int:
    """How many patients are made up for the demo clinic."""
    return Patient.objects.filter(is_demo=True).count()
