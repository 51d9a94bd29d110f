"""What the database itself refuses, on every way of writing."""

import hashlib

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from apps.core.writing import readable_refusal
from apps.documents.choices import DocumentState
from apps.documents.models import Document
from apps.patients.models import Patient
from tests.factories.documents import make_document

PDF = b"%PDF-1.7 a file"
READY = {
    "state": "ready",
    "pdf": PDF,
    "pdf_sha256": hashlib.sha256(PDF).hexdigest(),
    "pages": 1,
}


@pytest.fixture
def document(patient: Patient, test_kinds: None) -> Document:
    return make_document(patient)


def sql_update(document: Document, **columns: object) -> None:
    assignments = ", ".join(f"{name} = %s" for name in columns)
    statement = f"UPDATE documents_document SET {assignments} WHERE id = %s"  # noqa: S608 - names from this file
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [*columns.values(), document.pk])


def refusal(document: Document, **columns: object) -> str:
    with pytest.raises(IntegrityError) as refused:
        sql_update(document, **columns)
    return readable_refusal(refused.value)


def start(document: Document) -> None:
    now = timezone.now()
    sql_update(document, state="running", attempts=1, started_at=now, heartbeat_at=now)


def finish(document: Document) -> None:
    start(document)
    sql_update(document, **READY, finished_at=timezone.now())


@pytest.mark.parametrize(
    "change",
    [
        {"snapshot": '{"about": {}}'},
        {"title": "Another title"},
        {"kind": "other"},
        {"subject_id": "visit-2"},
        {"request_key": "0" * 64},
        {"snapshot_sha256": "0" * 64},
        {"large_print": True},
        {"language": "es"},
    ],
)
def test_what_it_says_is_frozen(document: Document, change: dict[str, object]) -> None:
    assert "frozen" in refusal(document, **change)


def test_frozen_for_the_orm_too(document: Document) -> None:
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(snapshot={})
    document.title = "Another title"
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        document.save()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"pages": None}, "has a file if, and only if, it is ready"),
        ({"pdf": None, "pdf_sha256": "", "pages": None}, "has a file if, and only if, it is ready"),
        ({"pdf": b"another file"}, "does not match its checksum"),
        ({"finished_at": None}, "has an end"),
        ({"failure_code": "drawing_error", "failure_text": "Why"}, "says why it failed"),
    ],
)
def test_ready_only_with_the_whole_file(document: Document, change: dict[str, object], sentence: str) -> None:
    start(document)
    assert sentence in refusal(document, **{**READY, "finished_at": timezone.now(), **change})


def test_no_file_before_ready(document: Document) -> None:
    start(document)
    assert "has a file if, and only if" in refusal(document, **{**READY, "state": "running"})


def test_failed_says_why_and_when(document: Document) -> None:
    start(document)
    now = timezone.now()
    assert "says why" in refusal(document, state="failed", finished_at=now)
    assert "says why" in refusal(document, state="failed", finished_at=now, failure_code="drawing_error")
    assert "has an end" in refusal(document, state="failed", failure_code="drawing_error", failure_text="Why")


def test_running_needs_its_beginning(document: Document) -> None:
    assert "time at which this began" in refusal(document, state="running", attempts=1)


@pytest.mark.parametrize("state", ["ready", "failed", "nonsense"])
def test_no_jump_in_the_states(document: Document, state: str) -> None:
    assert f"can't go from queued to {state}" in refusal(document, state=state)


def test_ready_is_final(document: Document) -> None:
    finish(document)
    assert "stays as it is" in refusal(document, pdf=b"other")
    assert "stays as it is" in refusal(document, state="queued")


def test_never_deleted(document: Document) -> None:
    with pytest.raises(IntegrityError, match="can't be deleted"), transaction.atomic():
        document.delete()
    with pytest.raises(IntegrityError, match="can't be deleted"), transaction.atomic():
        Document.objects.filter(pk=document.pk)._raw_delete("default")


@pytest.mark.django_db(transaction=True)
def test_never_emptied(document: Document) -> None:
    with connection.cursor() as cursor, pytest.raises(IntegrityError, match="can't be deleted"):
        cursor.execute("TRUNCATE documents_document CASCADE")


def test_same_request_key_once(document: Document) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.bulk_create([_copy_of(document)])


@pytest.mark.parametrize("field", ["kind", "title", "subject_id"])
def test_named(document: Document, field: str) -> None:
    copy = _copy_of(document, request_key="1" * 64, **{field: ""})
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Document.objects.bulk_create([copy])
    assert "kind, a title and what it is about" in readable_refusal(refused.value)


@pytest.mark.parametrize("field", ["request_key", "snapshot_sha256"])
def test_checksums_are_checksums(document: Document, field: str) -> None:
    copy = _copy_of(document, **{"request_key": "1" * 64, field: "not a checksum"})
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Document.objects.bulk_create([copy])
    assert "checksum of its contents" in readable_refusal(refused.value)


def test_replaces_only_its_like(document: Document) -> None:
    copy = _copy_of(document, request_key="1" * 64, subject_id="visit-2", supersedes=document)
    with pytest.raises(IntegrityError, match="same kind about the same thing"), transaction.atomic():
        Document.objects.bulk_create([copy])


def test_lists_do_not_carry_files(document: Document) -> None:
    assert "pdf" in Document.objects.get(pk=document.pk).get_deferred_fields()
    assert document.state == DocumentState.QUEUED


def _copy_of(document: Document, **fields: object) -> Document:
    names = ("patient", "kind", "title", "subject_id", "snapshot", "snapshot_sha256", "request_key", "requested_at")
    values = {name: getattr(document, name) for name in names} | {"queued_at": document.queued_at} | fields
    return Document(**values)
