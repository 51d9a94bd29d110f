"""The diary as CSV: the days, and the numbers that the page shows."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.accounts.access import signed_in
from apps.accounts.permissions import Permission
from apps.audit.choices import Action
from apps.audit.services import record_access
from apps.clinical.periods import Period
from apps.core.spreadsheets import csv_text
from apps.diary import selectors
from apps.diary.presenters import export as tables
from apps.patients.access import patient_page
from apps.patients.models import Patient


@patient_page(Permission.VIEW_CHART, logged=False)
@never_cache
@require_safe
def days(request: HttpRequest, patient: Patient) -> HttpResponse:
    """Every date from the first recorded day to the last, with an entry "downloaded" in the access log."""
    first, last = selectors.earliest_day(patient), selectors.latest_day(patient)
    rows = [] if first is None or last is None else _days(patient, Period(first, last))
    return _download(request, patient, "days", csv_text(tables.DAY_COLUMNS, rows))


@patient_page(Permission.VIEW_CHART, logged=False)
@never_cache
@require_safe
def counts(request: HttpRequest, patient: Patient) -> HttpResponse:
    """The numbers of the diary page on this day, with an entry "downloaded" in the access log."""
    found = selectors.counts_for(patient, timezone.localdate())
    return _download(request, patient, "counts", csv_text(tables.COUNT_COLUMNS, tables.count_rows(found)))


def _days(patient: Patient, period: Period) -> list[tables.Row]:
    return list(
        tables.day_rows(
            period,
            {row.day: row for row in selectors.rows_of(patient, period)},
            list(selectors.attacks_of(patient, period)),
            {row.day: row for row in selectors.contexts_of(patient, period)},
        )
    )


def _download(request: HttpRequest, patient: Patient, what: str, text: str) -> HttpResponse:
    record_access(
        by=signed_in(request),
        action=Action.DOWNLOAD,
        subject=f"diary:export-{what}",
        patient_id=patient.pk,
        request=request,
    )
    name = tables.file_name(str(patient.clinic_number), what, timezone.localdate())
    return HttpResponse(
        text,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
