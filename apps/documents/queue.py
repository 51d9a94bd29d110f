"""Handing a waiting document to the workers. The broker may lose it or be away: the row in the database decides."""

import uuid
from typing import Final

from django.utils import timezone

from apps.core.jobs import hand_over
from apps.documents.choices import DocumentState
from apps.documents.models import Document

# The task's name, as apps.documents.tasks registers it; a name instead of an import, because tasks lie above.
DRAW_TASK: Final = "documents.draw"


def enqueue(document_id: uuid.UUID) -> bool:
    """Offer a waiting document to the workers; offering it twice is harmless, because drawing begins with a claim.

    Never raises when the broker is away: the document then says so (`offered_at` is empty), and the sweep offers it
    again. Returns whether the broker took it.
    """
    if hand_over(DRAW_TASK, document_id):
        return True
    Document.objects.filter(pk=document_id, state=DocumentState.QUEUED).update(offered_at=None)
    return False


def offer_again(document_id: uuid.UUID) -> bool:
    """Offer a document that has waited too long, and note when. Returns whether the broker took it."""
    Document.objects.filter(pk=document_id, state=DocumentState.QUEUED).update(offered_at=timezone.now())
    return enqueue(document_id)
