"""Childhood adversity: consent first, then the questions, and the results; for those with the narrower right only."""

from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from apps.accounts.access import signed_in
from apps.accounts.permissions import Permission
from apps.clinical.instruments import instrument
from apps.core.forms import attempt
from apps.core.responses import form_page
from apps.patients.access import patient_page
from apps.patients.models import Patient
from apps.screening.choices import ConsentAnswer, Mode, SensitiveTopic
from apps.screening.forms.adversity import AdversityForm
from apps.screening.forms.consent import ConsentForm
from apps.screening.models import Administration
from apps.screening.presenters.adversity import adversity_sheets, consent_words
from apps.screening.presenters.words import wording_line
from apps.screening.selectors.adversity import consents_of, may_be_asked, sensitive_sheets_of
from apps.screening.services.consent import record_consent
from apps.screening.services.sheets import Filled, save_answers, save_result
from apps.screening.views.answering import wording_for

CODE: Final = "ace"


@patient_page(Permission.VIEW_SENSITIVE)
def adversity(request: HttpRequest, patient: Patient) -> HttpResponse:
    """Consent with its history, and the results; consent is recorded here."""
    consents = consents_of(patient)
    agreed = bool(consents) and consents[0].answer == ConsentAnswer.GIVEN
    today = timezone.localdate()
    form = ConsentForm(
        request.POST if request.method == "POST" else None, agreed=agreed, born=patient.date_of_birth, today=today
    )
    if request.method == "POST" and form.is_valid():
        given = form.answers
        saved = attempt(
            form,
            lambda: record_consent(
                patient=patient,
                topic=SensitiveTopic.ADVERSITY,
                answer=ConsentAnswer(given["answer"]),
                asked_on=given["asked_on"],
                note=given["note"],
                today=today,
                by=signed_in(request),
                **form.once,
            ),
        )
        if saved:
            messages.success(request, "The answer is recorded.")
            return redirect("screening:adversity", patient_id=patient.pk)
    context = {
        "patient": patient,
        "chart_tab": "screening",
        "consent": consent_words(consents[0]) if consents else None,
        "earlier": [consent_words(consent) for consent in consents[1:]],
        "agreed": agreed,
        "withdrawn": bool(consents) and consents[0].answer == ConsentAnswer.WITHDRAWN,
        "sheets": adversity_sheets(sensitive_sheets_of(patient)),
        "found": instrument(CODE),
    }
    return form_page(request, "screening/adversity.html", form, context)


@patient_page(Permission.VIEW_SENSITIVE)
def ask(request: HttpRequest, patient: Patient) -> HttpResponse:
    """The questions, only while the patient agrees to be asked."""
    if not may_be_asked(patient):
        messages.info(request, "Ask for consent first, and record the answer here.")
        return redirect("screening:adversity", patient_id=patient.pk)
    found = instrument(CODE)
    form = AdversityForm(
        request.POST if request.method == "POST" else None,
        found=found,
        patient=patient,
        today=timezone.localdate(),
        wording=wording_for(request, found, patient),
    )
    if request.method == "POST" and form.is_valid():
        saved = attempt(form, lambda: _save(form, signed_in(request)))
        if saved:
            messages.success(request, "The answers are saved. Only those with the right to read them see them.")
            return redirect("screening:adversity", patient_id=patient.pk)
    context = {
        "patient": patient,
        "chart_tab": "screening",
        "found": found,
        "wording_line": wording_line(form.wording) if form.wording else "",
    }
    return form_page(request, "screening/adversity_ask.html", form, context)


def _save(form: AdversityForm, by: Any) -> Administration:
    given: dict[str, Any] = {
        "patient": form.patient,
        "code": CODE,
        "today": form.today,
        "by": by,
        "form_token": form.token,
    }
    day = form.cleaned_data["answered_on"]
    if isinstance(form.only_result, int):
        return save_result(result=form.only_result, answered_on=day, **given)
    filled = Filled(
        form.given,
        day,
        Mode(form.cleaned_data["mode"]),
        language=form.cleaned_data.get("language", ""),
        wording=form.wording,
    )
    return save_answers(filled=filled, finished=True, **given)
