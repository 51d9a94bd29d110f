"""Handing a waiting document to the workers. The broker may lose it or be away: the row in the database decides."""

import uuid
from typing import Final

import structlog
from celery import current_app
from django.utils import timezone
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from apps.documents.choices import DocumentState
from apps.documents.models import Document

# The task's name, as apps.documents.tasks registers it; a name instead of an import, because tasks lie above.
DRAW_TASK: Final = "documents.draw"

logger = structlog.get_logger(__name__)


def enqueue(document_id: uuid.UUID) -> bool:
    """Offer a waiting document to the workers; offering it twice is harmless, because drawing begins with a claim.

    Never raises when the broker is away: the document then says so (`offered_at` is empty), and the sweep offers it
    again. Returns whether the broker took it.
    """
    try:
        with current_app.connection_for_write() as broker:
            # One try: the person waits for their page, and the sweep tries again.
            broker.transport_options = {**(broker.transport_options or {}), "max_retries": 0}
            current_app.send_task(DRAW_TASK, args=[str(document_id)], connection=broker)
    except (OperationalError, RedisError, OSError) as error:
        logger.warning("document not enqueued", document=str(document_id), broker=type(error).__name__)
        Document.objects.filter(pk=document_id, state=DocumentState.QUEUED).update(offered_at=None)
        return False
    return True


def offer_again(document_id: uuid.UUID) -> bool:
    """Offer a document that has waited too long, and note when. Returns whether the broker took it."""
    Document.objects.filter(pk=document_id, state=DocumentState.QUEUED).update(offered_at=timezone.now())
    return enqueue(document_id)
