"""Diary files on their way: received in pieces, discarded, their columns chosen, confirmed."""

import functools
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.core.writing import Refused, writes
from apps.diary import jobs
from apps.diary.import_choices import AFTER_CONFIRMING, FileState, Overlap
from apps.diary.imports.keeping import storable
from apps.diary.imports.reading import TableMapping, signature
from apps.diary.models import ColumnMapping, DiaryFile, DiaryFilePart
from apps.diary.models.file import LONGEST_FILE_NAME
from apps.patients.access import require
from apps.patients.models import Patient

_GOES_ON = (FileState.WAITING, FileState.READING, FileState.COLUMNS, FileState.READ, *AFTER_CONFIRMING[:2])
_CAN_BE_DISCARDED = (FileState.WAITING, FileState.COLUMNS, FileState.READ, FileState.FAILED)


@writes
def begin_upload(*, patient: Patient, name: str, by: User) -> DiaryFile:
    """A file begins to arrive. Raises PermissionDenied."""
    require(by, Permission.EDIT_DIARY, patient)
    shown = storable(" ".join(name.split()))[-LONGEST_FILE_NAME:] or "diary file"
    return DiaryFile.objects.create(patient=patient, name=shown, moved_at=timezone.now(), created_by=by)


@writes
def add_part(*, file: DiaryFile, number: int, content: bytes, by: User) -> None:
    """The next piece of a file that arrives: 1 MiB, the last one perhaps less."""
    DiaryFilePart.objects.create(file=file, number=number, content=content)


@writes
def finish_upload(*, file: DiaryFile, size: int, sha256: str, by: User) -> DiaryFile:
    """The file is there and waits to be read. The same file that is still on its way is gone on with instead.

    Raises PermissionDenied.
    """
    require(by, Permission.EDIT_DIARY, file.patient)
    # Uploads for one patient stand in line, so that a double click finds the first click's file.
    Patient.objects.select_for_update(no_key=True).get(pk=file.patient_id)
    earlier = DiaryFile.objects.filter(patient=file.patient_id, sha256=sha256, state__in=_GOES_ON).first()
    if earlier is not None:
        file.delete()
        return earlier
    now = timezone.now()
    DiaryFile.objects.filter(pk=file.pk).update(
        state=FileState.WAITING, size=size, sha256=sha256, moved_at=now, offered_at=now
    )
    _offer_after_commit(file, FileState.WAITING)
    return DiaryFile.objects.get(pk=file.pk)


@writes
def drop_upload(*, file: DiaryFile, by: User) -> None:
    """Forget a file that did not arrive whole."""
    DiaryFile.objects.filter(pk=file.pk, state=FileState.UPLOADING).delete()


@writes
def discard_file(*, file: DiaryFile, by: User) -> None:
    """Throw an upload away, with everything that was read from it.

    Raises PermissionDenied, and Refused when it is in work or was imported.
    """
    require(by, Permission.EDIT_DIARY, file.patient)
    gone = DiaryFile.objects.filter(pk=file.pk, state__in=_CAN_BE_DISCARDED).update(
        state=FileState.DISCARDED,
        moved_at=timezone.now(),
        reading=None,
        proposal=None,
        mapping=None,
        failure_text="",
        failure_place="",
    )
    if not gone:
        raise Refused("This file can't be discarded at the moment. Look at how far it is.")
    DiaryFilePart.objects.filter(file=file).delete()


@writes
def choose_columns(*, file: DiaryFile, headings: Sequence[str], mapping: TableMapping, by: User) -> None:
    """Say what the columns of a table mean and have it read; remembered for every table with these headings.

    Raises PermissionDenied, and Refused when the table can't be read like this or is not waiting for it.
    """
    require(by, Permission.EDIT_DIARY, file.patient)
    if faults := mapping.faults():
        raise Refused({name: [sentence] for name, sentence in faults.items()})
    _read_again(file, mapping=mapping.as_dict(), sheet=mapping.sheet)
    decision = {"mapping": mapping.as_dict(), "decided_at": timezone.now(), "decided_by": by}
    ColumnMapping.objects.update_or_create(
        signature=signature(headings),
        defaults=decision,
        create_defaults={**decision, "headings": ", ".join(headings)[:LONGEST_FILE_NAME], "created_by": by},
    )


@writes
def choose_sheet(*, file: DiaryFile, sheet: str, by: User) -> None:
    """Look at another sheet of a workbook. Raises PermissionDenied and Refused."""
    require(by, Permission.EDIT_DIARY, file.patient)
    _read_again(file, mapping=None, sheet=sheet)


@writes
def confirm_file(*, file: DiaryFile, overlap: Overlap, by: User) -> None:
    """Have what was read taken into the diary. Confirmed twice, by whomever, it is taken once.

    Raises PermissionDenied, and Refused when it was discarded or changed meanwhile.
    """
    require(by, Permission.EDIT_DIARY, file.patient)
    now = timezone.now()
    confirmed = DiaryFile.objects.filter(pk=file.pk, state=FileState.READ).update(
        state=FileState.CONFIRMED,
        overlap=overlap,
        confirmed_by=by,
        confirmed_at=now,
        moved_at=now,
        offered_at=now,
        tries=0,
        progress=0,
    )
    if confirmed:
        _offer_after_commit(file, FileState.CONFIRMED)
    elif DiaryFile.objects.get(pk=file.pk).state not in AFTER_CONFIRMING:
        raise Refused("This file was discarded or changed meanwhile. Look at it again.")


def _read_again(file: DiaryFile, *, mapping: dict[str, object] | None, sheet: str) -> None:
    now = timezone.now()
    open_tables = DiaryFile.objects.filter(
        pk=file.pk,
        state__in=[FileState.COLUMNS, FileState.READ, FileState.FAILED],
        proposal__isnull=False,
    )
    waiting = open_tables.update(
        state=FileState.WAITING,
        mapping=mapping,
        sheet=sheet,
        reading=None,
        failure_text="",
        failure_place="",
        moved_at=now,
        offered_at=now,
        tries=0,
        progress=0,
    )
    if not waiting:
        raise Refused("The columns of this file can't be chosen at the moment. Look at how far it is.")
    _offer_after_commit(file, FileState.WAITING)


def _offer_after_commit(file: DiaryFile, state: FileState) -> None:
    transaction.on_commit(functools.partial(jobs.offer, file.pk, state))
