"""The worker's side of an upload: recognise the file, read it, keep what was read until somebody confirms it."""

import uuid
from typing import Any, Final
from zoneinfo import ZoneInfo

import structlog
from billiard.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.utils import timezone

from apps.core.writing import SystemProcess, writes
from apps.diary.choices import ImportSource
from apps.diary.import_choices import FileState
from apps.diary.imports.keeping import packed, proposal_as_dict
from apps.diary.imports.parsed import FileRefused, ReadingRules
from apps.diary.imports.reading import TableMapping, propose, read_file, recognise
from apps.diary.jobs import WORKER, Meter, claim, give_up, hand_back, working
from apps.diary.models import DiaryFile
from apps.diary.parts import open_parts

TOOK_TOO_LONG: Final = (
    "Reading was stopped because it took more than half an hour. Export a shorter time, or tell the clinic's IT."
)
WENT_WRONG: Final = (
    "The file could not be read, and nothing was taken from it. "
    "Tell the clinic's IT the time and the name of the file; the worker's log has the details."
)

logger = structlog.get_logger(__name__)


def read(file_id: uuid.UUID) -> None:
    """Read a file that waits; do nothing when it doesn't wait any more or is in another process's hands."""
    file = claim(file_id=file_id, waiting=FileState.WAITING, by=WORKER)
    if file is None:
        return
    try:
        with working(file) as meter:
            found = _look(file, meter)
    except FileRefused as refused:
        give_up(file=file, sentence=refused.sentence, place=refused.place, by=WORKER)
    except SoftTimeLimitExceeded:
        give_up(file=file, sentence=TOOK_TOO_LONG, by=WORKER)
    except Exception:
        logger.exception("diary file not read", file=str(file_id))
        give_up(file=file, sentence=WENT_WRONG, by=WORKER)
    else:
        _keep(file=file, found=found, by=WORKER)


def _look(file: DiaryFile, meter: Meter) -> dict[str, Any]:
    """What was found, as fields of the file with its next state."""
    with open_parts(file) as stream:
        source = recognise(stream, file.name)
        stream.seek(0)
        if source is ImportSource.TABLE and file.mapping is None:
            proposal = propose(stream, file.name, sheet=file.sheet)
            return {"state": FileState.COLUMNS, "source": source, "proposal": proposal_as_dict(proposal)}
        reading = read_file(
            stream,
            file.name,
            rules=ReadingRules(zone=ZoneInfo(settings.CLINIC_TIME_ZONE), today=timezone.localdate()),
            progress=meter,
            mapping=TableMapping.from_dict(file.mapping) if file.mapping else None,
        )
    return {"state": FileState.READ, "source": source, "reading": packed(reading)}


@writes
def _keep(*, file: DiaryFile, found: dict[str, Any], by: SystemProcess) -> bool:
    return hand_back(file, **found, progress=100)
