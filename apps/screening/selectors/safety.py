"""Reading safety tasks."""

from uuid import UUID

from django.db.models import QuerySet

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.patients.access import patients_of
from apps.patients.models import Patient
from apps.screening.choices import TaskState
from apps.screening.models import SafetyTask


def open_safety_tasks(patient: Patient) -> QuerySet[SafetyTask]:
    """The patient's tasks that wait for somebody, the most urgent first. One query."""
    return _with_people().filter(patient=patient, state=TaskState.OPEN)


def open_safety_tasks_for(user: User) -> QuerySet[SafetyTask]:
    """The open tasks of all patients whose chart a person may read, the most urgent first. One query.

    Nothing for roles that read no charts, also when they look after every patient's administration.
    """
    if not user.may(Permission.VIEW_CHART):
        return SafetyTask.objects.none()
    return _with_people().filter(state=TaskState.OPEN, patient__in=patients_of(user).order_by().values("pk"))


def safety_task(patient: Patient, task_id: UUID) -> SafetyTask | None:
    """One task of a patient, open or closed, with its people. One query."""
    return _with_people().filter(patient=patient, pk=task_id).first()


def _with_people() -> QuerySet[SafetyTask]:
    return SafetyTask.objects.select_related("patient", "owner", "opened_by", "closed_by", "sheet").order_by("due_at")
