"""A real browser for the tests: pages of a clinic desk and of a telephone, light and dark, and one accessibility check.

A test that opens a page through these fixtures also fails when the page reports a script error, breaks the content
security policy, asks another host for anything, or answers with a server error.
"""

import os
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.accessibility import accessibility_problems

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
CHROMIUM_FLAGS = [
    "--no-sandbox",  # Chromium refuses to start as root with its sandbox
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE = (1280, 900)
NARROW = (390, 844)

PageMaker = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright's synchronous interface runs an event loop in the test's thread; Django would refuse the database there.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
    else:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


class _Watch:
    """Collects what must not happen on any page."""

    def __init__(self, home: str) -> None:
        self.home = urlsplit(home).netloc
        self.seen: list[str] = []

    def attach(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", lambda error: self.seen.append(f"script error: {error.error}"))
        context.on("request", self._request)
        context.on("response", self._response)

    def _console(self, message: Any) -> None:
        # The browser also reports each 4xx answer here; those are what many tests are about.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.seen.append(f"console: {message.text}")

    def _request(self, request: Any) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.netloc != self.home:
            self.seen.append(f"request to another host: {request.url}")

    def _response(self, response: Any) -> None:
        if response.status >= 500:
            self.seen.append(f"server error {response.status}: {response.url}")
        if response.status == 404 and urlsplit(response.url).path.startswith(settings.STATIC_URL):
            self.seen.append(f"missing static file: {response.url}")


@pytest.fixture
def trouble(live_server: Any) -> Iterator[list[str]]:
    """What the browser complained about. Empty the list in a test that provokes trouble on purpose."""
    watch = _Watch(live_server.url)
    live_server.watch = watch
    yield watch.seen
    assert watch.seen == []


@pytest.fixture
def new_page(browser: Browser, live_server: Any, trouble: list[str]) -> Iterator[PageMaker]:
    """Opens a page: `new_page(size=NARROW, dark=True, javascript=False)`. Addresses may start with a slash."""
    contexts: list[BrowserContext] = []

    def make(
        size: tuple[int, int] = WIDE,
        *,
        dark: bool = False,
        javascript: bool = True,
        user: AbstractBaseUser | None = None,
    ) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            locale="en-GB",
            java_script_enabled=javascript,
            accept_downloads=True,
        )
        context.set_default_timeout(15_000)
        live_server.watch.attach(context)
        contexts.append(context)
        page = context.new_page()
        if user is not None:
            _sign_in(page, user, live_server.url)
        return page

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page: PageMaker) -> Page:
    """A desk: 1280 by 900, light."""
    return new_page(WIDE)


@pytest.fixture
def narrow_page(new_page: PageMaker) -> Page:
    """A telephone: 390 by 844, light."""
    return new_page(NARROW)


@pytest.fixture
def page_without_javascript(new_page: PageMaker) -> Page:
    """A desk whose browser runs no script."""
    return new_page(WIDE, javascript=False)


def _sign_in(page: Page, user: AbstractBaseUser, address: str) -> None:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": str(session.session_key), "url": address}]
    )


@pytest.fixture
def signed_in(live_server: Any) -> Callable[[Page, AbstractBaseUser], Page]:
    """`signed_in(page, user)` gives the page's browser that user's session, without walking through the sign-in page."""

    def sign_in(page: Page, user: AbstractBaseUser) -> Page:
        _sign_in(page, user, live_server.url)
        return page

    return sign_in


@pytest.fixture
def assert_accessible() -> Callable[[Page], None]:
    """`assert_accessible(page)`: no finding of axe (WCAG 2.2 AA), unambiguous links, no sideways scrolling."""

    def check(page: Page) -> None:
        problems = accessibility_problems(page)
        assert not problems, f"{page.url}\n" + "\n".join(problems)

    return check
