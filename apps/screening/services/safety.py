"""Giving a safety task to somebody, and closing it. Opening one is the database's business, so that no write path can forget it."""

from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.core.writing import Refused, save_checked, writes
from apps.patients.access import may, require
from apps.screening.choices import TaskState
from apps.screening.models import SafetyTask


@writes
def close_safety_task(*, task: SafetyTask, action: str, outcome: str, by: User) -> SafetyTask:
    """Close a task with what was done and what came of it.

    Raises Refused when one of the two is blank or somebody closed the task already, PermissionDenied without the right.
    """
    require(by, Permission.CLOSE_SAFETY_TASK, task.patient)
    blank = {
        "action": [] if action.strip() else ["Enter what was done."],
        "outcome": [] if outcome.strip() else ["Enter what came of it."],
    }
    if any(blank.values()):
        raise Refused({field: sentences for field, sentences in blank.items() if sentences})
    locked = SafetyTask.objects.select_for_update().get(pk=task.pk)
    if locked.state == TaskState.CLOSED:
        raise Refused(f"{locked.closed_by} closed this task already. What was written stays.")
    locked.state = TaskState.CLOSED
    locked.closed_by = by
    locked.closed_at = timezone.now()
    locked.action = action.strip()
    locked.outcome = outcome.strip()
    save_checked(locked)
    return locked


@writes
def assign_safety_task(*, task: SafetyTask, owner: User, by: User) -> SafetyTask:
    """Give an open task to somebody, also to oneself; who had it before stays in its history.

    Raises Refused when the person can't close it for this patient or the task is closed, PermissionDenied without
    the right.
    """
    require(by, Permission.CLOSE_SAFETY_TASK, task.patient)
    if not (owner.is_active and may(owner, Permission.CLOSE_SAFETY_TASK, task.patient)):
        raise Refused(
            {"owner": [f"{owner} can't close it. Choose a nurse, physician or psychologist of the care team."]}
        )
    locked = SafetyTask.objects.select_for_update().get(pk=task.pk)
    if locked.state == TaskState.CLOSED:
        raise Refused(f"{locked.closed_by} closed this task already.")
    if locked.owner_id == owner.pk:
        raise Refused({"owner": [f"{owner} has this task already."]})
    locked.owner = owner
    locked.assigned_by = by
    locked.assigned_at = timezone.now()
    save_checked(locked)
    return locked
