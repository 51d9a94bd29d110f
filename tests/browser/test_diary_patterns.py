"""Counts and patterns in a real browser: wide and narrow, light and dark, and the files behind the links."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from apps.accounts.models import User
from apps.patients.models import Patient
from tests.browser.conftest import NARROW, WIDE, PageMaker
from tests.factories.diary_patterns import record_half_a_year
from tests.factories.treatment import started

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def look(page: Page, name: str) -> None:
    if os.environ.get("LOOK"):
        page.screenshot(path=f"{os.environ['LOOK']}/{name}.png", full_page=True)


@pytest.mark.parametrize(("size", "dark"), [(WIDE, False), (NARROW, True)], ids=["desk", "telephone"])
def test_patterns_and_counts_are_accessible(
    new_page: PageMaker,
    treating: User,
    patient: Patient,
    assert_accessible: Callable[[Page], None],
    size: tuple[int, int],
    dark: bool,
) -> None:
    page = new_page(size, dark=dark, user=treating)
    page.goto(f"/patients/{patient.pk}/diary/patterns/")
    expect(page.get_by_text("Not enough days: 0 of 30 are recorded.")).to_be_visible()
    assert_accessible(page)
    record_half_a_year(patient, timezone.localdate())
    started(patient, treating, effective_on=timezone.localdate() - timedelta(days=60))
    page.reload()
    expect(page.get_by_text("goes with more headache").first).to_be_visible()
    assert_accessible(page)
    look(page, f"patterns-{size[0]}")
    page.get_by_role("navigation", name="How many months").get_by_role("link", name="3").click()
    expect(page.get_by_text("91 of 91 days recorded")).to_be_visible()
    page.goto(f"/patients/{patient.pk}/diary/{timezone.localdate():%Y-%m}/")
    for summary in ("Calendar months", "28-day periods", "How these are counted"):
        page.locator("summary", has_text=summary).click()
    assert_accessible(page)
    look(page, f"counts-{size[0]}")


def test_the_counts_are_downloaded(new_page: PageMaker, treating: User, patient: Patient) -> None:
    page = new_page(user=treating)
    record_half_a_year(patient, timezone.localdate(), days=40)
    page.goto(f"/patients/{patient.pk}/diary/{timezone.localdate():%Y-%m}/")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="these numbers today").click()
    assert waiting.value.suggested_filename.startswith("diary-counts-")
    assert "Migraine days, diary rule" in Path(waiting.value.path()).read_text(encoding="utf-8-sig")
