"""The page of a safety task: read by everybody who reads the chart, closed by those who may."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from apps.accounts.permissions import Permission
from apps.core.forms import attempt
from apps.core.responses import form_page
from apps.patients.access import may, patient_page
from apps.patients.models import Patient
from apps.screening.choices import TaskState
from apps.screening.forms import CloseTaskForm
from apps.screening.presenters import safety_words
from apps.screening.selectors.safety import safety_task
from apps.screening.services.safety import close_safety_task


@patient_page(Permission.VIEW_CHART)
def task(request: HttpRequest, patient: Patient, task_id: UUID) -> HttpResponse:
    found = safety_task(patient, task_id)
    if found is None:
        raise Http404("There is no such safety task in this chart.")
    may_close = may(request.user, Permission.CLOSE_SAFETY_TASK, patient)  # type: ignore[arg-type]
    if request.method == "POST" and not may_close:
        raise PermissionDenied("Your role does not close safety tasks.")
    is_open = found.state == TaskState.OPEN
    if request.method == "POST" and not is_open:
        messages.info(request, f"{found.closed_by} closed this task already. What was written stays.")
        return redirect("screening:safety_task", patient_id=patient.pk, task_id=found.pk)
    form = CloseTaskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        closed = attempt(form, lambda: close_safety_task(task=found, by=request.user, **form.answers))  # type: ignore[arg-type]
        if closed:
            messages.success(request, "The safety task is closed.")
            return redirect("screening:safety_task", patient_id=patient.pk, task_id=found.pk)
    context = {
        "patient": patient,
        "chart_tab": "screening",
        "task": found,
        "words": safety_words(found),
        "is_open": is_open,
        "may_close": may_close and is_open,
    }
    return form_page(request, "screening/safety_task.html", form, context)
