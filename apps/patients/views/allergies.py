"""Allergies: what is known, asked when, recorded, confirmed, withdrawn."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.access import signed_in
from apps.accounts.permissions import Permission
from apps.core.dates import short_date
from apps.core.forms import attempt
from apps.patients.access import patient_page
from apps.patients.forms.allergies import AllergyForm, AskedForm, WithdrawForm
from apps.patients.models import Patient
from apps.patients.selectors.patients import allergies_of, allergy_of, withdrawn_allergies_of
from apps.patients.services.allergies import confirm_allergies, record_allergy, withdraw_allergy
from apps.patients.views.shared import chart_form, chart_page, posted


@patient_page(Permission.VIEW_CHART)
@require_safe
def allergies(request: HttpRequest, patient: Patient) -> HttpResponse:
    asked_on = patient.allergies_asked_on
    context = {
        "allergies": allergies_of(patient),
        "withdrawn": withdrawn_allergies_of(patient),
        "asked_text": f"Asked {short_date(asked_on)}." if asked_on else "",
    }
    return chart_page(request, "patients/allergies.html", patient, "details", context)


@patient_page(Permission.EDIT_ALLERGIES)
@require_http_methods(["GET", "HEAD", "POST"])
def add_allergy(request: HttpRequest, patient: Patient) -> HttpResponse:
    today = timezone.localdate()
    form = AllergyForm(posted(request), today=today, initial={"noted_on": today})
    if form.is_bound and form.is_valid():
        saved = attempt(
            form,
            lambda: record_allergy(patient=patient, by=signed_in(request), **form.once, **form.answers),
        )
        if saved:
            messages.success(request, f"{form.cleaned_data['substance']} is recorded as an allergy.")
            return redirect("patients:allergies", patient_id=patient.pk)
    return chart_form(
        request,
        form,
        patient,
        "details",
        title="Record an allergy",
        submit="Record the allergy",
        back_url=_allergies_url(patient),
    )


@patient_page(Permission.EDIT_ALLERGIES)
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, patient: Patient) -> HttpResponse:
    today = timezone.localdate()
    form = AskedForm(posted(request), today=today, initial={"asked_on": today})
    standing = allergies_of(patient)
    if form.is_bound and form.is_valid():
        asked_on = form.cleaned_data["asked_on"]
        if attempt(form, lambda: confirm_allergies(patient=patient, asked_on=asked_on, by=signed_in(request))):
            messages.success(request, "The answer about allergies is saved.")
            return redirect("patients:allergies", patient_id=patient.pk)
    known = ", ".join(str(allergy) for allergy in standing)
    return chart_form(
        request,
        form,
        patient,
        "details",
        title="No other allergies known" if standing else "No known allergies",
        intro=f"Recorded: {known}. Save this when the patient was asked and knows of no others."
        if standing
        else "Save this when the patient was asked and knows of no allergies.",
        back_url=_allergies_url(patient),
    )


@patient_page(Permission.EDIT_ALLERGIES)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, patient: Patient, allergy_id: UUID) -> HttpResponse:
    allergy = allergy_of(patient, allergy_id)
    if allergy is None:
        raise Http404("This patient has no such allergy on record.")
    form = WithdrawForm(posted(request), initial={"version": allergy.version})
    if form.is_bound and form.is_valid():
        saved = attempt(
            form,
            lambda: withdraw_allergy(
                allergy=allergy,
                expected_version=form.expected_version,
                reason=form.cleaned_data["reason"],
                by=signed_in(request),
            ),
        )
        if saved:
            messages.success(request, f"{allergy.substance} is withdrawn. The history keeps it.")
            if not allergies_of(patient):
                messages.warning(request, "No allergy is on record now: ask about allergies again.")
            return redirect("patients:allergies", patient_id=patient.pk)
    return chart_form(
        request,
        form,
        patient,
        "details",
        title=f"Withdraw {allergy.substance}?",
        intro="Withdraw an entry that was wrong. It stays visible as withdrawn, with your reason.",
        submit="Withdraw the allergy",
        dangerous=True,
        back_url=_allergies_url(patient),
    )


def _allergies_url(patient: Patient) -> str:
    return reverse("patients:allergies", kwargs={"patient_id": patient.pk})
