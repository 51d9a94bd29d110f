"""The patient's page behind the diary link: who gets in, what it gives away, what it takes, and where its secret stands."""

from __future__ import annotations

import io
import logging
import threading
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pghistory
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from apps.accounts.models import User
from apps.core.secret_paths import without_secrets
from apps.diary.models import Attack, DiaryDay, DiaryLink, LinkEntry
from apps.diary.services.links import MadeLink, revoke_link
from apps.diary.views.link_door import MOST_MISSES, MOST_USES
from apps.patients.models import Patient
from tests.factories.diary import headache, record
from tests.factories.diary_link import payload, post, send
from tests.fixtures.people import People

pytestmark = pytest.mark.django_db

ClientOf = Callable[[User], Client]


def page_of(made: MadeLink) -> str:
    return f"/d/{made.token}/"


def test_the_page_says_initials_and_nothing_that_names_or_diagnoses(people: People, made: MadeLink) -> None:
    record(people.patient, headache(timezone.localdate() - timedelta(days=9), severity=3))
    answer = Client().get(page_of(made))
    text = answer.content.decode()
    assert "I.H." in text
    assert "Nobody reads this at once" in text
    for word in ("Ingrid", "Halvorsen", "1984", people.patient.clinic_number, "igraine", "Severe headache"):
        assert word not in text
    assert "<title>Diary</title>" in " ".join(text.split())


def test_the_page_leaves_no_trace(made: MadeLink) -> None:
    for answer in (
        Client().get(page_of(made)),
        send(made.token, payload("none")),
        post(made.token, payload("none")),
        Client().get("/d/wrong/"),
        Client().get("/d/shell"),
        Client().get("/d/worker.js"),
    ):
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert not answer.cookies
        policy = answer.headers["Content-Security-Policy"]
        assert "worker-src 'self'" in policy
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


def test_wrong_ended_and_revoked_look_the_same(patient: Patient, colleague: User, made: MadeLink) -> None:
    revoke_link(link=made.link, reason="lost", by=colleague)
    revoked = Client().get(page_of(made))
    wrong = Client().get("/d/abcdefghijklmnopqrstuvwxyz/")
    assert (revoked.status_code, wrong.status_code) == (404, 404)
    assert revoked.content == wrong.content
    assert settings.CLINIC_TELEPHONE in wrong.content.decode()
    as_json = send(made.token, payload("none"))
    assert (as_json.status_code, as_json.json()["result"]) == (404, "gone")
    assert post(made.token, payload("none")).status_code == 404
    assert Client().get(f"{page_of(made)}reminders.ics?at=20:00").status_code == 404
    assert not LinkEntry.objects.exists()


def test_a_signed_in_stranger_learns_nothing_more(people: People, client_of: ClientOf, made: MadeLink) -> None:
    """The secret opens the page, for whoever has it; no session opens it without."""
    assert client_of(people.stranger).get("/d/abcdefghijklmnopqrstuvwxyz/").status_code == 404
    assert client_of(people.treating).get(f"/d/{made.link.secret_sha256}/").status_code == 404
    assert client_of(people.treating).get(f"/d/{made.link.pk}/").status_code == 404


def test_guessing_is_slowed_down_by_address(made: MadeLink) -> None:
    guesses = [Client().get(f"/d/guess-number-{number:020}/").status_code for number in range(MOST_MISSES)]
    assert set(guesses) == {404}
    stopped = Client().get(page_of(made))
    assert stopped.status_code == 429
    assert int(stopped.headers["Retry-After"]) > 0
    assert send(made.token, payload("none")).json()["result"] == "wait"
    assert Client(REMOTE_ADDR="192.0.2.7").get(page_of(made)).status_code == 200


def test_one_link_can_not_be_used_without_end(made: MadeLink, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.diary.views.link_door.MOST_USES", 3)
    assert MOST_USES > 100
    answers = [Client(REMOTE_ADDR=f"192.0.2.{number}").get(page_of(made)).status_code for number in range(5)]
    assert answers == [200, 200, 200, 429, 429]


def test_the_secret_stands_in_no_log_and_in_no_history(
    people: People, made: MadeLink, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = io.StringIO()
    for handler in logging.getLogger().handlers:
        if handler.formatter and type(handler.formatter).__module__.startswith("structlog"):
            monkeypatch.setattr(handler, "stream", written)
    for name in ("", "django", "django.request", "django_structlog"):
        monkeypatch.setattr(logging.getLogger(name), "level", logging.DEBUG)
    post(made.token, payload("none"))
    revoke_link(link=made.link, reason="lost", by=people.colleague)
    Client().get(page_of(made))
    lines = written.getvalue()
    assert "/d/[secret]/" in lines
    assert made.token not in lines
    histories = [str(context.metadata) for context in pghistory.models.Context.objects.all()]
    assert any("/d/[secret]/" in each for each in histories)
    assert not any(made.token in each for each in histories)
    tables = DiaryLink.pgh_event_model.objects.values()
    assert made.link.secret_sha256 not in str(list(tables))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("GET /d/abcdefghijklmnopqrstuvwxyz_-0123/entries", "GET /d/[secret]/entries"),
        ("Not Found: /d/abcdefghijklmnopqrstuvwxyz/", "Not Found: /d/[secret]/"),
        ("/d/shell and /d/worker.js", "/d/shell and /d/worker.js"),
        ("/patients/7b0c/diary/", "/patients/7b0c/diary/"),
    ],
)
def test_a_secret_address_is_cut_off(text: str, left: str) -> None:
    assert without_secrets(text) == left


def test_a_visit_is_no_change_in_the_history(made: MadeLink) -> None:
    before = DiaryLink.pgh_event_model.objects.count()
    Client().get(page_of(made))
    assert DiaryLink.objects.get().last_used_at is not None
    assert DiaryLink.pgh_event_model.objects.count() == before


def test_the_page_works_as_a_form_and_leads_back_to_itself(made: MadeLink) -> None:
    entry = payload("attack", severity="2", took=["sumatriptan"])
    answer = post(made.token, entry)
    assert (answer.status_code, answer.url) == (302, f"{page_of(made)}?saved=attack")
    again = post(made.token, entry)
    assert again.url == answer.url
    assert Attack.objects.count() == 1
    shown = Client().get(answer.url).content.decode()
    assert "Saved: headache." in shown
    assert "Moderate headache, sumatriptan × 1" in shown


def test_no_cookie_and_no_csrf_token_is_needed(made: MadeLink) -> None:
    phone = Client(enforce_csrf_checks=True)
    assert phone.get(page_of(made)).cookies == {}
    assert post(made.token, payload("none"), phone).status_code == 302
    assert send(made.token, payload("about", sleep_hours="7"), phone).status_code == 200


def test_a_refused_form_keeps_what_was_typed(made: MadeLink) -> None:
    answer = post(made.token, payload("attack", severity="2", took=["nothing", "sumatriptan"], note="after the storm"))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose either “Nothing” or what you took." in text
    assert "after the storm" in text
    assert "<title>Error: Diary</title>" in text
    assert not DiaryDay.objects.exists()


def test_a_question_is_asked_without_script_too(made: MadeLink) -> None:
    post(made.token, payload("attack", severity="2"))
    asked = post(made.token, payload("none"))
    assert asked.status_code == 409
    assert "Replace it by “no headache”?" in asked.content.decode()
    attempted = asked.context["attempted"]
    answer = dict(attempted.repeat) | attempted.question.answer | {"key": str(uuid.uuid4())}
    assert post(made.token, answer).status_code == 302
    assert DiaryDay.objects.get().state == "none"


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ("{", 400, ""),
        ("[" * 5000, 400, ""),
        ("[]", 422, ""),
        ('{"kind": 3}', 422, "kind"),
        ('{"kind": "dance"}', 422, "kind"),
        ('{"kind": {"a": 1}}', 422, "kind"),
        ('{"kind": "none", "day": 5}', 422, "day"),
        ('{"kind": "none", "hair": "red"}', 422, "hair"),
        ('{"kind": "none"}', 422, "key"),
        ('{"kind": "none", "key": "x", "day": "2026-06-17"}', 422, "key"),
        ('{"kind": "none", "key": "5f0c8b5e-94d4-44bb-9c8b-0d5f4f3f0a11", "day": "31 June"}', 422, "day"),
        ('{"kind": "about", "key": "5f0c8b5e-94d4-44bb-9c8b-0d5f4f3f0a11", "day": "2026-06-17"}', 422, ""),
        ('"' + "x" * 30_000 + '"', 413, ""),
    ],
    ids=["cut", "deep", "list", "number", "unknown", "object", "type", "name", "no key", "key", "day", "empty", "long"],
)
def test_what_is_no_entry_is_refused_by_field(made: MadeLink, body: str, status: int, field: str) -> None:
    answer = send(made.token, body)
    assert answer.status_code == status
    assert field in answer.json()["errors"]
    assert not LinkEntry.objects.exists()


@pytest.mark.parametrize(
    "answers",
    [
        {"severity": "9"},
        {"took": ["heroin"]},
        {"doses-sumatriptan": "0"},
        {"doses-sumatriptan": "21"},
        {"note": "x" * 501},
        {"note": "a\x00b"},
        {"other_name": "\x07"},
        {"offset": "90000"},
        {"seen": "-1"},
        {"seen": "99999999999999999999"},
        {"function": "x"},
        {"nausea": "perhaps"},
    ],
    ids=lambda answers: "-".join(answers)[:20],
)
def test_each_bad_answer_is_refused_beside_its_field(made: MadeLink, answers: dict[str, Any]) -> None:
    answer = send(made.token, payload("attack", **answers))
    assert (answer.status_code, list(answer.json()["errors"])) == (422, list(answers))
    assert not DiaryDay.objects.exists()


@pytest.mark.parametrize(
    "query", ["?day=x", "?day=9999-12-31", "?attack=99999999999999999999", "?attack=²", "?today=0001-01-01", "?saved=x"]
)
def test_a_strange_address_shows_today(made: MadeLink, query: str) -> None:
    assert Client().get(page_of(made) + query).status_code == 200


def test_the_reminder_says_diary_and_nothing_else(made: MadeLink) -> None:
    answer = Client().get(f"{page_of(made)}reminders.ics?at=20:30")
    text = answer.content.decode()
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert "SUMMARY:Diary" in text
    assert f"UNTIL={made.link.ends_on:%Y%m%d}T203000" in text
    assert "FREQ=DAILY" in text
    assert "T203000" in text
    for word in (made.token, "http", "eadache", "linic", "Ingrid"):
        assert word not in text
    assert Client().get(f"{page_of(made)}reminders.ics?at=late").status_code == 422


def test_light_is_remembered_by_one_word(made: MadeLink) -> None:
    client = Client()
    assert 'data-colours="dark"' in client.get(page_of(made)).content.decode()
    client.post(f"{page_of(made)}colours", {"colours": "light"})
    assert (client.cookies["diary_colours"].value, client.cookies["diary_colours"]["path"]) == ("light", "/d/")
    assert 'data-colours="light"' in client.get(page_of(made)).content.decode()
    client.post(f"{page_of(made)}colours", {"colours": "dark"})
    assert 'data-colours="dark"' in client.get(page_of(made)).content.decode()


def test_the_empty_page_knows_nobody(made: MadeLink) -> None:
    text = Client().get("/d/shell").content.decode()
    assert "I.H." not in text
    assert made.token not in text


def test_opening_the_page_costs_a_known_number_of_queries(
    made: MadeLink, patient: Patient, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    for back in range(7):
        send(
            made.token,
            payload("attack", timezone.localdate() - timedelta(days=back), severity="2", took=["sumatriptan"]),
        )
    with django_assert_max_num_queries(16):
        Client().get(page_of(made))


@pytest.mark.django_db(transaction=True)
def test_the_same_entry_from_two_connections_is_one(made: MadeLink) -> None:
    entry = payload("attack", severity="2", took=["sumatriptan"])
    answers: list[int] = []
    together = threading.Barrier(3)

    def from_one_phone() -> None:
        together.wait()
        answers.append(send(made.token, entry).status_code)
        connection.close()

    phones = [threading.Thread(target=from_one_phone) for _ in range(3)]
    for phone in phones:
        phone.start()
    for phone in phones:
        phone.join()
    assert answers == [200, 200, 200]
    assert (Attack.objects.count(), LinkEntry.objects.count(), DiaryDay.objects.get().version) == (1, 1, 1)
