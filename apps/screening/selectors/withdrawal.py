"""Reading withdrawal plans, what the diary says about the medicines in them, and the checks that wait."""

import datetime
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.clinical.acute_days import days_with
from apps.clinical.diary import DiaryDay
from apps.clinical.findings import Finding, Interval
from apps.clinical.periods import WINDOW_DAYS, Period, window_ending
from apps.clinical.relapse import relapse
from apps.clinical.withdrawal import EndedMedicine
from apps.diary.facts import clinical_day
from apps.diary.selectors import rows_of
from apps.medicines.facts import ended_medicine
from apps.medicines.models import Medicine
from apps.patients.access import patients_of
from apps.patients.models import Patient
from apps.screening.choices import WithdrawalState
from apps.screening.models import WithdrawalCheck, WithdrawalLine, WithdrawalPlan
from apps.screening.models.withdrawal import IN_FORCE

OFFERED_DAYS: Final = 90


@dataclass(frozen=True)
class RecentUse:
    """What the diary says about medicines: those taken in the last 90 days, and the last 30 days themselves."""

    taken: tuple[Medicine, ...]
    window: Period
    days: tuple[DiaryDay, ...]

    def ended(self, medicine: Medicine) -> EndedMedicine:
        """A medicine as one that is to be ended, with its days in the last 30.

        The diary holds what is taken for attacks: of any other medicine every day may have been one.
        """
        if not (medicine.is_acute or medicine.is_rescue):
            return ended_medicine(medicine, Interval(0, WINDOW_DAYS))
        counted = days_with(self.days, self.window, lambda use: use.code == medicine.code)
        return ended_medicine(medicine, counted.interval)


def recent_use(patient: Patient, today: datetime.date) -> RecentUse:
    """The medicines of a patient's diary, those on most days first. Two queries."""
    window = window_ending(today)
    rows = list(rows_of(patient, window_ending(today, OFFERED_DAYS)))
    days_of: dict[Medicine, set[datetime.date]] = {}
    for row in rows:
        for intake in row.intakes.all():
            if intake.medicine:
                days_of.setdefault(intake.medicine, set()).add(row.day)
    taken = sorted(days_of, key=lambda medicine: (-len(days_of[medicine]), medicine.generic_name))
    return RecentUse(tuple(taken), window, tuple(clinical_day(row) for row in rows if row.day in window))


def open_withdrawal(patient: Patient) -> WithdrawalPlan | None:
    """The draft or the plan in force, with its people; None when there is neither. One query."""
    return _with_people().filter(patient=patient).exclude(state=WithdrawalState.CLOSED).first()


def closed_withdrawals(patient: Patient) -> list[WithdrawalPlan]:
    """The closed plans, newest first, each with its medicines. Two queries."""
    closed = _with_people().filter(patient=patient, state=WithdrawalState.CLOSED)
    return list(closed.prefetch_related("lines__medicine"))


def withdrawal_of(patient: Patient, plan_id: UUID) -> WithdrawalPlan | None:
    """One plan of a patient. One query."""
    return _with_people().filter(patient=patient, pk=plan_id).first()


def lines_of(plan: WithdrawalPlan) -> list[WithdrawalLine]:
    """The medicines of a plan in the order in which they were entered. One query."""
    return list(WithdrawalLine.objects.filter(plan=plan).select_related("medicine").order_by("created_at"))


def line_of(plan: WithdrawalPlan, medicine: Medicine) -> WithdrawalLine | None:
    """How a plan ends one medicine; None when it does not name it. One query."""
    return WithdrawalLine.objects.filter(plan=plan, medicine=medicine).first()


def checks_of(plan: WithdrawalPlan) -> list[WithdrawalCheck]:
    """The days on which somebody looks, in their order, with who looked. One query."""
    return list(WithdrawalCheck.objects.filter(plan=plan).select_related("done_by").order_by("due_on"))


def check_of(patient: Patient, check_id: UUID) -> WithdrawalCheck | None:
    """One check of a patient, with its plan. One query."""
    found = WithdrawalCheck.objects.select_related("plan__patient", "done_by")
    return found.filter(patient=patient, pk=check_id).first()


def relapse_finding(plan: WithdrawalPlan, today: datetime.date) -> Finding | None:
    """Whether the patient is above the limit again since the withdrawal ended. Two queries.

    None before the watch has begun, also on the day of the end itself; then no query.
    """
    if plan.state != WithdrawalState.WATCHING or plan.ended_on is None or today <= plan.ended_on:
        return None
    rows = rows_of(plan.patient, Period(plan.ended_on, today))
    return relapse([clinical_day(row) for row in rows], ended_on=plan.ended_on, on=today)


def overdue_checks(patient: Patient, today: datetime.date) -> QuerySet[WithdrawalCheck]:
    """Checks of a patient's plan in force whose day has come, the longest overdue first. One query."""
    return _waiting(today).filter(patient=patient)


def overdue_checks_for(user: User, today: datetime.date) -> QuerySet[WithdrawalCheck]:
    """The same over all patients whose chart a person may read. One query."""
    if not user.may(Permission.VIEW_CHART):
        return WithdrawalCheck.objects.none()
    return _waiting(today).filter(patient__in=patients_of(user).order_by().values("pk"))


def _waiting(today: datetime.date) -> QuerySet[WithdrawalCheck]:
    waiting = WithdrawalCheck.objects.filter(done_on__isnull=True, due_on__lte=today, plan__state__in=IN_FORCE)
    return waiting.select_related("patient").order_by("due_on")


def _with_people() -> QuerySet[WithdrawalPlan]:
    return WithdrawalPlan.objects.select_related("patient", "created_by", "signed_by", "closed_by")
