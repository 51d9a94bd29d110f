"""The treatment plan in versions. One is active; an active one always says what comes next if it fails."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.core.history import tracked
from apps.core.models import VersionedRecord
from apps.patients.models import Patient
from apps.treatment.choices import PlanState


@tracked()
class TreatmentPlan(VersionedRecord):
    """One version of a patient's plan. A draft is edited; an active plan is replaced by the next signed version."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="plans")
    number = models.PositiveSmallIntegerField("version of the plan", editable=False)
    state = models.CharField(max_length=12, choices=PlanState.choices, default=PlanState.DRAFT, editable=False)
    diagnosis = models.TextField("diagnosis and where we stand", max_length=2000, blank=True)
    goal = models.TextField(max_length=2000, blank=True, help_text="What should be different, by when, measured how")
    preventive = models.TextField("preventive treatment", max_length=4000, blank=True)
    acute = models.TextField("acute and rescue treatment, with limits", max_length=4000, blank=True)
    other_care = models.TextField("mood, sleep, neck, lifestyle", max_length=4000, blank=True)
    next_step = models.TextField(
        "next plan if this one fails", max_length=2000, blank=True, help_text="Always another plan"
    )
    next_trigger = models.CharField(
        "when we go on to it",
        max_length=300,
        blank=True,
        help_text="For example: fewer than 30 % fewer migraine days after 12 weeks at dose",
    )
    review_on = models.DateField("review on", null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="who sees to it",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="owned_plans",
    )
    signed_at = models.DateTimeField(null=True, blank=True, editable=False)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta(VersionedRecord.Meta):
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "number"],
                name="treatment_plan_numbered",
                violation_error_message="This version of the plan exists already. Look again.",
            ),
            models.UniqueConstraint(
                fields=["patient"],
                condition=Q(state=PlanState.ACTIVE),
                name="treatment_one_active_plan",
                violation_error_message="A patient has one active plan. Signing a new one replaces the old one.",
            ),
            models.UniqueConstraint(
                fields=["patient"],
                condition=Q(state=PlanState.DRAFT),
                name="treatment_one_draft_plan",
                violation_error_message="There is a draft of the next plan already. Go on with that one.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=PlanState.values),
                name="treatment_plan_state_known",
                violation_error_message="A plan is a draft, active or replaced.",
            ),
            models.CheckConstraint(
                condition=Q(state=PlanState.DRAFT, signed_at__isnull=True, signed_by__isnull=True)
                | (~Q(state=PlanState.DRAFT) & Q(signed_at__isnull=False, signed_by__isnull=False)),
                name="treatment_plan_signature_paired",
                violation_error_message="An active plan, and no draft, carries who signed it and when.",
            ),
            models.CheckConstraint(
                condition=Q(state=PlanState.DRAFT)
                | (~Q(next_step__regex=r"^\s*$") & ~Q(next_trigger__regex=r"^\s*$") & Q(review_on__isnull=False)),
                name="treatment_active_plan_has_a_next_step",
                violation_error_message=(
                    "An active plan needs a next step: what comes next, what would trigger it, and a review date."
                ),
            ),
            models.CheckConstraint(
                condition=Q(state=PlanState.DRAFT) | Q(owner__isnull=False),
                name="treatment_active_plan_has_an_owner",
                violation_error_message="Say who sees to it that the plan is reviewed.",
            ),
        ]

    def __str__(self) -> str:
        return f"Plan version {self.number}"
