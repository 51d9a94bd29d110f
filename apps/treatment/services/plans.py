"""Writing and signing the treatment plan."""

from typing import Any

from django.db.models import Max
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.core.writing import Refused, SystemProcess, author_of, save_checked, save_version, writes
from apps.patients.access import require
from apps.patients.models import Patient
from apps.treatment.choices import PlanState
from apps.treatment.models import TreatmentPlan

WRITTEN_FIELDS = (
    "diagnosis",
    "goal",
    "preventive",
    "acute",
    "other_care",
    "next_step",
    "next_trigger",
    "review_on",
    "owner",
)


@writes
def begin_plan(*, patient: Patient, by: User | SystemProcess) -> TreatmentPlan:
    """Begin the next version of the plan as a draft; it starts from the text of the active one.

    Raises Refused when a draft exists already.
    """
    _may(by, Permission.EDIT_PLAN, patient)
    plans = TreatmentPlan.objects.filter(patient=patient)
    active = plans.filter(state=PlanState.ACTIVE).first()
    plan = TreatmentPlan(
        patient=patient,
        number=(plans.aggregate(last=Max("number"))["last"] or 0) + 1,
        created_by=author_of(by),
    )
    if active:
        for field in WRITTEN_FIELDS:
            setattr(plan, field, getattr(active, field))
        plan.review_on = None
    save_checked(plan)
    return plan


@writes
def write_plan(
    *, plan: TreatmentPlan, expected_version: int, by: User | SystemProcess, **written: Any
) -> TreatmentPlan:
    """Save what was written in a draft (`WRITTEN_FIELDS`).

    Raises StaleSave when it was saved by somebody else since, Refused when it is signed.
    """
    _may(by, Permission.EDIT_PLAN, plan.patient)
    if plan.state != PlanState.DRAFT:
        raise Refused("This plan is signed. Begin the next version instead.")
    for field in WRITTEN_FIELDS:
        if field in written:
            setattr(plan, field, written[field])
    save_version(plan, expected_version=expected_version)
    return plan


@writes
def sign_plan(*, plan: TreatmentPlan, expected_version: int, by: User) -> TreatmentPlan:
    """Make a draft the patient's active plan; the plan in force until now is replaced.

    Raises Refused when there is no next step, trigger, review date or owner: always another plan.
    """
    _may(by, Permission.SIGN_PLAN, plan.patient)
    if plan.state != PlanState.DRAFT:
        raise Refused("This plan is signed already.")
    if plan.review_on and plan.review_on < timezone.localdate():
        raise Refused({"review_on": ["Enter a review date that is still to come."]})
    TreatmentPlan.objects.filter(patient=plan.patient, state=PlanState.ACTIVE).update(state=PlanState.SUPERSEDED)
    plan.state = PlanState.ACTIVE
    plan.signed_at = timezone.now()
    plan.signed_by = by
    save_version(plan, expected_version=expected_version)
    return plan


def _may(by: User | SystemProcess, permission: Permission, patient: Patient) -> None:
    if isinstance(by, User):
        require(by, permission, patient)
