"""Diary sheets on paper: asking for them, and coming back with one."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.access import signed_in
from apps.accounts.permissions import Permission
from apps.core.dates import month_title
from apps.core.forms import attempt
from apps.core.responses import form_page
from apps.diary import selectors, services
from apps.diary.forms import SheetForm
from apps.diary.models import DiarySheet
from apps.patients.access import patient_page
from apps.patients.models import Patient


@require_http_methods(["GET", "HEAD", "POST"])
@patient_page(Permission.REQUEST_DOCUMENT)
def sheet(request: HttpRequest, patient: Patient) -> HttpResponse:
    """Choose months and paper; the sheets are drawn as one document."""
    form = SheetForm(
        request.POST if request.method == "POST" else None,
        today=timezone.localdate(),
        wanted=_month_or_none(request.GET.get("month", "")),
    )
    if form.is_bound and form.is_valid():
        printed = attempt(
            form,
            lambda: services.print_sheets(
                patient=patient,
                months=form.first_months,
                paper=form.chosen_paper,
                site=request.build_absolute_uri("/"),
                by=signed_in(request),
            ),
        )
        if printed.result:
            return redirect("documents:detail", patient_id=patient.pk, document_id=printed.result.pk)
    return form_page(request, "diary/sheet.html", form, {"patient": patient, "chart_tab": "diary"})


@require_safe
def open_sheet(request: HttpRequest, code: str) -> HttpResponse:
    """The address in a sheet's code: leads those who may see the patient to the month, with the sheet's letters."""
    found = selectors.sheet_with_code(code)
    if found is None:
        raise Http404("No diary sheet has this code.")
    return _to_month(request, patient_id=found.patient_id, sheet=found)


@patient_page(Permission.VIEW_CHART, logged=False)
def _to_month(request: HttpRequest, patient: Patient, sheet: DiarySheet) -> HttpResponse:
    if sheet.month > timezone.localdate():
        messages.info(request, f"This sheet is for {month_title(sheet.month)}. It can be typed when that month begins.")
        return redirect("diary:current", patient.pk)
    return redirect(f"{reverse('diary:month', args=[patient.pk, sheet.month])}?sheet={sheet.code}")


def _month_or_none(text: str) -> date | None:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
