"""A visit: what was found, what changed, what is planned. Signed once; afterwards addenda only."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from apps.core.history import tracked
from apps.core.models import Record, VersionedRecord
from apps.patients.choices import VisitKind, VisitState
from apps.patients.models.patient import Patient


@tracked()
class Visit(VersionedRecord):
    """One contact with the patient, written by the clinician who had it."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="visits")
    clinician = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="visits")
    kind = models.CharField(max_length=12, choices=VisitKind.choices, default=VisitKind.FOLLOW_UP)
    visit_on = models.DateField("date of the visit")
    findings = models.TextField(max_length=20_000, blank=True)
    changes = models.TextField("what changes today, and why", max_length=20_000, blank=True)
    plan = models.TextField("plan until the next visit", max_length=20_000, blank=True)
    next_visit_on = models.DateField("next visit", null=True, blank=True)
    state = models.CharField(max_length=8, choices=VisitState.choices, default=VisitState.OPEN)
    signed_at = models.DateTimeField(null=True, blank=True, editable=False)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta(VersionedRecord.Meta):
        ordering = ["-visit_on", "-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "clinician", "visit_on"],
                condition=Q(state=VisitState.OPEN),
                name="patients_visit_one_open_a_day",
                violation_error_message="You have an open visit with this patient on that day already.",
            ),
            models.CheckConstraint(
                condition=Q(state=VisitState.OPEN, signed_at__isnull=True, signed_by__isnull=True)
                | Q(state=VisitState.SIGNED, signed_at__isnull=False, signed_by__isnull=False),
                name="patients_visit_signature_paired",
                violation_error_message="A signed visit, and only that, carries who signed it and when.",
            ),
            models.CheckConstraint(
                condition=Q(state=VisitState.OPEN) | ~Q(findings=""),
                name="patients_visit_signed_with_findings",
                violation_error_message="Write the findings before you sign the visit.",
            ),
            models.CheckConstraint(
                condition=Q(next_visit_on__isnull=True) | Q(next_visit_on__gt=F("visit_on")),
                name="patients_visit_next_is_later",
                violation_error_message="The next visit must be after this one.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=VisitKind.values),
                name="patients_visit_kind_known",
                violation_error_message="Select what kind of visit this is.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.visit_on:%d %b %Y}"


@tracked()
class VisitAddendum(Record):
    """Something added to a signed visit. Stays as it was written."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="addenda")
    text = models.TextField("addendum", max_length=8000)

    class Meta(Record.Meta):
        verbose_name_plural = "visit addenda"
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="patients_addendum_not_empty",
                violation_error_message="Write the addendum.",
            ),
        ]

    def __str__(self) -> str:
        return f"Addendum of {self.created_at:%d %b %Y}"
