"""An acute or rescue medicine that was taken on a diary day."""

import pgtrigger
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from apps.core.history import tracked
from apps.diary.choices import Relief
from apps.diary.models.day import LONGEST_NOTE, DiaryDay
from apps.medicines.models import Medicine
from apps.patients.models import Patient

MOST_DOSES = 20

_SAME_PATIENT = pgtrigger.Trigger(
    name="same_patient",
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("patient_id", "day_id"),
    when=pgtrigger.Before,
    func="""
        IF NOT EXISTS (SELECT FROM diary_diaryday d WHERE d.id = NEW.day_id AND d.patient_id = NEW.patient_id) THEN
            RAISE EXCEPTION 'An intake belongs to a diary day of the same patient.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'diary_intake_same_patient';
        END IF;
        RETURN NEW;
    """,
)


@tracked()
class AcuteIntake(models.Model):
    """One medicine taken on one day; how often is `doses`, but days are what counts.

    medicine: empty when something was taken and nobody knows what.
    taken_before_pain: taken out of fear of an attack; empty when not asked. relief: the best of that day; empty when
    not asked.
    is_invented: made up for the demo clinic, not part of the published diaries.
    """

    id = models.BigAutoField(primary_key=True)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="acute_intakes")
    # The day is removed by the service that also removes its intakes; the database refuses to leave one behind.
    day = models.ForeignKey(DiaryDay, on_delete=models.DO_NOTHING, related_name="intakes", db_index=False)
    medicine = models.ForeignKey(Medicine, on_delete=models.PROTECT, null=True, blank=True, related_name="intakes")
    doses = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST_DOSES)]
    )
    taken_before_pain = models.BooleanField("taken before the pain", null=True, blank=True)
    relief = models.CharField("what it did", max_length=4, choices=Relief.choices, blank=True)
    note = models.CharField(max_length=LONGEST_NOTE, blank=True)
    is_invented = models.BooleanField("invented for the demo clinic", default=False, editable=False)
    created_at = models.DateTimeField("recorded at", auto_now_add=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="recorded by",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        db_index=False,
    )

    class Meta:
        ordering = ["day", "medicine"]
        triggers = [_SAME_PATIENT]
        constraints = [
            models.UniqueConstraint(
                fields=["day", "medicine"],
                nulls_distinct=False,
                name="diary_intake_once_a_day",
                violation_error_message="This medicine is recorded on that day already: change the number of doses.",
            ),
            models.CheckConstraint(
                condition=Q(doses__gte=1, doses__lte=MOST_DOSES),
                name="diary_intake_doses",
                violation_error_message="Enter the number of doses, from 1 to 20.",
            ),
            models.CheckConstraint(
                condition=Q(relief="") | Q(relief__in=Relief.values),
                name="diary_intake_relief_known",
                violation_error_message="Select what the medicine did: no relief, some relief or headache gone.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.medicine or 'Something, not known what'} × {self.doses}"
