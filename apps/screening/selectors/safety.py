"""Reading safety tasks."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.patients.access import patients_of
from apps.patients.models import Patient
from apps.patients.selectors.prescribers import prescribing_of
from apps.patients.selectors.team import places_that_day
from apps.screening.choices import TaskState
from apps.screening.models import Administration, SafetyTask


@dataclass(frozen=True)
class Handing:
    """A safety task given to somebody. by: None when the database named them."""

    at: datetime
    owner: str
    by: str


def open_safety_tasks(patient: Patient) -> QuerySet[SafetyTask]:
    """The patient's tasks that wait for somebody, the most urgent first. One query."""
    return _with_people().filter(patient=patient, state=TaskState.OPEN)


def open_safety_tasks_for(user: User) -> QuerySet[SafetyTask]:
    """The open tasks of all patients whose chart a person may read, those overdue longest first. One query.

    Nothing for roles that read no charts, also when they look after every patient's administration.
    """
    if not user.may(Permission.VIEW_CHART):
        return SafetyTask.objects.none()
    return _with_people().filter(state=TaskState.OPEN, patient__in=patients_of(user).order_by().values("pk"))


def escalated_since() -> datetime:
    """Tasks that were due before this moment are escalated: nobody acted within the clinic's escalation time."""
    return timezone.now() - timedelta(minutes=settings.SAFETY_ESCALATION_MINUTES)


def escalated_tasks() -> int:
    """How many open tasks of the whole clinic are escalated; a number without patients. One query."""
    return SafetyTask.objects.filter(state=TaskState.OPEN, due_at__lt=escalated_since()).count()


def safety_task(patient: Patient, task_id: UUID) -> SafetyTask | None:
    """One task of a patient, open or closed, with its people. One query."""
    return _with_people().filter(patient=patient, pk=task_id).first()


def safety_tasks_of(sheet: Administration) -> list[SafetyTask]:
    """The tasks that a sheet opened, the latest first: the open one, if there is one. One query."""
    return list(_with_people().filter(sheet=sheet).order_by("-opened_at"))


def handings_of(task: SafetyTask) -> list[Handing]:
    """Everybody who had the task, in their order, from the history that the database keeps. One query."""
    events = SafetyTask.pgh_event_model.objects.filter(pgh_obj_id=task.pk)  # type: ignore[attr-defined]
    handings: list[Handing] = []
    for event in events.select_related("owner", "assigned_by").order_by("pgh_id"):
        at = event.assigned_at or event.opened_at
        if event.owner and (not handings or handings[-1].at != at):
            handings.append(Handing(at, str(event.owner), str(event.assigned_by or "")))
    return handings


def possible_owners(patient: Patient) -> list[User]:
    """Who may be given a task: those who treat the patient today and may close it, by name. Two queries."""
    members = [place.member for place in places_that_day(patient, timezone.localdate())]
    prescribing = prescribing_of(patient)
    prescribers = [each.prescriber for each in (prescribing.designated, prescribing.cover) if each]
    people = {person.pk: person for person in (*members, *prescribers)}.values()
    fit = [person for person in people if person.is_active and person.may(Permission.CLOSE_SAFETY_TASK)]
    return sorted(fit, key=str)


def _with_people() -> QuerySet[SafetyTask]:
    return SafetyTask.objects.select_related(
        "patient", "owner", "opened_by", "assigned_by", "closed_by", "sheet"
    ).order_by("due_at")
