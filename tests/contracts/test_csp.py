"""The browser may run and show what comes from us, and nothing else; and no page asks for more."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from tests.fixtures.people import People

POLICY = (
    "base-uri 'none'; connect-src 'self'; default-src 'none'; font-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; img-src 'self' data:; script-src 'self'; style-src 'self'"
)
TEMPLATES = sorted(
    path
    for folder in (settings.BASE_DIR / "templates", *(settings.BASE_DIR / "apps").glob("*/templates"))
    for path in folder.rglob("*.html")
)
# What a strict policy makes the browser ignore, so that a page that needs it would be broken.
FORBIDDEN = {
    "a script inside the page": re.compile(r"<script(?![^>]*\ssrc=)[^>]*>", re.IGNORECASE),
    "a style sheet inside the page": re.compile(r"<style[\s>]", re.IGNORECASE),
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "an event handler attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "an address that runs a script": re.compile(r"(?:href|src|action)\s*=\s*[\"']?\s*javascript:", re.IGNORECASE),
    "something from another host": re.compile(
        r"<(?:script|link|img|iframe|source)[^>]*(?:src|href)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE
    ),
    "a handler of htmx that needs eval": re.compile(r"\bhx-(?:on|vals\s*=\s*[\"']js:)", re.IGNORECASE),
}
# Drawn by WeasyPrint, never by a browser: a document brings its style sheet along.
NOT_FOR_BROWSERS = settings.BASE_DIR / "templates" / "documents" / "pdf"


def found_in(text: str) -> list[str]:
    """What the text has that the policy forbids."""
    return [what for what, pattern in FORBIDDEN.items() if pattern.search(text)]


def _policy(header: str) -> str:
    return "; ".join(sorted(part.strip() for part in header.split(";") if part.strip()))


@pytest.mark.parametrize("url", ["/account/login/", "/account/password/reset/", "/health/live", "/no-such-page"])
def test_pages_before_sign_in_carry_the_policy(db: None, url: str) -> None:
    assert _policy(Client().get(url).headers["Content-Security-Policy"]) == POLICY


@pytest.mark.parametrize(
    ("who", "url"),
    [
        ("manager", "/staff/"),
        ("manager", "/audit/"),
        ("nurse", "/staff/"),
        ("nurse", "/medicines/"),
        ("nurse", "/no-such-page"),
        ("nurse", "/components/"),
    ],
)
def test_pages_after_sign_in_carry_the_policy(
    people: People, client_of: Callable[[User], Client], who: str, url: str
) -> None:
    answer = client_of(getattr(people, who)).get(url)
    assert _policy(answer.headers["Content-Security-Policy"]) == POLICY
    assert found_in(answer.content.decode()) == []


def test_a_chart_carries_the_policy(people: People, client_of: Callable[[User], Client]) -> None:
    answer = client_of(people.treating).get(reverse("patients:detail", args=[people.patient.pk]))
    assert answer.status_code == 200
    assert _policy(answer.headers["Content-Security-Policy"]) == POLICY
    assert found_in(answer.content.decode()) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(settings.BASE_DIR)))
def test_no_template_needs_what_the_policy_forbids(path: Path) -> None:
    if not path.is_relative_to(NOT_FOR_BROWSERS):
        assert found_in(path.read_text()) == []


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<script type="module">x()</script>',
        "<style>p {}</style>",
        '<p class="a" style="color: red">',
        '<button onclick="x()">',
        '<a href="javascript:x()">',
        '<script src="https://cdn.example/x.js"></script>',
        '<link href="//cdn.example/x.css">',
        '<p hx-on:click="x()">',
    ],
)
def test_each_forbidden_thing_is_noticed(text: str) -> None:
    assert found_in(text)


def test_what_is_allowed_is_left_alone() -> None:
    assert found_in('<script src="/static/js/a.js" type="module"></script><p data-once="x">one style = two</p>') == []
