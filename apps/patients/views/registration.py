"""Registering a patient; the patient's details and numbers."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.access import clinic_page, signed_in
from apps.accounts.permissions import Permission
from apps.core.forms import attempt
from apps.core.responses import form_page
from apps.patients.access import patient_page, patients_of
from apps.patients.forms.referrals import ReferredRegistrationForm
from apps.patients.forms.registration import DetailsForm, IdentifierForm, ReasonForm, RegistrationForm
from apps.patients.identifiers import readable
from apps.patients.models import Patient
from apps.patients.presenters.people import candidate_lines, holder_note
from apps.patients.selectors.patients import identifier_of, identifiers_of
from apps.patients.selectors.referrals import referrals_of
from apps.patients.services.referrals import register_with_referral
from apps.patients.services.registration import (
    DETAIL_FIELDS,
    NumberTaken,
    PossibleDuplicates,
    SomebodyElse,
    add_identifier,
    change_details,
    register_patient,
    remove_identifier,
)
from apps.patients.views.shared import chart_form, chart_page, posted


@clinic_page(Permission.REGISTER_PATIENT)
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    form = RegistrationForm(posted(request), today=timezone.localdate())
    return _registration(request, form, title="Register a patient", back_url=reverse("patients:list"))


@clinic_page(Permission.REGISTER_PATIENT)
@require_http_methods(["GET", "HEAD", "POST"])
def register_with_letter(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    form = ReferredRegistrationForm(posted(request), today=today, initial={"received_on": today})
    return _registration(
        request, form, title="Register a patient with a referral", back_url=reverse("patients:referrals")
    )


@patient_page(Permission.VIEW_PATIENT)
@require_safe
def registered(request: HttpRequest, patient: Patient) -> HttpResponse:
    return chart_page(
        request, "patients/registered.html", patient, "details", {"has_referral": bool(referrals_of(patient))}
    )


@patient_page(Permission.VIEW_PATIENT)
@require_safe
def detail(request: HttpRequest, patient: Patient) -> HttpResponse:
    numbers = [(identifier, readable(identifier.system, identifier.value)) for identifier in identifiers_of(patient)]
    referrals = referrals_of(patient) if signed_in(request).may(Permission.VIEW_REFERRAL) else []
    context = {"numbers": numbers, "referrals": referrals}
    return chart_page(request, "patients/detail.html", patient, "details", context)


@patient_page(Permission.EDIT_PATIENT)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, patient: Patient) -> HttpResponse:
    initial = {name: getattr(patient, name) for name in (*DETAIL_FIELDS, "version")}
    form = DetailsForm(posted(request), today=timezone.localdate(), initial=initial)
    if form.is_bound and form.is_valid():
        saved = attempt(
            form,
            lambda: change_details(
                patient=patient, expected_version=form.expected_version, by=signed_in(request), details=form.answers
            ),
        )
        if saved:
            messages.success(request, "The details are saved.")
            return redirect("patients:detail", patient_id=patient.pk)
    return chart_form(request, form, patient, "details", title="Edit details", back_url=_details_url(patient))


@patient_page(Permission.EDIT_PATIENT)
@require_http_methods(["GET", "HEAD", "POST"])
def add_number(request: HttpRequest, patient: Patient) -> HttpResponse:
    form = IdentifierForm(posted(request))
    if form.is_bound and form.is_valid():
        write = _explaining_the_holder(
            request,
            lambda: add_identifier(
                patient=patient,
                system=form.cleaned_data["system"],
                value=form.cleaned_data["value"],
                by=signed_in(request),
                **form.once,
            ),
        )
        if attempt(form, write):
            messages.success(request, "The number is added.")
            return redirect("patients:detail", patient_id=patient.pk)
    return chart_form(
        request, form, patient, "details", title="Add a number", submit="Add the number", back_url=_details_url(patient)
    )


@patient_page(Permission.EDIT_PATIENT)
@require_http_methods(["GET", "HEAD", "POST"])
def remove_number(request: HttpRequest, patient: Patient, identifier_id: UUID) -> HttpResponse:
    identifier = identifier_of(patient, identifier_id)
    if identifier is None:
        raise Http404("This patient has no such number.")
    form = ReasonForm(posted(request))
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: remove_identifier(identifier=identifier, reason=reason, by=signed_in(request))):
            messages.success(request, "The number is removed. The history keeps it.")
            return redirect("patients:detail", patient_id=patient.pk)
    return chart_form(
        request,
        form,
        patient,
        "details",
        title=f"Remove {identifier.get_system_display()} {readable(identifier.system, identifier.value)}?",
        intro="Remove a number that is wrong for this patient. The history keeps it, with your reason.",
        submit="Remove the number",
        dangerous=True,
        back_url=_details_url(patient),
    )


def _registration(request: HttpRequest, form: RegistrationForm, **page: Any) -> HttpResponse:
    if form.is_bound and form.is_valid():
        outcome = attempt(form, _asking_about_duplicates(request, form))
        if outcome:
            if outcome.result is None:
                messages.info(request, "This form was sent twice. The patient is registered once.")
                return redirect("patients:list")
            return redirect("patients:registered", patient_id=outcome.result.pk)
    return form_page(request, "patients/register.html", form, page)


def _asking_about_duplicates(request: HttpRequest, form: RegistrationForm) -> Callable[[], Patient]:
    given = form.answers
    people: dict[str, Any] = {
        "by": signed_in(request),
        "details": given,
        "identifier": form.identifier,
        "somebody_else": SomebodyElse(given["somebody_else_reason"], given["shown"]),
        **form.once,
    }

    def write() -> Patient:
        try:
            if isinstance(form, ReferredRegistrationForm):
                return register_with_referral(**people, asked=given)
            return register_patient(**people)
        except PossibleDuplicates as found:
            keys = [candidate.patient.pk for candidate in found.candidates]
            form.show_candidates(candidate_lines(found.candidates, _own(request, keys), signed_in(request)), keys)
            raise

    return _explaining_the_holder(request, write)


def _explaining_the_holder(request: HttpRequest, write: Callable[[], Any]) -> Callable[[], Any]:
    """Add to the refusal of a number whose it is, as far as the person may know."""

    def explained() -> Any:
        try:
            return write()
        except NumberTaken as taken:
            taken.errors["value"].append(holder_note(taken.holder, _own(request, [taken.holder.pk])))
            raise

    return explained


def _own(request: HttpRequest, keys: Iterable[UUID]) -> set[UUID]:
    """Those of some patients the person has to do with."""
    return set(patients_of(signed_in(request)).filter(pk__in=list(keys)).values_list("pk", flat=True))


def _details_url(patient: Patient) -> str:
    return reverse("patients:detail", kwargs={"patient_id": patient.pk})
