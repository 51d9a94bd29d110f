"""Finds documents that nobody works on any more: forgotten by the broker, or left behind by a dead process."""

import datetime
from dataclasses import dataclass
from typing import Final

import structlog
from django.db.models import Q
from django.utils import timezone

from apps.core.writing import SystemProcess, writes
from apps.documents.choices import DocumentState, FailureCode
from apps.documents.drawing import fail
from apps.documents.models import Document
from apps.documents.queue import offer_again

SWEEPER: Final = SystemProcess("sweep of waiting documents")
# Several heartbeats: a busy machine is not a dead one.
SILENT_AFTER: Final = datetime.timedelta(seconds=25)
# A document is offered again when no process took it within this time.
FORGOTTEN_AFTER: Final = datetime.timedelta(seconds=30)
MOST_ATTEMPTS: Final = 3
# A long queue is not a lost queue: only its oldest part is offered again.
MOST_OFFERED: Final = 50

logger = structlog.get_logger(__name__)


@dataclass(frozen=True)
class SweepReport:
    """What one sweep did, in numbers of documents."""

    given_back: int
    given_up: int
    offered: int


def sweep() -> SweepReport:
    """Give back what dead processes hold, give up what killed three of them, offer again what the broker forgot."""
    given_back, given_up = _end_dead_attempts(by=SWEEPER)
    report = SweepReport(given_back, given_up, _offer_forgotten())
    if report != SweepReport(0, 0, 0):
        logger.info("documents swept", back=report.given_back, failed=report.given_up, offered=report.offered)
    return report


@writes
def _end_dead_attempts(*, by: SystemProcess) -> tuple[int, int]:
    """(given back to the queue, given up)."""
    given_back = given_up = 0
    now = timezone.now()
    silent = Document.objects.filter(state=DocumentState.RUNNING, heartbeat_at__lt=now - SILENT_AFTER)
    for document in silent.defer("pdf", "snapshot").select_for_update(skip_locked=True):
        if document.attempts >= MOST_ATTEMPTS:
            given_up += fail(document=document, code=FailureCode.WORKER_LOST, by=by)
        else:
            given_back += Document.objects.filter(pk=document.pk).update(
                state=DocumentState.QUEUED, queued_at=now, offered_at=None, started_at=None, heartbeat_at=None
            )
    return given_back, given_up


def _offer_forgotten() -> int:
    waiting = Document.objects.filter(
        Q(offered_at__isnull=True) | Q(offered_at__lt=timezone.now() - FORGOTTEN_AFTER), state=DocumentState.QUEUED
    )
    offered = 0
    for document_id in waiting.order_by("queued_at").values_list("pk", flat=True)[:MOST_OFFERED]:
        if not offer_again(document_id):
            # The broker is away: the others would only wait for the same refusal.
            break
        offered += 1
    return offered
