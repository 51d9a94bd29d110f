"""Leaflets and documents in a real browser: asked for, drawn, opened, with and without JavaScript."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from apps.documents.drawing import draw
from apps.documents.models import Document
from tests.browser.conftest import NARROW, WIDE, PageMaker
from tests.factories.education import ALL, give_leaflet
from tests.fixtures.people import People

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("size", "dark"), [(WIDE, False), (NARROW, True)])
def test_every_page_is_accessible(
    people: People, new_page: PageMaker, assert_accessible: Callable[[Page], None], size: tuple[int, int], dark: bool
) -> None:
    page = new_page(size, dark=dark, user=people.treating)
    chart = f"/patients/{people.patient.pk}"
    page.goto(f"{chart}/documents/")
    assert_accessible(page)
    page.goto(f"{chart}/education/")
    assert_accessible(page)
    given = [give_leaflet(people.patient, by=people.colleague, key=key) for key in ALL]
    assert given[0].document is not None
    draw(given[0].document.pk)
    for address in (
        "/education/leaflets/",
        "/education/leaflets/one-prescriber/en/",
        f"{chart}/education/",
        f"{chart}/education/give",
        f"{chart}/education/{given[0].pk}/teach-back",
        f"{chart}/documents/",
        f"{chart}/documents/{given[0].document_id}/",
        f"{chart}/documents/{given[1].document_id}/",
    ):
        page.goto(address)
        assert_accessible(page)


def test_the_page_notices_without_reload_that_the_document_is_ready(people: People, new_page: PageMaker) -> None:
    given = give_leaflet(people.patient, by=people.colleague)
    assert given.document is not None
    page = new_page(user=people.treating)
    page.goto(f"/patients/{people.patient.pk}/documents/{given.document_id}/")
    file = page.locator(".document-state")
    expect(file).to_contain_text("Waiting")
    page.evaluate("window.notReloaded = true")
    draw(given.document.pk)
    expect(file).to_contain_text("Ready")
    assert page.evaluate("window.notReloaded")
    with page.expect_download() as download:
        file.get_by_role("link").click()
    assert download.value.suggested_filename.startswith("keeping-the-diary-")


def test_a_leaflet_is_given_by_keyboard_and_without_javascript(
    people: People, new_page: PageMaker, assert_accessible: Callable[[Page], None]
) -> None:
    page = new_page(javascript=False, user=people.colleague)
    page.goto(f"/patients/{people.patient.pk}/education/")
    page.get_by_role("link", name="Give a leaflet").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Record as given and print").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Select at least one leaflet.")).to_be_visible()
    page.get_by_role("checkbox", name="Keeping the diary").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Record as given and print").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Recorded as given")).to_be_visible()
    draw(Document.objects.get().pk)
    page.get_by_role("link", name="Look again").click()
    expect(page.get_by_text("Ready", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="An empty day is not a good day")).to_be_visible()
