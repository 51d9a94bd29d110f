"""Reading treatment plans."""

from django.db.models import QuerySet

from apps.patients.models import Patient
from apps.treatment.choices import PlanState
from apps.treatment.models import TreatmentPlan


def plans_of(patient: Patient) -> QuerySet[TreatmentPlan]:
    """All versions of a patient's plan, newest first, with their people. One query."""
    return TreatmentPlan.objects.filter(patient=patient).select_related("owner", "signed_by", "created_by")


def active_plan(patient: Patient) -> TreatmentPlan | None:
    """The plan in force, or None. One query."""
    return plans_of(patient).filter(state=PlanState.ACTIVE).first()


def draft_plan(patient: Patient) -> TreatmentPlan | None:
    """The version that is being written, or None. One query."""
    return plans_of(patient).filter(state=PlanState.DRAFT).first()
