"""Handing a set of questionnaires over, and taking it back: the clinic's side of the tablet."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.access import signed_in
from apps.accounts.permissions import Permission
from apps.core.forms import attempt
from apps.core.responses import form_page
from apps.core.writing import Refused
from apps.patients.access import patient_page
from apps.patients.models import Patient
from apps.screening.forms.tablet import StartTabletForm
from apps.screening.presenters.overview import due_lines
from apps.screening.presenters.tablet import begun_before, code_lines, tablet_card
from apps.screening.selectors.scores import latest_scores
from apps.screening.selectors.sheets import unfinished_sheets
from apps.screening.selectors.tablet import set_of
from apps.screening.selectors.tablet_offers import tablet_offers
from apps.screening.services.tablet import HandedOver, start_on_this_device, start_with_code, take_back
from apps.screening.views.tablet_door import remember


@patient_page(Permission.RECORD_SCREENING)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, patient: Patient) -> HttpResponse:
    """Choose the questionnaires and the language, then hand over this device or show a code for another."""
    today = timezone.localdate()
    unfinished = unfinished_sheets(patient)
    due = {line.code for line in due_lines(latest_scores(patient), unfinished, on=today)}
    wanted = request.POST.get("language") or request.GET.get("language", "")
    offers = tablet_offers(patient, signed_in(request), wanted)
    form = StartTabletForm(request.POST or None, offers=offers, due=due)
    if form.is_bound and form.is_valid():
        done = attempt(form, lambda: _start(request, patient, form))
        if done and done.result:
            return _handed_over(request, patient, done.result)
        if done:
            messages.warning(request, "This set was started already. Take it back to start another one.")
            return redirect("screening:overview", patient_id=patient.pk)
    context = {
        "patient": patient,
        "chart_tab": "screening",
        "offers": offers,
        "due": due,
        "card": tablet_card(patient, signed_in(request)),
        "begun_before": begun_before(unfinished.values(), today),
    }
    return form_page(request, "screening/tablet_start.html", form, context)


@patient_page(Permission.RECORD_SCREENING)
@require_POST
def take_back_now(request: HttpRequest, patient: Patient, set_id: UUID) -> HttpResponse:
    """End the running set: the tablet shows nothing of it from now on."""
    tablet = set_of(patient, set_id)
    if tablet is None:
        raise Http404("There is no such set in this chart.")
    try:
        take_back(tablet=tablet, now=timezone.now(), by=signed_in(request))
        messages.success(request, "The set is taken back. The tablet is locked; what was answered is kept.")
    except Refused as refused:
        messages.info(request, str(refused))
    return redirect("screening:overview", patient_id=patient.pk)


def _start(request: HttpRequest, patient: Patient, form: StartTabletForm) -> HandedOver:
    service = start_on_this_device if _here(request) else start_with_code
    given: dict[str, Any] = {"form_token": form.token}
    return service(
        patient=patient,
        codes=form.cleaned_data["questionnaires"],
        language=form.cleaned_data["language"],
        now=timezone.now(),
        by=signed_in(request),
        **given,
    )


def _handed_over(request: HttpRequest, patient: Patient, handed: HandedOver) -> HttpResponse:
    if not _here(request):
        context = {
            "patient": patient,
            "chart_tab": "screening",
            "address": request.build_absolute_uri(reverse("screening:tablet")),
            **code_lines(handed.tablet, handed.secret),
        }
        return render(request, "screening/tablet_code.html", context)
    logout(request)
    return remember(redirect("screening:tablet_hello"), handed.secret)


def _here(request: HttpRequest) -> bool:
    return request.POST.get("way") == "here"
