"""Asking for a document: frozen, once, enqueued after the commit."""

import datetime
import threading
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from apps.accounts.models import User
from apps.documents import queue, snapshots
from apps.documents.choices import DocumentState, FailureCode
from apps.documents.drawing import WORKER, fail
from apps.documents.kinds import UnknownKind, register_kind
from apps.documents.models import Document
from apps.documents.services import request_document, retry_document
from apps.patients.models import Patient
from tests.documents import kinds
from tests.factories.documents import make_document
from tests.fixtures.people import People

pytestmark = pytest.mark.usefixtures("test_kinds")

assert kinds


def fail_now(document: Document) -> Document:
    document.refresh_from_db()
    now = document.queued_at
    Document.objects.filter(pk=document.pk).update(
        state=DocumentState.RUNNING, attempts=1, started_at=now, heartbeat_at=now
    )
    document.refresh_from_db()
    fail(document=document, code=FailureCode.DRAWING_ERROR, by=WORKER)
    document.refresh_from_db()
    return document


def test_freezes_content_patient_and_who_asked(people: People) -> None:
    document = make_document(people.patient, by=people.colleague)
    assert document.snapshot["content"]["as_of"] == "2026-11-22"
    assert document.snapshot["content"]["rules"] == {"headache_days": "1.0"}
    assert document.snapshot["about"]["patient"] == "Ingrid Halvorsen"
    assert document.snapshot["asked"]["by"] == "Nurse Tom Reed"
    assert document.created_by == people.colleague
    assert document.snapshot_sha256 == snapshots.checksum(document.snapshot)


def test_a_later_change_of_the_chart_is_not_in_it(patient: Patient) -> None:
    document = make_document(patient)
    Patient.objects.filter(pk=patient.pk).update(family_name="Other")
    document.refresh_from_db()
    assert document.snapshot["about"]["patient"] == "Ingrid Halvorsen"


def test_same_content_is_the_same_document_whoever_asks(people: People) -> None:
    first = make_document(people.patient, by=people.treating)
    second = make_document(people.patient, by=people.colleague)
    assert first.pk == second.pk
    assert Document.objects.count() == 1


@pytest.mark.parametrize(
    "difference",
    [
        {"content": {"finding": "Something else"}},
        {"subject_id": "visit-2"},
        {"kind": "test_broken"},
        {"language": "es"},
        {"large_print": True},
    ],
)
def test_anything_else_is_another_document(patient: Patient, difference: dict[str, object]) -> None:
    assert make_document(patient).pk != make_document(patient, **difference).pk  # type: ignore[arg-type]


def test_another_patient_is_another_document(patient: Patient) -> None:
    other = Patient.objects.create(
        given_name="Ingrid", family_name="Halvorsen", date_of_birth=datetime.date(1984, 2, 29)
    )
    assert make_document(patient).pk != make_document(other).pk


def test_other_content_replaces_the_older(patient: Patient) -> None:
    first = make_document(patient)
    second = make_document(patient, content={"finding": "Corrected"})
    third = make_document(patient, content={"finding": "Other visit"}, subject_id="visit-2")
    assert second.supersedes == first
    assert third.supersedes is None


def test_large_print_as_the_patient_wishes(patient: Patient) -> None:
    patient.large_print = True
    patient.save()
    assert make_document(patient).large_print


def test_only_with_the_right(people: People) -> None:
    for nobody in (people.stranger, people.auditor, people.intake_coordinator):
        with pytest.raises(PermissionDenied):
            make_document(people.patient, by=nobody)
    document = fail_now(make_document(people.patient))
    with pytest.raises(PermissionDenied):
        retry_document(document=document, by=people.stranger)
    assert Document.objects.get().state == DocumentState.FAILED


def test_without_an_author_nothing_is_written(patient: Patient) -> None:
    with pytest.raises(TypeError, match="needs by="):
        request_document(patient=patient, kind="test_note", subject_id="1", snapshot={})  # type: ignore[call-arg]


def test_unknown_kind_and_unfreezable_content_are_refused(patient: Patient, treating: User) -> None:
    with pytest.raises(UnknownKind):
        make_document(patient, kind="nobody_knows")
    for content in ({"x": object()}, {"x": float("nan")}):
        with pytest.raises((TypeError, ValueError)):
            make_document(patient, content=content)
    assert not Document.objects.exists()


def test_a_kind_is_registered_once() -> None:
    register_kind("test_note", "Test note", "documents_test/note.html")
    with pytest.raises(ValueError, match="registered already"):
        register_kind("test_note", "Another", "documents_test/note.html")


def test_asked_again_after_a_failure_it_is_tried_again(
    people: People, django_capture_on_commit_callbacks: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    offered = offers(monkeypatch)
    document = fail_now(make_document(people.patient))
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        again = make_document(people.patient, by=people.treating)
    assert (again.pk, again.state, again.attempts, again.failure_text) == (document.pk, DocumentState.QUEUED, 0, "")
    assert offered == [document.pk]


def test_retry_of_what_did_not_fail_changes_nothing(people: People) -> None:
    document = make_document(people.patient)
    assert retry_document(document=document, by=people.treating).queued_at == document.queued_at


def test_broker_away_leaves_it_waiting_and_says_so(
    patient: Patient, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        document = make_document(patient)
    document.refresh_from_db()
    assert (document.state, document.offered_at) == (DocumentState.QUEUED, None)


def test_history_has_the_author_and_neither_contents_nor_file(people: People) -> None:
    document = make_document(people.patient, by=people.treating)
    event = document.events.get()  # type: ignore[attr-defined]
    assert event.pgh_context.metadata["user"] == str(people.treating.pk)
    assert not {"snapshot", "pdf"} & {field.name for field in event._meta.fields}


@pytest.mark.django_db(transaction=True)
class TestReallyCommitted:
    def test_enqueued_after_commit_and_not_after_a_rollback(
        self, people: People, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        offered = offers(monkeypatch)
        with transaction.atomic():
            make_document(people.patient)
            transaction.set_rollback(True)
        assert (offered, Document.objects.count()) == ([], 0)
        with transaction.atomic():
            document = make_document(people.patient)
            assert offered == []
        assert offered == [document.pk]

    def test_double_click_from_two_threads_gives_one_document(
        self, people: People, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        offered = offers(monkeypatch)
        start, found, errors = threading.Barrier(4), [], []

        def click() -> None:
            try:
                start.wait(10)
                found.append(make_document(people.patient, by=people.treating).pk)
            except Exception as error:  # noqa: BLE001 - shown below
                errors.append(error)
            finally:
                connection.close()

        threads = [threading.Thread(target=click) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert errors == []
        assert len(found) == 4
        assert len(set(found)) == 1
        assert offered == [found[0]]


def offers(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What is handed to the broker, instead of a broker."""
    offered: list[object] = []
    monkeypatch.setattr("apps.documents.services.enqueue", offered.append)
    assert queue.enqueue not in offered
    return offered
