"""Other causes in a real browser: red flags before a first visit is signed, all lines closed before refractory is confirmed."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from apps.clinical.pseudo_refractory import PSEUDO_ITEMS
from apps.clinical.red_flags import RED_FLAGS
from apps.clinical.secondary_causes import CAUSES
from apps.patients.models import Visit
from apps.screening.choices import CauseState
from apps.treatment.models import RefractoryStatus
from tests.browser.conftest import NARROW, WIDE, PageMaker
from tests.factories.causes import make_adversity, make_pseudo, make_red_flags, make_review
from tests.factories.visits import opened
from tests.fixtures.people import People

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def address(name: str, people: People, **more: object) -> str:
    return reverse(name, kwargs={"patient_id": people.patient.pk, **more})


@pytest.mark.parametrize(("size", "dark"), [(WIDE, False), (NARROW, True)], ids=["desk", "dark telephone"])
def test_every_page_is_accessible(
    new_page: PageMaker,
    people: People,
    assert_accessible: Callable[[Page], None],
    size: tuple[int, int],
    dark: bool,
) -> None:
    patient, today = people.patient, timezone.localdate()
    make_red_flags(patient, "sudden", "painkillers")
    make_pseudo(patient, "dose", "sleep")
    make_review(patient, "iih", by=people.treating)
    make_review(patient, "sih", result="Better lying down, leak found", explains=True, by=people.treating)
    make_review(
        patient,
        "mass",
        state=CauseState.ORDERED,
        reviewed_on=today - timedelta(days=20),
        asked_for="MRI with contrast",
        due_on=today - timedelta(days=2),
        by=people.treating,
    )
    make_adversity(patient)
    visit = opened(patient, people.treating, kind="first")
    page = new_page(size, dark=dark, user=people.treating)
    for name, more in (
        ("screening:causes", {}),
        ("screening:cause", {"cause": "mass"}),
        ("screening:red_flags", {}),
        ("screening:pseudo", {}),
        ("screening:adversity", {}),
        ("screening:ask_adversity", {}),
        ("treatment:status", {}),
        ("patients:visit", {"visit_id": visit.pk}),
    ):
        page.goto(address(name, people, **more))
        assert_accessible(page)
    # With errors beside the fields.
    page.goto(address("screening:causes", people))
    page.get_by_role("button", name="Set the ticked causes").click()
    expect(page.get_by_role("alert").first).to_contain_text("Tick at least one cause.")
    assert_accessible(page)


def test_red_flags_first_then_the_visit_is_signed(
    new_page: PageMaker, people: People, assert_accessible: Callable[[Page], None]
) -> None:
    visit = opened(people.patient, people.treating, kind="first")
    page = new_page(WIDE, user=people.treating)
    page.goto(address("patients:visit", people, visit_id=visit.pk))
    expect(page.get_by_text("Red flags first")).to_be_visible()
    page.get_by_label("Findings").fill("Headache on most days")
    page.get_by_role("button", name="Save and sign").click()
    expect(page.get_by_text("Answer all red flags before you close the first visit.").first).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Answer the red flags").click()
    for flag in RED_FLAGS:
        page.locator(f"input[name={flag.code}][value={'yes' if flag.code == 'sudden' else 'no'}]").check()
    page.get_by_role("button", name="Save the red flags").click()
    expect(page.get_by_text("Enter what was decided about this flag.").first).to_be_visible()
    assert_accessible(page)
    page.locator("textarea[name=note_sudden]").fill("CT angiography today")
    page.get_by_role("button", name="Save the red flags").click()
    # Back at the visit, with the matter of the same day on top of the chart.
    expect(page.get_by_text("Red flag: a matter of the same day")).to_be_visible()
    expect(page.get_by_role("link", name="Answer the red flags")).to_have_count(0)
    assert page.get_by_label("Findings").input_value() == "Headache on most days"
    page.get_by_role("button", name="Save and sign").click()
    expect(page.get_by_text("The visit is signed.")).to_be_visible()
    assert Visit.objects.get(pk=visit.pk).state == "signed"


def test_all_lines_closed_then_refractory_is_confirmed_without_javascript(new_page: PageMaker, people: People) -> None:
    make_red_flags(people.patient, "painkillers")
    page = new_page(WIDE, javascript=False, user=people.treating)
    page.goto(address("treatment:status", people))
    expect(page.get_by_label("Confirmed")).to_have_count(0)
    expect(page.get_by_text("21 lines are open.")).to_be_visible()
    page.get_by_role("link", name="All other causes").click()
    page.get_by_role("link", name="Answer the check").click()
    for item in PSEUDO_ITEMS:
        page.locator(f"input[name={item.code}][value=no]").check()
    page.get_by_role("button", name="Save the check").click()
    for cause in CAUSES[1:]:
        page.get_by_label(f"{cause.name} is not needed").check()
    page.locator("#id_reason").fill("Normal examination, MRI in March without finding")
    page.get_by_role("button", name="Set the ticked causes").click()
    expect(page.get_by_text("1 line is open: “refractory” can only be provisional.")).to_be_visible()
    page.get_by_role("rowheader", name=CAUSES[0].name).get_by_role("link").click()
    page.get_by_label("Result", exact=True).and_(page.locator("input[type=radio]")).check()
    page.locator("textarea[name=result]").fill("Six days with acute medicines in 30")
    page.get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Save the review").click()
    expect(page.get_by_text("All lines are closed.")).to_be_visible()
    page.get_by_role("link", name="Status of the patient").click()
    page.get_by_label("Refractory migraine").check()
    page.get_by_label("Confirmed").check()
    page.get_by_label("On what grounds?").fill("All eight classes failed")
    page.get_by_role("button", name="Record the status").click()
    expect(page.get_by_label("Patient", exact=True)).to_contain_text("Refractory migraine, confirmed")
    assert RefractoryStatus.objects.get().standing == "confirmed"
