"""The safety task: somebody must speak with the patient, and say what was done and what came of it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from apps.core.history import tracked
from apps.core.models import Record
from apps.patients.models import Patient
from apps.screening.choices import TaskState
from apps.screening.models.administration import Administration

BLANK = r"^\s*$"


@tracked()
class SafetyTask(Record):
    """Opened by the database when a PHQ-9 sheet has item 9 answered with 1 or more, one for each sheet.

    It is closed by a person who says what was done and what came of it, and stays for ever.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="safety_tasks")
    sheet = models.OneToOneField(Administration, on_delete=models.PROTECT, related_name="safety_task")
    item_value = models.PositiveSmallIntegerField("answer to item 9", editable=False)
    opened_at = models.DateTimeField(db_default=Now(), editable=False)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="who entered the answer",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="who sees to it",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="safety_tasks",
    )
    due_at = models.DateTimeField("to be done by")
    state = models.CharField(max_length=8, choices=TaskState.choices, default=TaskState.OPEN, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    action = models.TextField("what was done", max_length=4000, blank=True)
    outcome = models.TextField("what came of it", max_length=4000, blank=True)

    class Meta(Record.Meta):
        ordering = ["due_at"]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state=TaskState.OPEN), name="screening_safety_task_open"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(item_value__gte=1, item_value__lte=3),
                name="screening_safety_task_answer_is_an_alert",
                violation_error_message="A safety task belongs to an answer of 1, 2 or 3.",
            ),
            models.CheckConstraint(
                condition=Q(due_at__gt=F("opened_at")),
                name="screening_safety_task_due_later",
                violation_error_message="A safety task is due after it is opened.",
            ),
            models.CheckConstraint(
                condition=Q(state=TaskState.OPEN, closed_at__isnull=True, closed_by__isnull=True, action="", outcome="")
                | (
                    Q(state=TaskState.CLOSED, closed_at__isnull=False, closed_by__isnull=False)
                    & ~Q(action__regex=BLANK)
                    & ~Q(outcome__regex=BLANK)
                ),
                name="screening_safety_task_closed_with_outcome",
                violation_error_message=(
                    "A safety task is closed with who, when, what was done and what came of it, or it stays open."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"Safety task of {self.opened_at:%d %b %Y}"
