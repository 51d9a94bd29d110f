"""What the tablet shows to somebody who should see nothing: nothing, and always the same."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.screening.models import TabletSet
from apps.screening.services.tablet import take_back
from apps.screening.views.tablet_door import COOKIE, MOST_MISSES, MOST_MISSES_OF_ALL
from tests.factories.tablet import leave_alone, make_set, make_waiting_set, tablet_client
from tests.fixtures.people import People

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
DOOR = "/tablet/"
PAGES = ["/tablet/hello/", "/tablet/q/1/1/", "/tablet/q/1/4/", "/tablet/q/9/9/", "/tablet/help/1/", "/tablet/end/"]


@pytest.fixture(autouse=True)
def _no_misses_yet() -> None:
    cache.clear()


def shown(response: HttpResponse) -> tuple[Any, ...]:
    """What somebody can learn of an answer: the same for all who may learn nothing."""
    return response.status_code, response.headers.get("Location"), response.content


def over(people: People, how: str) -> Client:
    """A device whose set is over, or that never had one."""
    handed = make_set(people.patient, people.colleague, "phq4")
    client = tablet_client(handed)
    if how == "finished":
        client.post(reverse("screening:tablet_end"))
        client.cookies[COOKIE] = handed.secret
    elif how == "untouched":
        leave_alone(handed.tablet, 10)
    elif how == "taken back":
        take_back(tablet=handed.tablet, now=timezone.now(), by=people.treating)
    elif how == "unknown":
        client.cookies[COOKIE] = "x" * 43
    elif how == "hash":
        client.cookies[COOKIE] = handed.tablet.device_sha256
    elif how == "none":
        client = Client()
    return client


@pytest.mark.parametrize("how", ["finished", "untouched", "taken back", "unknown", "hash", "none"])
def test_each_page_sends_to_the_same_neutral_page(people: People, how: str) -> None:
    client = over(people, how)
    for url in PAGES:
        for ask in (client.get, client.post):
            response = ask(url, {"answer": "1"})
            assert shown(response) == (302, DOOR, b"")
            assert response.cookies[COOKIE].value == "", "the device forgets"
    page = client.get(DOOR)
    text = page.content.decode()
    assert "This tablet is locked" in text
    for secret in ("I. H.", "1984", "Halvorsen", "PHQ", "Question", str(people.patient.pk), "/patients/", "Today"):
        assert secret not in text


def test_a_wrong_code_learns_nothing(people: People) -> None:
    used = make_waiting_set(people.patient, people.colleague)
    assert Client().post(DOOR, {"code": used.secret}).status_code == 302
    pages = [Client().post(DOOR, {"code": code}) for code in (used.secret, "000000")]
    assert [page.status_code for page in pages] == [422, 422]
    first, second = (_without_what_was_typed(page) for page in pages)
    assert first == second


@pytest.mark.parametrize("code", ["", "12345", "12 34", "abcdef", "١٢٣٤٥٦", "1" * 19, "12345\x00"])
def test_what_is_no_code_is_an_error_beside_the_field(people: People, code: str) -> None:
    assert Client().post(DOOR, {"code": code}).status_code == 422


@pytest.mark.parametrize(("most", "spread"), [(MOST_MISSES, False), (MOST_MISSES_OF_ALL, True)], ids=["here", "all"])
def test_guessing_is_slowed_down_here_and_altogether(people: People, most: int, spread: bool) -> None:
    handed = make_waiting_set(people.patient, people.colleague)
    wrong = "000000" if handed.secret != "000000" else "000001"

    def guess(number: int, code: str) -> int:
        address = f"10.0.{number // 250}.{number % 250}" if spread else "10.0.0.1"
        return Client(REMOTE_ADDR=address).post(DOOR, {"code": code}).status_code

    assert {guess(number, wrong) for number in range(most)} == {422}
    assert guess(most + 1, handed.secret) == 429, "not even the right one"
    assert TabletSet.objects.get().state == "waiting"
    cache.clear()
    assert guess(most + 1, handed.secret) == 302


def test_every_page_leaves_no_trace_and_leads_nowhere(people: People) -> None:
    handed = make_set(people.patient, people.colleague, helper="")
    client = tablet_client(handed)
    pages = [client.get("/tablet/hello/")]
    client.post("/tablet/hello/", {"helper": "nobody"})
    pages += [client.get("/tablet/q/1/1/"), client.get("/tablet/end/"), client.post("/tablet/q/1/1/", {})]
    pages += [client.post("/tablet/end/"), Client().get(DOOR), Client().post(DOOR, {"code": "1"})]
    for page in pages:
        assert "no-store" in page["Cache-Control"]
        assert "noindex" in page["X-Robots-Tag"]
        assert page["Referrer-Policy"] == "same-origin"
        text = page.content.decode()
        assert "<script" not in text
        assert "Headache Clinic" not in text
        for address in _addresses(text):
            assert address.startswith(("/tablet/", "/static/", "#")), address
        for part in (str(people.patient.pk), str(handed.tablet.pk), handed.secret, "Ingrid", "Halvorsen"):
            assert part not in text


def test_the_open_page_leaves_by_itself_when_its_time_is_up(people: People) -> None:
    handed = make_set(people.patient, people.colleague)
    client = tablet_client(handed)
    assert client.get("/tablet/q/1/1/")["Refresh"] == "601; url=/tablet/"
    TabletSet.objects.update(ends_at=timezone.now() + timedelta(seconds=30))
    seconds = int(client.get("/tablet/q/1/1/")["Refresh"].partition(";")[0])
    assert 29 <= seconds <= 31
    assert "Refresh" in client.post("/tablet/end/")


def test_the_thanks_are_given_once(people: People) -> None:
    client = tablet_client(make_set(people.patient, people.colleague))
    response = client.post("/tablet/end/")
    assert "Thank you. Please give the tablet back." in response.content.decode()
    assert response.cookies[COOKIE].value == ""
    assert response["Clear-Site-Data"] == '"cache"'
    assert shown(client.post("/tablet/end/")) == (302, DOOR, b"")


def test_nobody_answers_before_saying_whose_it_is(people: People) -> None:
    client = tablet_client(make_set(people.patient, people.colleague, helper=""))
    for ask in (client.get, client.post):
        assert ask("/tablet/q/1/1/", {"answer": "1"}).url == "/tablet/hello/"
    page = client.post("/tablet/hello/", {"me": "yes"})
    assert page.status_code == 422
    assert "Choose one of the three." in page.content.decode()


def test_the_tablets_secret_opens_nothing_of_the_clinic(people: People) -> None:
    client = tablet_client(make_set(people.patient, people.colleague))
    client.cookies[COOKIE]["path"] = "/"
    for url in (f"/patients/{people.patient.pk}/screening/", "/", f"/patients/{people.patient.pk}/screening/tablet/"):
        assert client.get(url).url.startswith("/account/login/")


def test_a_form_without_its_token_is_refused(people: People) -> None:
    handed = make_set(people.patient, people.colleague)
    client = Client(enforce_csrf_checks=True)
    client.cookies[COOKIE] = handed.secret
    assert client.post("/tablet/q/1/1/", {"answer": "1"}).status_code == 403


def test_no_secret_stands_in_a_log(people: People, caplog: pytest.LogCaptureFixture) -> None:
    waiting = make_waiting_set(people.patient, people.colleague)
    with caplog.at_level(logging.DEBUG):
        client = Client()
        client.post(DOOR, {"code": waiting.secret})
        secret = client.cookies[COOKIE].value
        client.get("/tablet/hello/")
        client.get("/tablet/q/7/7/")
    assert waiting.secret not in caplog.text
    assert secret not in caplog.text


def _without_what_was_typed(page: HttpResponse) -> str:
    lines = page.content.decode().splitlines()
    return "\n".join(line for line in lines if "csrfmiddlewaretoken" not in line and 'name="code"' not in line)


def _addresses(text: str) -> list[str]:
    return [part.partition('"')[0] for mark in ('href="', 'action="', 'src="') for part in text.split(mark)[1:]]
