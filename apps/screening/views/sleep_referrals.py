"""Pages of a sleep study: wanting it, each step, not pursuing it, and the clinic's list of overdue ones."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.accounts.access import clinic_page, signed_in
from apps.accounts.permissions import Permission
from apps.clinical.sleep.facts import Study
from apps.core.forms import attempt
from apps.core.responses import form_page
from apps.patients.access import may, patient_page
from apps.patients.models import Patient
from apps.screening.choices import ReferralState, SleepDisorder
from apps.screening.forms.sleep_referrals import STEP_FORMS, AdherenceForm, DropForm, DueForm, WantStudyForm
from apps.screening.models import SleepReferral
from apps.screening.presenters.sleep import indicators_of, route_of
from apps.screening.presenters.sleep_referrals import (
    effect_words,
    next_steps,
    overdue_row,
    referral_words,
    waits_for_a_physician,
)
from apps.screening.selectors.sleep import last_screen
from apps.screening.selectors.sleep_referrals import days_around, effect_of, overdue_page, referral_of
from apps.screening.services.sleep_referrals import (
    drop_referral,
    move_due_date,
    record_adherence,
    take_step,
    want_study,
)
from apps.screening.sleep_steps import ACTIONS, is_open, may_follow

# Far beyond the last page of the largest clinic; what is larger is a damaged address.
LAST_PAGE = 10_000


@patient_page(Permission.RECORD_SCREENING)
def sleep_want(request: HttpRequest, patient: Patient, disorder: str) -> HttpResponse:
    """Begin a study for one disorder, with the reasons of the last screen."""
    if disorder not in SleepDisorder.values:
        raise Http404("The sleep screen knows no such disorder.")
    today, screen = timezone.localdate(), last_screen(patient)
    route = route_of(screen, disorder)
    initial = {"study": (route["study"] or None) if route else None, "indicators": indicators_of(screen, disorder)}
    form = WantStudyForm(request.POST if request.method == "POST" else None, today=today, initial=initial)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        saved = attempt(
            form,
            lambda: want_study(
                patient=patient,
                disorder=SleepDisorder(disorder),
                study=Study(cleaned["study"]),
                indicators=cleaned["indicators"],
                screen=screen,
                due_on=cleaned["due_on"],
                today=today,
                by=signed_in(request),
                **form.once,
            ),
        )
        if saved:
            messages.success(request, "The study is on the list. A physician orders it.")
            return redirect("screening:sleep", patient_id=patient.pk)
    context = {
        "patient": patient,
        "chart_tab": "screening",
        "disorder": SleepDisorder(disorder).label,
        "not_this": route["not_this"] if route else "",
    }
    return form_page(request, "screening/sleep_want.html", form, context)


@patient_page(Permission.VIEW_CHART)
def sleep_referral(request: HttpRequest, patient: Patient, study_id: UUID) -> HttpResponse:
    """One study with its steps, its result, and headache days before and after what was done."""
    found, today, user = _referral(patient, study_id), timezone.localdate(), signed_in(request)
    can_record = may(user, Permission.RECORD_SCREENING, patient)
    context = {
        "patient": patient,
        "chart_tab": "screening",
        "referral": found,
        "words": referral_words(found, today),
        "next_steps": next_steps(found, user) if can_record else [],
        "needs_physician": can_record and waits_for_a_physician(found, user),
        "can_drop": can_record and is_open(found.state),
        "can_note_adherence": can_record and found.state == ReferralState.ACTED_ON,
        "effect": effect_words(effect_of(found, today, days_around(found, today)), found, today),
    }
    return render(request, "screening/sleep_referral.html", context)


@patient_page(Permission.SIGN_PLAN)
def sleep_order(request: HttpRequest, patient: Patient, study_id: UUID) -> HttpResponse:
    """Order a study: a physician does."""
    return _take(request, patient, _referral(patient, study_id), ReferralState.ORDERED)


@patient_page(Permission.RECORD_SCREENING)
def sleep_step(request: HttpRequest, patient: Patient, study_id: UUID, step: str) -> HttpResponse:
    """Any later step: booked, done, result, acted on."""
    if step not in STEP_FORMS or step == ReferralState.ORDERED:
        raise Http404("A sleep study has no such step.")
    return _take(request, patient, _referral(patient, study_id), ReferralState(step))


@patient_page(Permission.RECORD_SCREENING)
def sleep_drop(request: HttpRequest, patient: Patient, study_id: UUID) -> HttpResponse:
    """Don't pursue a study, with the reason."""
    found = _referral(patient, study_id)
    if request.method == "GET" and not is_open(found.state):
        return _moved_on(request, found)
    form = DropForm(request.POST if request.method == "POST" else None, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        saved = attempt(
            form,
            lambda: drop_referral(
                referral=found,
                reason=form.cleaned_data["reason"],
                today=timezone.localdate(),
                expected_version=form.expected_version,
                by=signed_in(request),
            ),
        )
        if saved:
            messages.success(request, "The study is not pursued. The reason is kept.")
            return _to(found)
    return _form_page(request, found, form, "Don't pursue this study", "Don't pursue it")


@patient_page(Permission.RECORD_SCREENING)
def sleep_due(request: HttpRequest, patient: Patient, study_id: UUID) -> HttpResponse:
    """Expect the next step by another day, for example because there is a waiting list."""
    found, today = _referral(patient, study_id), timezone.localdate()
    if request.method == "GET" and not is_open(found.state):
        return _moved_on(request, found)
    form = DueForm(request.POST if request.method == "POST" else None, referral=found, today=today)
    if request.method == "POST" and form.is_valid():
        saved = attempt(
            form,
            lambda: move_due_date(
                referral=found,
                due_on=form.cleaned_data["due_on"],
                today=today,
                expected_version=form.expected_version,
                by=signed_in(request),
            ),
        )
        if saved:
            messages.success(request, "The day is moved.")
            return _to(found)
    return _form_page(request, found, form, "Expect the next step later", "Save")


@patient_page(Permission.RECORD_SCREENING)
def sleep_adherence(request: HttpRequest, patient: Patient, study_id: UUID) -> HttpResponse:
    """How much CPAP is used, as it becomes known after it was begun."""
    found = _referral(patient, study_id)
    if request.method == "GET" and found.state != ReferralState.ACTED_ON:
        return _moved_on(request, found)
    form = AdherenceForm(request.POST if request.method == "POST" else None, referral=found)
    if request.method == "POST" and form.is_valid():
        saved = attempt(
            form,
            lambda: record_adherence(
                referral=found, expected_version=form.expected_version, by=signed_in(request), **form.answers
            ),
        )
        if saved:
            messages.success(request, "The use of CPAP is noted.")
            return _to(found)
    return _form_page(request, found, form, "Use of CPAP", "Save")


@require_safe
@clinic_page(Permission.VIEW_CHART)
def sleep_referrals(request: HttpRequest) -> HttpResponse:
    """Overdue sleep studies of the person's patients, the longest overdue first."""
    today, number = timezone.localdate(), _page_number(request)
    page = overdue_page(signed_in(request), today, page=number)
    address = reverse("screening:sleep_referrals")
    context = {
        "rows": [overdue_row(referral, today) for referral in page.rows],
        "page_number": number,
        "earlier_url": f"{address}?page={number - 1}" if number > 1 else "",
        "later_url": f"{address}?page={number + 1}" if page.has_more else "",
    }
    return render(request, "screening/sleep_referrals.html", context)


def _take(request: HttpRequest, patient: Patient, found: SleepReferral, step: ReferralState) -> HttpResponse:
    today = timezone.localdate()
    if request.method == "GET" and step not in may_follow(found.state):
        return _moved_on(request, found)
    form = STEP_FORMS[step](request.POST if request.method == "POST" else None, referral=found, today=today)
    if request.method == "POST" and form.is_valid():
        saved = attempt(
            form,
            lambda: take_step(
                referral=found,
                step=step,
                on=form.cleaned_data["on"],
                due_on=form.cleaned_data.get("due_on"),
                given=form.given,
                today=today,
                expected_version=form.expected_version,
                by=signed_in(request),
            ),
        )
        if saved:
            messages.success(request, "The step is saved.")
            return _to(found)
    return _form_page(request, found, form, ACTIONS[step], "Save")


def _form_page(request: HttpRequest, found: SleepReferral, form: Any, title: str, save: str) -> HttpResponse:
    context = {
        "patient": found.patient,
        "chart_tab": "screening",
        "referral": found,
        "words": referral_words(found),
        "title": title,
        "save": save,
    }
    return form_page(request, "screening/sleep_step.html", form, context)


def _moved_on(request: HttpRequest, found: SleepReferral) -> HttpResponse:
    messages.info(request, f"This study stands at “{found.get_state_display()}”.")
    return _to(found)


def _to(found: SleepReferral) -> HttpResponse:
    return redirect("screening:sleep_referral", patient_id=found.patient_id, study_id=found.pk)


def _referral(patient: Patient, study_id: UUID) -> SleepReferral:
    found = referral_of(patient, study_id)
    if found is None:
        raise Http404("There is no such sleep study in this chart.")
    found.patient = patient
    return found


def _page_number(request: HttpRequest) -> int:
    text = request.GET.get("page", "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    return number if 1 <= number <= LAST_PAGE else 1
