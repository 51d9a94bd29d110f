"""Referrals: the inbox, and those of one patient."""

from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.access import clinic_page, signed_in
from apps.accounts.permissions import Permission
from apps.core.addresses import key_in
from apps.core.forms import attempt
from apps.core.responses import form_page
from apps.patients.access import may, patient_page
from apps.patients.choices import ReferralState
from apps.patients.forms.referrals import AnswerForm, CorrectReferralForm, ReferralForm
from apps.patients.models import Patient, Referral
from apps.patients.presenters.people import waiting_days
from apps.patients.selectors.referrals import referral_inbox, referral_of
from apps.patients.services.referrals import (
    ASKED_FIELDS,
    NEXT_STATES,
    add_referral,
    answer_referral,
    correct_referral,
)
from apps.patients.views.shared import chart_form, posted

STATE_CHOICES: Final = (("", "To be answered"), *ReferralState.choices)


@clinic_page(Permission.VIEW_REFERRAL)
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Referrals that need an answer, most urgent first, longest waiting first; or those in one state."""
    state = request.GET.get("state", "")
    state = state if state in ReferralState.values else ""
    page = referral_inbox(
        signed_in(request), state=state, after=key_in(request, "after"), before=key_in(request, "before")
    )
    today = timezone.localdate()
    context = {
        "lines": [(referral, waiting_days(referral, today)) for referral in page.rows],
        "state": state,
        "states": STATE_CHOICES,
        "may_register": signed_in(request).may(Permission.REGISTER_PATIENT),
        "earlier_url": _page_url(state, before=page.earlier),
        "later_url": _page_url(state, after=page.later),
    }
    return render(request, "patients/referral_inbox.html", context)


@patient_page(Permission.EDIT_REFERRAL)
@require_http_methods(["GET", "HEAD", "POST"])
def refer(request: HttpRequest, patient: Patient) -> HttpResponse:
    today = timezone.localdate()
    form = ReferralForm(posted(request), today=today, initial={"received_on": today})
    if form.is_bound and form.is_valid():
        outcome = attempt(
            form,
            lambda: add_referral(patient=patient, by=signed_in(request), asked=form.answers, **form.once),
        )
        if outcome:
            messages.success(request, "The referral is noted.")
            if outcome.result:
                return redirect("patients:referral", patient_id=patient.pk, referral_id=outcome.result.pk)
            return redirect("patients:detail", patient_id=patient.pk)
    return chart_form(
        request,
        form,
        patient,
        "details",
        title="Note a referral",
        submit="Note the referral",
        back_url=reverse("patients:detail", kwargs={"patient_id": patient.pk}),
    )


@patient_page(Permission.VIEW_REFERRAL)
@require_http_methods(["GET", "HEAD", "POST"])
def referral(request: HttpRequest, patient: Patient, referral_id: UUID) -> HttpResponse:
    """A referral and, for those who may, its answer."""
    shown = _referral_or_404(patient, referral_id)
    may_answer = may(signed_in(request), Permission.EDIT_REFERRAL, patient)
    if request.method == "POST" and not may_answer:
        raise PermissionDenied("Your role does not answer referrals.")
    form = AnswerForm(
        posted(request),
        next_states=NEXT_STATES[shown.state],
        initial={"version": shown.version},
    )
    if form.is_bound and form.is_valid():
        saved = attempt(
            form,
            lambda: answer_referral(
                referral=shown, expected_version=form.expected_version, by=signed_in(request), **form.answers
            ),
        )
        if saved:
            messages.success(request, f"The referral is now: {shown.get_state_display().lower()}.")
            return redirect("patients:referral", patient_id=patient.pk, referral_id=shown.pk)
        # Refused or overtaken: show the referral as it is, not as it was to become.
        shown = _referral_or_404(patient, referral_id)
    context = {
        "patient": patient,
        "chart_tab": "details",
        "referral": shown,
        "waiting": waiting_days(shown, timezone.localdate()),
        "may_answer": may_answer,
    }
    return form_page(request, "patients/referral.html", form, context)


@patient_page(Permission.EDIT_REFERRAL)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, patient: Patient, referral_id: UUID) -> HttpResponse:
    shown = _referral_or_404(patient, referral_id)
    initial = {name: getattr(shown, name) for name in (*ASKED_FIELDS, "version")}
    form = CorrectReferralForm(posted(request), today=timezone.localdate(), initial=initial)
    if form.is_bound and form.is_valid():
        saved = attempt(
            form,
            lambda: correct_referral(
                referral=shown, expected_version=form.expected_version, by=signed_in(request), asked=form.answers
            ),
        )
        if saved:
            messages.success(request, "The referral is corrected.")
            return redirect("patients:referral", patient_id=patient.pk, referral_id=shown.pk)
    return chart_form(
        request,
        form,
        patient,
        "details",
        title="Correct the referral",
        back_url=reverse("patients:referral", kwargs={"patient_id": patient.pk, "referral_id": shown.pk}),
    )


def _referral_or_404(patient: Patient, referral_id: UUID) -> Referral:
    found = referral_of(patient, referral_id)
    if found is None:
        raise Http404("This patient has no such referral.")
    return found


def _page_url(state: str, **mark: UUID | None) -> str:
    given = {name: str(key) for name, key in mark.items() if key}
    if not given:
        return ""
    return f"{reverse('patients:referrals')}?{urlencode({**({'state': state} if state else {}), **given})}"
