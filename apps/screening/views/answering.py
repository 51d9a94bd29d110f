"""Asking an instrument, going on with an unfinished sheet, correcting a finished one."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from apps.accounts.permissions import Permission
from apps.clinical.instruments import Instrument
from apps.core.forms import attempt
from apps.core.responses import form_page
from apps.core.writing import StaleSave
from apps.patients.access import patient_page
from apps.patients.models import Patient
from apps.screening.choices import Mode, SheetState
from apps.screening.forms import AnswerForm, NosasForm
from apps.screening.models import Administration, InstrumentWording
from apps.screening.offered import offered
from apps.screening.presenters.words import licence_line, recorded_now, wording_line
from apps.screening.selectors.licences import live_wordings, wording_shown
from apps.screening.selectors.safety import open_safety_tasks
from apps.screening.selectors.sheets import sheet_of, unfinished_sheet
from apps.screening.services.sheets import Filled, correct_answers, correct_result, save_answers, save_result

# Instruments that need more than their own items on the form.
FORMS: dict[str, type[AnswerForm]] = {"nosas": NosasForm}


@patient_page(Permission.RECORD_SCREENING)
def answer(request: HttpRequest, patient: Patient, instrument_code: str) -> HttpResponse:
    """Ask now: a new sheet, or the one somebody began and did not finish."""
    found = _instrument(instrument_code)
    begun = unfinished_sheet(patient, found.code)
    form = _form(request, found, patient, sheet=begun)
    if begun is None and request.POST.get("version"):
        form.refuse({"": ["Somebody finished this sheet meanwhile. Look at theirs before you save yours beside it."]})
    elif request.method == "POST" and form.is_valid():
        saved = attempt(form, lambda: _save(form, begun, request.user))
        if saved:
            return _after(request, patient, saved.result)
    context = {**_shown(patient, found, form), "begun": begun}
    return form_page(request, "screening/answer.html", form, context)


@patient_page(Permission.RECORD_SCREENING)
def correct(request: HttpRequest, patient: Patient, sheet_id: UUID) -> HttpResponse:
    """Replace a finished sheet by a corrected one."""
    sheet = sheet_of(patient, sheet_id)
    if sheet is None or sheet.state != SheetState.COMPLETE:
        raise Http404("There is no such finished answer sheet in this chart.")
    newer = getattr(sheet, "superseded_by", None)
    if newer and request.method == "GET":
        messages.info(request, "This sheet was corrected already. Here is the correction.")
        return redirect("screening:sheet", patient_id=patient.pk, sheet_id=newer.pk)
    found = _instrument(sheet.instrument)
    form = _form(request, found, patient, sheet=sheet, correcting=True)
    if request.method == "POST" and form.is_valid():
        saved = attempt(form, lambda: _save_correction(form, sheet, request.user))
        if saved:
            return _after(request, patient, saved.result)
    context = {**_shown(patient, found, form), "corrects": sheet}
    return form_page(request, "screening/answer.html", form, context)


def _form(
    request: HttpRequest, found: Instrument, patient: Patient, *, sheet: Administration | None, **more: Any
) -> AnswerForm:
    kind = FORMS.get(found.code, AnswerForm)
    more |= {"sheet": sheet, "wording": wording_for(request, found, patient, sheet)}
    return kind(
        request.POST if request.method == "POST" else None,
        found=found,
        patient=patient,
        today=timezone.localdate(),
        finishing="later" not in request.POST,
        **more,
    )


def wording_for(
    request: HttpRequest, found: Instrument, patient: Patient, sheet: Administration | None = None
) -> InstrumentWording | None:
    """The clinic's own copy of the questions: the one the page has shown, else in the language that fits best."""
    if found.shows_items:
        return None
    if request.method == "POST":
        return wording_shown(found.code, request.POST.get("wording", ""))
    live = live_wordings(found.code)
    wanted = [request.GET.get("language", ""), sheet.language if sheet else "", patient.language, "en", *live]
    return next((live[language] for language in wanted if language in live), None)


def _shown(patient: Patient, found: Instrument, form: AnswerForm) -> dict[str, Any]:
    return {
        "patient": patient,
        "chart_tab": "screening",
        "found": found,
        "licence": licence_line(found),
        "wording": form.wording,
        "wording_line": wording_line(form.wording) if form.wording else "",
        "languages": _other_languages(found, form.wording),
        "numbers_only": not found.shows_items and form.wording is None,
        "age": patient.age_on(timezone.localdate()) if isinstance(form, NosasForm) else None,
        "sex": patient.get_sex_display() if isinstance(form, NosasForm) and form.from_chart else "",
    }


def _other_languages(found: Instrument, shown: InstrumentWording | None) -> list[tuple[str, str]]:
    """The other languages in which the clinic may show the questions: code and name."""
    if shown is None:
        return []
    others = [wording.licence for wording in live_wordings(found.code).values() if wording.licence != shown.licence]
    return [(licence.language, licence.get_language_display()) for licence in others]


def _save(form: AnswerForm, begun: Administration | None, by: Any) -> Administration:
    answered_on, today = form.cleaned_data["answered_on"], timezone.localdate()
    once: dict[str, Any] = {"form_token": form.token}
    if form.only_result is not None:
        return save_result(
            patient=form.patient,
            code=form.found.code,
            result=form.only_result,
            answered_on=answered_on,
            today=today,
            by=by,
            **once,
        )
    return _comparing(
        lambda: save_answers(
            patient=form.patient,
            code=form.found.code,
            filled=_filled(form),
            finished=form.finishing,
            today=today,
            by=by,
            sheet=begun,
            expected_version=None if begun is None else form.expected_version,
            **once,
        )
    )


def _save_correction(form: AnswerForm, sheet: Administration, by: Any) -> Administration:
    given: dict[str, Any] = {
        "sheet": sheet,
        "reason": form.cleaned_data["reason"],
        "today": timezone.localdate(),
        "by": by,
        "form_token": form.token,
    }
    if form.only_result is not None:
        return correct_result(result=form.only_result, answered_on=form.cleaned_data["answered_on"], **given)
    return correct_answers(filled=_filled(form, sheet), **given)


def _filled(form: AnswerForm, corrects: Administration | None = None) -> Filled:
    cleaned = form.cleaned_data
    from_tablet = corrects is not None and cleaned["mode"] == Mode.TABLET
    return Filled(
        answers=form.given,
        answered_on=cleaned["answered_on"],
        mode=Mode(cleaned["mode"]),
        language=cleaned.get("language", ""),
        wording=form.wording,
        helper=cleaned["helper"],
        tablet=corrects.tablet if corrects and from_tablet else None,
    )


def _comparing(write: Callable[[], Administration]) -> Administration:
    """A stale save is shown answer by answer, so the sheet as it is now is taken apart first."""
    try:
        return write()
    except StaleSave as stale:
        raise StaleSave(recorded_now(stale.current)) from stale  # type: ignore[arg-type]


def _after(request: HttpRequest, patient: Patient, sheet: Administration | None) -> HttpResponse:
    """A finished sheet is shown with its score. So is an unfinished one that opened a safety task: the notice first."""
    if sheet is None:
        messages.info(request, "This was saved already.")
        return redirect("screening:overview", patient_id=patient.pk)
    if sheet.state == SheetState.COMPLETE:
        messages.success(request, "The answers are saved.")
    else:
        messages.success(request, "The answers so far are saved. Go on when it suits.")
        if not open_safety_tasks(patient).filter(sheet=sheet).exists():
            return redirect("screening:overview", patient_id=patient.pk)
    return redirect("screening:sheet", patient_id=patient.pk, sheet_id=sheet.pk)


def _instrument(code: str) -> Instrument:
    try:
        return offered(code)
    except KeyError:
        raise Http404("There is no such instrument.") from None
