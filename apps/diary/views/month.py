"""One month of the diary, to be read and typed."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.access import signed_in
from apps.accounts.permissions import Permission
from apps.clinical.periods import Period, calendar_month
from apps.core.responses import form_page
from apps.core.writing import Refused
from apps.diary import selectors, services
from apps.diary.forms import MonthForm
from apps.diary.models import DiarySheet
from apps.diary.models.day import EARLIEST_DAY
from apps.diary.presenters import month as pages
from apps.diary.presenters import numbers
from apps.diary.presenters.count_tables import counted
from apps.diary.presenters.pictures import month_picture
from apps.diary.presenters.typing import typing_aid
from apps.diary.selectors import MonthRecord
from apps.patients.access import may, patient_page, require
from apps.patients.models import Patient


@require_safe
@patient_page(Permission.VIEW_CHART)
def current(request: HttpRequest, patient: Patient) -> HttpResponse:
    """The tab of the chart leads to the running month."""
    return redirect("diary:month", patient.pk, timezone.localdate())


@require_http_methods(["GET", "HEAD", "POST"])
@patient_page(Permission.VIEW_CHART)
def month(request: HttpRequest, patient: Patient, month: date) -> HttpResponse:
    """One month of the diary, to be read, and typed by those who may."""
    today = timezone.localdate()
    if not EARLIEST_DAY <= month <= today:
        raise Http404("The diary has no such month.")
    shown = calendar_month(month.year, month.month)
    if request.method == "POST":
        require(signed_in(request), Permission.EDIT_DIARY, patient)
    sheet = _sheet(patient, month, request.GET.get("sheet", ""))
    record = selectors.month_record(patient, shown)
    form = MonthForm(
        request.POST or None, month=shown, today=today, record=record, printed=sheet.legend if sheet else None
    )
    if request.method == "POST" and form.is_valid():
        saved = _save(request, patient, shown, form, record, today)
        if saved is not None:
            messages.success(request, pages.saved_sentence(shown, saved))
            return redirect(_after_saving(patient, month, form, sheet))
    return form_page(request, "diary/month.html", form, _page(request, patient, shown, form, record, today))


def _sheet(patient: Patient, month: date, code: str) -> DiarySheet | None:
    if not code:
        return None
    sheet = selectors.sheet_of(patient, month, code)
    if sheet is None:
        raise Http404("This patient has no such sheet for this month.")
    return sheet


def _after_saving(patient: Patient, month: date, form: MonthForm, sheet: DiarySheet | None) -> str:
    """The month again, with the letters of the sheet, and the number of the draft that is in the record now."""
    draft = form.cleaned_data["draft"]
    query = {**({"sheet": sheet.code} if sheet else {}), **({"saved": draft} if draft else {})}
    address = reverse("diary:month", args=[patient.pk, month])
    return f"{address}?{urlencode(query)}" if query else address


def _save(
    request: HttpRequest, patient: Patient, shown: Period, form: MonthForm, record: MonthRecord, today: date
) -> services.SavedMonth | None:
    try:
        return services.record_month(
            patient=patient,
            month=Period(shown.first, min(shown.last, today)),
            entries=form.entries,
            seen=form.seen,
            by=signed_in(request),
            today=today,
        )
    except Refused as refused:
        form.refuse(refused.errors)
    except services.StaleDays as stale:
        form.show_conflict(stale.conflicts, pages.conflicts_in_words(stale, record))
    return None


def _page(
    request: HttpRequest, patient: Patient, shown: Period, form: MonthForm, record: MonthRecord, today: date
) -> dict[str, Any]:
    may_edit = may(signed_in(request), Permission.EDIT_DIARY, patient)
    counts = selectors.counts_for(patient, min(today, shown.last))
    return {
        "patient": patient,
        "chart_tab": "diary",
        "month": shown.first,
        "previous_month": shown.first - timedelta(days=1) if shown.first > EARLIEST_DAY else None,
        "next_month": shown.last + timedelta(days=1) if shown.last < today else None,
        "may_edit": may_edit,
        "may_print": may(signed_in(request), Permission.REQUEST_DOCUMENT, patient),
        "rows": pages.rows(form.days, record, list(selectors.attacks_of(patient, shown)), form if may_edit else None),
        "to_come": pages.days_to_come(shown, today),
        "origin": pages.origin(record),
        "may_see_origin": signed_in(request).may(Permission.VIEW_DEMO_DATA),
        "letters": pages.letters(form.letters, record),
        "aid": typing_aid(form.letters, record, month=shown.first, patient=patient, user=signed_in(request)),
        "catalogue": record.catalogue,
        "headache_column": pages.HEADACHE_COLUMN,
        "function_column": pages.FUNCTION_COLUMN,
        "counts": counts,
        "panel": numbers.panel(counts.months[-1]),
        "counted": counted(counts),
        "findings": numbers.findings(counts.overuse, patient, shown),
        "calendar": month_picture(
            record.rows, shown, today=today, menstruation={day.day: day.menstruation for day in counts.days}
        ),
    }
