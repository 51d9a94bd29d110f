"""What a safety task says: on its page, beside its sheet, on every page of the chart."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.core.dates import short_time
from apps.patients.chart_notices import ChartNotice
from apps.patients.models import Patient
from apps.screening.models import SafetyTask
from apps.screening.selectors.safety import escalated_since, open_safety_tasks


@dataclass(frozen=True)
class SafetyWords:
    """A safety task in words. `late`: "", "Overdue", or "Escalated" when nobody acted in the escalation time either."""

    title: str
    text: str
    crisis: str
    owner: str
    opened: str
    due: str
    late: str
    url: str
    for_patient_url: str


def safety_words(task: SafetyTask) -> SafetyWords:
    """What the notice of a safety task says."""
    address = {"patient_id": task.patient_id, "task_id": task.pk}
    return SafetyWords(
        title=f"{task.answer_words}: speak with the patient now",
        text="A safety task is open. It is closed by saying what was done and what came of it.",
        crisis=settings.CRISIS_TEXT,
        owner=str(task.owner) if task.owner else "Nobody yet",
        opened=f"{short_time(task.opened_at)}" + (f" by {task.opened_by}" if task.opened_by else ""),
        due=short_time(task.due_at),
        late=lateness(task),
        url=reverse("screening:safety_task", kwargs=address),
        for_patient_url=reverse("screening:for_patient", kwargs=address),
    )


def lateness(task: SafetyTask) -> str:
    """How late an open task is, as a word: "", "Overdue", "Escalated"."""
    if task.closed_at or task.due_at >= timezone.now():
        return ""
    return "Escalated" if task.due_at < escalated_since() else "Overdue"


def safety_notices(patient: Patient, user: User) -> list[ChartNotice]:
    """The open safety tasks as notices on each page of the chart, for those who read the chart. At most one query."""
    if not user.may(Permission.VIEW_CHART):
        return []
    return [_notice(task) for task in open_safety_tasks(patient)]


def _notice(task: SafetyTask) -> ChartNotice:
    words = safety_words(task)
    late = " This time has passed." if words.late else ""
    return ChartNotice(
        title=words.title,
        text=f"Safety task, {words.owner} sees to it, due {words.due}.{late}",
        url=words.url,
        # Two tasks may stand beside each other: their links must not sound the same.
        action=f"Open the safety task, {task.get_reason_display()}, {short_time(task.opened_at)}",
        tone="danger",
    )
