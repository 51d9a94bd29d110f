"""An uploaded file in the hands of a worker: offered, claimed, shown to be alive, given up.

The row decides: whoever changes it from waiting to being worked on has it, under a mark of its own; a process that
was given up finds another mark there and can't write any more.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import F, QuerySet
from django.utils import timezone

from apps.core.jobs import beating, hand_over
from apps.core.writing import SystemProcess, writes
from apps.diary.import_choices import BEGINS, FileState
from apps.diary.models import DiaryFile, DiaryFilePart

WORKER: Final = SystemProcess("reading diary files")
# The tasks' names, as apps.diary.tasks registers them; names instead of imports, because tasks lie above.
READ_TASK: Final = "diary.read_file"
TAKE_TASK: Final = "diary.take_file"
_TASKS: Final = {FileState.WAITING: READ_TASK, FileState.CONFIRMED: TAKE_TASK}
# A worker shows this often that it lives and how far it is.
BEAT_SECONDS: Final = 1.0


@dataclass
class Meter:
    """How far the work is, 0 to 100. The worker sets it as often as it likes; it is written with the heartbeat."""

    percent: int = 0

    def __call__(self, percent: int) -> None:
        self.percent = max(0, min(100, int(percent)))


def offer(file_id: uuid.UUID, state: FileState) -> bool:
    """Offer a waiting file to the workers; twice is harmless. False when the broker is away: the sweep tries again."""
    waiting = DiaryFile.objects.filter(pk=file_id, state=state)
    waiting.update(offered_at=timezone.now())
    if hand_over(_TASKS[state], file_id):
        return True
    waiting.update(offered_at=None)
    return False


@writes
def claim(*, file_id: uuid.UUID, waiting: FileState, by: SystemProcess) -> DiaryFile | None:
    """Take a waiting file in one conditional update, so that of two processes only one gets it."""
    now = timezone.now()
    taken = DiaryFile.objects.filter(pk=file_id, state=waiting).update(
        state=BEGINS[waiting],
        held_by=uuid.uuid4(),
        heartbeat_at=now,
        moved_at=now,
        tries=F("tries") + 1,
        progress=0,
    )
    return DiaryFile.objects.select_related("patient", "confirmed_by").get(pk=file_id) if taken else None


def mine(file: DiaryFile) -> QuerySet[DiaryFile]:
    """The file, while it is still in the hands of the process that claimed it."""
    return DiaryFile.objects.filter(pk=file.pk, state=file.state, held_by=file.held_by)


@contextmanager
def working(file: DiaryFile) -> Iterator[Meter]:
    """Show that this process lives and how far it is, for as long as the block lasts."""
    meter = Meter()
    with beating(
        lambda: mine(file).update(heartbeat_at=timezone.now(), progress=meter.percent),
        every=BEAT_SECONDS,
    ):
        yield meter


def hand_back(file: DiaryFile, state: FileState, **fields: Any) -> bool:
    """Put the file down in another state. False when it was given to another process meanwhile: then that one counts."""
    done = mine(file).update(state=state, held_by=None, heartbeat_at=None, moved_at=timezone.now(), **fields)
    return bool(done)


@writes
def give_up(*, file: DiaryFile, sentence: str, place: str = "", by: SystemProcess) -> bool:
    """End the work with the reason for people. A table keeps its contents: its columns may be chosen again."""
    ended = hand_back(
        file, FileState.FAILED, failure_text=sentence[:600], failure_place=place[:200], reading=None, progress=0
    )
    if ended and not file.mapping:
        DiaryFilePart.objects.filter(file=file).delete()
    return ended
