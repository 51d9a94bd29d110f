"""With a real worker and a real broker: killed in the middle, and a broker that forgot everything."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
import redis
from django.utils import timezone

from apps.documents import sweeping
from apps.documents.choices import DocumentState
from apps.documents.models import Document
from apps.documents.selectors import file_of
from tests.documents import kinds
from tests.documents.workers import broker_urls, kill_drawing_process, kill_group, wait_for, worker
from tests.factories.documents import make_document
from tests.fixtures.people import People

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

assert kinds

A_WHILE = datetime.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def broker(monkeypatch: pytest.MonkeyPatch) -> redis.Redis:
    """An empty broker, which this process hands its documents to."""
    for_celery, for_clients = broker_urls()
    monkeypatch.setenv("CELERY_BROKER_URL", for_celery)
    client = redis.Redis.from_url(for_clients)
    client.flushdb()
    return client


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "worker.log"


def is_ready(document: Document) -> Callable[[], bool]:
    return lambda: Document.objects.filter(pk=document.pk, state=DocumentState.READY).exists()


def time_passes(document: Document) -> None:
    """Instead of waiting a minute: what happened, happened a minute ago."""
    now = timezone.now()
    Document.objects.filter(pk=document.pk, heartbeat_at__isnull=False).update(heartbeat_at=now - A_WHILE)
    Document.objects.filter(pk=document.pk, offered_at__isnull=False).update(offered_at=now - A_WHILE)


@pytest.mark.parametrize("killed", ["worker", "drawing process"])
def test_killed_while_drawing_it_is_drawn_by_the_next(people: People, tmp_path: Path, log: Path, killed: str) -> None:
    hold = tmp_path / "hold"
    begun = hold.with_suffix(".begun")
    hold.touch()
    with worker(log) as first:
        document = make_document(people.patient, kind="test_held", content={"hold": str(hold)})
        wait_for(begun.exists, "the first drawing", log)
        kill_group(first) if killed == "worker" else kill_drawing_process(first)
        assert Document.objects.get(pk=document.pk).state == DocumentState.RUNNING
        hold.unlink()
        time_passes(document)
        assert sweeping.sweep() == sweeping.SweepReport(given_back=1, given_up=0, offered=1)
        if killed == "worker":
            with worker(log):
                wait_for(is_ready(document), "the second drawing", log)
        else:
            wait_for(is_ready(document), "the second drawing", log)
    assert Document.objects.get(pk=document.pk).attempts == 2
    assert len(begun.read_text().split()) == 2
    assert (file_of(document) or b"").startswith(b"%PDF-")


def test_what_an_emptied_broker_forgot_is_drawn_all_the_same(
    people: People, tmp_path: Path, log: Path, broker: redis.Redis
) -> None:
    lost = make_document(people.patient)
    assert broker.llen("celery") == 1
    broker.flushdb()
    with worker(log):
        known = make_document(people.patient, subject_id="visit-2")
        wait_for(is_ready(known), "drawing what was asked for later", log)
        assert Document.objects.get(pk=lost.pk).state == DocumentState.QUEUED
        time_passes(lost)
        assert sweeping.sweep().offered == 1
        wait_for(is_ready(lost), "drawing what was forgotten", log)
