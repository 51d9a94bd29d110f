"""What is known about a date besides headache: sleep, menstruation, what the patient was exposed to."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from apps.core.history import tracked
from apps.diary.choices import Exposure, Source
from apps.diary.models.batch import ImportBatch
from apps.diary.models.day import EARLIEST_DAY
from apps.patients.models import Patient

MINUTES_A_DAY = 24 * 60


@tracked()
class DayContext(models.Model):
    """Beside `DiaryDay`, because a night or a period may be known for a date about which nobody said "headache".

    menstruation: bleeding on that date; empty when not asked. sleep_minutes: sleep that ended on that date.
    exposures: suspected triggers that were present; empty (NULL) when not asked, an empty list when none was.
    """

    id = models.BigAutoField(primary_key=True)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="day_contexts", db_index=False)
    day = models.DateField()
    menstruation = models.BooleanField(null=True, blank=True)
    sleep_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    slept_from = models.DateTimeField(null=True, blank=True)
    slept_to = models.DateTimeField(null=True, blank=True)
    exposures = ArrayField(models.CharField(max_length=16, choices=Exposure.choices), null=True, blank=True)
    source = models.CharField(max_length=6, choices=Source.choices, default=Source.CLINIC)
    import_batch = models.ForeignKey(
        ImportBatch, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="contexts"
    )
    version = models.PositiveIntegerField(default=1, editable=False)
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
    updated_at = models.DateTimeField("last changed", auto_now=True, editable=False)

    class Meta:
        ordering = ["patient", "day"]
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "day"],
                name="diary_context_once",
                violation_error_message="Sleep and menstruation of this day are recorded already.",
            ),
            models.CheckConstraint(
                condition=Q(day__gte=EARLIEST_DAY),
                name="diary_context_not_before_1990",
                violation_error_message="Check the date: diary days begin in 1990.",
            ),
            models.CheckConstraint(
                condition=Q(sleep_minutes__isnull=True) | Q(sleep_minutes__lte=MINUTES_A_DAY),
                name="diary_context_sleep",
                violation_error_message="A night has at most 24 hours.",
            ),
            models.CheckConstraint(
                condition=Q(slept_from__isnull=True, slept_to__isnull=True)
                | Q(slept_from__isnull=False, slept_to__isnull=False, slept_to__gt=F("slept_from")),
                name="diary_context_sleep_in_order",
                violation_error_message="Enter both when the sleep began and when it ended, the end after the beginning.",
            ),
            models.CheckConstraint(
                condition=Q(exposures__isnull=True) | Q(exposures__contained_by=Exposure.values),
                name="diary_context_exposures_known",
                violation_error_message="Select what was present from the list.",
            ),
            models.CheckConstraint(
                condition=Q(source__in=Source.values) & (Q(source=Source.IMPORT) | Q(import_batch__isnull=True)),
                name="diary_context_batch_of_import",
                violation_error_message="Only an imported entry belongs to an import.",
            ),
        ]

    def __str__(self) -> str:
        return f"Besides headache, {self.day:%d %b %Y}"
