"""What workers and beat run: each takes an id or nothing, the work lies below."""

import uuid

from celery import shared_task

from apps.documents import drawing, sweeping
from apps.documents.queue import DRAW_TASK


@shared_task(name=DRAW_TASK)
def draw_document(document_id: str) -> None:
    """Draw one document, if it still waits."""
    drawing.draw(uuid.UUID(document_id))


@shared_task(name="documents.sweep")
def sweep_documents() -> None:
    """Look after documents that nobody works on."""
    sweeping.sweep()
