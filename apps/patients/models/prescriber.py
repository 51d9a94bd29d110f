"""One designated prescriber per patient; cover while that person is away; handover from one to the next.

The database holds the rule (see migration `prescriber_rule`): the tables here describe it and give each refusal its
sentence. `effective_prescriber(patient, instant)` in the database is the only place that says who may change
medicines.
"""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from apps.core.history import tracked
from apps.core.models import Record
from apps.patients.choices import DesignationKind, HandoverState
from apps.patients.models.patient import Patient


@tracked()
class PrescriberDesignation(Record):
    """Who prescribes for a patient, in which half-open period [from, until). Is ended, never deleted or rewritten."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="designations")
    prescriber = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="designations")
    kind = models.CharField(max_length=12, choices=DesignationKind.choices, default=DesignationKind.DESIGNATED)
    period = DateTimeRangeField("in force")
    reason = models.CharField(max_length=400)

    class Meta(Record.Meta):
        ordering = ["-period"]
        indexes = [models.Index(fields=["prescriber", "patient"], name="patients_designation_by_person")]
        constraints = [
            ExclusionConstraint(
                name="patients_one_prescriber_at_a_time",
                expressions=[
                    ("patient", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                violation_error_message=(
                    "This patient already has a prescriber in that time. "
                    "A patient has one designated prescriber, and at most one cover, at any moment."
                ),
            ),
            models.CheckConstraint(
                condition=Q(period__isempty=False) & Q(period__lower_inf=False),
                name="patients_designation_has_a_beginning",
                violation_error_message="A designation needs a beginning, and must end after it begins.",
            ),
            models.CheckConstraint(
                condition=Q(kind=DesignationKind.DESIGNATED) | Q(period__upper_inf=False),
                name="patients_cover_has_an_end",
                violation_error_message="Cover needs an end: enter until when it lasts.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=DesignationKind.values),
                name="patients_designation_kind_known",
                violation_error_message="A designation names the designated prescriber or a cover.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="patients_designation_reason_given",
                violation_error_message="Enter the reason.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.prescriber}"


@tracked()
class PrescriberHandover(Record):
    """An offer to take over a patient's prescribing, with a written brief; in force once the new prescriber accepts."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="handovers")
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    offered_to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="handover_offers")
    brief = models.TextField(max_length=8000, help_text="What was tried, what is open, why now")
    effective_at = models.DateTimeField(help_text="From when the new prescriber is responsible, once accepted")
    state = models.CharField(max_length=12, choices=HandoverState.choices, default=HandoverState.OFFERED)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    answer_note = models.CharField(max_length=400, blank=True)
    designation = models.OneToOneField(
        PrescriberDesignation, on_delete=models.PROTECT, null=True, blank=True, related_name="handover"
    )

    class Meta(Record.Meta):
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["patient"],
                condition=Q(state=HandoverState.OFFERED),
                name="patients_one_open_handover",
                violation_error_message="A handover of this patient is already offered and not answered yet.",
            ),
            models.CheckConstraint(
                condition=Q(state=HandoverState.OFFERED, answered_at__isnull=True)
                | (~Q(state=HandoverState.OFFERED) & Q(answered_at__isnull=False)),
                name="patients_handover_answer_paired",
                violation_error_message="An answered handover carries the time of the answer.",
            ),
            models.CheckConstraint(
                condition=Q(state=HandoverState.ACCEPTED, designation__isnull=False)
                | (~Q(state=HandoverState.ACCEPTED) & Q(designation__isnull=True)),
                name="patients_handover_accepted_is_in_force",
                violation_error_message="An accepted handover, and only that, names the new designation.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=HandoverState.values),
                name="patients_handover_state_known",
                violation_error_message="A handover is offered, accepted, refused or withdrawn.",
            ),
            models.CheckConstraint(
                condition=~Q(brief=""),
                name="patients_handover_has_a_brief",
                violation_error_message="Write the brief: what was tried, what is open, why now.",
            ),
            models.CheckConstraint(
                condition=~Q(offered_to=models.F("offered_by")),
                name="patients_handover_to_somebody_else",
                violation_error_message="A handover goes to somebody else.",
            ),
        ]

    def __str__(self) -> str:
        return f"Handover of {self.patient} to {self.offered_to}"
