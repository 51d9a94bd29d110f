"""The pages of care in a real browser: everybody can use them, wide and light, narrow and dark; by keyboard alone."""

import re
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from apps.accounts.models import User
from apps.patients.services.prescribers import arrange_cover
from tests.browser.conftest import NARROW, WIDE, PageMaker
from tests.factories.accounts import make_prescriber
from tests.factories.care import FullCase, full_case
from tests.factories.causes import make_red_flags
from tests.factories.treatment import make_medicine
from tests.fixtures.people import People

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOOKS = pytest.mark.parametrize(("size", "dark"), [(WIDE, False), (NARROW, True)], ids=["desk", "dark telephone"])


@pytest.fixture
def case(people: People) -> FullCase:
    return full_case(people.patient, people.treating, people.colleague)


def address(name: str, people: People, **more: object) -> str:
    return reverse(name, kwargs={"patient_id": people.patient.pk, **more})


@LOOKS
def test_everybody_can_use_the_pages_of_a_full_chart(
    new_page: PageMaker,
    people: People,
    case: FullCase,
    assert_accessible: Callable[[Page], None],
    size: tuple[int, int],
    dark: bool,
) -> None:
    page = new_page(size, dark=dark, user=people.treating)
    course = case.signed_visit.medication_changes.get().course
    for name, more in (
        ("overview:today", None),
        ("overview:patient", {}),
        ("overview:history", {}),
        ("treatment:medicines", {}),
        ("treatment:change", {"course_id": course, "kind": "dose_change"}),
        ("treatment:change", {"course_id": course, "kind": "stop"}),
        ("treatment:plan", {}),
        ("patients:prescriber", {}),
        ("patients:cover", {}),
        ("patients:name_prescriber", {}),
        ("patients:visits", {}),
        ("patients:visit", {"visit_id": case.signed_visit.pk}),
        ("patients:visit", {"visit_id": case.open_visit.pk}),
    ):
        page.goto(reverse(name) if more is None else address(name, people, **more))
        assert_accessible(page)
    page.goto(address("treatment:start", people))
    page.get_by_role("button", name="Start the medicine").click()
    expect(page.get_by_role("alert")).to_contain_text("Select the medicine")
    assert_accessible(page)
    page.goto(address("treatment:plan", people))
    page.get_by_role("button", name="Begin the next version").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("draft of version 2")
    assert_accessible(page)


@LOOKS
def test_everybody_can_use_the_pages_of_an_empty_chart(
    new_page: PageMaker,
    people: People,
    assert_accessible: Callable[[Page], None],
    size: tuple[int, int],
    dark: bool,
) -> None:
    page = new_page(size, dark=dark, user=people.treating)
    for name in (
        "overview:patient",
        "treatment:medicines",
        "treatment:plan",
        "patients:visits",
        "patients:begin_visit",
    ):
        page.goto(address(name, people))
        assert_accessible(page)


@LOOKS
def test_a_locked_page_explains_itself(
    new_page: PageMaker,
    people: People,
    assert_accessible: Callable[[Page], None],
    size: tuple[int, int],
    dark: bool,
) -> None:
    page = new_page(size, dark=dark, user=people.colleague)
    for name in ("treatment:medicines", "treatment:start", "patients:prescriber", "patients:name_prescriber"):
        page.goto(address(name, people))
        expect(page.get_by_role("main")).to_contain_text("Who may")
        expect(page.get_by_role("main")).to_contain_text("What you can do")
        assert_accessible(page)


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without"])
def test_a_medicine_is_started_by_keyboard(new_page: PageMaker, people: People, javascript: bool) -> None:
    make_medicine("candesartan")
    page = new_page(javascript=javascript, user=people.treating)
    page.goto(address("treatment:medicines", people))
    page.get_by_role("link", name="Start a medicine").first.press("Enter")
    page.get_by_label("Medicine", exact=True).focus()
    for typed in ("cand", "prev", "16", "mg", "once daily"):
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
    if not javascript:
        page.keyboard.press("Tab")  # the limit, which scripts hide for a preventive
    page.keyboard.type("Chronic")
    page.keyboard.press("Tab")
    page.keyboard.type("New")
    page.keyboard.press("Enter")
    page.get_by_label("From", exact=True).press("Enter")
    expect(page.get_by_role("main")).to_contain_text("The medicine is started.")
    row = page.get_by_role("row").filter(has_text="once daily").first
    expect(row).to_contain_text("16 mg, once daily")
    assert people.patient.medication_changes.get().author == people.treating


def test_a_visit_is_written_signed_and_added_to_by_keyboard(new_page: PageMaker, people: People) -> None:
    make_red_flags(people.patient)
    page = new_page(user=people.treating)
    page.goto(address("patients:begin_visit", people))
    page.get_by_label("Date of the visit").press("Enter")
    page.get_by_label("Findings").focus()
    page.keyboard.type("Headache on most days")
    page.get_by_role("button", name="Save and sign").press("Enter")
    expect(page.get_by_role("main")).to_contain_text("The visit is signed.")
    page.get_by_label("Addendum").focus()
    page.keyboard.type("MRI is normal.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Addendum")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text(re.compile("Dr Amara Okafor, .*MRI is normal", re.DOTALL))


def test_who_covers_today_is_said_on_the_locked_page(new_page: PageMaker, people: People) -> None:
    from datetime import timedelta

    from django.utils import timezone

    cover: User = make_prescriber(full_name="Dr Jonas Weiss")
    now = timezone.now()
    arrange_cover(
        patient=people.patient,
        prescriber=cover,
        begins=now,
        ends=now + timedelta(days=5),
        reason="leave",
        by=people.treating,
    )
    page = new_page(user=people.treating)
    page.goto(address("treatment:start", people))
    locked = page.get_by_role("region", name="Medicines are changed by the prescriber alone")
    expect(locked).to_contain_text("Covers today")
    expect(locked).to_contain_text("Dr Jonas Weiss")
