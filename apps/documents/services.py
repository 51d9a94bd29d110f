"""Asking for a document, and asking again for one that failed."""

import functools
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.core.writing import SystemProcess, author_of, writes
from apps.documents import snapshots
from apps.documents.choices import DocumentState
from apps.documents.kinds import kind_of
from apps.documents.models import Document
from apps.documents.queue import enqueue
from apps.documents.selectors import newest_about
from apps.patients.access import require
from apps.patients.models import Patient


@writes
def request_document(
    *,
    patient: Patient,
    kind: str,
    subject_id: str | UUID,
    snapshot: dict[str, Any],
    by: User | SystemProcess,
    title: str = "",
    language: str = "en",
    large_print: bool | None = None,
) -> Document:
    """Freeze what a document says and have it drawn as soon as this transaction is committed.

    `snapshot` is the content: everything the kind's template needs, rule versions included, as JSON; dates may be
    date objects. Asked twice for the same content gives the same document, whoever asks; one that had failed is
    then tried again. A document with other content about the same thing replaces the older one.

    Args:
        subject_id: what the document is about, for example the visit's id.
        title: as lists show it; the kind's name when empty.
        large_print: the patient's preference when None.

    Raises UnknownKind, PermissionDenied, and TypeError or ValueError for content that JSON can't hold.
    """
    known = kind_of(kind)
    _require(by, patient)
    now = timezone.now()
    frozen = snapshots.freeze(
        snapshot, patient=patient, asked_by=by.name if isinstance(by, SystemProcess) else str(by), asked_at=now
    )
    printed_large = patient.large_print if large_print is None else large_print
    key = snapshots.request_key(
        frozen,
        patient_id=patient.pk,
        kind=kind,
        subject_id=str(subject_id),
        language=language,
        large_print=printed_large,
    )
    # Requests for one patient stand in line, so that a double click finds the first click's document.
    list(Patient.objects.select_for_update(no_key=True).filter(pk=patient.pk).values_list("pk"))
    existing = Document.objects.select_for_update(no_key=True).filter(request_key=key).first()
    if existing is not None:
        return _again(existing) if existing.state == DocumentState.FAILED else existing
    document = Document.objects.create(
        created_by=author_of(by),
        patient=patient,
        kind=known.code,
        title=title or known.label,
        subject_id=str(subject_id),
        language=language,
        large_print=printed_large,
        snapshot=frozen,
        snapshot_sha256=snapshots.checksum(frozen),
        request_key=key,
        requested_at=now,
        queued_at=now,
        offered_at=now,
        supersedes=newest_about(patient, kind=kind, subject_id=str(subject_id)),
    )
    _enqueue_after_commit(document)
    return document


@writes
def retry_document(*, document: Document, by: User | SystemProcess) -> Document:
    """Draw a failed document again, from the same snapshot. One that did not fail stays as it is.

    Raises PermissionDenied.
    """
    _require(by, document.patient)
    current = Document.objects.select_for_update(no_key=True).get(pk=document.pk)
    return _again(current) if current.state == DocumentState.FAILED else current


def _again(document: Document) -> Document:
    now = timezone.now()
    document.state = DocumentState.QUEUED
    document.queued_at = document.offered_at = now
    document.attempts = 0
    document.started_at = document.heartbeat_at = document.finished_at = None
    document.failure_code = document.failure_text = ""
    document.save(
        update_fields=[
            "state",
            "queued_at",
            "offered_at",
            "attempts",
            "started_at",
            "heartbeat_at",
            "finished_at",
            "failure_code",
            "failure_text",
        ]
    )
    _enqueue_after_commit(document)
    return document


def _enqueue_after_commit(document: Document) -> None:
    transaction.on_commit(functools.partial(enqueue, document.pk))


def _require(by: User | SystemProcess, patient: Patient) -> None:
    if not isinstance(by, SystemProcess):
        require(by, Permission.REQUEST_DOCUMENT, patient)
