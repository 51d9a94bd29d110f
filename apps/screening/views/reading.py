"""Pages of the screening tab that are only read."""

from typing import Final
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from apps.accounts.permissions import Permission
from apps.patients.access import patient_page
from apps.patients.models import Patient
from apps.screening.choices import SheetState
from apps.screening.presenters import (
    answer_rows,
    cards,
    known_instrument,
    label_of,
    licence_line,
    missing_words,
    safety_words,
    score_words,
    sheet_rows,
)
from apps.screening.selectors.scores import latest_scores
from apps.screening.selectors.sheets import sheet_of, sheets_of, unfinished_sheets

LAST_FEW: Final = 10
ONE_PAGE: Final = 50


@patient_page(Permission.VIEW_CHART)
def overview(request: HttpRequest, patient: Patient) -> HttpResponse:
    """The last score of each instrument, and the last few sheets of all."""
    sheets = list(sheets_of(patient)[: LAST_FEW + 1])
    context = {
        "patient": patient,
        "chart_tab": "screening",
        "cards": cards(patient, latest_scores(patient), unfinished_sheets(patient)),
        "rows": sheet_rows(sheets[:LAST_FEW]),
        "more": len(sheets) > LAST_FEW,
    }
    return render(request, "screening/overview.html", context)


@patient_page(Permission.VIEW_CHART)
def history(request: HttpRequest, patient: Patient) -> HttpResponse:
    """All finished sheets, a page at a time."""
    page = Paginator(sheets_of(patient), ONE_PAGE).get_page(request.GET.get("page"))
    context = {"patient": patient, "chart_tab": "screening", "page": page, "rows": sheet_rows(page.object_list)}
    return render(request, "screening/history.html", context)


@patient_page(Permission.VIEW_CHART)
def sheet(request: HttpRequest, patient: Patient, sheet_id: UUID) -> HttpResponse:
    """One sheet: the safety notice first, then score and answers, then where they come from."""
    found = sheet_of(patient, sheet_id)
    if found is None:
        raise Http404("There is no such answer sheet in this chart.")
    task = getattr(found, "safety_task", None)
    known = known_instrument(found.instrument)
    context = {
        "patient": patient,
        "chart_tab": "screening",
        "sheet": found,
        "finished": found.state == SheetState.COMPLETE,
        "replaced_by": getattr(found, "superseded_by", None),
        "task": task,
        "safety": safety_words(task) if task and not task.closed_at else None,
        "title": label_of(found.instrument),
        "found": known,
        "licence": licence_line(known) if known else "",
        "score": score_words(found),
        "missing": missing_words(found),
        "answers": answer_rows(found),
    }
    return render(request, "screening/sheet.html", context)
