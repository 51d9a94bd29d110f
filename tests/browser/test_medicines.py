"""The catalogue in a real browser: search, one medicine, back; wide and narrow, light and dark."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from apps.medicines.services import LoadReport
from tests.browser.conftest import NARROW, WIDE, PageMaker
from tests.factories.accounts import make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("size", "dark"), [(WIDE, False), (NARROW, True)])
def test_the_catalogue_is_accessible(
    new_page: PageMaker,
    medicines_catalogue: LoadReport,
    assert_accessible: Callable[[Page], None],
    size: tuple[int, int],
    dark: bool,
) -> None:
    page = new_page(size, dark=dark, user=make_user())
    page.goto("/medicines/")
    assert_accessible(page)
    page.goto("/medicines/rimegepant/")
    assert_accessible(page)
    page.goto("/medicines/?use=daily")
    assert_accessible(page)


def test_a_medicine_is_found_by_keyboard_without_javascript(
    new_page: PageMaker, medicines_catalogue: LoadReport
) -> None:
    page = new_page(javascript=False, user=make_user())
    page.goto("/medicines/")
    page.get_by_label("Name or ATC code").focus()
    page.keyboard.type("N02CC51")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="medicine")).to_have_text("1 medicine")
    page.get_by_role("link", name="sumatriptan with naproxen").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("sumatriptan with naproxen")
    expect(page.get_by_text("Triptan and NSAID: overuse from 10 days a month")).to_be_visible()
    page.get_by_role("link", name="All medicines").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Medicines")
