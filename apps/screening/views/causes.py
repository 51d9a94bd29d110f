"""Other causes ruled out: the page, the review of one cause, and several that are not needed."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from apps.accounts.access import signed_in
from apps.accounts.permissions import Permission
from apps.clinical.secondary_causes import CAUSES
from apps.core.forms import attempt
from apps.core.responses import form_page
from apps.patients.access import may, patient_page
from apps.patients.models import Patient
from apps.screening.choices import Checklist
from apps.screening.forms.causes import CauseForm, NotNeededForm
from apps.screening.presenters.causes import cause_lines, causes_finding, names, open_lines, review_lines
from apps.screening.presenters.pseudo import pseudo_words
from apps.screening.presenters.red_flags import NOTICE_DAYS, red_flag_words
from apps.screening.selectors.causes import latest_lists, latest_reviews, reviews_of
from apps.screening.services.causes import review_cause, set_not_needed

BY_CODE = {cause.code: cause for cause in CAUSES}


@patient_page(Permission.VIEW_CHART)
def causes(request: HttpRequest, patient: Patient) -> HttpResponse:
    """Red flags, each cause and the pseudo-refractory check. Several causes are set to "not needed" here."""
    today = timezone.localdate()
    reviews = latest_reviews(patient)
    lines = cause_lines(reviews, today)
    form = NotNeededForm(
        request.POST if request.method == "POST" else None, to_do=names(line.code for line in lines if line.to_do)
    )
    if request.method == "POST":
        if not may(signed_in(request), Permission.RECORD_SCREENING, patient):
            raise PermissionDenied("Your role does not review causes.")
        if form.is_valid() and _set(form, patient, request):
            messages.success(request, f"Set to not needed: {len(form.cleaned_data['causes'])}.")
            return redirect("screening:causes", patient_id=patient.pk)
    context = {
        "finding": causes_finding(reviews),
        "lines": lines,
        "ticked": form["causes"].value() or [],
        "any_to_do": any(line.to_do for line in lines),
    }
    return form_page(request, "screening/causes.html", form, {**_lists(patient, reviews), **context})


@patient_page(Permission.RECORD_SCREENING)
def cause(request: HttpRequest, patient: Patient, cause: str) -> HttpResponse:
    """Where the work-up of one cause stands, and every review of it so far."""
    found = BY_CODE.get(cause)
    if found is None:
        raise Http404("There is no such cause on the list.")
    today = timezone.localdate()
    reviews = reviews_of(patient, cause)
    form = CauseForm(
        request.POST if request.method == "POST" else None, last=reviews[0] if reviews else None, today=today
    )
    if request.method == "POST" and form.is_valid():
        saved = attempt(
            form,
            lambda: review_cause(
                patient=patient,
                cause=cause,
                review=form.review,
                seen=form.seen_review,
                today=today,
                by=signed_in(request),
                **form.once,
            ),
        )
        if saved:
            messages.success(request, f"{found.name} is reviewed.")
            return redirect("screening:causes", patient_id=patient.pk)
    context = {"patient": patient, "chart_tab": "screening", "cause": found, "reviews": review_lines(reviews)}
    return form_page(request, "screening/cause.html", form, context)


def _set(form: NotNeededForm, patient: Patient, request: HttpRequest) -> bool:
    return bool(
        attempt(
            form,
            lambda: set_not_needed(
                patient=patient, today=timezone.localdate(), by=signed_in(request), **form.answers, **form.once
            ),
        )
    )


def _lists(patient: Patient, reviews: dict[str, Any]) -> dict[str, Any]:
    lists = latest_lists(patient)
    flags, pseudo = lists.get(Checklist.RED_FLAGS), lists.get(Checklist.PSEUDO_REFRACTORY)
    return {
        "patient": patient,
        "chart_tab": "screening",
        "open": open_lines(patient, reviews, lists),
        "flags": red_flag_words(flags) if flags else None,
        "notice_days": NOTICE_DAYS,
        "pseudo": pseudo_words(pseudo) if pseudo else None,
    }
