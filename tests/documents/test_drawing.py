"""The worker's side without a worker: claims, fences, sentences, sweeps."""

import datetime
import hashlib
import time
import uuid

import pytest
from django.db import connection
from django.utils import timezone

from apps.core import jobs
from apps.documents import drawing, sweeping
from apps.documents.choices import DocumentState, FailureCode
from apps.documents.failures import DrawingFailed
from apps.documents.kinds import _kinds
from apps.documents.library import INSTALL_COMMAND
from apps.documents.models import Document
from apps.documents.rendering import Drawn
from apps.documents.selectors import file_of
from apps.documents.tasks import draw_document, sweep_documents
from apps.patients.models import Patient
from tests.documents import kinds
from tests.factories.documents import make_document

pytestmark = pytest.mark.usefixtures("test_kinds")

assert kinds

LONG_AGO = datetime.timedelta(minutes=5)


@pytest.fixture
def document(patient: Patient) -> Document:
    return make_document(patient)


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids a broker was given."""
    ids: list[str] = []
    monkeypatch.setattr(jobs.current_app, "send_task", lambda _name, args, connection: ids.append(args[0]))
    return ids


def now_of(document: Document) -> Document:
    return Document.objects.get(pk=document.pk)


def running(document: Document, *, attempts: int = 1, silent_for: datetime.timedelta = LONG_AGO) -> Document:
    beat = timezone.now() - silent_for
    Document.objects.filter(pk=document.pk).update(
        state=DocumentState.RUNNING, attempts=attempts, started_at=beat, heartbeat_at=beat
    )
    return now_of(document)


def test_drawn_and_stored_with_its_checksum(document: Document) -> None:
    draw_document(str(document.pk))
    done = now_of(document)
    pdf = file_of(done)
    assert done.state == DocumentState.READY
    assert pdf is not None
    assert pdf.startswith(b"%PDF-")
    assert (done.pdf_sha256, done.pages, done.attempts) == (hashlib.sha256(pdf).hexdigest(), 1, 1)


def test_the_second_task_does_nothing(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    draw_document(str(document.pk))
    first = now_of(document)
    monkeypatch.setattr(drawing, "render", lambda _: pytest.fail("drawn twice"))
    draw_document(str(document.pk))
    assert now_of(document).finished_at == first.finished_at


def test_what_another_process_draws_is_left_alone(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    running(document)
    monkeypatch.setattr(drawing, "render", lambda _: pytest.fail("drawn twice"))
    draw_document(str(document.pk))
    draw_document(str(uuid.uuid4()))
    assert now_of(document).state == DocumentState.RUNNING


@pytest.mark.parametrize("code", [FailureCode.LIBRARY_MISSING, FailureCode.DRAWING_ERROR])
def test_failure_is_kept_with_its_sentence(
    document: Document, monkeypatch: pytest.MonkeyPatch, code: FailureCode
) -> None:
    def refuse(_: Document) -> Drawn:
        raise DrawingFailed(code)

    monkeypatch.setattr(drawing, "render", refuse)
    draw_document(str(document.pk))
    failed = now_of(document)
    assert (failed.state, failed.failure_code, failed.pages) == (DocumentState.FAILED, code, None)
    assert (INSTALL_COMMAND in failed.failure_text) == (code == FailureCode.LIBRARY_MISSING)


def test_an_unexpected_error_is_a_failure_too(patient: Patient) -> None:
    document = make_document(patient, kind="test_broken")
    draw_document(str(document.pk))
    assert now_of(document).failure_code == FailureCode.DRAWING_ERROR


def test_a_kind_nobody_knows_is_a_failure(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(_kinds, "test_note")
    draw_document(str(document.pk))
    assert now_of(document).failure_code == FailureCode.KIND_UNKNOWN


def test_a_process_that_was_given_up_cannot_store(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(_: Document) -> Drawn:
        running(document, attempts=2)  # meanwhile another process has taken it
        return Drawn(b"late file", 1)

    monkeypatch.setattr(drawing, "render", slow)
    draw_document(str(document.pk))
    assert (now_of(document).state, file_of(document)) == (DocumentState.RUNNING, None)


def test_sweep_gives_back_what_a_dead_process_holds(document: Document, offered: list[str]) -> None:
    running(document)
    sweep_documents()
    back = now_of(document)
    assert (back.state, back.attempts, back.heartbeat_at) == (DocumentState.QUEUED, 1, None)
    assert offered == [str(document.pk)]


def test_sweep_leaves_a_living_process_alone(document: Document, offered: list[str]) -> None:
    running(document, silent_for=sweeping.SILENT_AFTER - datetime.timedelta(seconds=5))
    assert sweeping.sweep() == sweeping.SweepReport(0, 0, 0)
    assert offered == []


def test_sweep_gives_up_after_three_dead_processes(document: Document, offered: list[str]) -> None:
    running(document, attempts=sweeping.MOST_ATTEMPTS)
    assert sweeping.sweep() == sweeping.SweepReport(0, 1, 0)
    assert now_of(document).failure_code == FailureCode.WORKER_LOST
    assert offered == []


def test_sweep_offers_again_what_the_broker_forgot(document: Document, offered: list[str]) -> None:
    assert sweeping.sweep().offered == 0
    Document.objects.filter(pk=document.pk).update(offered_at=timezone.now() - LONG_AGO)
    assert sweeping.sweep().offered == 1
    assert sweeping.sweep().offered == 0
    assert offered == [str(document.pk)]


def test_sweep_stops_asking_a_broker_that_is_away(patient: Patient) -> None:
    for number in range(3):
        make_document(patient, subject_id=f"visit-{number}")
    Document.objects.update(offered_at=timezone.now() - LONG_AGO)
    assert sweeping.sweep() == sweeping.SweepReport(0, 0, 0)
    assert Document.objects.filter(offered_at__isnull=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_long_drawing_shows_that_it_lives(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "HEARTBEAT_SECONDS", 0.05)
    begun = running(document)
    with drawing.heartbeat(begun):
        time.sleep(0.4)
    beaten = now_of(document)
    assert beaten.heartbeat_at is not None
    assert begun.heartbeat_at is not None
    assert beaten.heartbeat_at > begun.heartbeat_at
    assert connection.is_usable()
