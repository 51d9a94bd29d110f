"""What has to be said about a file before it can be checked: its columns, its sheet, its medicine names."""

import uuid
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.access import signed_in
from apps.accounts.permissions import Permission
from apps.core.forms import attempt
from apps.core.responses import form_page
from apps.core.writing import Refused
from apps.diary import services
from apps.diary.forms.imports import ColumnsForm, NamesForm, WorkbookForm, clinic_field, meaning_field
from apps.diary.import_choices import FileState
from apps.diary.imports.reading import TableMapping
from apps.diary.models import DiaryFile
from apps.diary.presenters.import_preview import because, separator_name
from apps.diary.selectors import files as selectors
from apps.medicines.selectors import acute_medicines, as_grouped_choices
from apps.patients.access import patient_page
from apps.patients.models import Patient

# More names than anybody takes medicines; a file with more is gone through page by page.
NAMES_A_PAGE: Final = 100


@require_http_methods(["GET", "HEAD", "POST"])
@patient_page(Permission.EDIT_DIARY)
@never_cache
def columns(request: HttpRequest, patient: Patient, file_id: uuid.UUID) -> HttpResponse:
    """What the columns of a table mean: a guess, or what was said before, to be confirmed."""
    file = _file(patient, file_id)
    proposal = selectors.proposal_of(file)
    if proposal is None or file.state not in (FileState.COLUMNS, FileState.READ, FileState.FAILED):
        return redirect("diary:import_file", patient.pk, file.pk)
    remembered = selectors.remembered_mapping(proposal)
    offered = remembered[0] if remembered else proposal.mapping
    chosen = TableMapping.from_dict(file.mapping) if file.mapping else offered
    form = ColumnsForm(request.POST or None, proposal=proposal, mapping=chosen)
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            lambda: services.choose_columns(
                file=file, headings=proposal.headings, mapping=form.chosen, by=signed_in(request)
            ),
        )
        if done:
            return redirect("diary:import_file", patient.pk, file.pk)
    rows = [
        (heading, form[f"column-{number}"], [row[number] for row in proposal.sample[:3] if number < len(row)])
        for number, heading in enumerate(proposal.headings)
    ]
    context = _around(request, patient, file) | {
        "proposal": proposal,
        "separator": separator_name(proposal.delimiter),
        "rows": rows,
        "remembered": remembered[1] if remembered else None,
        "workbook": WorkbookForm(proposal=proposal) if len(proposal.sheets) > 1 else None,
    }
    return form_page(request, "diary/import_columns.html", form, context)


@require_POST
@patient_page(Permission.EDIT_DIARY)
def sheet(request: HttpRequest, patient: Patient, file_id: uuid.UUID) -> HttpResponse:
    """Look at another sheet of a workbook."""
    file = _file(patient, file_id)
    proposal = selectors.proposal_of(file)
    form = WorkbookForm(request.POST, proposal=proposal) if proposal else None
    if form is not None and form.is_valid():
        try:
            services.choose_sheet(file=file, sheet=form.cleaned_data["sheet"], by=signed_in(request))
        except Refused as refused:
            messages.warning(request, str(refused))
    else:
        messages.warning(request, "Choose one of the workbook's sheets.")
    return redirect("diary:import_file", patient.pk, file.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@patient_page(Permission.EDIT_DIARY)
@never_cache
def names(request: HttpRequest, patient: Patient, file_id: uuid.UUID) -> HttpResponse:
    """What the medicine names of a file stand for; nothing is guessed."""
    file = _file(patient, file_id)
    reading = selectors.reading_of(file) if file.state == FileState.READ else None
    if reading is None:
        return redirect("diary:import_file", patient.pk, file.pk)
    found = selectors.file_names(patient, reading)
    known = [name for name, _ in found.times.most_common() if found.meanings[name].meant is not None]
    shown = [found.meanings[name] for name in (found.unknown[:NAMES_A_PAGE] or known[:NAMES_A_PAGE])]
    form = NamesForm(request.POST or None, names=shown, medicines=as_grouped_choices(acute_medicines()))
    if request.method == "POST" and form.is_valid():
        decided = attempt(
            form, lambda: services.decide_names(patient=patient, decisions=form.decisions, by=signed_in(request))
        )
        if decided:
            return redirect("diary:import_file", patient.pk, file.pk)
    context = _around(request, patient, file) | {
        "rows": [
            (
                each.name,
                found.times[each.name],
                form[meaning_field(each.name)],
                form[clinic_field(each.name)],
                because(each),
            )
            for each in shown
        ],
        "unknown": len(found.unknown),
        "all_names": len(found.times),
    }
    return form_page(request, "diary/import_names.html", form, context)


def _file(patient: Patient, file_id: uuid.UUID) -> DiaryFile:
    file = selectors.file_of(patient, file_id)
    if file is None:
        raise Http404("This patient has no such diary file.")
    return file


def _around(request: HttpRequest, patient: Patient, file: DiaryFile) -> dict[str, Any]:
    return {
        "patient": patient,
        "chart_tab": "diary",
        "file": file,
    }
