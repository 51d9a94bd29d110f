"""Where a patient stands: neither, resistant or refractory. Dated, judged again at every change, never permanent."""

import pgtrigger
from django.db import models
from django.db.models import Q

from apps.core.history import tracked
from apps.core.models import Record
from apps.patients.models import Patient
from apps.treatment.choices import RefractoryStanding, RefractoryState

_STAYS = pgtrigger.Trigger(
    name="stays",
    operation=pgtrigger.Update | pgtrigger.Delete,
    when=pgtrigger.Before,
    func="""
        RAISE EXCEPTION 'A status stays as it was given. Give the next one.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'treatment_status_stays';
    """,
)

_CONFIRMED_WITH_RULE_OUTS = pgtrigger.Trigger(
    name="confirmed_with_rule_outs",
    operation=pgtrigger.Insert,
    when=pgtrigger.Before,
    condition=pgtrigger.Q(new__standing=RefractoryStanding.CONFIRMED.value)
    & ~pgtrigger.Q(new__state=RefractoryState.NEITHER.value),
    func="""
        IF screening_open_rule_outs(NEW.patient_id) > 0 THEN
            RAISE EXCEPTION
                'This can''t be confirmed yet: other causes are still open. It can be given as provisional.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'treatment_status_needs_rule_outs';
        END IF;
        RETURN NEW;
    """,
)


@tracked()
class RefractoryStatus(Record):
    """One judgement of a clinician. The newest one counts; confirming needs every other cause looked at."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="refractory_statuses")
    state = models.CharField("status", max_length=12, choices=RefractoryState.choices)
    standing = models.CharField("how sure", max_length=12, choices=RefractoryStanding.choices)
    decided_on = models.DateField("decided on")
    reasons = models.TextField("on what grounds", max_length=4000)

    class Meta(Record.Meta):
        verbose_name_plural = "refractory statuses"
        ordering = ["-decided_on", "-created_at"]
        triggers = [_STAYS, _CONFIRMED_WITH_RULE_OUTS]
        indexes = [models.Index(fields=["patient", "-created_at"], name="treatment_status_course")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=RefractoryState.values, standing__in=RefractoryStanding.values),
                name="treatment_status_known",
                violation_error_message="Select the status and whether it is provisional or confirmed.",
            ),
            models.CheckConstraint(
                condition=~Q(reasons__regex=r"^\s*$"),
                name="treatment_status_says_why",
                violation_error_message="Write on what grounds.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()}, {self.get_standing_display().lower()}, {self.decided_on:%d %b %Y}"
