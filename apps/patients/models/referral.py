"""How the patient came to the clinic."""

from django.db import models
from django.db.models import Q

from apps.core.history import tracked
from apps.core.models import VersionedRecord
from apps.patients.choices import ReferralState, Urgency
from apps.patients.models.patient import Patient


@tracked()
class Referral(VersionedRecord):
    """A letter or call that asks the clinic to see somebody: who asks, why, how urgently, what became of it."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="referrals")
    referrer_name = models.CharField("referred by", max_length=120)
    referrer_organisation = models.CharField("practice or department", max_length=160, blank=True)
    received_on = models.DateField("received on")
    reason = models.TextField("reason for referral", max_length=4000)
    urgency = models.CharField(max_length=8, choices=Urgency.choices, default=Urgency.ROUTINE)
    state = models.CharField(max_length=12, choices=ReferralState.choices, default=ReferralState.RECEIVED)
    state_note = models.CharField("note", max_length=400, blank=True)

    class Meta(VersionedRecord.Meta):
        ordering = ["-received_on", "-created_at"]
        indexes = [models.Index(fields=["state", "received_on"], name="patients_referral_inbox")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(referrer_name=""),
                name="patients_referral_says_who_and_why",
                violation_error_message="Enter who refers the patient and the reason.",
            ),
            models.CheckConstraint(
                condition=Q(urgency__in=Urgency.values),
                name="patients_referral_urgency_known",
                violation_error_message="Select how urgent the referral is.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ReferralState.values),
                name="patients_referral_state_known",
                violation_error_message="Select what became of the referral.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ReferralState.DECLINED, ReferralState.WAITING_FOR_INFORMATION])
                | ~Q(state_note=""),
                name="patients_referral_note_when_held_up",
                violation_error_message="Say what is missing, or why the referral was declined.",
            ),
        ]

    def __str__(self) -> str:
        return f"Referral from {self.referrer_name}, {self.received_on:%d %b %Y}"
