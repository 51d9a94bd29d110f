"""The worker's side: claim a waiting document, draw it, store the file or the reason why there is none."""

import hashlib
import uuid
from contextlib import AbstractContextManager
from typing import Final

import structlog
from billiard.exceptions import SoftTimeLimitExceeded
from django.db.models import F, QuerySet
from django.utils import timezone

from apps.core.jobs import beating
from apps.core.writing import SystemProcess, writes
from apps.documents.choices import DocumentState, FailureCode
from apps.documents.failures import SENTENCES, DrawingFailed
from apps.documents.models import Document
from apps.documents.rendering import Drawn, render

WORKER: Final = SystemProcess("drawing documents")
# A process that draws shows this often that it lives; see sweeping.SILENT_AFTER.
HEARTBEAT_SECONDS: Final = 5.0

logger = structlog.get_logger(__name__)


def draw(document_id: uuid.UUID) -> None:
    """Draw a document that waits; do nothing when it is ready, failed, unknown, or in another process's hands."""
    document = _claim(document_id=document_id, by=WORKER)
    if document is None:
        return
    try:
        with heartbeat(document):
            drawn = render(document)
    except DrawingFailed as failure:
        fail(document=document, code=failure.code, by=WORKER)
    except SoftTimeLimitExceeded:
        fail(document=document, code=FailureCode.TOOK_TOO_LONG, by=WORKER)
    except Exception:
        logger.exception("document not drawn", document=str(document_id))
        fail(document=document, code=FailureCode.DRAWING_ERROR, by=WORKER)
    else:
        _store(document=document, drawn=drawn, by=WORKER)


@writes
def _claim(*, document_id: uuid.UUID, by: SystemProcess) -> Document | None:
    """Take a waiting document in one conditional update, so that of two processes only one gets it."""
    now = timezone.now()
    taken = Document.objects.filter(pk=document_id, state=DocumentState.QUEUED).update(
        state=DocumentState.RUNNING, attempts=F("attempts") + 1, started_at=now, heartbeat_at=now
    )
    return Document.objects.get(pk=document_id) if taken else None


@writes
def _store(*, document: Document, drawn: Drawn, by: SystemProcess) -> bool:
    """Keep the file. False when this process was given up meanwhile: then another one's file counts."""
    stored = _mine(document).update(
        state=DocumentState.READY,
        pdf=drawn.pdf,
        pdf_sha256=hashlib.sha256(drawn.pdf).hexdigest(),
        pages=drawn.pages,
        finished_at=timezone.now(),
    )
    return bool(stored)


@writes
def fail(*, document: Document, code: FailureCode, by: SystemProcess) -> bool:
    """Give a document up, with the sentence for people. False when it is no longer in this process's hands."""
    failed = _mine(document).update(
        state=DocumentState.FAILED,
        failure_code=code,
        failure_text=SENTENCES[code],
        finished_at=timezone.now(),
    )
    return bool(failed)


def _mine(document: Document) -> QuerySet[Document]:
    # The number of the attempt is the fence: whoever was given up has an older one.
    return Document.objects.filter(pk=document.pk, state=DocumentState.RUNNING, attempts=document.attempts)


def heartbeat(document: Document) -> AbstractContextManager[None]:
    """Show that this process lives for as long as the block lasts."""
    return beating(lambda: _mine(document).update(heartbeat_at=timezone.now()), every=HEARTBEAT_SECONDS)
