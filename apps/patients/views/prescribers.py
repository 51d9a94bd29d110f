"""Who prescribes for the patient: see it, name it, arrange cover."""

import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from apps.accounts.access import signed_in
from apps.accounts.permissions import Permission
from apps.core.forms import attempt
from apps.core.responses import form_page
from apps.core.writing import Refused
from apps.patients.access import patient_page
from apps.patients.choices import DesignationKind
from apps.patients.forms.prescribers import ArrangeCoverForm, NamePrescriberForm
from apps.patients.models import Patient
from apps.patients.selectors.prescribers import designation_history, eligible_prescribers, prescribing_of
from apps.patients.services.prescribers import (
    arrange_cover,
    end_cover,
    may_name_prescriber,
    name_designated_prescriber,
)


@patient_page(Permission.VIEW_CARE_TEAM)
def prescriber(request: HttpRequest, patient: Patient) -> HttpResponse:
    now = timezone.now()
    history = list(designation_history(patient))
    context = {
        "patient": patient,
        "chart_tab": "team",
        "prescribing": prescribing_of(patient),
        "history": history,
        "coming": [d for d in history if d.kind == DesignationKind.COVER and d.period.lower > now],
        "why_not": may_name_prescriber(signed_in(request), patient),
    }
    return render(request, "patients/prescriber.html", context)


@patient_page(Permission.VIEW_CARE_TEAM)
def name_prescriber(request: HttpRequest, patient: Patient) -> HttpResponse:
    if why_not := may_name_prescriber(signed_in(request), patient):
        return _locked(request, patient, why_not)
    current = prescribing_of(patient).designated
    eligible = eligible_prescribers()
    if current:
        eligible = eligible.exclude(pk=current.prescriber_id)
    form = NamePrescriberForm(request.POST or None, eligible=eligible)
    if request.method == "POST" and form.is_valid():
        saved = attempt(
            form,
            lambda: name_designated_prescriber(
                patient=patient,
                prescriber=form.cleaned_data["prescriber"],
                reason=form.cleaned_data["reason"],
                by=signed_in(request),
                **form.once,
            ),
        )
        if saved:
            messages.success(request, f"{form.cleaned_data['prescriber']} is the designated prescriber from now on.")
            return redirect("patients:prescriber", patient_id=patient.pk)
    context = {"patient": patient, "chart_tab": "team", "current": current, "nobody_eligible": not eligible}
    return form_page(request, "patients/prescriber_name.html", form, context)


@patient_page(Permission.VIEW_CARE_TEAM)
def cover(request: HttpRequest, patient: Patient) -> HttpResponse:
    if why_not := may_name_prescriber(signed_in(request), patient):
        return _locked(request, patient, why_not)
    current = prescribing_of(patient).designated
    if current is None:
        messages.info(request, "Name the designated prescriber first: there is nobody to cover for.")
        return redirect("patients:prescriber", patient_id=patient.pk)
    eligible = eligible_prescribers().exclude(pk=current.prescriber_id)
    form = ArrangeCoverForm(request.POST or None, eligible=eligible, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        saved = attempt(
            form,
            lambda: arrange_cover(
                patient=patient,
                prescriber=given["prescriber"],
                begins=_start_of(given["first_day"]),
                ends=_start_of(given["last_day"] + datetime.timedelta(days=1)),
                reason=given["reason"],
                by=signed_in(request),
                **form.once,
            ),
        )
        if saved:
            messages.success(request, f"{given['prescriber']} covers. Cover ends by itself.")
            return redirect("patients:prescriber", patient_id=patient.pk)
    context = {"patient": patient, "chart_tab": "team", "current": current}
    return form_page(request, "patients/prescriber_cover.html", form, context)


@patient_page(Permission.VIEW_CARE_TEAM)
def stop_cover(request: HttpRequest, patient: Patient, designation_id: UUID) -> HttpResponse:
    running = prescribing_of(patient).cover
    if running is None or running.pk != designation_id:
        raise Http404("This cover is not running.")
    if why_not := may_name_prescriber(signed_in(request), patient):
        return _locked(request, patient, why_not)
    if request.method == "POST":
        try:
            end_cover(cover=running, by=signed_in(request))
            messages.success(request, "The cover is ended.")
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect("patients:prescriber", patient_id=patient.pk)
    context = {
        "question": f"End the cover by {running.prescriber} now?",
        "consequences": ["From this moment the designated prescriber alone changes the medicines again."],
        "yes": "End the cover",
        "back_url": reverse("patients:prescriber", kwargs={"patient_id": patient.pk}),
    }
    return render(request, "components/confirm.html", context)


def _start_of(day: datetime.date) -> datetime.datetime:
    """The first instant of a day by the clinic's clock."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


def _locked(request: HttpRequest, patient: Patient, why_not: str) -> HttpResponse:
    context = {"patient": patient, "chart_tab": "team", "why_not": why_not, "prescribing": prescribing_of(patient)}
    return render(request, "patients/prescriber_locked.html", context, status=403)
