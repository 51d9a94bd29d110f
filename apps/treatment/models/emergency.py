"""A medicine stopped in an emergency by somebody who is not the prescriber."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from apps.core.history import tracked
from apps.core.models import Record
from apps.medicines.models import Medicine
from apps.patients.models import Patient
from apps.treatment.choices import EmergencyStopState
from apps.treatment.models.ledger import MedicationChange


@tracked()
class EmergencyStop(Record):
    """Any clinician may stop a medicine at once, with a reason; the effective prescriber confirms or reverses it."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="emergency_stops")
    course = models.UUIDField()
    medicine = models.ForeignKey(Medicine, on_delete=models.PROTECT, related_name="+")
    stopped_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    stopped_at = models.DateTimeField(db_default=Now(), editable=False)
    reason = models.CharField(max_length=1000)
    state = models.CharField(max_length=12, choices=EmergencyStopState.choices, default=EmergencyStopState.WAITING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    decision_note = models.CharField(max_length=1000, blank=True)
    change = models.OneToOneField(
        MedicationChange, on_delete=models.PROTECT, null=True, blank=True, related_name="emergency_stop"
    )

    class Meta(Record.Meta):
        ordering = ["-stopped_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["course"],
                condition=Q(state=EmergencyStopState.WAITING),
                name="treatment_one_emergency_stop_waiting",
                violation_error_message="This medicine is stopped in an emergency already.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="treatment_emergency_stop_reason_given",
                violation_error_message="Enter why the medicine has to be stopped at once.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=EmergencyStopState.values),
                name="treatment_emergency_stop_state_known",
                violation_error_message="An emergency stop is waiting, confirmed or reversed.",
            ),
            models.CheckConstraint(
                condition=Q(state=EmergencyStopState.WAITING, decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(state=EmergencyStopState.WAITING) & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="treatment_emergency_stop_decision_paired",
                violation_error_message="A decided emergency stop carries who decided and when.",
            ),
            models.CheckConstraint(
                condition=Q(state=EmergencyStopState.CONFIRMED, change__isnull=False)
                | (~Q(state=EmergencyStopState.CONFIRMED) & Q(change__isnull=True)),
                name="treatment_emergency_stop_confirmed_is_in_ledger",
                violation_error_message="A confirmed emergency stop, and only that, names the stop in the ledger.",
            ),
        ]

    def __str__(self) -> str:
        return f"Emergency stop of {self.medicine}"
