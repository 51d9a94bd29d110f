"""The withdrawal plan: read by everybody who reads the chart, drafted by those who record screening."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import signed_in
from apps.accounts.permissions import Permission
from apps.clinical.withdrawal import Ending, ending
from apps.core.forms import attempt
from apps.core.responses import form_page
from apps.core.writing import Refused, StaleSave
from apps.medicines.models import Medicine
from apps.medicines.selectors import as_grouped_choices, find_medicines, medicine_by_code
from apps.patients.access import may, patient_page
from apps.patients.models import Patient
from apps.patients.selectors.prescribers import may_change_medicines, prescribing_of
from apps.screening.choices import WithdrawalState
from apps.screening.forms.withdrawal import (
    BeginWithdrawalForm,
    MedicineForm,
    TaperedMedicineForm,
    WriteWithdrawalForm,
    typed_steps,
)
from apps.screening.models import WithdrawalPlan
from apps.screening.presenters import withdrawal as words
from apps.screening.presenters.withdrawal_evidence import EVIDENCE
from apps.screening.selectors.withdrawal import (
    checks_of,
    closed_withdrawals,
    line_of,
    lines_of,
    open_withdrawal,
    recent_use,
    relapse_finding,
    withdrawal_of,
)
from apps.screening.services.withdrawal import (
    PRESCRIBER_ONLY,
    WRITTEN_FIELDS,
    begin_withdrawal,
    drop_medicine,
    plan_medicine,
    sign_withdrawal,
    write_withdrawal,
)

STALE = "Somebody else changed this plan while you were looking at it. Look at it again, then repeat."


@require_safe
@patient_page(Permission.VIEW_CHART)
def withdrawal(request: HttpRequest, patient: Patient) -> HttpResponse:
    """The open plan with its medicines and checks, relapse while it is watched for, what is known, earlier plans."""
    user = signed_in(request)
    plan = open_withdrawal(patient)
    context: dict[str, Any] = {
        "patient": patient,
        "chart_tab": "screening",
        "plan": plan,
        "can_record": may(user, Permission.RECORD_SCREENING, patient),
        "evidence": EVIDENCE,
        "earlier": [
            (each, [(line.medicine, words.way_words(line)) for line in each.lines.all()])
            for each in closed_withdrawals(patient)
        ],
    }
    if plan:
        context |= _plan_context(request, plan)
    return render(request, "screening/withdrawal.html", context)


def _plan_context(request: HttpRequest, plan: WithdrawalPlan) -> dict[str, Any]:
    user, today = signed_in(request), timezone.localdate()
    use, lines = recent_use(plan.patient, today), lines_of(plan)
    is_draft = plan.state == WithdrawalState.DRAFT
    can_sign = is_draft and may_change_medicines(user, plan.patient)
    finding = relapse_finding(plan, today)
    return {
        "is_draft": is_draft,
        "is_running": plan.state == WithdrawalState.RUNNING,
        "is_watched": plan.state == WithdrawalState.WATCHING,
        "tone": words.STATE_TONES[WithdrawalState(plan.state)],
        "medicines": words.planned_medicines(plan, lines, use),
        "offered": words.offered_medicines(plan, use, lines) if is_draft else [],
        "catalogue": as_grouped_choices(find_medicines()) if is_draft else [],
        "near_daily": words.NEAR_DAILY,
        "checks": words.check_words(plan, checks_of(plan), today),
        "can_sign": can_sign,
        "locked": words.locked_signature(prescribing_of(plan.patient), user) if is_draft and not can_sign else None,
        "relapse": words.relapse_words(finding) if finding else None,
    }


@patient_page(Permission.RECORD_SCREENING)
def begin(request: HttpRequest, patient: Patient) -> HttpResponse:
    """The first page of a draft."""
    if request.method != "POST" and open_withdrawal(patient):
        messages.info(request, "A withdrawal plan is open already. Go on with that one.")
        return redirect("screening:withdrawal", patient.pk)
    today = timezone.localdate()
    form = BeginWithdrawalForm(request.POST if request.method == "POST" else None, today=today)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: begin_withdrawal(patient=patient, by=signed_in(request), **form.answers, **form.once))
    ):
        messages.success(request, "The draft is saved. Now say how each medicine is ended.")
        return redirect("screening:withdrawal", patient.pk)
    return form_page(request, "screening/withdrawal_write.html", form, {"patient": patient, "chart_tab": "screening"})


@patient_page(Permission.RECORD_SCREENING)
def write(request: HttpRequest, patient: Patient, plan_id: UUID) -> HttpResponse:
    """Change what the draft says beside its medicines."""
    plan = _plan(patient, plan_id)
    if plan.state != WithdrawalState.DRAFT:
        return _signed_already(request, patient)
    initial = {field: getattr(plan, field) for field in WRITTEN_FIELDS} | {"version": plan.version}
    data = request.POST if request.method == "POST" else None
    form = WriteWithdrawalForm(data, today=timezone.localdate(), initial=initial)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(
            form,
            lambda: write_withdrawal(
                plan=plan, expected_version=form.expected_version, by=signed_in(request), **form.answers
            ),
        )
    ):
        messages.success(request, "The draft is saved.")
        return redirect("screening:withdrawal", patient.pk)
    context = {"patient": patient, "chart_tab": "screening", "plan": plan}
    return form_page(request, "screening/withdrawal_write.html", form, context)


@require_safe
@patient_page(Permission.RECORD_SCREENING)
def choose(request: HttpRequest, patient: Patient, plan_id: UUID) -> HttpResponse:
    """From the list of the whole catalogue to the page of the chosen medicine."""
    plan = _plan(patient, plan_id)
    code = request.GET.get("medicine", "")
    medicine = medicine_by_code(code) if code.isprintable() else None
    if medicine is None:
        messages.error(request, "Select the medicine that is to be ended.")
        return redirect("screening:withdrawal", patient.pk)
    return redirect("screening:withdrawal_line", patient.pk, plan.pk, medicine.code)


@patient_page(Permission.RECORD_SCREENING)
def line(request: HttpRequest, patient: Patient, plan_id: UUID, code: str) -> HttpResponse:
    """How one medicine is ended, with what the rule warns of beside it."""
    plan, medicine = _plan(patient, plan_id), _medicine(code)
    if plan.state != WithdrawalState.DRAFT:
        return _signed_already(request, patient)
    today = timezone.localdate()
    ended = recent_use(patient, today).ended(medicine)
    planned = line_of(plan, medicine)
    initial: dict[str, Any] = {"version": plan.version}
    if planned:
        initial |= {name: getattr(planned, name) for name in ("way", "limit_days", "against")}
        initial["steps"] = typed_steps(planned.steps)
    data = request.POST if request.method == "POST" else None
    kind = TaperedMedicineForm if ending(ended) is Ending.TAPER else MedicineForm
    form = kind(data, initial=initial)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(
            form,
            lambda: plan_medicine(
                plan=plan,
                medicine=medicine,
                planned=form.planned,
                expected_version=form.expected_version,
                today=today,
                by=signed_in(request),
            ),
        )
    ):
        messages.success(request, f"How {medicine} is ended is saved.")
        return redirect("screening:withdrawal", patient.pk)
    context = {
        "patient": patient,
        "chart_tab": "screening",
        "plan": plan,
        "medicine": medicine,
        "planned": planned,
        "advice": words.medicine_advice(ended, in_diary=medicine.is_acute or medicine.is_rescue),
        "near_daily": words.NEAR_DAILY if ended.habit_forming else "",
    }
    return form_page(request, "screening/withdrawal_line.html", form, context)


@require_POST
@patient_page(Permission.RECORD_SCREENING)
def drop(request: HttpRequest, patient: Patient, plan_id: UUID, code: str) -> HttpResponse:
    """Take a medicine out of the draft."""
    plan, medicine = _plan(patient, plan_id), _medicine(code)
    try:
        drop_medicine(plan=plan, medicine=medicine, expected_version=_version(request), by=signed_in(request))
        messages.success(request, f"{medicine} is out of the plan.")
    except Refused as refused:
        messages.error(request, str(refused))
    except StaleSave:
        messages.error(request, STALE)
    return redirect("screening:withdrawal", patient.pk)


@require_POST
@patient_page(Permission.VIEW_CHART)
def sign(request: HttpRequest, patient: Patient, plan_id: UUID) -> HttpResponse:
    """Put the draft in force: the patient's prescriber alone."""
    user = signed_in(request)
    if not may_change_medicines(user, patient):
        raise PermissionDenied(PRESCRIBER_ONLY)
    plan = _plan(patient, plan_id)
    try:
        sign_withdrawal(plan=plan, expected_version=_version(request), today=timezone.localdate(), by=user)
        messages.success(request, "The withdrawal plan is in force.")
    except Refused as refused:
        messages.error(request, str(refused))
    except StaleSave:
        messages.error(request, STALE)
    return redirect("screening:withdrawal", patient.pk)


def _plan(patient: Patient, plan_id: UUID) -> WithdrawalPlan:
    plan = withdrawal_of(patient, plan_id)
    if plan is None:
        raise Http404("There is no such withdrawal plan in this chart.")
    return plan


def _medicine(code: str) -> Medicine:
    medicine = medicine_by_code(code)
    if medicine is None:
        raise Http404("The catalogue has no such medicine.")
    return medicine


def _version(request: HttpRequest) -> int:
    """The version of the plan that the page showed; 0, which no plan has, for a damaged form."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _signed_already(request: HttpRequest, patient: Patient) -> HttpResponse:
    messages.info(request, "This plan is signed and stays as it is. Close it and write the next one.")
    return redirect("screening:withdrawal", patient.pk)
