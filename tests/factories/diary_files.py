"""Readings of diary files and files on their way, as tests need them."""

import hashlib
from datetime import UTC, date, datetime, timedelta
from typing import Any

from apps.accounts.models import User
from apps.diary.choices import ImportSource, State
from apps.diary.import_choices import FileState, Meaning, Overlap
from apps.diary.imports.keeping import packed
from apps.diary.imports.meanings import Meant
from apps.diary.imports.parsed import ReadAttack, ReadDay, Reading, ReadIntake
from apps.diary.imports.settling import Diary
from apps.diary.jobs import WORKER, claim, hand_back
from apps.diary.models import DiaryFile
from apps.diary.models.file import PART_BYTES
from apps.diary.services import NameDecision, add_part, begin_upload, confirm_file, decide_names, finish_upload
from apps.diary.tasks import take_file
from apps.patients.models import Patient
from tests.factories.diary import make_acute_medicine

MEANINGS = {
    "Maxalt": Meant("rizatriptan"),
    "Rizatriptan": Meant("rizatriptan"),
    "Ibuprofen": Meant("ibuprofen"),
    "Something": Meant(None),
    "Candesartan": Meant(acute=False),
}
NOTHING_RECORDED = Diary({}, (), {})


def attack(row: int, first: date, last: date | None = None, *taken: str, **fields: Any) -> ReadAttack:
    """An attack with dates only, unless times are given; each named medicine once."""
    return ReadAttack(
        row=row,
        key=fields.pop("key", f"a{row}"),
        first_day=first,
        last_day=last or first,
        taken=tuple(ReadIntake(name) for name in taken),
        **fields,
    )


def timed(row: int, begin: datetime, hours: float, *taken: str, **fields: Any) -> ReadAttack:
    """An attack with begin and end in UTC."""
    end = begin + timedelta(hours=hours)
    return attack(row, begin.date(), end.date(), *taken, started=begin, ended=end, **fields)


def at(day: date, hour: int = 12) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def said(row: int, day: date, state: State | None = State.HEADACHE, *taken: str, **fields: Any) -> ReadDay:
    return ReadDay(row=row, day=day, state=state, taken=tuple(ReadIntake(name) for name in taken), **fields)


def reading(
    *entries: ReadDay | ReadAttack, source: ImportSource = ImportSource.MIGRAINE_BUDDY, **fields: Any
) -> Reading:
    """A file that holds these rows and no faults."""
    return Reading(
        source=source,
        rows_read=len({entry.row for entry in entries}),
        days=tuple(entry for entry in entries if isinstance(entry, ReadDay)),
        attacks=tuple(entry for entry in entries if isinstance(entry, ReadAttack)),
        **fields,
    )


def upload(patient: Patient, by: User, content: bytes = b"a diary file", name: str = "diary.csv") -> DiaryFile:
    """A file that arrived and waits to be read, as the upload page would have stored it."""
    file = begin_upload(patient=patient, name=name, by=by)
    for number, begin in enumerate(range(0, len(content), PART_BYTES)):
        add_part(file=file, number=number, content=content[begin : begin + PART_BYTES], by=by)
    return finish_upload(file=file, size=len(content), sha256=hashlib.sha256(content).hexdigest(), by=by)


def read_in(patient: Patient, by: User, found: Reading, name: str = "diary.csv") -> DiaryFile:
    """A file that a worker has read; its contents are the reading's own, so that two readings are two files."""
    kept = packed(found)
    file = upload(patient, by, kept, name)
    claimed = claim(file_id=file.pk, waiting=FileState.WAITING, by=WORKER)
    assert claimed is not None
    hand_back(claimed, FileState.READ, source=found.source, reading=kept)
    return DiaryFile.objects.get(pk=file.pk)


def bring_in(patient: Patient, by: User, found: Reading, overlap: Overlap = Overlap.KEEP) -> DiaryFile:
    """A file that was read, confirmed and taken; the outcome is in the file."""
    file = read_in(patient, by, found)
    confirm_file(file=file, overlap=overlap, by=by)
    take_file(str(file.pk))
    return DiaryFile.objects.select_related("batch", "patient").get(pk=file.pk)


def known_names(patient: Patient, by: User) -> None:
    """The names of MEANINGS are decided for the patient, and their medicines exist."""
    make_acute_medicine("rizatriptan")
    make_acute_medicine("ibuprofen", overuse_class="nsaid")
    decide_names(
        patient=patient,
        decisions=[
            NameDecision("Maxalt", Meaning.MEDICINE, "rizatriptan"),
            NameDecision("Something", Meaning.SOMETHING),
            NameDecision("Candesartan", Meaning.NOT_ACUTE),
        ],
        by=by,
    )
