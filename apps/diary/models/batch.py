"""One file of diary days that was read in, with an account of every row."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from apps.core.history import tracked
from apps.core.models import Record
from apps.diary.choices import BatchState, ImportSource
from apps.patients.models import Patient


@tracked(exclude=["report"])
class ImportBatch(Record):
    """An import, and what became of each row: taken, a repetition, or refused with the reason.

    `report` holds {"imported": [row numbers], "duplicate": [{"row", "sentence"}], "refused": [{"row", "sentence"}]};
    row numbers are those of the file, from 1. patient: empty when the file held the diaries of many people.
    """

    patient = models.ForeignKey(
        Patient, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="import_batches"
    )
    source = models.CharField(max_length=24, choices=ImportSource.choices)
    label = models.CharField(max_length=160)
    state = models.CharField(max_length=8, choices=BatchState.choices, default=BatchState.IMPORTED)
    rows_read = models.PositiveIntegerField()
    rows_imported = models.PositiveIntegerField()
    rows_duplicate = models.PositiveIntegerField()
    rows_refused = models.PositiveIntegerField()
    report = models.JSONField()
    undone_at = models.DateTimeField(null=True, blank=True, editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta(Record.Meta):
        verbose_name_plural = "import batches"
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(rows_read=F("rows_imported") + F("rows_duplicate") + F("rows_refused")),
                name="diary_batch_every_row_accounted_for",
                violation_error_message="Every row of an import is taken, a repetition or refused.",
            ),
            models.CheckConstraint(
                condition=Q(state=BatchState.IMPORTED, undone_at__isnull=True, undone_by__isnull=True)
                | Q(state=BatchState.UNDONE, undone_at__isnull=False, undone_by__isnull=False),
                name="diary_batch_undone_paired",
                violation_error_message="An import that was taken back, and only that, carries by whom and when.",
            ),
            models.CheckConstraint(
                condition=Q(source__in=ImportSource.values),
                name="diary_batch_source_known",
                violation_error_message="Select what kind of file this is.",
            ),
        ]

    def __str__(self) -> str:
        return self.label
