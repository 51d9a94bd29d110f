"""What happens to a withdrawal: its checks, its end, closing it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from apps.accounts.access import signed_in
from apps.accounts.permissions import Permission
from apps.core.dates import short_date
from apps.core.forms import attempt
from apps.core.responses import form_page
from apps.patients.access import patient_page
from apps.patients.models import Patient
from apps.screening.choices import WithdrawalState
from apps.screening.forms.withdrawal import CheckDayForm, CheckForm, CloseForm, EndForm
from apps.screening.models import WithdrawalCheck, WithdrawalPlan
from apps.screening.models.withdrawal import IN_FORCE
from apps.screening.selectors.withdrawal import check_of, withdrawal_of
from apps.screening.services.withdrawal_course import (
    add_check,
    close_withdrawal,
    do_check,
    end_withdrawal,
    move_check,
)


@patient_page(Permission.RECORD_SCREENING)
def check(request: HttpRequest, patient: Patient, check_id: UUID) -> HttpResponse:
    """Somebody looks: how it goes."""
    found = _check(patient, check_id)
    if found.done_on or found.plan.state not in IN_FORCE:
        said = f"{found.done_by} looked already." if found.done_on else "This plan is not in force."
        messages.info(request, said)
        return _back(patient)
    today = timezone.localdate()
    form = CheckForm(request.POST if request.method == "POST" else None, today=today)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: do_check(check=found, today=today, by=signed_in(request), **form.answers))
    ):
        messages.success(request, f"The check of {short_date(found.due_on)} is done.")
        return _back(patient)
    title = f"Check of {short_date(found.due_on)}"
    return _page(request, patient, form, title=title, button="Save the check")


@patient_page(Permission.RECORD_SCREENING)
def move(request: HttpRequest, patient: Patient, check_id: UUID) -> HttpResponse:
    """Look on another day."""
    found = _check(patient, check_id)
    if found.done_on or found.plan.state == WithdrawalState.CLOSED:
        messages.info(request, "This check can't be moved any more.")
        return _back(patient)
    form = CheckDayForm(
        request.POST if request.method == "POST" else None,
        today=timezone.localdate(),
        initial={"due_on": found.due_on},
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: move_check(check=found, by=signed_in(request), **form.answers))
    ):
        messages.success(request, f"The check is planned for {short_date(form.cleaned_data['due_on'])}.")
        return _back(patient)
    title = f"Move the check of {short_date(found.due_on)}"
    return _page(request, patient, form, title=title, button="Move the check")


@patient_page(Permission.RECORD_SCREENING)
def add(request: HttpRequest, patient: Patient, plan_id: UUID) -> HttpResponse:
    """One more day to look."""
    plan = _open_plan(patient, plan_id)
    if plan is None:
        return _closed_already(request, patient)
    form = CheckDayForm(request.POST if request.method == "POST" else None, today=timezone.localdate())
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: add_check(plan=plan, by=signed_in(request), **form.answers))
    ):
        messages.success(request, f"A check is planned for {short_date(form.cleaned_data['due_on'])}.")
        return _back(patient)
    return _page(request, patient, form, title="One more check", button="Plan the check")


@patient_page(Permission.RECORD_SCREENING)
def end(request: HttpRequest, patient: Patient, plan_id: UUID) -> HttpResponse:
    """The withdrawal ended; relapse is watched for from then on."""
    plan = _open_plan(patient, plan_id)
    if plan is None or plan.state != WithdrawalState.RUNNING:
        messages.info(request, "Only a withdrawal in force can end.")
        return _back(patient)
    today = timezone.localdate()
    form = EndForm(
        request.POST if request.method == "POST" else None, initial={"version": plan.version, "ended_on": today}
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(
            form,
            lambda: end_withdrawal(
                plan=plan, expected_version=form.expected_version, today=today, by=signed_in(request), **form.answers
            ),
        )
    ):
        messages.success(request, "The withdrawal has ended. Relapse is watched for now.")
        return _back(patient)
    return _page(request, patient, form, title="The withdrawal ended", button="Save and watch for relapse")


@patient_page(Permission.RECORD_SCREENING)
def close(request: HttpRequest, patient: Patient, plan_id: UUID) -> HttpResponse:
    """Close the plan with what came of it."""
    plan = _open_plan(patient, plan_id)
    if plan is None:
        return _closed_already(request, patient)
    form = CloseForm(request.POST if request.method == "POST" else None, initial={"version": plan.version})
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(
            form,
            lambda: close_withdrawal(
                plan=plan, expected_version=form.expected_version, by=signed_in(request), **form.answers
            ),
        )
    ):
        messages.success(request, "The withdrawal plan is closed.")
        return _back(patient)
    return _page(request, patient, form, title="Close the withdrawal plan", button="Close the plan")


def _page(request: HttpRequest, patient: Patient, form: Any, *, title: str, button: str) -> HttpResponse:
    context = {"patient": patient, "chart_tab": "screening", "title": title, "button": button}
    return form_page(request, "screening/withdrawal_step.html", form, context)


def _back(patient: Patient) -> HttpResponse:
    return redirect("screening:withdrawal", patient.pk)


def _closed_already(request: HttpRequest, patient: Patient) -> HttpResponse:
    messages.info(request, "This plan is closed. What was written stays.")
    return _back(patient)


def _open_plan(patient: Patient, plan_id: UUID) -> WithdrawalPlan | None:
    """The plan, None when it is closed."""
    plan = withdrawal_of(patient, plan_id)
    if plan is None:
        raise Http404("There is no such withdrawal plan in this chart.")
    return None if plan.state == WithdrawalState.CLOSED else plan


def _check(patient: Patient, check_id: UUID) -> WithdrawalCheck:
    found = check_of(patient, check_id)
    if found is None:
        raise Http404("There is no such check in this chart.")
    return found
