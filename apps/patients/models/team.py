"""Who looks after the patient."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q, Value

from apps.core.history import tracked
from apps.core.models import VersionedRecord
from apps.patients.models.patient import Patient


@tracked()
class CareTeamMembership(VersionedRecord):
    """Somebody's place in a patient's care team, from a day to a day (both included), open-ended when no end."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="care_team")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="care_teams")
    task = models.CharField("does what", max_length=120, help_text="For example: treating neurologist, diary calls")
    starts_on = models.DateField("from")
    ends_on = models.DateField("until", null=True, blank=True)

    class Meta(VersionedRecord.Meta):
        ordering = ["starts_on", "created_at"]
        indexes = [models.Index(fields=["member", "patient"], name="patients_team_by_member")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="patients_team_dates_in_order",
                violation_error_message="A place in the care team can't end before it begins.",
            ),
            models.CheckConstraint(
                condition=~Q(task=""),
                name="patients_team_task_given",
                violation_error_message="Enter what this person does for the patient.",
            ),
            ExclusionConstraint(
                name="patients_team_once_at_a_time",
                expressions=[
                    ("patient", RangeOperators.EQUAL),
                    ("member", RangeOperators.EQUAL),
                    (
                        Func(F("starts_on"), F("ends_on"), Value("[]"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message="This person is in the care team already on some of these days.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.task}"

    def clean(self) -> None:
        # Said here as well, because the overlap check can't even be asked about days in the wrong order.
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": "A place in the care team can't end before it begins."})
