"""The personal diary link, clinic side: made, shown once, renewed, revoked."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.accounts.access import signed_in
from apps.accounts.permissions import Permission
from apps.core.forms import attempt
from apps.core.responses import form_page
from apps.diary.forms.link import LinkForm, RevokeForm
from apps.diary.presenters.link import link_line, qr_code
from apps.diary.selectors.days import own_medicines
from apps.diary.selectors.links import link_of, links_of
from apps.diary.services.links import MadeLink, latest_end, make_link, revoke_link, usual_end
from apps.medicines.models import Medicine
from apps.medicines.selectors import acute_medicines
from apps.patients.access import patient_page
from apps.patients.models import Patient


@patient_page(Permission.EDIT_DIARY)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, patient: Patient) -> HttpResponse:
    """The patient's link and how it is used; makes one or replaces it, and shows the new address once."""
    today = timezone.localdate()
    present = link_of(patient)
    own = [medicine for medicine in own_medicines(patient) if medicine.active]
    # Who saw no working link makes one; who saw one replaces that one and no other.
    replaceable = present if present and present.ends_on >= today else None
    form = LinkForm(
        request.POST or None,
        medicines=_choices(own),
        earliest=today,
        latest=latest_end(today),
        initial={
            "ends_on": usual_end(today),
            "offered": present.offered if present else [medicine.code for medicine in own],
            "replaces": replaceable.pk if replaceable else None,
        },
    )
    if form.is_bound and form.is_valid():
        wanted = form.cleaned_data["replaces"]
        replaces = links_of(patient).filter(pk=wanted).first() if wanted else None
        done = attempt(
            form,
            lambda: make_link(
                patient=patient,
                ends_on=form.cleaned_data["ends_on"],
                offered=form.cleaned_data["offered"],
                replaces=replaces,
                by=signed_in(request),
                today=today,
                **form.once,
            ),
        )
        if done and done.result:
            return _made(request, patient, done.result)
        if done:
            messages.warning(
                request, "The link was made already and its address is shown only once. Renew it to get a new one."
            )
            return redirect("diary:link", patient.pk)
    links = [link_line(each, today) for each in links_of(patient)]
    context = _chart(patient) | {"links": links, "working": replaceable}
    return form_page(request, "diary/link/link.html", form, context)


@patient_page(Permission.EDIT_DIARY)
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, patient: Patient) -> HttpResponse:
    """Ends the link at once, with a reason."""
    present = link_of(patient)
    if present is None:
        raise Http404("This patient has no diary link.")
    form = RevokeForm(request.POST or None)
    if form.is_bound and form.is_valid():
        done = attempt(
            form, lambda: revoke_link(link=present, reason=form.cleaned_data["reason"], by=signed_in(request))
        )
        if done:
            messages.success(request, "The diary link is revoked. It does not work any more.")
            return redirect("diary:link", patient.pk)
    return form_page(request, "diary/link/revoke.html", form, _chart(patient) | {"link": present})


def _made(request: HttpRequest, patient: Patient, made: MadeLink) -> HttpResponse:
    address = request.build_absolute_uri(reverse("diary:patient", args=[made.token]))
    context = _chart(patient) | {"link": made.link, "address": address, "qr": qr_code(address)}
    response = render(request, "diary/link/made.html", context)
    # The address stands on this page: no other page may learn it by the way.
    response["Referrer-Policy"] = "no-referrer"
    return response


def _choices(own: list[Medicine]) -> list[Medicine]:
    """The acute medicines of the catalogue, those in the diary first."""
    known = {medicine.code for medicine in own}
    return own + [medicine for medicine in acute_medicines() if medicine.code not in known]


def _chart(patient: Patient) -> dict[str, Any]:
    return {"patient": patient, "chart_tab": "diary", "diary_page": "link"}
