"""The pages of a safety task: read by everybody who reads the chart, given to somebody and closed by those who may."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from apps.accounts.access import signed_in
from apps.accounts.permissions import Permission
from apps.core.forms import attempt
from apps.core.responses import form_page
from apps.patients.access import may, patient_page
from apps.patients.models import Patient
from apps.screening.choices import TaskState
from apps.screening.forms import AssignTaskForm, CloseTaskForm
from apps.screening.models import SafetyTask
from apps.screening.presenters.safety import safety_words
from apps.screening.selectors.safety import handings_of, possible_owners, safety_task
from apps.screening.services.safety import assign_safety_task, close_safety_task


@patient_page(Permission.VIEW_CHART)
def task(request: HttpRequest, patient: Patient, task_id: UUID) -> HttpResponse:
    """What happened, who sees to it, what was done; closed here."""
    found = _task(patient, task_id)
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
        "handings": handings_of(found),
        "is_open": is_open,
        "may_close": may_close and is_open,
    }
    return form_page(request, "screening/safety_task.html", form, context)


@patient_page(Permission.CLOSE_SAFETY_TASK)
def assign(request: HttpRequest, patient: Patient, task_id: UUID) -> HttpResponse:
    """Give the task to somebody else, or take it."""
    found = _task(patient, task_id)
    if found.state == TaskState.CLOSED:
        messages.info(request, f"{found.closed_by} closed this task already.")
        return redirect("screening:safety_task", patient_id=patient.pk, task_id=found.pk)
    others = [person for person in possible_owners(patient) if person.pk != found.owner_id]
    form = AssignTaskForm(request.POST if request.method == "POST" else None, people=others)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: assign_safety_task(task=found, owner=form.chosen, by=signed_in(request)))
    ):
        messages.success(request, f"{form.chosen} sees to it now. Tell them.")
        return redirect("screening:safety_task", patient_id=patient.pk, task_id=found.pk)
    context = {"patient": patient, "chart_tab": "screening", "task": found, "others": others}
    return form_page(request, "screening/assign.html", form, context)


@require_safe
@patient_page(Permission.VIEW_CHART)
def for_patient(request: HttpRequest, patient: Patient, task_id: UUID) -> HttpResponse:
    """The clinic's crisis text for the patient's own eyes, without the chart around it."""
    found = _task(patient, task_id)
    return render(
        request, "screening/for_patient.html", {"text": settings.PATIENT_CRISIS_TEXT, "patient": patient, "task": found}
    )


def _task(patient: Patient, task_id: UUID) -> SafetyTask:
    found = safety_task(patient, task_id)
    if found is None:
        raise Http404("There is no such safety task in this chart.")
    return found
