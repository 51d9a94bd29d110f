"""Asking for a document about a patient."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from apps.accounts.access import signed_in
from apps.accounts.permissions import Permission
from apps.core.writing import Refused
from apps.patients.access import patient_page
from apps.patients.models import Patient
from apps.patients.selectors.visits import visit_of
from apps.summaries.services import make_visit_summary


@require_POST
@patient_page(Permission.REQUEST_DOCUMENT)
def visit_summary(request: HttpRequest, patient: Patient, visit_id: UUID) -> HttpResponse:
    """Freeze and draw the summary, then show it while it is being drawn."""
    visit = visit_of(patient, visit_id)
    if visit is None:
        raise Http404("There is no such visit in this chart.")
    try:
        document = make_visit_summary(visit=visit, by=signed_in(request))
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("patients:visit", patient_id=patient.pk, visit_id=visit.pk)
    return redirect("documents:detail", patient_id=patient.pk, document_id=document.pk)
