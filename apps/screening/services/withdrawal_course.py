"""What happens to a withdrawal in force: looked at, ended, watched for relapse, closed."""

import datetime

from django.conf import settings
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.clinical.withdrawal_checks import months_after, relapse_checks
from apps.core.dates import short_date
from apps.core.writing import Refused, save_checked, save_version, writes
from apps.patients.access import require
from apps.screening.choices import WithdrawalState
from apps.screening.models import WithdrawalCheck, WithdrawalPlan
from apps.screening.models.withdrawal import IN_FORCE


@writes
def end_withdrawal(
    *, plan: WithdrawalPlan, ended_on: datetime.date, expected_version: int, today: datetime.date, by: User
) -> WithdrawalPlan:
    """Say when the withdrawal ended. From then on relapse is watched for, with a check each month.

    Raises Refused when it is not running, or for a day before it began or after today, StaleSave.
    """
    require(by, Permission.RECORD_SCREENING, plan.patient)
    if plan.state != WithdrawalState.RUNNING:
        raise Refused("Only a withdrawal in force can end.")
    if not plan.starts_on <= ended_on <= today:
        raise Refused({"ended_on": [f"Enter a day from {short_date(plan.starts_on)} up to today."]})
    plan.state = WithdrawalState.WATCHING
    plan.ended_on = ended_on
    plan.watched_until = months_after(ended_on, settings.RELAPSE_WATCH_MONTHS)
    save_version(plan, expected_version=expected_version)
    planned = set(WithdrawalCheck.objects.filter(plan=plan).values_list("due_on", flat=True))
    for day in relapse_checks(ended_on, settings.RELAPSE_WATCH_MONTHS):
        # Months that lie behind, because the end is entered late, can't be looked at any more.
        if day not in planned and day >= today:
            save_checked(WithdrawalCheck(patient=plan.patient, plan=plan, due_on=day, created_by=by))
    return plan


@writes
def close_withdrawal(*, plan: WithdrawalPlan, outcome: str, expected_version: int, by: User) -> WithdrawalPlan:
    """Close a draft or a plan with what came of it. Raises Refused when it is closed or nothing is said, StaleSave."""
    require(by, Permission.RECORD_SCREENING, plan.patient)
    if plan.state == WithdrawalState.CLOSED:
        raise Refused("This plan is closed already. What was written stays.")
    if not outcome.strip():
        raise Refused({"outcome": ["Enter what came of it."]})
    plan.state = WithdrawalState.CLOSED
    plan.outcome = outcome.strip()
    plan.closed_at = timezone.now()
    plan.closed_by = by
    save_version(plan, expected_version=expected_version)
    return plan


@writes
def add_check(*, plan: WithdrawalPlan, due_on: datetime.date, by: User) -> WithdrawalCheck:
    """Plan one more day to look. Raises Refused when one is planned for that day or the plan is closed."""
    require(by, Permission.RECORD_SCREENING, plan.patient)
    locked = WithdrawalPlan.objects.select_for_update().get(pk=plan.pk)
    _must_be_open(locked)
    _must_come_after(locked, due_on)
    check = WithdrawalCheck(patient=plan.patient, plan=locked, due_on=due_on, created_by=by)
    save_checked(check)
    return check


@writes
def move_check(*, check: WithdrawalCheck, due_on: datetime.date, by: User) -> WithdrawalCheck:
    """Look on another day. Raises Refused when somebody looked already or the day is taken."""
    require(by, Permission.RECORD_SCREENING, check.patient)
    locked = _locked(check)
    _must_be_open(locked.plan)
    _must_come_after(locked.plan, due_on)
    locked.due_on = due_on
    save_checked(locked)
    return locked


@writes
def do_check(
    *, check: WithdrawalCheck, found: str, done_on: datetime.date, today: datetime.date, by: User
) -> WithdrawalCheck:
    """Somebody looked: how it goes.

    Raises Refused when the plan is not in force, somebody looked already, or the day lies before the begin or after
    today.
    """
    require(by, Permission.RECORD_SCREENING, check.patient)
    locked = _locked(check)
    if locked.plan.state not in IN_FORCE:
        raise Refused("This plan is not in force, so there is nothing to look at.")
    if not locked.plan.starts_on <= done_on <= today:
        raise Refused({"done_on": [f"Enter a day from {short_date(locked.plan.starts_on)} up to today."]})
    if not found.strip():
        raise Refused({"found": ["Enter how it goes."]})
    locked.found = found.strip()
    locked.done_on = done_on
    locked.done_by = by
    save_checked(locked)
    return locked


def _locked(check: WithdrawalCheck) -> WithdrawalCheck:
    locked = WithdrawalCheck.objects.select_for_update(of=("self",)).select_related("plan").get(pk=check.pk)
    if locked.done_on:
        raise Refused(f"{locked.done_by} looked already. What was written stays.")
    return locked


def _must_be_open(plan: WithdrawalPlan) -> None:
    if plan.state == WithdrawalState.CLOSED:
        raise Refused("This plan is closed. What was written stays.")


def _must_come_after(plan: WithdrawalPlan, due_on: datetime.date) -> None:
    if due_on < plan.starts_on:
        raise Refused(
            {"due_on": [f"Enter a day from {short_date(plan.starts_on)} onwards: then the withdrawal begins."]}
        )
