"""What the database refuses about uploaded files, their pieces, and what names and columns mean."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.diary.import_choices import FileState, Meaning
from apps.diary.models import ColumnMapping, DiaryFile, DiaryFilePart, ImportBatch, MedicineName
from apps.diary.models.file import PART_BYTES
from apps.patients.models import Patient
from tests.factories.diary import make_acute_medicine
from tests.refusals import constraint_of

pytestmark = pytest.mark.django_db


def batch(patient: Patient) -> ImportBatch:
    rows = {"rows_read": 0, "rows_imported": 0, "rows_duplicate": 0, "rows_refused": 0, "report": {}}
    return ImportBatch.objects.create(patient=patient, source="migralog", label="phone", **rows)


def somebody_else() -> Patient:
    return Patient.objects.create(given_name="Sol", family_name="Vega", date_of_birth=date(1990, 1, 1))


def waiting(patient: Patient, **fields: Any) -> DiaryFile:
    good = {"name": "diary.csv", "state": FileState.WAITING, "size": 3, "sha256": "a" * 64, "moved_at": timezone.now()}
    return DiaryFile.objects.create(patient=patient, **good | fields)


def refused(write: Any) -> str:
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        write()
    return constraint_of(refusal)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"state": "lost"}, "diary_file_state_known"),
        ({"source": "hearsay"}, "diary_file_source_known"),
        ({"name": ""}, "diary_file_described"),
        ({"overlap": "add"}, "diary_file_described"),
        ({"progress": 101}, "diary_file_described"),
        ({"size": 0}, "diary_file_whole"),
        ({"sha256": "short"}, "diary_file_whole"),
        ({"state": FileState.FAILED}, "diary_file_failure_explained"),
        ({"failure_text": "Not readable."}, "diary_file_failure_explained"),
        ({"failure_place": "row 3"}, "diary_file_failure_explained"),
        ({"state": FileState.READING}, "diary_file_held_while_worked_on"),
        ({"held_by": uuid4()}, "diary_file_held_while_worked_on"),
        ({"heartbeat_at": timezone.now()}, "diary_file_held_while_worked_on"),
        ({"confirmed_at": timezone.now()}, "diary_file_confirmed_paired"),
        ({"state": FileState.CONFIRMED}, "diary_file_confirmed_before_taken"),
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(value),
)
def test_a_file_that_contradicts_itself_is_refused(patient: Patient, fields: dict[str, Any], constraint: str) -> None:
    waiting(patient)
    assert refused(lambda: waiting(patient, **fields)) == constraint


def test_an_imported_file_and_only_that_leads_to_its_import(patient: Patient, treating: User) -> None:
    done = {"state": FileState.IMPORTED, "confirmed_at": timezone.now(), "confirmed_by": treating}
    assert refused(lambda: waiting(patient, **done)) == "diary_file_import_if_imported"
    assert refused(lambda: waiting(patient, batch=batch(patient))) == "diary_file_import_if_imported"
    assert refused(lambda: waiting(patient, **done, batch=batch(somebody_else()))) == "diary_file_own_import"
    waiting(patient, **done, batch=batch(patient))


def test_a_file_stays_with_its_patient(patient: Patient) -> None:
    file, other = waiting(patient), somebody_else()

    def move() -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE diary_diaryfile SET patient_id = %s WHERE id = %s", [other.pk, file.pk])

    assert refused(move) == "diary_file_stays_with_patient"


@pytest.mark.parametrize("content", [b"", b"x" * (PART_BYTES + 1)], ids=["empty", "too large"])
def test_a_piece_is_at_most_a_mebibyte(patient: Patient, content: bytes) -> None:
    file = waiting(patient)
    DiaryFilePart.objects.create(file=file, number=0, content=b"x" * PART_BYTES)
    assert refused(lambda: DiaryFilePart.objects.create(file=file, number=1, content=content)) == "diary_file_part_size"


def test_a_piece_arrives_once(patient: Patient) -> None:
    file = waiting(patient)
    DiaryFilePart.objects.create(file=file, number=0, content=b"x")
    assert refused(lambda: DiaryFilePart.objects.create(file=file, number=0, content=b"y")) == "diary_file_part_once"


def decided(by: User, **fields: Any) -> MedicineName:
    good = {"name": "Maxalt", "meaning": Meaning.SOMETHING, "decided_at": timezone.now(), "decided_by": by}
    return MedicineName.objects.create(**good | fields)


def test_a_name_is_decided_once_for_a_patient_and_once_for_all(patient: Patient, treating: User) -> None:
    decided(treating)
    decided(treating, patient=patient)
    decided(treating, patient=somebody_else())
    assert refused(lambda: decided(treating, name=" MÁXALT ")) == "diary_name_decided_once"
    assert refused(lambda: decided(treating, patient=patient, name="maxalt")) == "diary_name_decided_once"


def test_a_name_stands_for_a_medicine_or_for_none(treating: User) -> None:
    medicine = make_acute_medicine("rizatriptan")
    for fields in ({"meaning": Meaning.MEDICINE}, {"medicine": medicine}, {"meaning": "perhaps"}):
        assert refused(lambda fields=fields: decided(treating, **fields)) == "diary_name_medicine_if_meant"
    assert refused(lambda: decided(treating, name="")) == "diary_name_written"
    decided(treating, meaning=Meaning.MEDICINE, medicine=medicine)


def test_columns_are_recognised_by_a_checksum(treating: User) -> None:
    good = {"headings": "Date, Headache", "mapping": {}, "decided_at": timezone.now(), "decided_by": treating}
    ColumnMapping.objects.create(signature="a" * 64, **good)
    assert refused(lambda: ColumnMapping.objects.create(signature="a", **good)) == "diary_mapping_signature_whole"
    with pytest.raises(IntegrityError), transaction.atomic():
        ColumnMapping.objects.create(signature="a" * 64, **good)
