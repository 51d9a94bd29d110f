"""Reads of printed diary sheets."""

from datetime import date

from apps.diary.models import DiarySheet
from apps.patients.models import Patient


def sheet_with_code(code: str) -> DiarySheet | None:
    """The sheet with a code, whoever it belongs to: the caller checks the access. One query."""
    return DiarySheet.objects.filter(code=code.lower()).first()


def sheet_of(patient: Patient, month: date, code: str) -> DiarySheet | None:
    """The sheet with a code if it is this patient's and about this month. One query."""
    return DiarySheet.objects.filter(patient=patient, month=month, code=code.lower()).first()
