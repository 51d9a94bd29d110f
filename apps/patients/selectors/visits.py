"""Reading visits."""

from uuid import UUID

from django.db.models import QuerySet

from apps.accounts.models import User
from apps.patients.choices import VisitState
from apps.patients.models import Patient, Visit


def visits_of(patient: Patient) -> QuerySet[Visit]:
    """All visits of a patient, newest first, with their people. One query."""
    return Visit.objects.filter(patient=patient).select_related("clinician", "signed_by")


def visit_of(patient: Patient, visit_id: UUID) -> Visit | None:
    """One visit of this patient, or None. Two queries (addenda beside it)."""
    return visits_of(patient).filter(pk=visit_id).prefetch_related("addenda__created_by").first()


def open_visit_of(patient: Patient, clinician: User) -> Visit | None:
    """The visit this clinician has open with the patient, the newest when several days are open."""
    return visits_of(patient).filter(clinician=clinician, state=VisitState.OPEN).first()
