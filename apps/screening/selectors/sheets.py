"""Reading answer sheets."""

from uuid import UUID

from django.db.models import Q, QuerySet

from apps.patients.models import Patient
from apps.screening.choices import SheetState
from apps.screening.models import Administration

_PEOPLE = ("recorded_by", "supersedes", "superseded_by", "superseded_by__recorded_by", "wording__licence")
# A sheet counts unless a correction has replaced it.
COUNTS = Q(state=SheetState.COMPLETE, superseded_by__isnull=True)


def sheets_of(patient: Patient) -> QuerySet[Administration]:
    """The finished sheets that count, newest first, without those a correction replaced. One query."""
    return Administration.objects.filter(COUNTS, patient=patient).select_related("recorded_by", "supersedes")


def unfinished_sheets(patient: Patient) -> dict[str, Administration]:
    """The sheets somebody began and did not finish, by instrument code; at most one of each. One query."""
    unfinished = Administration.objects.filter(patient=patient, state=SheetState.PARTIAL).select_related("recorded_by")
    return {sheet.instrument: sheet for sheet in unfinished}


def unfinished_sheet(patient: Patient, code: str) -> Administration | None:
    """The sheet of one instrument that somebody began and did not finish. One query."""
    return unfinished_sheets(patient).get(code)


def sheet_of(patient: Patient, sheet_id: UUID) -> Administration | None:
    """One sheet of a patient with its people, its correction and its wording. One query."""
    return Administration.objects.filter(patient=patient, pk=sheet_id).select_related(*_PEOPLE).first()
