"""Finds uploads that nobody works on any more, and throws away those that nobody confirmed."""

import datetime
from dataclasses import dataclass
from typing import Final

import structlog
from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from apps.core.writing import SystemProcess, writes
from apps.diary.import_choices import BEGINS, HELD, OPEN, FileState
from apps.diary.jobs import give_up, hand_back, offer
from apps.diary.models import DiaryFile, DiaryFilePart

SWEEPER: Final = SystemProcess("sweep of diary files")
# Many heartbeats: a busy machine is not a dead one.
SILENT_AFTER: Final = datetime.timedelta(seconds=60)
# A file is offered again when no process took it within this time.
FORGOTTEN_AFTER: Final = datetime.timedelta(seconds=30)
MOST_TRIES: Final = 3
MOST_OFFERED: Final = 20
WORKER_LOST: Final = (
    "The process that reads diary files stopped three times while working on this one. Nothing was taken. "
    "Ask the clinic's IT to look at the worker's log (memory is the usual reason)."
)
_WAITING_OF: Final = {held: waiting for waiting, held in BEGINS.items()}

logger = structlog.get_logger(__name__)


@dataclass(frozen=True)
class SweepReport:
    """What one sweep did, in numbers of files."""

    given_back: int = 0
    given_up: int = 0
    offered: int = 0
    thrown_away: int = 0


def sweep() -> SweepReport:
    """Give back what dead processes hold, give up what killed three, offer again, throw away what nobody confirmed."""
    given_back, given_up = _end_dead_work(by=SWEEPER)
    report = SweepReport(given_back, given_up, _offer_forgotten(), _throw_away(by=SWEEPER))
    if report != SweepReport():
        logger.info("diary files swept", **report.__dict__)
    return report


@writes
def _end_dead_work(*, by: SystemProcess) -> tuple[int, int]:
    given_back = given_up = 0
    silent = DiaryFile.objects.filter(state__in=HELD, heartbeat_at__lt=timezone.now() - SILENT_AFTER)
    for file in silent.select_for_update(skip_locked=True, of=("self",)):
        if file.tries >= MOST_TRIES:
            given_up += give_up(file=file, sentence=WORKER_LOST, by=by)
        else:
            given_back += hand_back(file, _WAITING_OF[FileState(file.state)], offered_at=None, progress=0)
    return given_back, given_up


def _offer_forgotten() -> int:
    forgotten = Q(offered_at__isnull=True) | Q(offered_at__lt=timezone.now() - FORGOTTEN_AFTER)
    waiting = DiaryFile.objects.filter(forgotten, state__in=list(BEGINS)).order_by("moved_at")
    offered = 0
    for file_id, state in waiting.values_list("pk", "state")[:MOST_OFFERED]:
        if not offer(file_id, FileState(state)):
            # The broker is away: the others would only wait for the same refusal.
            break
        offered += 1
    return offered


@writes
def _throw_away(*, by: SystemProcess) -> int:
    """Uploads that nobody went on with: their contents are a patient's, and no part of the record."""
    before = timezone.now() - datetime.timedelta(hours=settings.DIARY_IMPORT_KEPT_HOURS)
    left = DiaryFile.objects.filter(state__in=[*OPEN, FileState.UPLOADING, FileState.FAILED], moved_at__lt=before)
    DiaryFilePart.objects.filter(file__in=left).delete()
    kept = DiaryFile.objects.filter(state=FileState.FAILED, moved_at__lt=before, mapping__isnull=False)
    kept.update(mapping=None, proposal=None)
    return left.exclude(state=FileState.FAILED).update(
        state=FileState.DISCARDED, moved_at=timezone.now(), reading=None, proposal=None, mapping=None
    )
