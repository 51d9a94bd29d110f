"""The manager's day: somebody is invited and let go; the access log is read. Wide and narrow, light and dark."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NARROW, WIDE, PageMaker
from tests.contracts.world import closed, invited
from tests.fixtures.people import People

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("size", "dark"), [(WIDE, False), (NARROW, True)])
def test_the_pages_are_accessible(
    new_page: PageMaker,
    people: People,
    assert_accessible: Callable[[Page], None],
    size: tuple[int, int],
    dark: bool,
) -> None:
    page = new_page(size, dark=dark, user=people.manager)
    treating = people.treating
    credential = treating.prescriber_credentials.get()
    for address in (
        "/staff/",
        "/staff/invite",
        f"/staff/{treating.pk}/",
        f"/staff/{treating.pk}/edit",
        f"/staff/{treating.pk}/deactivate",
        f"/staff/{treating.pk}/credentials/add",
        f"/staff/{treating.pk}/credentials/{credential.pk}/end",
        f"/staff/{invited(people)}/link",
        f"/staff/{closed(people)}/reactivate",
        "/audit/",
        "/audit/?begins=31+Feb+2026",
    ):
        page.goto(address)
        assert_accessible(page)


def test_somebody_is_invited_and_let_go_by_keyboard_without_javascript(new_page: PageMaker, people: People) -> None:
    page = new_page(javascript=False, user=people.manager)
    page.goto("/staff/invite")
    page.get_by_label("Name as shown").focus()
    page.keyboard.type("Nurse Ada Byrne")
    page.keyboard.press("Tab")
    page.keyboard.type("ada@clinic.example")
    page.keyboard.press("Tab")
    page.keyboard.type("Headache nurse")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("One-time link for Nurse Ada Byrne")
    expect(page.get_by_label("One-time link")).to_have_value(re.compile("/account/password/reset/key/"))
    page.get_by_role("link", name="Done").click()
    page.get_by_role("link", name="Deactivate").click()
    page.get_by_role("button", name="Yes, deactivate").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nurse Ada Byrne can no longer sign in.")).to_be_visible()
