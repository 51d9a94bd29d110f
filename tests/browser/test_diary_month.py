"""A month typed from paper in a real browser: by keyboard alone, without script, wide and narrow."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from apps.accounts.models import User
from apps.diary.choices import State
from apps.diary.models import DiaryDay
from apps.medicines.services import LoadReport
from apps.patients.models import Patient
from tests.browser.conftest import NARROW, WIDE, PageMaker
from tests.factories.diary import headache, record

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def last_month() -> date:
    """A whole month that is over, so that the test does not depend on the day it runs on."""
    return timezone.localdate().replace(day=1) - timedelta(days=1)


def address(patient: Patient) -> str:
    return f"/patients/{patient.pk}/diary/{last_month():%Y-%m}/"


@pytest.mark.parametrize(("size", "dark"), [(WIDE, False), (NARROW, True)])
def test_the_month_is_accessible_empty_full_and_with_errors(
    new_page: PageMaker,
    medicines_catalogue: LoadReport,
    treating: User,
    patient: Patient,
    assert_accessible: Callable[[Page], None],
    size: tuple[int, int],
    dark: bool,
) -> None:
    page = new_page(size, dark=dark, user=treating)
    page.goto(address(patient))
    assert_accessible(page)
    month = last_month()
    record(patient, *[headache(month - timedelta(days=back), "rizatriptan") for back in range(14)])
    page.goto(address(patient))
    assert_accessible(page)
    page.locator("#id_d01-medicines").fill("unobtainium")
    page.get_by_role("button", name="Save month").click()
    expect(page.get_by_role("alert")).to_contain_text("write a letter from the list")
    assert_accessible(page)
    page.goto("/diary/data/")
    assert_accessible(page)


@pytest.mark.parametrize("javascript", [True, False])
def test_two_days_are_typed_by_keyboard_alone(
    new_page: PageMaker, medicines_catalogue: LoadReport, treating: User, patient: Patient, javascript: bool
) -> None:
    page = new_page(javascript=javascript, user=treating)
    page.goto(address(patient))
    page.locator("#id_d01-headache").focus()
    for keys in ("2", "Tab", "3", "Tab", "riza 1 ibu 2", "Tab", "storm", "Tab", "0", "Tab", "Tab", "0"):
        page.keyboard.press(keys) if keys == "Tab" else page.keyboard.type(keys)
    page.get_by_role("button", name="Save month").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="is saved: 2 days recorded")).to_be_visible()
    first, second = DiaryDay.objects.filter(patient=patient).order_by("day")
    assert (first.state, first.severity, first.function, first.note) == (State.HEADACHE, 2, 3, "storm")
    assert sorted(first.intakes.values_list("medicine__code", "doses")) == [("ibuprofen", 2), ("rizatriptan", 1)]
    assert (second.state, second.intakes_known) == (State.NONE, True)


def test_the_count_follows_and_enter_goes_to_the_next_day(
    new_page: PageMaker, medicines_catalogue: LoadReport, treating: User, patient: Patient
) -> None:
    page = new_page(user=treating)
    page.goto(address(patient))
    length = last_month().day
    expect(page.locator("[data-live=headache]")).to_have_text(f"0–{length}")
    page.locator("#id_d01-headache").focus()
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    expect(page.locator("#id_d02-headache")).to_be_focused()
    page.keyboard.type("0")
    expect(page.locator("[data-live=headache]")).to_have_text(f"1–{length - 1}")
    expect(page.locator("[data-live=recorded]")).to_have_text("2")
    expect(page.locator("[data-live-state]")).to_have_text("as typed, not saved yet")
    assert not DiaryDay.objects.exists(), "Enter does not send the month"
