"""The personal diary link, clinic side: who makes, renews and revokes it, and what the database holds."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.core.writing import Refused, StaleSave
from apps.diary.models import DiaryLink
from apps.diary.services.links import MadeLink, make_link, revoke_link, usual_end
from apps.patients.models import Patient
from tests.factories.diary_link import make_diary_link, payload, send
from tests.fixtures.people import People
from tests.refusals import constraint_of

pytestmark = pytest.mark.django_db

ClientOf = Callable[[User], Client]


@contextmanager
def refused_by(name: str) -> Iterator[None]:
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        yield
    assert constraint_of(refusal) == name


def page_of(made: MadeLink) -> str:
    return f"/d/{made.token}/"


def form_of(answer: Any) -> dict[str, Any]:
    form = answer.context["form"]
    values = {name: form[name].value() for name in form.fields}
    given = {name: value for name, value in values.items() if value not in (None, [], "")}
    return {name: value if isinstance(value, list) else str(value) for name, value in given.items()}


def test_a_link_is_shown_once_and_kept_as_a_hash(people: People, client_of: ClientOf) -> None:
    client = client_of(people.colleague)
    address = reverse("diary:link", args=[people.patient.pk])
    first = client.get(address)
    sent = form_of(first)
    answer = client.post(address, sent)
    assert answer.status_code == 200
    shown = answer.context["address"]
    token = shown.rstrip("/").rsplit("/", 1)[1]
    link = DiaryLink.objects.get()
    assert link.secret_sha256 == hashlib.sha256(token.encode()).hexdigest()
    assert (link.ends_on, link.created_by) == (usual_end(timezone.localdate()), people.colleague)
    card = answer.content.decode()
    assert "<svg" in card
    assert "Nobody reads it at once" in card
    assert "I.H." in card
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer.headers["Cache-Control"]
    assert Client().get(f"/d/{token}/").status_code == 200
    assert token not in client.get(address).content.decode()
    again = client.post(address, sent, follow=True)
    assert "shown only once" in again.content.decode()
    assert DiaryLink.objects.count() == 1


def test_renewing_ends_the_present_link_at_once(people: People, client_of: ClientOf, made: MadeLink) -> None:
    client = client_of(people.treating)
    address = reverse("diary:link", args=[people.patient.pk])
    answer = client.post(address, form_of(client.get(address)))
    assert answer.status_code == 200
    assert Client().get(page_of(made)).status_code == 404
    assert Client().get(answer.context["address"]).status_code == 200
    old = DiaryLink.objects.get(pk=made.link.pk)
    assert (old.revoked_by, old.revoked_reason) == (people.treating, "Replaced by a new link")


def test_revoking_says_who_when_and_why(people: People, client_of: ClientOf, made: MadeLink) -> None:
    client = client_of(people.colleague)
    address = reverse("diary:link_revoke", args=[people.patient.pk])
    empty = client.post(address, {"reason": " "})
    assert (empty.status_code, Client().get(page_of(made)).status_code) == (422, 200)
    answer = client.post(address, {"reason": "The phone was lost"}, follow=True)
    text = answer.content.decode()
    assert "Revoked" in text
    assert "The phone was lost" in text
    assert people.colleague.full_name in text
    assert Client().get(page_of(made)).status_code == 404
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("who", "status"), [("treating", 200), ("colleague", 200), ("stranger", 404), ("manager", 403)]
)
def test_the_clinic_side_is_for_those_who_may_write_the_diary(
    people: People, client_of: ClientOf, made: MadeLink, who: str, status: int
) -> None:
    client = client_of(getattr(people, who))
    for name in ("diary:link", "diary:link_revoke"):
        assert client.get(reverse(name, args=[people.patient.pk])).status_code == status
    if status != 200:
        with pytest.raises(PermissionDenied, match="Your role"):
            revoke_link(link=made.link, reason="no", by=getattr(people, who))


def test_how_the_link_is_used_stands_on_the_clinic_page(people: People, client_of: ClientOf, made: MadeLink) -> None:
    address = reverse("diary:link", args=[people.patient.pk])
    client = client_of(people.colleague)
    assert "never opened" in client.get(address).content.decode()
    send(made.token, payload("none"))
    (line,) = client.get(address).context["links"]
    assert (line.entries, line.state) == (1, "Works")
    assert line.use != "never opened"


@pytest.mark.parametrize(
    ("days", "offered", "field"),
    [(-1, (), "ends_on"), (400, (), "ends_on"), (30, ("unobtainium",), "offered")],
    ids=["over", "too long", "no medicine"],
)
def test_a_link_that_can_not_be_is_refused(
    patient: Patient, colleague: User, days: int, offered: tuple[str, ...], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        make_diary_link(patient, colleague, days=days, offered=offered)
    assert list(refused.value.errors) == [field]


def test_a_second_link_needs_the_first_to_be_named(patient: Patient, colleague: User, made: MadeLink) -> None:
    with pytest.raises(Refused, match="already"):
        make_diary_link(patient, colleague)
    revoke_link(link=made.link, reason="lost", by=colleague)
    today = timezone.localdate()
    with pytest.raises(StaleSave):
        make_link(patient=patient, ends_on=today, replaces=made.link, by=colleague, today=today)
    with pytest.raises(StaleSave):
        revoke_link(link=made.link, reason="lost again", by=colleague)


def test_an_ended_link_makes_room_for_a_new_one(patient: Patient, colleague: User, made: MadeLink) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE diary_diarylink SET starts_on = starts_on - 60, ends_on = ends_on - 60")
        cursor.execute("SET session_replication_role = origin")
    assert Client().get(page_of(made)).status_code == 404
    assert Client().get(page_of(make_diary_link(patient, colleague))).status_code == 200


def copied(**columns: str) -> str:
    """SQL that writes each receipt once more, with some columns said otherwise."""
    names = ("link_id", "patient_id", "key", "payload_hash", "kind", "day", "written_at", "received_at", "result")
    values = {"key": "gen_random_uuid()"} | columns
    chosen = ", ".join(values.get(name, name) for name in names)
    return f"INSERT INTO diary_linkentry ({', '.join(names)}) SELECT {chosen} FROM diary_linkentry"  # noqa: S608 - ours


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ("UPDATE diary_diarylink SET ends_on = ends_on + 1", "diary_link_stays_what_it_is"),
        ("UPDATE diary_diarylink SET secret_sha256 = repeat('a', 64)", "diary_link_stays_what_it_is"),
        ("UPDATE diary_diarylink SET revoked_reason = 'x'", "diary_link_revoked_with_reason"),
        ("UPDATE diary_diarylink SET revoked_at = now()", "diary_link_revoked_with_reason"),
        ("UPDATE diary_linkentry SET day = day - 1", "diary_link_entry_stays"),
        ("DELETE FROM diary_linkentry", "diary_link_entry_stays"),
        (copied(key="key"), "diary_link_entry_once"),
        (copied(kind="'dance'"), "diary_link_entry_kind_known"),
        (copied(written_at="received_at + interval '1 hour'"), "diary_link_entry_written_before_received"),
        (copied(patient_id="gen_random_uuid()"), "diary_link_entry_same_patient"),
    ],
    ids=[
        "end",
        "secret",
        "reason alone",
        "revoked without reason",
        "receipt changed",
        "receipt deleted",
        "key twice",
        "kind",
        "written after",
        "other patient",
    ],
)
def test_the_database_refuses(made: MadeLink, change: str, name: str) -> None:
    send(made.token, payload("none"))
    with refused_by(name), connection.cursor() as cursor:
        cursor.execute(change)


def test_a_revoked_link_stays_revoked(made: MadeLink, colleague: User) -> None:
    revoke_link(link=made.link, reason="lost", by=colleague)
    with refused_by("diary_link_stays_revoked"):
        DiaryLink.objects.update(revoked_at=None, revoked_by=None, revoked_reason="")


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({}, "diary_link_one_a_patient"),
        ({"secret_sha256": "taken", "revoked_at": timezone.now(), "revoked_reason": "x"}, "diary_link_address_once"),
        (
            {"secret_sha256": "plain-secret", "revoked_at": timezone.now(), "revoked_reason": "x"},
            "diary_link_only_hashed",
        ),
        ({"ends_on": date(2020, 1, 1)}, "diary_link_at_most_a_year"),
        ({"ends_on": date(2099, 1, 1)}, "diary_link_at_most_a_year"),
    ],
    ids=["second", "same address", "not hashed", "before", "beyond a year"],
)
def test_a_link_that_contradicts_is_refused(made: MadeLink, fields: dict[str, Any], name: str) -> None:
    if fields.get("secret_sha256") == "taken":
        fields = fields | {"secret_sha256": made.link.secret_sha256}
    if name == "diary_link_at_most_a_year":
        fields = fields | {"revoked_at": timezone.now(), "revoked_reason": "x"}
    today = timezone.localdate()
    values = {"secret_sha256": "b" * 64, "starts_on": today, "ends_on": today, "patient": made.link.patient} | fields
    with refused_by(name):
        DiaryLink.objects.create(**values)
