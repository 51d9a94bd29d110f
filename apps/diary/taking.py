"""The worker's side of a confirmed file: everything into the diary in one transaction, or nothing."""

import uuid
from typing import Final

import structlog
from billiard.exceptions import SoftTimeLimitExceeded
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.core.writing import Refused, writes
from apps.diary.import_choices import FileState, Overlap
from apps.diary.imports.meanings import UnknownNames
from apps.diary.imports.parsed import Reading
from apps.diary.imports.settling import dates_of, settle
from apps.diary.jobs import WORKER, Meter, claim, give_up, hand_back, working
from apps.diary.models import DiaryFile, DiaryFilePart, ImportBatch
from apps.diary.selectors.files import file_names, reading_of
from apps.diary.selectors.recorded import recorded_diary, recorded_rows
from apps.diary.taking_rows import write_settled
from apps.patients.access import require
from apps.patients.models import Patient

NOT_ALLOWED: Final = (
    "Nothing was taken: {name} may not edit this diary any more. Somebody who may has to upload the file again."
)
NAME_LOST: Final = "Nothing was taken: for {names} nobody says any more what it stands for. Upload the file again."
TOOK_TOO_LONG: Final = "Nothing was taken, because it took more than ten minutes. Tell the clinic's IT."
WENT_WRONG: Final = (
    "Nothing was taken: something went wrong on the way. Upload the file again; if it happens again, tell the "
    "clinic's IT the time, the worker's log has the details."
)

logger = structlog.get_logger(__name__)


class GivenAway(Exception):
    """Another process has the file by now; what this one wrote is rolled back."""


def take(file_id: uuid.UUID) -> None:
    """Take a confirmed file; do nothing when it doesn't wait any more or is in another process's hands."""
    file = claim(file_id=file_id, waiting=FileState.CONFIRMED, by=WORKER)
    if file is None:
        return
    if (sentence := _try(file)) is not None:
        give_up(file=file, sentence=sentence, by=WORKER)


def _try(file: DiaryFile) -> str | None:
    """Why it could not be taken; None when it was, or when it is another process's business by now."""
    try:
        with working(file) as meter:
            take_claimed(file=file, meter=meter, by=_confirmed_by(file))
    except GivenAway:
        logger.info("diary file given away", file=str(file.pk))
    except PermissionDenied:
        return NOT_ALLOWED.format(name=file.confirmed_by)
    except UnknownNames as unknown:
        return NAME_LOST.format(names=", ".join(f"“{name}”" for name in unknown.names[:5]))
    except Refused as refused:
        return f"Nothing was taken. {refused}"
    except SoftTimeLimitExceeded:
        return TOOK_TOO_LONG
    except Exception:
        logger.exception("diary file not taken", file=str(file.pk))
        return WENT_WRONG
    return None


@writes
def take_claimed(*, file: DiaryFile, meter: Meter, by: User) -> ImportBatch:
    """Settle the file against the diary as it is now and write the outcome.

    by: who confirmed it; asked again whether they may. Raises GivenAway, PermissionDenied, UnknownNames and Refused;
    nothing is then written.
    """
    require(by, Permission.EDIT_DIARY, file.patient)
    # One writer a diary at a time, as when a month is typed.
    Patient.objects.select_for_update(no_key=True).get(pk=file.patient_id)
    reading = _reading(file)
    rows = recorded_rows(file.patient, dates_of(reading))
    settled = settle(
        reading,
        recorded_diary(rows),
        file_names(file.patient, reading).meant,
        rule=Overlap(file.overlap),
        today=timezone.localdate(),
    )
    meter(20)
    batch = write_settled(file, reading, settled, rows, by=by, progress=meter)
    DiaryFilePart.objects.filter(file=file).delete()
    if not hand_back(file, FileState.IMPORTED, batch=batch, reading=None, proposal=None, progress=100):
        raise GivenAway
    return batch


def _reading(file: DiaryFile) -> Reading:
    reading = reading_of(file)
    if reading is None:
        raise Refused("What was read from the file is not there any more. Upload it again.")
    return reading


def _confirmed_by(file: DiaryFile) -> User:
    if file.confirmed_by is None:
        raise PermissionDenied("Nobody confirmed this file.")
    return file.confirmed_by
