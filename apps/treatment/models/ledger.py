"""The medication ledger: every change of a medicine, in order, by the effective prescriber, never rewritten.

The trigger `treatment_ledger_guard` (migration `ledger_rule`) decides at the moment of writing whether the author may;
the current regimen is read off the last row of each course.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from apps.core.history import tracked
from apps.medicines.models import Medicine
from apps.patients.models import Patient, Visit
from apps.treatment.choices import ChangeKind, ChangeReason, DoseUnit, Indication, Purpose


@tracked()
class MedicationChange(models.Model):
    """One change of one medicine. A course is the run of changes from a start (or switch) to a stop.

    `effective_on` is the day the change holds from; `recorded_at` is the instant it was written, set by the database.
    `dose_amount` is in `dose_unit`, each time it is taken; `frequency` says how often. `limit_days_per_month` is what
    was agreed with the patient for acute and rescue medicines.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="medication_changes")
    course = models.UUIDField(editable=False)
    position = models.PositiveSmallIntegerField(editable=False)
    kind = models.CharField("what changes", max_length=12, choices=ChangeKind.choices)
    medicine = models.ForeignKey(Medicine, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField("for", max_length=12, choices=Purpose.choices)
    dose_amount = models.DecimalField("dose", max_digits=9, decimal_places=3, null=True, blank=True)
    dose_unit = models.CharField("unit", max_length=10, choices=DoseUnit.choices, blank=True)
    frequency = models.CharField("how often", max_length=120, blank=True)
    limit_days_per_month = models.PositiveSmallIntegerField("at most on days a month", null=True, blank=True)
    indication = models.CharField(max_length=8, choices=Indication.choices)
    reason = models.CharField(max_length=20, choices=ChangeReason.choices)
    reason_text = models.CharField("in your own words", max_length=400, blank=True)
    review_on = models.DateField("review on", null=True, blank=True)
    stop_rule = models.CharField("stop if", max_length=300, blank=True)
    effective_on = models.DateField("from")
    recorded_at = models.DateTimeField(editable=False, db_default=Now())
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="medication_changes")
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, null=True, blank=True, related_name="medication_changes")
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="replaced_by"
    )

    class Meta:
        ordering = ["-recorded_at"]
        indexes = [models.Index(fields=["patient", "course", "-position"], name="treatment_ledger_by_course")]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "position"],
                name="treatment_ledger_in_order",
                violation_error_message="This medicine was changed by somebody else at the same moment. Look again.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ChangeKind.values),
                name="treatment_ledger_kind_known",
                violation_error_message="Select what changes.",
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=Purpose.values),
                name="treatment_ledger_purpose_known",
                violation_error_message="Select what the medicine is for.",
            ),
            models.CheckConstraint(
                condition=Q(indication__in=Indication.values),
                name="treatment_ledger_indication_known",
                violation_error_message="Select the indication.",
            ),
            models.CheckConstraint(
                condition=Q(reason__in=ChangeReason.values),
                name="treatment_ledger_reason_known",
                violation_error_message="Select the reason.",
            ),
            models.CheckConstraint(
                condition=~Q(Q(reason=ChangeReason.OTHER) | Q(indication=Indication.OTHER)) | ~Q(reason_text=""),
                name="treatment_ledger_other_is_explained",
                violation_error_message="Say in your own words what the reason or indication is.",
            ),
            models.CheckConstraint(
                condition=Q(dose_amount__isnull=True, dose_unit="") | (Q(dose_amount__gt=0) & ~Q(dose_unit="")),
                name="treatment_ledger_dose_with_unit",
                violation_error_message="A dose is a number above zero with its unit.",
            ),
            models.CheckConstraint(
                condition=~Q(
                    kind__in=[ChangeKind.START, ChangeKind.SWITCH, ChangeKind.DOSE_CHANGE, ChangeKind.TAPER_STEP]
                )
                | (Q(dose_amount__isnull=False) & ~Q(frequency="")),
                name="treatment_ledger_says_how_much",
                violation_error_message="Enter the dose and how often it is taken.",
            ),
            models.CheckConstraint(
                condition=Q(limit_days_per_month__isnull=True)
                | (Q(limit_days_per_month__lte=31) & ~Q(purpose=Purpose.PREVENTIVE)),
                name="treatment_ledger_limit_for_acute",
                violation_error_message="A limit of 0 to 31 days a month belongs to acute and rescue medicines only.",
            ),
            models.CheckConstraint(
                condition=Q(kind=ChangeKind.SWITCH, replaces__isnull=False)
                | (~Q(kind=ChangeKind.SWITCH) & Q(replaces__isnull=True)),
                name="treatment_ledger_switch_replaces",
                violation_error_message="A switch, and only that, names the stopped medicine it replaces.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.medicine}, {self.effective_on:%d %b %Y}"

    @property
    def dose_text(self) -> str:
        """The dose as it is read aloud: "16 mg, once daily"; empty when this change carries none."""
        if self.dose_amount is None:
            return ""
        amount = f"{self.dose_amount.normalize():f} {self.get_dose_unit_display()}"
        return f"{amount}, {self.frequency}" if self.frequency else amount
