"""The clinic's leaflets, and what one patient was given."""

import uuid
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.access import clinic_page
from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.core.forms import attempt
from apps.core.responses import form_page
from apps.documents.snapshots import plain
from apps.education import presenters, selectors, services
from apps.education.choices import How
from apps.education.forms import GiveForm, UnderstandingForm
from apps.education.library import leaflet_of
from apps.education.printing import content_of, context_of
from apps.patients.access import may, patient_page
from apps.patients.models import Patient

CHART_TAB = "education"


@clinic_page(Permission.VIEW_LEAFLETS)
@require_safe
def leaflets(request: HttpRequest) -> HttpResponse:
    """All leaflets of the clinic."""
    return render(request, "education/library.html", {"shelf": presenters.shelf(timezone.localdate())})


@clinic_page(Permission.VIEW_LEAFLETS)
@require_safe
def leaflet(request: HttpRequest, code: str, language: str) -> HttpResponse:
    """One leaflet as patients get it."""
    found = leaflet_of(f"{code}.{language}")
    if found is None:
        raise Http404("There is no such leaflet.")
    context = context_of(plain(content_of(found, prescriber="")))
    return render(
        request,
        "education/leaflet.html",
        {
            **context,
            "about": {"clinic": settings.CLINIC_NAME, "telephone": settings.CLINIC_TELEPHONE},
            "source": found,
            "language": presenters.language_name(found.language),
            "expired": found.expired_on(timezone.localdate()),
        },
    )


@patient_page(Permission.VIEW_CHART)
@require_safe
def chart(request: HttpRequest, patient: Patient) -> HttpResponse:
    """What this patient was given, by whom, in which version, and what they understood."""
    may_request = may(_acting(request), Permission.REQUEST_DOCUMENT, patient)
    given = list(selectors.given_to(patient))
    return render(
        request,
        "education/chart.html",
        {
            "patient": patient,
            "chart_tab": CHART_TAB,
            "lines": presenters.given_lines(given, now=timezone.now(), may_request=may_request),
        },
    )


@patient_page(Permission.GIVE_LEAFLET)
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, patient: Patient) -> HttpResponse:
    """Choose leaflets, print them and record them as given."""
    today = timezone.localdate()
    choices = presenters.choices_for(patient, selectors.last_given(patient), today)
    form = GiveForm(
        request.POST if request.method == "POST" else None,
        choices=[(choice.key, choice.label) for choice in choices],
        today=today,
        initial={"given_on": today, "leaflets": [choice.key for choice in choices if choice.suggested]},
    )
    if form.is_bound and form.is_valid():
        answers = form.answers | {"how": How(form.cleaned_data["how"])}
        saved = attempt(
            form,
            lambda: services.give_leaflets(
                patient=patient,
                today=today,
                by=_acting(request),
                form_token=form.token,  # type: ignore[call-arg]
                **answers,
            ),
        )
        if saved:
            messages.success(
                request, "Recorded as given. Printed leaflets can be opened below as soon as they are ready."
            )
            return redirect("education:chart", patient_id=patient.pk)
    return form_page(
        request,
        "education/give.html",
        form,
        {"patient": patient, "chart_tab": CHART_TAB, "overdue": presenters.overdue(today)},
    )


@patient_page(Permission.GIVE_LEAFLET)
@require_http_methods(["GET", "HEAD", "POST"])
def teach_back(request: HttpRequest, patient: Patient, given_id: uuid.UUID) -> HttpResponse:
    """Note what the patient said in their own words."""
    given = selectors.given_of(patient, given_id)
    if given is None:
        raise Http404("This patient was not given such a leaflet.")
    form = UnderstandingForm(
        request.POST if request.method == "POST" else None,
        initial={"version": given.version, "understanding": given.understanding, "teach_back": given.teach_back},
    )
    if form.is_bound and form.is_valid():
        saved = attempt(
            form,
            lambda: services.record_understanding(
                given=given, expected_version=form.expected_version, by=_acting(request), **form.answers
            ),
        )
        if saved:
            messages.success(request, f"Saved what came back about “{given.title}”.")
            return redirect("education:chart", patient_id=patient.pk)
    return form_page(
        request,
        "education/teach_back.html",
        form,
        {"patient": patient, "chart_tab": CHART_TAB, "given": given},
    )


def _acting(request: HttpRequest) -> User:
    return cast(User, request.user)
