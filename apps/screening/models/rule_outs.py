"""Other causes ruled out: the lists that are answered as a whole, and the work-up of each secondary cause."""

from django.db import models
from django.db.models import Q

from apps.clinical.secondary_causes import CAUSES
from apps.core.history import tracked
from apps.core.models import Record
from apps.patients.models import Patient, Visit
from apps.screening.choices import CauseState, Checklist
from apps.screening.models._rules import filled, stays

CAUSE_NAMES = [(cause.code, cause.name) for cause in CAUSES]


@tracked()
class ChecklistReview(Record):
    """One list as it was answered on one day; the newest one of a kind counts.

    answers: by the code of each question, "yes" or "no"; a question that was not asked is not in it. same_day: codes of
    red flags whose circumstance makes them a matter of the same day. notes: in words, by the code of the question.
    whole: whether every question was asked.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="checklist_reviews")
    visit = models.ForeignKey(
        Visit, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="checklist_reviews"
    )
    checklist = models.CharField(max_length=12, choices=Checklist.choices, editable=False)
    answered_on = models.DateField()
    answers = models.JSONField(default=dict)
    same_day = models.JSONField(default=list, blank=True)
    notes = models.JSONField(default=dict, blank=True)
    whole = models.BooleanField(editable=False)
    answer = models.CharField("what the rule found", max_length=12, editable=False)
    headline = models.CharField(max_length=300, editable=False)
    rule_version = models.CharField(max_length=12, editable=False)

    class Meta(Record.Meta):
        verbose_name = "answered checklist"
        ordering = ["-answered_on", "-created_at"]
        triggers = [stays("screening_checklist_stays", "An answered list stays as it was. Answer it again.")]
        indexes = [models.Index(fields=["patient", "checklist", "-answered_on"], name="screening_checklist_course")]
        constraints = [
            models.CheckConstraint(
                condition=Q(checklist__in=Checklist.values) & ~Q(answers={}) & ~Q(rule_version=""),
                name="screening_checklist_answered",
                violation_error_message="Answer at least one question of the list.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_checklist_display()}, {self.answered_on:%d %b %Y}"


@tracked()
class CauseReview(Record):
    """Where the work-up of one cause stood when somebody looked at it; the newest one of a cause counts."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="cause_reviews")
    cause = models.CharField(max_length=20, choices=CAUSE_NAMES)
    state = models.CharField("where it stands", max_length=12, choices=CauseState.choices)
    reviewed_on = models.DateField()
    asked_for = models.CharField("test asked for", max_length=300, blank=True)
    due_on = models.DateField("expected by", null=True, blank=True)
    result = models.TextField(max_length=2000, blank=True)
    explains = models.BooleanField("it explains the headache", null=True, blank=True)
    reason = models.CharField("why it is not needed", max_length=600, blank=True)

    class Meta(Record.Meta):
        verbose_name = "work-up of a cause"
        ordering = ["-reviewed_on", "-created_at"]
        triggers = [stays("screening_cause_review_stays", "What was reviewed stays. Review it again.")]
        indexes = [models.Index(fields=["patient", "cause", "-created_at"], name="screening_cause_course")]
        constraints = [
            models.CheckConstraint(
                condition=Q(cause__in=[code for code, _ in CAUSE_NAMES], state__in=CauseState.values),
                name="screening_cause_known",
                violation_error_message="Select where the work-up of this cause stands.",
            ),
            models.CheckConstraint(
                condition=Q(state=CauseState.TO_DO)
                | (Q(state=CauseState.ORDERED, due_on__isnull=False) & filled(asked_for=True))
                | (Q(state=CauseState.RESULT, explains__isnull=False) & filled(result=True))
                | (Q(state=CauseState.NOT_NEEDED) & filled(reason=True)),
                name="screening_cause_state_whole",
                violation_error_message=(
                    "An ordered test has its name and a date, a result its words and whether it explains the headache, "
                    "and what is not needed a reason."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_cause_display()}: {self.get_state_display().lower()}"
