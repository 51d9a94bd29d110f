"""A document: a frozen snapshot of what was known, and the PDF drawn from it once."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Func, Q

from apps.core.history import tracked
from apps.core.models import Record
from apps.documents.choices import FINISHED, DocumentState, FailureCode
from apps.patients.models import Patient

SHA256_HEX = r"^[0-9a-f]{64}$"


class FileChecksum(Func):
    """SHA-256 of the stored file as hexadecimal digits, worked out by the database."""

    template = "encode(sha256(%(expressions)s), 'hex')"
    output_field = models.CharField()


class DocumentManager(models.Manager["Document"]):
    """Leaves the file in the database unless it is asked for: a list of documents must not carry their files."""

    def get_queryset(self) -> models.QuerySet["Document"]:
        return super().get_queryset().defer("pdf")


@tracked(exclude=["pdf", "snapshot", "heartbeat_at", "offered_at"])
class Document(Record):
    """One document about one patient.

    `snapshot` holds what the document says and who asked for it; it never changes. `subject_id` names what the
    document is about (a visit, a leaflet that was given). `queued_at` is when the document last began to wait,
    `offered_at` when it was last handed to the broker (empty: the broker could not be reached), `heartbeat_at` the
    last sign of life of the process that draws it. `attempts` counts the drawing processes that took it; it is also
    the mark by which a process that was given up can't store its late result.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="documents")
    kind = models.SlugField(max_length=40, db_index=False)
    title = models.CharField(max_length=160)
    subject_id = models.CharField("about", max_length=80)
    language = models.CharField(max_length=8, default="en")
    large_print = models.BooleanField(default=False)
    snapshot = models.JSONField()
    snapshot_sha256 = models.CharField(max_length=64)
    request_key = models.CharField(
        max_length=64, unique=True, error_messages={"unique": "The same document was asked for already."}
    )
    requested_at = models.DateTimeField()
    supersedes = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by", editable=False
    )

    state = models.CharField(max_length=8, choices=DocumentState.choices, default=DocumentState.QUEUED)
    queued_at = models.DateTimeField()
    offered_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    failure_code = models.CharField(max_length=20, choices=FailureCode.choices, blank=True)
    failure_text = models.CharField(max_length=600, blank=True)
    pdf = models.BinaryField(null=True, blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    pages = models.PositiveSmallIntegerField(null=True, blank=True)

    objects: ClassVar[DocumentManager] = DocumentManager()

    class Meta(Record.Meta):
        base_manager_name = "objects"
        ordering = ["-requested_at", "-id"]
        indexes = [
            models.Index(fields=["patient", "-requested_at", "-id"], name="documents_by_patient"),
            models.Index(fields=["patient", "kind", "subject_id"], name="documents_by_subject"),
            models.Index(
                fields=["queued_at"],
                condition=Q(state__in=[DocumentState.QUEUED, DocumentState.RUNNING]),
                name="documents_in_work",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=DocumentState.values),
                name="documents_document_state_known",
                violation_error_message="A document is waiting, being drawn, ready or failed.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="") & ~Q(title="") & ~Q(subject_id=""),
                name="documents_document_named",
                violation_error_message="A document needs its kind, a title and what it is about.",
            ),
            models.CheckConstraint(
                condition=Q(snapshot_sha256__regex=SHA256_HEX, request_key__regex=SHA256_HEX),
                name="documents_document_checksums_whole",
                violation_error_message="A document needs the checksum of its contents.",
            ),
            models.CheckConstraint(
                condition=Q(state=DocumentState.READY, pdf__isnull=False, pages__isnull=False, pages__gte=1)
                & ~Q(pdf_sha256="")
                | ~Q(state=DocumentState.READY) & Q(pdf__isnull=True, pages__isnull=True, pdf_sha256=""),
                name="documents_document_file_if_ready",
                violation_error_message="A document has a file if, and only if, it is ready.",
            ),
            models.CheckConstraint(
                condition=Q(pdf__isnull=True) | Q(pdf_sha256=FileChecksum(F("pdf"))),
                name="documents_document_file_whole",
                violation_error_message="The document's file does not match its checksum.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=FINISHED, finished_at__isnull=False)
                | ~Q(state__in=FINISHED) & Q(finished_at__isnull=True),
                name="documents_document_finished_paired",
                violation_error_message="A document that is ready or failed, and only that, has an end.",
            ),
            models.CheckConstraint(
                condition=Q(state=DocumentState.FAILED) & ~Q(failure_code="") & ~Q(failure_text="")
                | ~Q(state=DocumentState.FAILED) & Q(failure_code="", failure_text=""),
                name="documents_document_failure_explained",
                violation_error_message="A failed document, and only that, says why it failed.",
            ),
            models.CheckConstraint(
                condition=~Q(state=DocumentState.RUNNING)
                | Q(started_at__isnull=False, heartbeat_at__isnull=False, attempts__gte=1),
                name="documents_document_running_started",
                violation_error_message="A document that is being drawn needs the time at which this began.",
            ),
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True) | ~Q(supersedes=F("id")),
                name="documents_document_not_after_itself",
                violation_error_message="A document can't replace itself.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def checksum(self) -> str:
        """The beginning of the contents' checksum, as each page prints it: 8 hexadecimal digits."""
        return self.snapshot_sha256[:8]

    @property
    def in_work(self) -> bool:
        """Whether the document is still to come without anybody doing anything."""
        return self.state in (DocumentState.QUEUED, DocumentState.RUNNING)
