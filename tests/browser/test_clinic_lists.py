"""The clinic's lists of diaries in a real browser: at a desk and on a telephone, light and dark, without a mouse."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from apps.accounts.models import User
from apps.patients.models import Patient
from tests.browser.conftest import NARROW, WIDE, PageMaker
from tests.factories.diary import headache, make_acute_medicine, no_headache, record
from tests.factories.patients import make_patient
from tests.fixtures.people import People, join_care_team

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def reader(people: People) -> User:
    """A clinician with patients above, near and perhaps above a limit, and two quiet diaries."""
    make_acute_medicine("rizatriptan")
    make_acute_medicine("naproxen", overuse_class="nsaid")
    today = timezone.localdate()

    def back(days: int) -> date:
        return today - timedelta(days=days)

    def write(patient: Patient, days: range, *codes: str) -> None:
        record(patient, *(headache(back(n), *codes) for n in days))

    near, unknown, quiet = make_patient(family_name="Aalto"), make_patient(), make_patient(telephone="020 7946 0321")
    for patient in (near, unknown, quiet):
        join_care_team(people.treating, patient)
    write(people.patient, range(13), "rizatriptan", "naproxen")
    write(near, range(7), "rizatriptan")
    record(near, *(no_headache(back(n)) for n in range(7, 30)))
    write(unknown, range(4), "naproxen")
    write(quiet, range(20, 32), "rizatriptan")
    return people.treating


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["desk", "telephone"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_both_lists_are_accessible(
    new_page: PageMaker, reader: User, assert_accessible: Callable[[Page], None], size: tuple[int, int], dark: bool
) -> None:
    page = new_page(size, dark=dark, user=reader)
    page.goto("/diaries/")
    expect(page.get_by_role("row")).to_have_count(5)
    assert_accessible(page)
    page.goto("/diaries/quiet/")
    expect(page.get_by_role("row")).to_have_count(2)
    assert_accessible(page)


def test_narrowing_by_keyboard_and_on_to_the_diary(new_page: PageMaker, reader: User) -> None:
    page = new_page(WIDE, user=reader, javascript=False)
    page.goto("/")
    page.get_by_role("navigation").get_by_role("link", name="Diaries", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Diaries above a limit")
    page.get_by_label("Show", exact=True).focus()
    page.keyboard.type("Limit")
    page.keyboard.press("Tab")
    page.keyboard.type("Triptan")
    page.get_by_role("button", name="Show these").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("row")).to_have_count(3)
    page.get_by_role("link", name="Halvorsen, Ingrid").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Diary,")
