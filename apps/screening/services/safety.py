"""Closing a safety task. Opening one is the database's business, so that no write path can forget it."""

from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.core.writing import Refused, save_checked, writes
from apps.patients.access import require
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
