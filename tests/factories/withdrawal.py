"""Withdrawal plans and overuse signals, written through screening's own services where there is one."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from apps.accounts.models import User
from apps.medicines.models import Medicine
from apps.patients.models import Patient
from apps.screening.models import OveruseSignal, SignalSilence, WithdrawalPlan
from apps.screening.services.withdrawal import Planned, begin_withdrawal, plan_medicine, sign_withdrawal
from apps.screening.services.withdrawal_course import end_withdrawal
from tests.factories.diary import make_acute_medicine


def make_opioid(code: str = "tramadol") -> Medicine:
    """An opioid for rescue."""
    return make_acute_medicine(
        code,
        overuse_class="opioid",
        pharmacological_class="opioid",
        is_acute=False,
        is_rescue=True,
        contains_opioid=True,
    )


def make_draft(patient: Patient, by: User, **written: Any) -> WithdrawalPlan:
    """A draft that begins today, with its five checks; at home unless said otherwise."""
    given = {"starts_on": timezone.localdate(), "place": "home", **written}
    return begin_withdrawal(patient=patient, by=by, **given)


def with_medicine(plan: WithdrawalPlan, by: User, medicine: Medicine | None = None, **how: Any) -> WithdrawalPlan:
    """A draft that ends one medicine; a triptan at once unless said otherwise."""
    plan_medicine(
        plan=plan,
        medicine=medicine or make_acute_medicine("rizatriptan"),
        planned=Planned(**{"way": "stop", **how}),
        expected_version=plan.version,
        today=timezone.localdate(),
        by=by,
    )
    return plan


def make_running(patient: Patient, prescriber: User, **written: Any) -> WithdrawalPlan:
    """A plan in force: a triptan is stopped."""
    plan = with_medicine(make_draft(patient, prescriber, **written), prescriber)
    return sign_withdrawal(plan=plan, expected_version=plan.version, today=timezone.localdate(), by=prescriber)


def make_watched(patient: Patient, prescriber: User, ended_on: date) -> WithdrawalPlan:
    """A withdrawal of two weeks that has ended and is watched for relapse."""
    plan = make_running(patient, prescriber, starts_on=ended_on - timedelta(days=14))
    return end_withdrawal(
        plan=plan, ended_on=ended_on, expected_version=plan.version, today=timezone.localdate(), by=prescriber
    )


def make_signal(patient: Patient, subject: str = "all", **more: Any) -> OveruseSignal:
    """A signal as the nightly look writes it; a limit reached, waiting for an answer."""
    given = {"level": "reached", "days": 12, "window_ends_on": timezone.localdate(), **more}
    return OveruseSignal.objects.create(patient=patient, subject=subject, **given)


def make_silence(patient: Patient, by: User, subject: str = "all", **more: Any) -> SignalSilence:
    """A silence of a month, since today."""
    today = timezone.localdate()
    given = {"starts_on": today, "until": today + timedelta(days=30), "reason": "Withdrawal planned", **more}
    return SignalSilence.objects.create(patient=patient, subject=subject, created_by=by, **given)
