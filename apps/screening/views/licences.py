"""The manager's pages about protected wording: what the policy is, the clinic's permission, its own copy of the text."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.access import clinic_page, signed_in
from apps.accounts.permissions import Permission
from apps.clinical.instruments import Instrument
from apps.core.forms import attempt
from apps.core.responses import form_page
from apps.screening.forms import ConfirmLicenceForm, WithdrawLicenceForm, WordingForm
from apps.screening.models import InstrumentLicence
from apps.screening.presenters.licences import licence_lines, protected
from apps.screening.selectors.licences import licence_of, licences_of, live_licences, newest_wording
from apps.screening.services.licences import confirm_licence, enter_wording, withdraw_licence

form_methods = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@clinic_page(Permission.MANAGE_STAFF)
def licences(request: HttpRequest) -> HttpResponse:
    """Every questionnaire whose wording is protected."""
    return render(request, "screening/licences.html", {"lines": licence_lines(live_licences())})


@require_safe
@clinic_page(Permission.MANAGE_STAFF)
def instrument_licences(request: HttpRequest, instrument_code: str) -> HttpResponse:
    """One questionnaire: whose it is, where that was read, and every permission of the clinic."""
    found = _protected(instrument_code)
    return render(request, "screening/licence.html", {"found": found, "licences": licences_of(found.code)})


@form_methods
@clinic_page(Permission.MANAGE_STAFF)
def confirm(request: HttpRequest, instrument_code: str) -> HttpResponse:
    """Our clinic holds the permission."""
    found = _protected(instrument_code)
    today = timezone.localdate()
    form = ConfirmLicenceForm(request.POST if request.method == "POST" else None, today=today)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("language", "reference", "confirmed_on")}
        saved = attempt(
            form, lambda: confirm_licence(code=found.code, today=today, by=signed_in(request), **given, **form.once)
        )
        if saved and saved.result:
            messages.success(request, "The permission is recorded. Now enter the clinic's own copy of the wording.")
            return redirect("screening:wording", found.code, saved.result.pk)
        if saved:
            return redirect("screening:licence", found.code)
    return form_page(request, "screening/licence_confirm.html", form, {"found": found})


@form_methods
@clinic_page(Permission.MANAGE_STAFF)
def wording(request: HttpRequest, instrument_code: str, licence_id: UUID) -> HttpResponse:
    """The clinic's own copy of the questions; saving makes the next version."""
    found, licence = _live(instrument_code, licence_id)
    last = newest_wording(licence)
    form = WordingForm(request.POST if request.method == "POST" else None, found=found, last=last)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {"stem": form.cleaned_data["stem"], "items": form.texts}
        after = form.cleaned_data["number"]
        if attempt(form, lambda: enter_wording(licence=licence, after=after, by=signed_in(request), **given)):
            messages.success(request, f"The sheets of {found.short_title} show this wording from now on.")
            return redirect("screening:licence", found.code)
    return form_page(request, "screening/wording.html", form, {"found": found, "licence": licence, "last": last})


@form_methods
@clinic_page(Permission.MANAGE_STAFF)
def withdraw(request: HttpRequest, instrument_code: str, licence_id: UUID) -> HttpResponse:
    """The questions may not be shown any more."""
    found, licence = _live(instrument_code, licence_id)
    form = WithdrawLicenceForm(request.POST if request.method == "POST" else None)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: withdraw_licence(licence=licence, by=signed_in(request), **form.answers))
    ):
        messages.success(request, f"{found.short_title} shows numbers only from now on.")
        return redirect("screening:licence", found.code)
    return form_page(request, "screening/licence_withdraw.html", form, {"found": found, "licence": licence})


def _protected(code: str) -> Instrument:
    for found in protected():
        if found.code == code:
            return found
    raise Http404("There is no such protected questionnaire.")


def _live(code: str, licence_id: UUID) -> tuple[Instrument, InstrumentLicence]:
    found = _protected(code)
    licence = licence_of(found.code, licence_id)
    if licence is None or licence.withdrawn_at:
        raise Http404("There is no such permission in force.")
    return found, licence
