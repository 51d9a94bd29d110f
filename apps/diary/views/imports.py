"""Diary files of a patient: upload, the list, one file with its preview or result, undo."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from apps.accounts.access import signed_in
from apps.accounts.permissions import Permission
from apps.core.day_lists import days_in_words
from apps.core.responses import form_page
from apps.core.writing import Refused
from apps.diary import services
from apps.diary.choices import BatchState
from apps.diary.forms.imports import ConfirmForm, OverlapForm, UploadForm
from apps.diary.import_choices import FileState, Overlap
from apps.diary.models import DiaryFile
from apps.diary.presenters import import_preview
from apps.diary.presenters import imports as words
from apps.diary.selectors import files as selectors
from apps.diary.views.upload_handler import IntoDatabase
from apps.medicines.selectors import acute_medicines
from apps.patients.access import may, patient_page, require
from apps.patients.models import Patient

PER_PAGE = 30
_GONE = "This patient has no such diary file."


# The file is taken apart while it arrives, before its CSRF token can be known: `_checked_upload` checks it then, and
# nothing stays of an upload without it.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@patient_page(Permission.VIEW_CHART)
@never_cache
def imports(request: HttpRequest, patient: Patient) -> HttpResponse:
    """The list of a patient's diary files, and the form for another one."""
    if request.method != "POST":
        return _list_page(request, patient, UploadForm())
    user = signed_in(request)
    require(user, Permission.EDIT_DIARY, patient)
    handler = IntoDatabase(request, patient, user)
    request.upload_handlers = [handler]
    try:
        answer: HttpResponse = _checked_upload(request, patient, handler)
    finally:
        handler.forget()
    return answer


@csrf_protect
def _checked_upload(request: HttpRequest, patient: Patient, handler: IntoDatabase) -> HttpResponse:
    form = UploadForm(request.POST, request.FILES)
    if handler.too_large:
        form.errors.clear()
        form.add_error("file", f"This file has more than {settings.DIARY_IMPORT_LARGEST_MB} MB. Export a shorter time.")
    if handler.stored is None or not handler.complete or not form.is_valid():
        return _list_page(request, patient, form)
    file = services.finish_upload(
        file=handler.stored, size=handler.size, sha256=handler.checksum, by=signed_in(request)
    )
    return redirect("diary:import_file", patient.pk, file.pk)


def _list_page(request: HttpRequest, patient: Patient, form: UploadForm) -> HttpResponse:
    page = Paginator(selectors.files_of(patient), PER_PAGE).get_page(request.GET.get("page"))
    now = timezone.now()
    context = {
        **_around(request, patient),
        "page": page,
        "position": f"Page {page.number} of {page.paginator.num_pages}",
        "files": [words.present(file, now=now) for file in page],
        "how_to_export": words.HOW_TO_EXPORT,
        "largest_mb": settings.DIARY_IMPORT_LARGEST_MB,
    }
    return form_page(request, "diary/imports.html", form, context)


@require_http_methods(["GET", "HEAD", "POST"])
@patient_page(Permission.VIEW_CHART)
@never_cache
def import_file(request: HttpRequest, patient: Patient, file_id: uuid.UUID) -> HttpResponse:
    """One file: how far it is, what would happen if it were taken, or what came of it. Sent: it is confirmed."""
    file = _file(patient, file_id)
    if request.method == "POST":
        require(signed_in(request), Permission.EDIT_DIARY, patient)
    if file.state == FileState.READ:
        return _check(request, patient, file)
    if request.method == "POST":
        # Confirmed already, perhaps by the same double click, or discarded: the page says which.
        return redirect("diary:import_file", patient.pk, file.pk)
    if file.state == FileState.COLUMNS and _may_edit(request, patient):
        return redirect("diary:import_columns", patient.pk, file.pk)
    context = _file_context(request, patient, file)
    if file.batch is not None:
        context["result"] = words.result(file.batch)
        context["can_undo"] = context["may_edit"] and file.batch.state == BatchState.IMPORTED
    return render(request, "diary/import_file.html", context)


@require_safe
@patient_page(Permission.VIEW_CHART, logged=False)
@never_cache
def import_state(request: HttpRequest, patient: Patient, file_id: uuid.UUID) -> HttpResponse:
    """The part of the page that says how far the file is; when a person has to go on, the whole page is asked for."""
    shown = words.present(_file(patient, file_id), now=timezone.now())
    if not shown.in_work and request.headers.get("HX-Request"):
        return HttpResponseClientRedirect(shown.url)
    return render(request, "diary/import_state.html", {"shown": shown})


def _check(request: HttpRequest, patient: Patient, file: DiaryFile) -> HttpResponse:
    reading = selectors.reading_of(file)
    if reading is None:
        raise Http404(_GONE)
    names = selectors.file_names(patient, reading)
    if names.unknown:
        if _may_edit(request, patient):
            return redirect("diary:import_names", patient.pk, file.pk)
        return render(request, "diary/import_file.html", _file_context(request, patient, file))
    sent = request.method == "POST"
    choice = OverlapForm(request.POST if sent else request.GET or None)
    overlap = Overlap(choice.cleaned_data["overlap"]) if choice.is_bound and choice.is_valid() else Overlap.KEEP
    form = ConfirmForm(request.POST if sent else None, initial={"overlap": overlap}, whose=str(patient))
    if sent and form.is_valid() and _confirmed(request, file, form):
        return redirect("diary:import_file", patient.pk, file.pk)
    found = selectors.preview_of(file, reading, names, overlap=overlap, today=timezone.localdate())
    medicines = {medicine.code: medicine.generic_name for medicine in acute_medicines()}
    context = _file_context(request, patient, file) | {
        "preview": import_preview.preview(found, names, medicines),
        "choice": OverlapForm(initial={"overlap": overlap}),
        "rule": overlap.label,
        "before": selectors.imported_before(file),
    }
    return form_page(request, "diary/import_preview.html", form, context)


def _confirmed(request: HttpRequest, file: DiaryFile, form: ConfirmForm) -> bool:
    try:
        services.confirm_file(file=file, overlap=Overlap(form.cleaned_data["overlap"]), by=signed_in(request))
    except Refused as refused:
        form.refuse(refused.errors)
        return False
    return True


@require_POST
@patient_page(Permission.EDIT_DIARY)
def import_discard(request: HttpRequest, patient: Patient, file_id: uuid.UUID) -> HttpResponse:
    """Throw an upload away."""
    file = _file(patient, file_id)
    try:
        services.discard_file(file=file, by=signed_in(request))
    except Refused as refused:
        messages.warning(request, str(refused))
        return redirect("diary:import_file", patient.pk, file.pk)
    messages.success(request, f"“{file.name}” was discarded. Nothing of it is in the diary.")
    return redirect("diary:imports", patient.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@patient_page(Permission.EDIT_DIARY)
@never_cache
def import_undo(request: HttpRequest, patient: Patient, file_id: uuid.UUID) -> HttpResponse:
    """Take a whole import back: asked first, with what would stay."""
    file = _file(patient, file_id)
    if file.batch is None:
        raise Http404("This file was not imported.")
    if request.method == "POST":
        try:
            undone = services.undo_import(batch=file.batch, by=signed_in(request))
        except Refused as refused:
            messages.warning(request, str(refused))
        else:
            messages.success(request, words.undone_sentence(undone))
        return redirect("diary:import_file", patient.pk, file.pk)
    if file.batch.state == BatchState.UNDONE:
        return redirect("diary:import_file", patient.pk, file.pk)
    context = _file_context(request, patient, file) | {
        "result": words.result(file.batch),
        "kept": days_in_words(selectors.days_that_stay(file.batch)),
    }
    return render(request, "diary/import_undo.html", context)


def _file(patient: Patient, file_id: uuid.UUID) -> DiaryFile:
    file = selectors.file_of(patient, file_id)
    if file is None:
        raise Http404(_GONE)
    return file


def _may_edit(request: HttpRequest, patient: Patient) -> bool:
    return may(signed_in(request), Permission.EDIT_DIARY, patient)


def _around(request: HttpRequest, patient: Patient) -> dict[str, Any]:
    return {
        "patient": patient,
        "chart_tab": "diary",
        "may_edit": _may_edit(request, patient),
    }


def _file_context(request: HttpRequest, patient: Patient, file: DiaryFile) -> dict[str, Any]:
    return _around(request, patient) | {"shown": words.present(file, now=timezone.now())}
