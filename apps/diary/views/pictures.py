"""The diary as pictures and as a list, to be read."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from apps.accounts.access import signed_in
from apps.accounts.permissions import Permission
from apps.clinical.periods import ONE_DAY, Period, calendar_month, calendar_months_back
from apps.core.responses import form_page
from apps.diary.choices import Source
from apps.diary.forms.listing import ListFilterForm
from apps.diary.list_choices import Show
from apps.diary.models.day import EARLIEST_DAY
from apps.diary.presenters import listing, pictures
from apps.diary.selectors import earliest_day
from apps.diary.selectors.pictures import MONTHS_OF_A_YEAR, stretch_of, year_record
from apps.patients.access import may, patient_page
from apps.patients.models import Patient

MONTHS_OF_A_LIST = 3


@require_safe
@patient_page(Permission.VIEW_CHART)
def year(request: HttpRequest, patient: Patient) -> HttpResponse:
    """Twelve months up to the one in `to`: each day, each month's numbers, each class against its limit."""
    today = timezone.localdate()
    month = _asked_month(request, today)
    record = year_record(patient, min(month.last, today))
    by_window = request.GET.get("per") == "window"
    context = {
        "patient": patient,
        "chart_tab": "diary",
        "record": record,
        "first_month": record.months[0].period.first,
        "last_month": month.first,
        "year": pictures.year_picture(record),
        "numbers": pictures.year_numbers(record, patient),
        "classes": pictures.class_picture(record.windows if by_window else record.months, by_window=by_window),
        "by_window": by_window,
        **_neighbours(request, month, today, MONTHS_OF_A_YEAR),
    }
    return render(request, "diary/year.html", context)


@require_safe
@patient_page(Permission.VIEW_CHART)
def diary_list(request: HttpRequest, patient: Patient) -> HttpResponse:
    """Three months of days and attacks up to the month in `to`, newest first."""
    today = timezone.localdate()
    month = _asked_month(request, today)
    months = calendar_months_back(month.first, MONTHS_OF_A_LIST)
    form = ListFilterForm(request.GET)
    lines: list[listing.ListLine] = []
    if form.is_valid():
        stretch = stretch_of(patient, Period(months[0].first, min(month.last, today)))
        lines = listing.list_lines(stretch, patient, wanted=_wanted(form), since=earliest_day(patient))
    context = {
        "patient": patient,
        "chart_tab": "diary",
        "lines": lines,
        "may_edit": may(signed_in(request), Permission.EDIT_DIARY, patient),
        "first_month": months[0].first,
        "last_month": month.first,
        **_neighbours(request, month, today, MONTHS_OF_A_LIST),
    }
    return form_page(request, "diary/list.html", form, context)


def _wanted(form: ListFilterForm) -> listing.Wanted:
    source = form.cleaned_data["source"]
    return listing.Wanted(Show(form.cleaned_data["show"]), Source(source) if source else None)


def _asked_month(request: HttpRequest, today: date) -> Period:
    """The month in `to`, without one the running month. Raises Http404 for what is no month of the diary."""
    asked = request.GET.get("to", "")
    try:
        first = parse_date(f"{asked}-01") if asked else today.replace(day=1)
    except ValueError:
        first = None
    if first is None or not EARLIEST_DAY <= first <= today:
        raise Http404("The diary has no such month.")
    return calendar_month(first.year, first.month)


def _neighbours(request: HttpRequest, month: Period, today: date, step: int) -> dict[str, Any]:
    """The same page with the same choices, `step` months earlier and later."""
    earlier = calendar_months_back(month.first, step)[0].first - ONE_DAY
    later = _months_later(month.first, step)
    running = today.replace(day=1)
    return {
        "earlier_url": _address(request.GET, earlier) if earlier >= EARLIEST_DAY else "",
        "later_url": _address(request.GET, min(later, running)) if month.first < running else "",
    }


def _months_later(first: date, step: int) -> date:
    number = first.year * 12 + first.month - 1 + step
    return date(number // 12, number % 12 + 1, 1)


def _address(query: QueryDict, month: date) -> str:
    changed = query.copy()
    changed["to"] = f"{month:%Y-%m}"
    return f"?{changed.urlencode()}"
