"""Every failure has a page that says what happened, what was kept and what to do."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings

from apps.core import errors
from apps.core.views import ERROR_PAGES

failing_pages = override_settings(ROOT_URLCONF="tests.integration.core.failing_urls")


@pytest.fixture
def browser_of(client_of: Callable[[Any], Client], people: Any) -> Client:
    client = client_of(people.treating)
    client.raise_request_exception = False
    return client


@failing_pages
@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        ("/away", 503, "Everything saved so far is safe"),
        ("/broken", 500, "was not saved, not even in part"),
        ("/not-allowed", 403, "Only the designated prescriber changes medicines."),
        ("/nowhere", 404, "There is no such page for you"),
    ],
)
def test_a_failure_explains_itself(browser_of: Client, address: str, status: int, sentence: str) -> None:
    response = browser_of.get(address)
    assert response.status_code == status
    assert sentence in response.content.decode()


@failing_pages
def test_the_offline_page_tells_when_to_come_back(browser_of: Client) -> None:
    assert browser_of.get("/away")["Retry-After"] == "30"


@failing_pages
@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=1000)
def test_a_form_that_is_too_large_is_not_read(browser_of: Client) -> None:
    response = browser_of.post("/form", {"note": "x" * 2000})
    assert response.status_code == 413
    assert "Too much at once" in response.content.decode()


@failing_pages
@override_settings(DATA_UPLOAD_MAX_NUMBER_FIELDS=5)
def test_a_form_with_too_many_fields_is_not_read(browser_of: Client) -> None:
    assert browser_of.post("/form", {f"f{number}": "x" for number in range(9)}).status_code == 413


@failing_pages
def test_a_broken_request_is_no_fault_of_the_server(people: Any) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(people.treating)
    response = client.post("/form", b"--x\r\nbroken", content_type="multipart/form-data; boundary=")
    assert response.status_code == 400


def test_a_form_from_another_site_is_refused_in_plain_words(people: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/components/theme", {"theme": "dark"})
    assert response.status_code == 403
    assert "This page is too old to save" in response.content.decode()


@pytest.mark.parametrize("draw", [errors.server_error, errors.database_offline], ids=["500", "503"])
def test_the_last_resort_needs_neither_database_nor_session(draw: Callable[[HttpRequest], HttpResponse]) -> None:
    """Without a database mark, any query would fail the test; the request has no session and no user."""
    response = draw(RequestFactory().get("/"))
    assert response.status_code >= 500
    assert "Urgent and nothing works?" in response.content.decode()


@pytest.mark.parametrize("name", sorted(ERROR_PAGES))
def test_previews_exist_on_developers_machines_only(browser_of: Client, name: str) -> None:
    assert browser_of.get(f"/components/errors/{name}").status_code == 404
    with override_settings(DEBUG=True):
        response = browser_of.get(f"/components/errors/{name}")
    assert response.status_code == (403 if name == "csrf" else int(name))
