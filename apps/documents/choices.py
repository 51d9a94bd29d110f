from django.db import models


class DocumentState(models.TextChoices):
    """Where a document is between being asked for and being on paper."""

    QUEUED = "queued", "Waiting"
    RUNNING = "running", "Being drawn"
    READY = "ready", "Ready"
    FAILED = "failed", "Failed"


class FailureCode(models.TextChoices):
    """Why a document could not be drawn; the sentence for people stands in the document."""

    LIBRARY_MISSING = "pdf_library_missing", "Drawing library missing"
    KIND_UNKNOWN = "kind_unknown", "Unknown kind of document"
    DRAWING_ERROR = "drawing_error", "Drawing went wrong"
    TOOK_TOO_LONG = "took_too_long", "Took too long"
    WORKER_LOST = "worker_lost", "Drawing process stopped"


FINISHED = (DocumentState.READY, DocumentState.FAILED)
