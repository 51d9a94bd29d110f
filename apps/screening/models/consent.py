"""Consent to be asked about what is sensitive: its own, before the questions, and taken back at any time."""

from django.db import models
from django.db.models import Q

from apps.core.history import tracked
from apps.core.models import Record
from apps.patients.models import Patient
from apps.screening.choices import ConsentAnswer, SensitiveTopic
from apps.screening.models._rules import stays


@tracked()
class SensitiveConsent(Record):
    """What the patient answered when asked for consent; the newest answer on a topic counts."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="sensitive_consents")
    topic = models.CharField(max_length=12, choices=SensitiveTopic.choices)
    answer = models.CharField("what the patient says", max_length=12, choices=ConsentAnswer.choices)
    asked_on = models.DateField("asked on")
    note = models.CharField("note", max_length=400, blank=True)

    class Meta(Record.Meta):
        verbose_name = "consent to a sensitive topic"
        ordering = ["-created_at"]
        triggers = [
            stays("screening_consent_stays", "An answer about consent stays. Ask again and record the new one.")
        ]
        indexes = [models.Index(fields=["patient", "topic", "-created_at"], name="screening_consent_course")]
        constraints = [
            models.CheckConstraint(
                condition=Q(topic__in=SensitiveTopic.values, answer__in=ConsentAnswer.values),
                name="screening_consent_known",
                violation_error_message="Select what the patient says.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_answer_display()}, {self.asked_on:%d %b %Y}"
