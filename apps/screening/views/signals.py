"""Overuse signals: of one patient, to be answered, and counted over the clinic."""

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import clinic_page, signed_in
from apps.accounts.permissions import Permission
from apps.core.forms import attempt
from apps.core.responses import form_page
from apps.core.writing import Refused
from apps.patients.access import may, patient_page
from apps.patients.models import Patient
from apps.screening.choices import SignalState
from apps.screening.forms.signals import ACTED, AnswerSignalForm
from apps.screening.models import OveruseSignal
from apps.screening.presenters.signals import NUMBERS, figure_rows, signal_words, silence_words, subject_name
from apps.screening.selectors.signals import (
    MONTHS,
    earlier_signals,
    monthly_figures,
    open_signals,
    running_silences,
    signal_of,
    silence_of,
    total_figures,
)
from apps.screening.services.signals import act_on_signal, lift_silence, silence_signal

LAST_FEW: Final = 30


@require_safe
@patient_page(Permission.VIEW_CHART)
def signals(request: HttpRequest, patient: Patient) -> HttpResponse:
    """What waits for an answer, what is silent, what was answered before."""
    context = {
        "patient": patient,
        "chart_tab": "screening",
        "waiting": [signal_words(each) for each in open_signals(patient)],
        "silences": [silence_words(each) for each in running_silences(patient, timezone.localdate())],
        "earlier": [signal_words(each) for each in earlier_signals(patient, LAST_FEW)],
        "can_record": may(signed_in(request), Permission.RECORD_SCREENING, patient),
        "numbers": NUMBERS,
    }
    return render(request, "screening/signals.html", context)


@patient_page(Permission.RECORD_SCREENING)
def answer(request: HttpRequest, patient: Patient, signal_id: UUID) -> HttpResponse:
    """Somebody acted on it, or it is silenced for a while."""
    signal = signal_of(patient, signal_id)
    if signal is None:
        raise Http404("There is no such signal in this chart.")
    if signal.state != SignalState.OPEN:
        messages.info(request, "This signal is not open any more. What was written stays.")
        return redirect("screening:signals", patient.pk)
    form = AnswerSignalForm(request.POST if request.method == "POST" else None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid() and attempt(form, lambda: _save(request, signal, form)):
        messages.success(request, f"{subject_name(signal.subject)}: the signal is answered.")
        return redirect("screening:signals", patient.pk)
    context = {"patient": patient, "chart_tab": "screening", "signal": signal_words(signal)}
    return form_page(request, "screening/signals_answer.html", form, context)


@require_POST
@patient_page(Permission.RECORD_SCREENING)
def lift(request: HttpRequest, patient: Patient, silence_id: UUID) -> HttpResponse:
    """End a silence."""
    silence = silence_of(patient, silence_id)
    if silence is None:
        raise Http404("There is no such silence in this chart.")
    try:
        lift_silence(silence=silence, by=signed_in(request))
        messages.success(request, f"{subject_name(silence.subject)}: the silence is lifted, from tonight on.")
    except Refused as refused:
        messages.info(request, str(refused))
    return redirect("screening:signals", patient.pk)


@require_safe
@clinic_page(Permission.VIEW_CHART)
def figures(request: HttpRequest) -> HttpResponse:
    """How many signals there were and what became of them: numbers of the whole clinic, without patients."""
    today = timezone.localdate()
    context = {
        "months": MONTHS,
        "totals": figure_rows(total_figures(today)),
        "rows": figure_rows(monthly_figures(today)),
        "numbers": NUMBERS,
    }
    return render(request, "screening/signals_figures.html", context)


def _save(request: HttpRequest, signal: OveruseSignal, form: AnswerSignalForm) -> object:
    given, by = form.cleaned_data, signed_in(request)
    if given["answer"] == ACTED:
        return act_on_signal(signal=signal, action=given["action"], by=by)
    return silence_signal(
        signal=signal, until=given["until"], reason=given["reason"], today=timezone.localdate(), by=by
    )
