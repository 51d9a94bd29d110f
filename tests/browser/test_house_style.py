"""The gallery of all components and the pages before sign-in, looked at like every page of the clinic."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NARROW, WIDE, PageMaker

pytestmark = pytest.mark.django_db(transaction=True)

SIZES = pytest.mark.parametrize("size", [WIDE, NARROW], ids=["desk", "telephone"])
LIGHT = pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])


@SIZES
@LIGHT
def test_sign_in_page_can_be_used_by_everybody(
    new_page: PageMaker, assert_accessible: Callable[[Page], None], size: tuple[int, int], dark: bool
) -> None:
    page = new_page(size, dark=dark)
    page.goto("/account/login/")
    assert_accessible(page)


@SIZES
@LIGHT
def test_gallery_can_be_used_by_everybody(
    new_page: PageMaker, people: Any, assert_accessible: Callable[[Page], None], size: tuple[int, int], dark: bool
) -> None:
    page = new_page(size, dark=dark, user=people.physician)
    page.goto("/components/")
    expect(page.get_by_role("heading", name="Components", level=1)).to_be_visible()
    assert_accessible(page)
