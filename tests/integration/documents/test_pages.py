"""Documents in the chart: who sees them, what they say, what is logged."""

import datetime
import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.audit.choices import Action
from apps.audit.models import AccessEntry
from apps.documents import kinds as registry
from apps.documents.choices import DocumentState, FailureCode
from apps.documents.drawing import WORKER, draw, fail
from apps.documents.models import Document
from apps.patients.models import Patient
from tests.documents import kinds
from tests.documents.text import contents_of_pdf, words_of_html
from tests.factories.documents import make_document
from tests.fixtures.people import People

pytestmark = pytest.mark.usefixtures("test_kinds")

assert kinds

ClientOf = Callable[[User], Client]


def address(name: str, document: Document) -> str:
    return reverse(f"documents:{name}", kwargs={"patient_id": document.patient_id, "document_id": document.pk})


def drawn(document: Document) -> Document:
    draw(document.pk)
    return Document.objects.get(pk=document.pk)


def failed(document: Document) -> Document:
    now = timezone.now()
    Document.objects.filter(pk=document.pk).update(
        state=DocumentState.RUNNING, attempts=1, started_at=now, heartbeat_at=now
    )
    document.refresh_from_db()
    fail(document=document, code=FailureCode.LIBRARY_MISSING, by=WORKER)
    return Document.objects.get(pk=document.pk)


def test_the_page_has_the_words_of_the_file(people: People, client_of: ClientOf) -> None:
    document = drawn(make_document(people.patient))
    client = client_of(people.treating)
    page = client.get(address("detail", document)).content.decode()
    sheet = re.search(r"<article[^>]*>(.*)</article>", page, re.DOTALL)
    assert sheet
    file = client.get(address("download", document))
    assert words_of_html(sheet[1]) in contents_of_pdf(document, file.content)


def test_download_is_a_named_file_that_no_cache_keeps_and_the_log_knows(people: People, client_of: ClientOf) -> None:
    document = drawn(make_document(people.patient, title='Note "of" Ingrid/../x\r\nSet-Cookie: y'))
    answer = client_of(people.colleague).get(address("download", document))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert re.fullmatch(r'attachment; filename="[a-z0-9-]+\.pdf"', answer.headers["Content-Disposition"])
    assert "Halvorsen" not in answer.headers["Content-Disposition"]
    assert "no-store" in answer.headers["Cache-Control"]
    entry = AccessEntry.objects.get(action=Action.DOWNLOAD)
    assert (entry.user_id, entry.patient_id) == (people.colleague.pk, people.patient.pk)


def test_no_download_before_it_is_ready(people: People, client_of: ClientOf) -> None:
    document = make_document(people.patient)
    assert client_of(people.treating).get(address("download", document)).status_code == 404
    assert not AccessEntry.objects.filter(action=Action.DOWNLOAD).exists()


def test_state_asks_again_until_it_is_finished_and_is_not_logged(people: People, client_of: ClientOf) -> None:
    document = make_document(people.patient)
    client = client_of(people.treating)
    waiting = client.get(address("state", document)).content.decode()
    assert "Waiting" in waiting
    assert f'hx-get="{address("state", document)}"' in waiting
    drawn(document)
    ready = client.get(address("state", document)).content.decode()
    assert "Ready" in ready
    assert "hx-get" not in ready
    assert address("download", document) in ready
    assert not AccessEntry.objects.exists()


def test_a_long_wait_and_a_broker_that_is_away_are_said(people: People, client_of: ClientOf) -> None:
    document = make_document(people.patient)
    client = client_of(people.treating)
    assert "Nothing is lost" not in client.get(address("state", document)).content.decode()
    Document.objects.update(queued_at=timezone.now() - datetime.timedelta(seconds=70))
    assert "the drawing service may be stopped" in client.get(address("state", document)).content.decode()
    Document.objects.update(offered_at=None)
    assert "queue can&#x27;t be reached" in client.get(address("state", document)).content.decode()


def test_failure_names_the_remedy_and_can_be_retried(people: People, client_of: ClientOf) -> None:
    document = failed(make_document(people.patient))
    client = client_of(people.treating)
    page = client.get(address("detail", document)).content.decode()
    assert "apt-get install libpango-1.0-0" in page
    assert address("retry", document) in page
    answer = client.post(address("retry", document))
    assert answer.headers["Location"] == address("detail", document)
    assert Document.objects.get().state == DocumentState.QUEUED
    client.post(address("retry", document))
    assert Document.objects.count() == 1


def test_only_a_post_retries(people: People, client_of: ClientOf) -> None:
    document = failed(make_document(people.patient))
    assert client_of(people.treating).get(address("retry", document)).status_code == 405


def test_strangers_find_nothing_and_other_roles_may_not(people: People, client_of: ClientOf) -> None:
    document = drawn(make_document(people.patient))
    for name in ("detail", "state", "download"):
        assert client_of(people.stranger).get(address(name, document)).status_code == 404
        assert client_of(people.intake_coordinator).get(address(name, document)).status_code == 403
    assert client_of(people.stranger).post(address("retry", document)).status_code == 404
    assert client_of(people.manager).post(address("retry", document)).status_code == 403


def test_another_patients_document_is_not_found(people: People, client_of: ClientOf) -> None:
    other = Patient.objects.create(given_name="A", family_name="B", date_of_birth=datetime.date(1990, 1, 1))
    document = make_document(other)
    wrong = reverse("documents:detail", kwargs={"patient_id": people.patient.pk, "document_id": document.pk})
    assert client_of(people.treating).get(wrong).status_code == 404


def test_a_kind_may_ask_for_a_narrower_right(
    people: People, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    narrow = registry.DocumentKind("test_note", "Test note", "documents_test/note.html", may_read=Permission.SIGN_PLAN)
    monkeypatch.setitem(registry._kinds, "test_note", narrow)
    document = make_document(people.patient, title="Narrow note")
    assert client_of(people.treating).get(address("detail", document)).status_code == 200
    assert client_of(people.colleague).get(address("detail", document)).status_code == 403
    the_list = reverse("documents:list", kwargs={"patient_id": people.patient.pk})
    assert "Narrow note" in client_of(people.treating).get(the_list).content.decode()
    assert "Narrow note" not in client_of(people.colleague).get(the_list).content.decode()


def test_a_kind_that_left_the_application_keeps_its_file(
    people: People, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = drawn(make_document(people.patient))
    monkeypatch.delitem(registry._kinds, "test_note")
    client = client_of(people.treating)
    assert "The contents can't be shown" in client.get(address("detail", document)).content.decode()
    assert client.get(address("download", document)).status_code == 200


def test_contents_of_an_older_shape_do_not_break_the_page(people: People, client_of: ClientOf) -> None:
    document = make_document(people.patient, kind="test_broken")
    answer = client_of(people.treating).get(address("detail", document))
    assert answer.status_code == 200
    assert "The contents can't be shown" in answer.content.decode()


def test_the_list_says_what_was_replaced_and_is_empty_with_a_next_step(people: People, client_of: ClientOf) -> None:
    client = client_of(people.treating)
    the_list = reverse("documents:list", kwargs={"patient_id": people.patient.pk})
    assert "visit summary is asked for on the visit" in client.get(the_list).content.decode().lower()
    make_document(people.patient, title="First note")
    assert "Replaced" not in client.get(the_list).content.decode()
    make_document(people.patient, title="Second note", content={"finding": "Corrected"})
    page = client.get(the_list).content.decode()
    assert page.index("Second note") < page.index("First note") < page.index("Replaced")


def test_the_list_takes_the_same_number_of_queries_for_any_length(people: People, client_of: ClientOf) -> None:
    client = client_of(people.treating)
    the_list = reverse("documents:list", kwargs={"patient_id": people.patient.pk})
    numbers = []
    for first in (0, 3):
        for number in range(first, first + 3 + first * 2):
            make_document(people.patient, by=people.treating, subject_id=f"visit-{number}")
        client.get(the_list)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(the_list)
        numbers.append(len(queries))
        assert not [query for query in queries.captured_queries if '"snapshot"' in query["sql"]]
    assert numbers[0] == numbers[1]


def test_pages_of_a_long_list(people: People, client_of: ClientOf) -> None:
    for number in range(31):
        make_document(people.patient, subject_id=f"visit-{number}")
    client = client_of(people.treating)
    the_list = reverse("documents:list", kwargs={"patient_id": people.patient.pk})
    assert "Page 1 of 2" in client.get(the_list).content.decode()
    for wrong in ("2", "99", "x", "-1"):
        assert client.get(the_list, {"page": wrong}).status_code == 200
