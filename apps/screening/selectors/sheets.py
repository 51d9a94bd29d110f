"""Reading answer sheets."""

from uuid import UUID

from django.db.models import Q, QuerySet

from apps.clinical.instruments import all_instruments
from apps.clinical.periods import Period
from apps.patients.models import Patient
from apps.screening.choices import SheetState
from apps.screening.models import Administration
from apps.screening.offered import sensitive_codes

_PEOPLE = ("recorded_by", "supersedes", "superseded_by", "superseded_by__recorded_by", "wording__licence")
# What needs a right of its own is read by `apps.screening.selectors.adversity` and by nobody else.
OPEN_TO_THE_TEAM = ~Q(instrument__in=sensitive_codes())
# A sheet counts unless a correction has replaced it.
VALID = Q(state=SheetState.COMPLETE, superseded_by__isnull=True)
COUNTS = VALID & OPEN_TO_THE_TEAM


def sheets_of(patient: Patient) -> QuerySet[Administration]:
    """The finished sheets that count, newest first, without those a correction replaced. One query."""
    return Administration.objects.filter(COUNTS, patient=patient).select_related("recorded_by", "supersedes")


def scored_sheets(patient: Patient, period: Period) -> list[Administration]:
    """The finished sheets of a period that count and may be read beside each other, oldest first. One query."""
    plain = [found.code for found in all_instruments() if not found.sensitive]
    found = Administration.objects.filter(
        COUNTS, patient=patient, instrument__in=plain, answered_on__range=(period.first, period.last)
    )
    return list(found.order_by("answered_on", "created_at"))


def unfinished_sheets(patient: Patient) -> dict[str, Administration]:
    """The sheets somebody began and did not finish, by instrument code; at most one of each. One query."""
    return {sheet.instrument: sheet for sheet in _unfinished(patient).filter(OPEN_TO_THE_TEAM)}


def unfinished_sheet(patient: Patient, code: str) -> Administration | None:
    """The sheet of one instrument that somebody began and did not finish. One query."""
    return _unfinished(patient).filter(instrument=code).first()


def sheet_of(patient: Patient, sheet_id: UUID) -> Administration | None:
    """One sheet of a patient with its people, its correction and its wording; never a sensitive one. One query."""
    return (
        Administration.objects.filter(OPEN_TO_THE_TEAM, patient=patient, pk=sheet_id).select_related(*_PEOPLE).first()
    )


def _unfinished(patient: Patient) -> QuerySet[Administration]:
    return Administration.objects.filter(patient=patient, state=SheetState.PARTIAL).select_related("recorded_by")
