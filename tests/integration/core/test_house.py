"""What every page carries: navigation by right, the chosen colours, the gallery."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from apps.accounts.permissions import Permission
from apps.core.navigation import CHART, CLINIC


def main_navigation(page: str) -> list[str]:
    nav = re.search(r'<nav class="mainnav".*?</nav>', page, re.DOTALL)
    return re.findall(r"<a [^>]*>([^<]+)</a>", nav[0]) if nav else []


def test_navigation_shows_only_what_the_person_may_open(client_of: Callable[[Any], Client], people: Any) -> None:
    manager = main_navigation(client_of(people.manager).get("/components/").content.decode())
    nurse = main_navigation(client_of(people.nurse).get("/components/").content.decode())
    assert "Staff" in manager
    assert "Staff" not in nurse
    assert "Audit" not in nurse


def test_nobody_is_led_anywhere_before_sign_in(db: None) -> None:
    page = Client().get("/account/login/").content.decode()
    assert main_navigation(page) == []
    assert "find-patient" not in page


def test_no_label_leads_to_two_places() -> None:
    labels = [place.label for place in (*CLINIC, *CHART)]
    assert len(labels) == len(set(labels))


def test_every_permission_named_in_the_navigation_exists() -> None:
    for place in (*CLINIC, *CHART):
        assert place.permission in set(Permission), place


@pytest.mark.parametrize(("chosen", "kept"), [("dark", "dark"), ("light", "light"), ("", ""), ("pink", "")])
def test_the_choice_of_colours_is_kept_in_a_cookie(db: None, chosen: str, kept: str) -> None:
    client = Client()
    response = client.post("/components/theme", {"theme": chosen, "next": "/account/login/"})
    assert response.headers["Location"] == "/account/login/"
    page = client.get("/account/login/").content.decode()
    assert ('data-theme="' in page) == bool(kept)
    assert not kept or f'data-theme="{kept}"' in page


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:alert(1)", ""])
def test_the_choice_of_colours_never_leads_elsewhere(db: None, elsewhere: str) -> None:
    response = Client().post("/components/theme", {"theme": "dark", "next": elsewhere})
    assert response.headers["Location"] == "/"


def test_a_forged_cookie_changes_nothing(db: None) -> None:
    client = Client()
    client.cookies["theme"] = '"><script>'
    assert "data-theme" not in client.get("/account/login/").content.decode()


def test_the_gallery_is_for_staff(client_of: Callable[[Any], Client], people: Any) -> None:
    assert Client().get("/components/").status_code == 302
    assert client_of(people.educator).get("/components/").status_code == 200


def test_no_page_carries_inline_script_or_style(client_of: Callable[[Any], Client], people: Any) -> None:
    page = client_of(people.treating).get("/components/").content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", page)
