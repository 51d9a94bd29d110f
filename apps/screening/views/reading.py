"""Pages of the screening tab that are only read."""

from typing import Final
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from apps.accounts.access import signed_in
from apps.accounts.permissions import Permission
from apps.patients.access import patient_page
from apps.patients.models import Patient
from apps.screening.choices import SheetState, TaskState
from apps.screening.presenters.overview import due_lines, groups
from apps.screening.presenters.recall import recall_words
from apps.screening.presenters.safety import safety_words
from apps.screening.presenters.tablet import tablet_card
from apps.screening.presenters.words import (
    answer_rows,
    known_instrument,
    label_of,
    licence_line,
    missing_words,
    mode_words,
    recorded_words,
    result_notes,
    score_words,
    sheet_rows,
    wording_line,
)
from apps.screening.recall import recall_beside_diary
from apps.screening.selectors.overview import overview_sheets
from apps.screening.selectors.safety import safety_tasks_of
from apps.screening.selectors.sheets import sheet_of, sheets_of

LAST_FEW: Final = 10
ONE_PAGE: Final = 50


@patient_page(Permission.VIEW_CHART)
def overview(request: HttpRequest, patient: Patient) -> HttpResponse:
    """What is due at this visit, the last result of each instrument by group, and the last few sheets of all."""
    sheets = overview_sheets(patient, recent=LAST_FEW + 1)
    latest, unfinished = sheets.latest, sheets.unfinished
    recalls = {
        score.code: recall_words(finding)
        for score in latest
        if (finding := recall_beside_diary(patient, score.code, score.answers, score.answered_on))
    }
    due = due_lines(latest, unfinished, on=timezone.localdate())
    context = {
        "patient": patient,
        "chart_tab": "screening",
        "due": due,
        "tablet": tablet_card(patient, signed_in(request)),
        "groups": groups(patient, latest, unfinished, due=due, recalls=recalls),
        "rows": sheet_rows(sheets.recent[:LAST_FEW]),
        "more": len(sheets.recent) > LAST_FEW,
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
    """One sheet: the safety notice first, then result and answers, then where they come from."""
    found = sheet_of(patient, sheet_id)
    if found is None:
        raise Http404("There is no such answer sheet in this chart.")
    tasks = safety_tasks_of(found)
    waiting = next((task for task in tasks if task.state == TaskState.OPEN), None)
    known = known_instrument(found.instrument)
    finished = found.state == SheetState.COMPLETE
    recall = recall_beside_diary(patient, found.instrument, found.answers, found.answered_on) if finished else None
    context = {
        "patient": patient,
        "chart_tab": "screening",
        "sheet": found,
        "finished": finished,
        "replaced_by": getattr(found, "superseded_by", None),
        "closed_tasks": [task for task in tasks if task.state == TaskState.CLOSED],
        "safety": safety_words(waiting) if waiting else None,
        "title": label_of(found.instrument),
        "found": known,
        "licence": licence_line(known) if known else "",
        "wording": wording_line(found.wording) if found.wording else "",
        "score": score_words(found),
        "mode": mode_words(found),
        "recorded": recorded_words(found),
        "notes": result_notes(found),
        "missing": missing_words(found),
        "recall": recall_words(recall) if recall else None,
        "answers": answer_rows(found),
    }
    return render(request, "screening/sheet.html", context)
