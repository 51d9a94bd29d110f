"""Where the patient stands: the status that counts, those before, and the next one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from apps.accounts.access import signed_in
from apps.accounts.permissions import Permission
from apps.core.forms import attempt
from apps.core.responses import form_page
from apps.patients.access import may, patient_page
from apps.patients.models import Patient
from apps.screening.presenters.causes import open_lines
from apps.screening.selectors.causes import latest_lists, latest_reviews
from apps.treatment.choices import RefractoryStanding, RefractoryState
from apps.treatment.forms.status import StatusForm
from apps.treatment.selectors.status import newest_status, statuses_of
from apps.treatment.services.status import record_status
from apps.treatment.status_words import reopened, status_words


@patient_page(Permission.VIEW_CHART)
def status(request: HttpRequest, patient: Patient) -> HttpResponse:
    """Everybody who reads the chart reads it; who signs plans gives the next status here."""
    may_give = may(signed_in(request), Permission.SIGN_PLAN, patient)
    if request.method == "POST" and not may_give:
        raise PermissionDenied("Your role does not give a status.")
    today = timezone.localdate()
    lines = open_lines(patient, latest_reviews(patient), latest_lists(patient))
    form = StatusForm(
        request.POST if request.method == "POST" else None,
        may_confirm=not lines,
        born=patient.date_of_birth,
        today=today,
    )
    if request.method == "POST" and form.is_valid():
        given = form.answers
        saved = attempt(
            form,
            lambda: record_status(
                patient=patient,
                state=RefractoryState(given["state"]),
                standing=RefractoryStanding(given["standing"]),
                decided_on=given["decided_on"],
                reasons=given["reasons"],
                today=today,
                by=signed_in(request),
                **form.once,
            ),
        )
        if saved:
            messages.success(request, "The status is recorded.")
            return redirect("treatment:status", patient_id=patient.pk)
    newest = newest_status(patient)
    context = {
        "patient": patient,
        "chart_tab": "plan",
        "may_give": may_give,
        "open": lines,
        "status": status_words(newest) if newest else None,
        "reopened": reopened(newest) if newest else "",
        "earlier": [status_words(each) for each in statuses_of(patient)[1:]] if newest else [],
    }
    return form_page(request, "treatment/status.html", form, context)
