"""A diary file somebody uploaded, from the upload to the diary or to the bin."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual

from apps.core.history import tracked
from apps.core.models import Record
from apps.diary.choices import ImportSource
from apps.diary.import_choices import AFTER_CONFIRMING, BEFORE_CHECKSUM, HELD, FileState, Overlap
from apps.diary.models.batch import ImportBatch
from apps.patients.models import Patient

SHA256_HEX = r"^[0-9a-f]{64}$"
PART_BYTES = 1024 * 1024
LONGEST_FILE_NAME = 160

_STAYS_WITH_PATIENT = pgtrigger.Trigger(
    name="stays_with_patient",
    operation=pgtrigger.UpdateOf("patient_id"),
    when=pgtrigger.Before,
    condition=pgtrigger.Q(old__patient__df=pgtrigger.F("new__patient")),
    func="""
        RAISE EXCEPTION 'A diary file stays with its patient. Discard it and upload it where it belongs.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'diary_file_stays_with_patient';
    """,
)
_OWN_IMPORT = pgtrigger.Trigger(
    name="own_import",
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("batch_id"),
    when=pgtrigger.Before,
    func="""
        IF NEW.batch_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM diary_importbatch b WHERE b.id = NEW.batch_id AND b.patient_id = NEW.patient_id
        ) THEN
            RAISE EXCEPTION 'The import of a diary file is one of the same patient.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'diary_file_own_import';
        END IF;
        RETURN NEW;
    """,
)


class FileManager(models.Manager["DiaryFile"]):
    """Leaves what is long in the database unless it is asked for."""

    def get_queryset(self) -> models.QuerySet["DiaryFile"]:
        return super().get_queryset().defer("reading", "proposal")


@tracked(exclude=["reading", "proposal", "mapping", "heartbeat_at", "offered_at", "progress"])
class DiaryFile(Record):
    """An upload. What stands in the file lies in `DiaryFilePart` until it was read, taken or thrown away.

    source: empty until it was recognised. proposal: what the columns of a table seem to mean; mapping: what somebody
    confirmed. reading: what was read (apps.diary.imports.keeping). moved_at: when the state last changed; offered_at:
    when it was last handed to the broker (empty: the broker could not be reached). held_by: the mark of the process
    that reads or takes it; a process that was given up finds another mark there and can't write any more. tries: how
    many processes have begun since somebody last asked for it. progress: 0 to 100 of the step that runs.
    batch: the import that it became.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="diary_files")
    name = models.CharField(max_length=LONGEST_FILE_NAME)
    size = models.PositiveBigIntegerField("size in bytes", default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    source = models.CharField(max_length=24, choices=ImportSource.choices, blank=True)
    sheet = models.CharField(max_length=LONGEST_FILE_NAME, blank=True)
    state = models.CharField(max_length=9, choices=FileState.choices, default=FileState.UPLOADING)
    moved_at = models.DateTimeField()
    offered_at = models.DateTimeField(null=True, blank=True)
    held_by = models.UUIDField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    progress = models.PositiveSmallIntegerField(default=0)
    failure_text = models.CharField(max_length=600, blank=True)
    failure_place = models.CharField(max_length=200, blank=True)
    proposal = models.JSONField(null=True, blank=True)
    mapping = models.JSONField(null=True, blank=True)
    reading = models.BinaryField(null=True, blank=True)
    overlap = models.CharField(max_length=7, choices=Overlap.choices, default=Overlap.KEEP)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    batch = models.OneToOneField(
        ImportBatch, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="file"
    )

    objects = FileManager()

    class Meta(Record.Meta):
        base_manager_name = "objects"
        ordering = ["-created_at", "-id"]
        triggers = [_STAYS_WITH_PATIENT, _OWN_IMPORT]
        indexes = [
            models.Index(
                fields=["moved_at"],
                condition=~Q(state__in=[FileState.IMPORTED, FileState.DISCARDED]),
                name="diary_files_not_finished",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=FileState.values),
                name="diary_file_state_known",
                violation_error_message="A diary file is on its way, imported, not taken or discarded.",
            ),
            models.CheckConstraint(
                condition=Q(source="") | Q(source__in=ImportSource.values),
                name="diary_file_source_known",
                violation_error_message="Select what kind of diary file this is.",
            ),
            models.CheckConstraint(
                condition=~Q(name="") & Q(overlap__in=Overlap.values, progress__lte=100),
                name="diary_file_described",
                violation_error_message="A diary file has a name, a rule for overlaps and a progress up to 100.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=BEFORE_CHECKSUM) | Q(sha256__regex=SHA256_HEX, size__gte=1),
                name="diary_file_whole",
                violation_error_message="A diary file that arrived has a size and a checksum.",
            ),
            models.CheckConstraint(
                condition=(Q(state=FileState.FAILED) & ~Q(failure_text=""))
                | (~Q(state=FileState.FAILED) & Q(failure_text="", failure_place="")),
                name="diary_file_failure_explained",
                violation_error_message="A diary file that was not taken, and only that, says why.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=HELD, held_by__isnull=False, heartbeat_at__isnull=False, tries__gte=1)
                | (~Q(state__in=HELD) & Q(held_by__isnull=True, heartbeat_at__isnull=True)),
                name="diary_file_held_while_worked_on",
                violation_error_message="A diary file that is being read or taken, and only that, is in a process's hands.",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="diary_file_confirmed_paired",
                violation_error_message="A confirmed diary file carries by whom and when.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=AFTER_CONFIRMING) | Q(confirmed_at__isnull=False),
                name="diary_file_confirmed_before_taken",
                violation_error_message="A diary file is taken after somebody confirmed it.",
            ),
            models.CheckConstraint(
                condition=Q(state=FileState.IMPORTED, batch__isnull=False)
                | (~Q(state=FileState.IMPORTED) & Q(batch__isnull=True)),
                name="diary_file_import_if_imported",
                violation_error_message="An imported diary file, and only that, leads to its import.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ContentBytes(Func):
    """How many bytes a column holds."""

    function = "octet_length"
    output_field = models.IntegerField()


class DiaryFilePart(models.Model):
    """A piece of an uploaded file: 1 MiB, the last one perhaps less; numbered from 0."""

    id = models.BigAutoField(primary_key=True)
    file = models.ForeignKey(DiaryFile, on_delete=models.CASCADE, related_name="parts", db_index=False)
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        ordering = ["file", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["file", "number"],
                name="diary_file_part_once",
                violation_error_message="This piece of the file arrived already.",
            ),
            models.CheckConstraint(
                condition=GreaterThanOrEqual(ContentBytes(F("content")), 1)
                & LessThanOrEqual(ContentBytes(F("content")), PART_BYTES),
                name="diary_file_part_size",
                violation_error_message="A piece of a file has at most 1 MiB.",
            ),
        ]

    def __str__(self) -> str:
        return f"piece {self.number}"
