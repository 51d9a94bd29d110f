"""Reading what was agreed on with a patient about days a month."""

from uuid import UUID

from django.db.models import Case, F, QuerySet, When

from apps.patients.models import Patient
from apps.screening.choices import Ration
from apps.screening.models import Allowance


def allowances_of(patient: Patient) -> QuerySet[Allowance]:
    """Everything that was ever agreed on: what is in force first, then what ended, the latest first. One query.

    Among those in force all medicines together come first.
    """
    return (
        Allowance.objects.filter(patient=patient)
        .select_related("created_by", "ended_by")
        .order_by(F("ended_at").desc(nulls_first=True), Case(When(ration=Ration.ALL, then=0), default=1), "ration")
    )


def allowances_in_force(patient: Patient) -> QuerySet[Allowance]:
    """What is agreed on now, at most one of each kind. One query."""
    return allowances_of(patient).filter(ended_at__isnull=True)


def allowance_of(patient: Patient, allowance_id: UUID) -> Allowance | None:
    """One agreement of a patient, in force or ended. One query."""
    return allowances_of(patient).filter(pk=allowance_id).first()


def agreed_days(patient: Patient) -> int | None:
    """The days a month agreed on for all acute and rescue medicines together; None when nothing is. One query."""
    return allowances_in_force(patient).filter(ration=Ration.ALL).values_list("days", flat=True).first()
