"""Writing a withdrawal plan: the draft with its medicines, and the prescriber's signature that puts it in force."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.clinical.withdrawal import Manner, goes_against
from apps.clinical.withdrawal_checks import suggested_checks
from apps.core.dates import short_date
from apps.core.writing import Refused, save_checked, save_version, writes
from apps.medicines.models import Medicine
from apps.patients.access import require
from apps.patients.models import Patient
from apps.patients.selectors.prescribers import may_change_medicines
from apps.screening.choices import Way, WithdrawalState
from apps.screening.models import WithdrawalCheck, WithdrawalLine, WithdrawalPlan
from apps.screening.selectors.withdrawal import line_of, lines_of, recent_use

WRITTEN_FIELDS: Final = ("starts_on", "place", "bridge", "preventive", "preventive_on", "told")
PRESCRIBER_ONLY: Final = "Only the prescriber of this patient can put a withdrawal plan in force."
LONGEST_STEP: Final = 200


@dataclass(frozen=True, slots=True)
class Step:
    """The dose of a taper from a day on, in words."""

    on: datetime.date
    words: str


@dataclass(frozen=True, slots=True)
class Planned:
    """How one medicine is ended. limit_days a month for a limit, steps for a taper; against: why in spite of the rule."""

    way: str
    limit_days: int | None = None
    steps: tuple[Step, ...] = ()
    against: str = ""


@writes
def begin_withdrawal(*, patient: Patient, by: User, **written: Any) -> WithdrawalPlan:
    """Begin a draft with `WRITTEN_FIELDS`; the suggested days to look at it are planned with it.

    Raises Refused when a plan is open already, PermissionDenied without the right.
    """
    require(by, Permission.RECORD_SCREENING, patient)
    _check_preventive(written)
    plan = WithdrawalPlan(patient=patient, created_by=by, **written)
    save_checked(plan)
    for day in suggested_checks(plan.starts_on):
        save_checked(WithdrawalCheck(patient=patient, plan=plan, due_on=day, created_by=by))
    return plan


@writes
def write_withdrawal(*, plan: WithdrawalPlan, expected_version: int, by: User, **written: Any) -> WithdrawalPlan:
    """Save what was written in a draft. With another day of begin the planned checks move along.

    Raises StaleSave when it was saved by somebody else since, Refused when it is signed.
    """
    require(by, Permission.RECORD_SCREENING, plan.patient)
    _must_be_draft(plan)
    _check_preventive(written)
    moved = written.get("starts_on", plan.starts_on) - plan.starts_on
    for field, value in written.items():
        setattr(plan, field, value)
    save_version(plan, expected_version=expected_version)
    # The furthest first, so that no check passes through the day of another.
    checks = WithdrawalCheck.objects.filter(plan=plan, done_on__isnull=True).order_by("due_on")
    for check in checks.reverse() if moved > datetime.timedelta() else checks:
        if moved:
            check.due_on += moved
            save_checked(check)
    return plan


@writes
def plan_medicine(
    *,
    plan: WithdrawalPlan,
    medicine: Medicine,
    planned: Planned,
    expected_version: int,
    today: datetime.date,
    by: User,
) -> WithdrawalLine:
    """Say how a draft ends one medicine, for the first time or anew.

    Raises Refused when it goes against the rule without a reason, or a step is missing or in the wrong order, StaleSave
    when the plan was saved by somebody else since.
    """
    require(by, Permission.RECORD_SCREENING, plan.patient)
    _must_be_draft(plan)
    _check_whole(plan, planned)
    ended = recent_use(plan.patient, today).ended(medicine)
    is_against = goes_against(ended, Manner(planned.way))
    if is_against and not planned.against.strip():
        raise Refused({"against": ["Say why, or choose a taper: this medicine should not end abruptly."]})
    save_version(plan, expected_version=expected_version)
    line = line_of(plan, medicine) or WithdrawalLine(patient=plan.patient, plan=plan, medicine=medicine, created_by=by)
    line.way = planned.way
    line.limit_days = planned.limit_days if planned.way == Way.LIMIT else None
    line.steps = [{"on": step.on.isoformat(), "words": step.words.strip()} for step in _steps(planned)]
    line.against = planned.against.strip() if is_against else ""
    save_checked(line)
    return line


@writes
def drop_medicine(*, plan: WithdrawalPlan, medicine: Medicine, expected_version: int, by: User) -> None:
    """Take a medicine out of a draft. Raises StaleSave when the plan was saved since, Refused when it is signed."""
    require(by, Permission.RECORD_SCREENING, plan.patient)
    _must_be_draft(plan)
    save_version(plan, expected_version=expected_version)
    WithdrawalLine.objects.filter(plan=plan, medicine=medicine).delete()


@writes
def sign_withdrawal(*, plan: WithdrawalPlan, expected_version: int, today: datetime.date, by: User) -> WithdrawalPlan:
    """Put a draft in force: only the patient's effective prescriber.

    Raises PermissionDenied for anybody else, StaleSave when the draft was saved since it was read, Refused when a
    medicine has no whole answer: none named, a step before the begin, or against the rule without a reason by now.
    """
    if not may_change_medicines(by, plan.patient):
        raise PermissionDenied(PRESCRIBER_ONLY)
    require(by, Permission.VIEW_CHART, plan.patient)
    if plan.state != WithdrawalState.DRAFT:
        raise Refused("This plan was put in force already.")
    _check_lines(plan, lines_of(plan), today)
    plan.state = WithdrawalState.RUNNING
    plan.signed_at = timezone.now()
    plan.signed_by = by
    save_version(plan, expected_version=expected_version)
    return plan


def _must_be_draft(plan: WithdrawalPlan) -> None:
    if plan.state != WithdrawalState.DRAFT:
        raise Refused("This plan is signed and stays as it is. Close it and write the next one.")


def _check_preventive(written: dict[str, Any]) -> None:
    if written.get("preventive_on") and not str(written.get("preventive", "")).strip():
        raise Refused({"preventive": ["Enter which preventive begins on that day, or leave the day empty."]})


def _steps(planned: Planned) -> tuple[Step, ...]:
    return planned.steps if planned.way == Way.TAPER else ()


def _check_whole(plan: WithdrawalPlan, planned: Planned) -> None:
    if planned.way not in Way.values:
        raise Refused({"way": ["Select how it is ended."]})
    if planned.way == Way.LIMIT and not planned.limit_days:
        raise Refused({"limit_days": ["Enter 1 to 31 days a month; none at all is a stop."]})
    steps = _steps(planned)
    if planned.way == Way.TAPER and not steps:
        raise Refused({"steps": ["Enter at least one step: the day, a colon, the dose from then on."]})
    if any(not step.words.strip() or len(step.words) > LONGEST_STEP for step in steps):
        raise Refused({"steps": [f"Give each step its dose in at most {LONGEST_STEP} characters."]})
    if any(later.on <= earlier.on for earlier, later in pairwise(steps)):
        raise Refused({"steps": ["Enter the steps in the order of their days, each day once."]})
    if steps and steps[0].on < plan.starts_on:
        raise Refused(
            {"steps": [f"Begin the steps on {short_date(plan.starts_on)} or later: then the withdrawal begins."]}
        )


def _check_lines(plan: WithdrawalPlan, lines: Sequence[WithdrawalLine], today: datetime.date) -> None:
    if not lines:
        raise Refused("Say first which medicine is ended, and how.")
    use = recent_use(plan.patient, today)
    for line in lines:
        if any(datetime.date.fromisoformat(step["on"]) < plan.starts_on for step in line.steps):
            raise Refused(f"{line.medicine}: a step comes before the withdrawal begins. Change the steps or the begin.")
        if goes_against(use.ended(line.medicine), Manner(line.way)) and not line.against:
            raise Refused(f"{line.medicine}: the diary shows more days by now. Choose a taper, or say why not.")
