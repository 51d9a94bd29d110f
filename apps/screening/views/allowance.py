"""Agreeing with the patient on days a month, and ending an agreement."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from apps.accounts.access import signed_in
from apps.accounts.permissions import Permission
from apps.core.forms import attempt
from apps.core.responses import form_page
from apps.core.writing import Refused
from apps.diary.selectors import counts_for
from apps.patients.access import patient_page
from apps.patients.models import Patient
from apps.patients.selectors.prescribers import may_change_medicines, prescribing_of
from apps.screening.choices import RESCUE_ONLY, Ration
from apps.screening.forms.allowance import AllowanceForm
from apps.screening.presenters.allowance import allowance_lines, ended_allowances, free_rations, locked_rescue
from apps.screening.selectors.allowance import allowance_of, allowances_of
from apps.screening.services.allowance import agree_on_days, end_allowance


@patient_page(Permission.RECORD_SCREENING)
def allowance(request: HttpRequest, patient: Patient) -> HttpResponse:
    """What is agreed on and what was, and a new agreement."""
    today, user = timezone.localdate(), signed_in(request)
    agreed = list(allowances_of(patient))
    prescribes = may_change_medicines(user, patient)
    offered = free_rations(agreed, rescue=prescribes)
    form = AllowanceForm(
        request.POST or None, today=today, offered=offered, initial={"ration": offered[0].value if offered else None}
    )
    if request.method == "POST" and form.is_valid():
        given = form.answers | {"ration": Ration(form.cleaned_data["ration"])}
        if attempt(form, lambda: agree_on_days(patient=patient, today=today, by=user, **given, **form.once)):
            messages.success(request, "The days are agreed on.")
            return redirect("screening:allowance", patient_id=patient.pk)
    context = {
        "patient": patient,
        "chart_tab": "screening",
        "allowances": allowance_lines(agreed, counts_for(patient, today)),
        "ended": ended_allowances(agreed),
        "offered": offered,
        "locked": None if prescribes else locked_rescue(prescribing_of(patient), user),
    }
    return form_page(request, "screening/allowance.html", form, context)


@patient_page(Permission.RECORD_SCREENING)
def end(request: HttpRequest, patient: Patient, allowance_id: UUID) -> HttpResponse:
    """End an agreement, after one question."""
    found = allowance_of(patient, allowance_id)
    if found is None:
        raise Http404("There is no such agreement in this chart.")
    user = signed_in(request)
    if found.ration in RESCUE_ONLY and not may_change_medicines(user, patient):
        locked = locked_rescue(prescribing_of(patient), user)
        context = {"patient": patient, "chart_tab": "screening", "locked": locked}
        return render(request, "screening/allowance_locked.html", context, status=403)
    if found.ended_at is not None:
        messages.info(request, f"{found.ended_by} ended this agreement already.")
        return redirect("screening:allowance", patient_id=patient.pk)
    if request.method == "POST":
        try:
            end_allowance(allowance=found, by=user)
            messages.success(request, "The agreement is ended. Agree on a new number if one is wanted.")
        except Refused as refused:
            messages.info(request, str(refused))
        return redirect("screening:allowance", patient_id=patient.pk)
    return render(
        request,
        "screening/allowance_end.html",
        {"patient": patient, "chart_tab": "screening", "allowance": found},
    )
