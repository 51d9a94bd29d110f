"""The two lists that are answered as a whole: red flags, and the pseudo-refractory check."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from apps.accounts.access import signed_in
from apps.accounts.permissions import Permission
from apps.core.forms import attempt
from apps.core.responses import form_page
from apps.diary.selectors import counts_for
from apps.patients.access import patient_page
from apps.patients.models import Patient
from apps.patients.selectors.visits import open_visit_of
from apps.screening.choices import Checklist
from apps.screening.forms.checklists import ChecklistForm
from apps.screening.forms.pseudo import PseudoForm
from apps.screening.forms.red_flags import RedFlagsForm
from apps.screening.models import ChecklistReview
from apps.screening.presenters.pseudo import known_about
from apps.screening.selectors import latest_scores
from apps.screening.selectors.causes import latest_list
from apps.screening.selectors.sleep import last_screen
from apps.screening.services.checklists import Answered, answer_pseudo_refractory, answer_red_flags


@patient_page(Permission.RECORD_SCREENING)
def red_flags(request: HttpRequest, patient: Patient) -> HttpResponse:
    """The fifteen red flags; a list with open questions is gone on with."""
    today = timezone.localdate()
    begun = _begun(patient, Checklist.RED_FLAGS)
    form = RedFlagsForm(
        request.POST if request.method == "POST" else None,
        patient_born=patient.date_of_birth,
        today=today,
        begun=begun,
    )
    if request.method == "POST" and form.is_valid():
        saved = attempt(
            form,
            lambda: answer_red_flags(
                patient=patient,
                answered=_answered(form),
                same_day=form.same_day,
                today=today,
                by=signed_in(request),
                **form.once,
            ),
        )
        if saved:
            return _after(request, patient, saved.result, "The red flags are saved.")
    return form_page(request, "screening/red_flags.html", form, _context(patient, begun))


@patient_page(Permission.RECORD_SCREENING)
def pseudo(request: HttpRequest, patient: Patient) -> HttpResponse:
    """What makes migraine look refractory, with what the chart knows beside each question."""
    today = timezone.localdate()
    begun = _begun(patient, Checklist.PSEUDO_REFRACTORY)
    form = PseudoForm(
        request.POST if request.method == "POST" else None,
        patient_born=patient.date_of_birth,
        today=today,
        begun=begun,
        known=known_about(counts_for(patient, today).overuse, latest_scores(patient), last_screen(patient)),
    )
    if request.method == "POST" and form.is_valid():
        saved = attempt(
            form,
            lambda: answer_pseudo_refractory(
                patient=patient, answered=_answered(form), today=today, by=signed_in(request), **form.once
            ),
        )
        if saved:
            return _after(request, patient, saved.result, "The check is saved.")
    return form_page(request, "screening/pseudo.html", form, _context(patient, begun))


def _begun(patient: Patient, checklist: Checklist) -> ChecklistReview | None:
    """The newest answers when questions of them are open: these go on; whole ones are asked anew."""
    newest = latest_list(patient, checklist)
    return newest if newest and not newest.whole else None


def _answered(form: ChecklistForm) -> Answered:
    return Answered(form.given, form.notes, form.cleaned_data["answered_on"])


def _after(request: HttpRequest, patient: Patient, saved: ChecklistReview | None, said: str) -> HttpResponse:
    """Back to the page of other causes; to the open visit of whoever answers the red flags to sign it."""
    rest = "" if saved is None or saved.whole else " Some questions are still open."
    messages.success(request, said + rest)
    visit = open_visit_of(patient, signed_in(request))
    if visit and saved and saved.checklist == Checklist.RED_FLAGS:
        return redirect("patients:visit", patient_id=patient.pk, visit_id=visit.pk)
    return redirect("screening:causes", patient_id=patient.pk)


def _context(patient: Patient, begun: ChecklistReview | None) -> dict[str, object]:
    return {"patient": patient, "chart_tab": "screening", "begun": begun}
