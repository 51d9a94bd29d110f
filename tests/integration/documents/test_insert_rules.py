"""Rules of documents that only a new row can break: on a change, the guard of the states refuses first."""

import uuid

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.documents.models import Document
from tests.fixtures.people import People


def _row(people: People, **changed: object) -> Document:
    now = timezone.now()
    given: dict[str, object] = {
        "patient": people.patient,
        "kind": "test_note",
        "title": "A note",
        "subject_id": "visit-1",
        "snapshot": {},
        "snapshot_sha256": "0" * 64,
        "request_key": "1" * 64,
        "requested_at": now,
        "queued_at": now,
        **changed,
    }
    return Document(**given)


def _refused_by(row: Document) -> str | None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Document.objects.bulk_create([row])
    return refused.value.__cause__.diag.constraint_name


def test_an_unknown_state_is_refused(people: People) -> None:
    assert _refused_by(_row(people, state="lost")) == "documents_document_state_known"


def test_a_document_does_not_replace_itself(people: People) -> None:
    # The guard looks for the replaced document first and finds none; the constraint stands behind it.
    own = uuid.uuid4()
    assert _refused_by(_row(people, id=own, supersedes_id=own)) in (
        "documents_document_not_after_itself",
        "documents_document_replaces_its_like",
    )
