"""The safety task: somebody must speak with the patient, and say what was done and what came of it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from apps.clinical.instruments.cssrs import HIGH, LOW, MODERATE
from apps.core.history import tracked
from apps.core.models import Record
from apps.patients.models import Patient
from apps.screening.choices import SafetyReason, TaskState
from apps.screening.models.administration import Administration

BLANK = r"^\s*$"
RISK = {1: LOW.label, 2: MODERATE.label, 3: HIGH.label}


@tracked()
class SafetyTask(Record):
    """Opened by the database when a sheet has an answer that needs a person now; at most one open for each sheet.

    `reason` says which answer: item 9 of the PHQ-9, or a yes in the C-SSRS screener. `severity` is 1 to 3: the
    answer to item 9, or low, moderate and high risk. While it is open a graver answer on the same sheet raises it;
    a graver answer after it was closed opens another. It is closed by a person who says what was done and what came
    of it, and stays for ever. `assigned_by` is empty while the owner is the one whom the database named.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="safety_tasks")
    sheet = models.ForeignKey(Administration, on_delete=models.PROTECT, related_name="safety_tasks")
    reason = models.CharField(
        "what opened it", max_length=16, choices=SafetyReason.choices, default=SafetyReason.PHQ9_ITEM9, editable=False
    )
    severity = models.PositiveSmallIntegerField("how grave the answer is", editable=False)
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
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="who gave it to them",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    assigned_at = models.DateTimeField("given on", null=True, blank=True, editable=False)
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
            models.UniqueConstraint(
                fields=["sheet"],
                condition=Q(state=TaskState.OPEN),
                name="screening_one_open_safety_task",
                violation_error_message="A safety task is open for this sheet already.",
            ),
            models.CheckConstraint(
                condition=Q(reason__in=SafetyReason.values),
                name="screening_safety_task_reason_known",
                violation_error_message="A safety task says which answer opened it.",
            ),
            models.CheckConstraint(
                condition=Q(severity__gte=1, severity__lte=3),
                name="screening_safety_task_answer_is_an_alert",
                violation_error_message="A safety task belongs to an answer of 1, 2 or 3.",
            ),
            models.CheckConstraint(
                condition=Q(assigned_by__isnull=True, assigned_at__isnull=True)
                | Q(assigned_by__isnull=False, assigned_at__isnull=False, owner__isnull=False),
                name="screening_safety_task_assigned_whole",
                violation_error_message="A safety task is given to somebody, by somebody, at a time.",
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

    @property
    def answer_words(self) -> str:
        """The answer that opened the task, with its severity: "PHQ-9 item 9 answered 2", "C-SSRS, high risk"."""
        if self.reason == SafetyReason.CSSRS:
            return f"C-SSRS, {RISK[self.severity]} by the answers so far"
        return f"PHQ-9 item 9 answered {self.severity}"

    def __str__(self) -> str:
        return f"Safety task of {self.opened_at:%d %b %Y}"
