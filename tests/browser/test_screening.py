"""Screening in a real browser: accessible at a desk and on a telephone, by keyboard alone, without JavaScript."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from apps.screening.models import Administration, SafetyTask
from tests.browser.conftest import NARROW, WIDE, PageMaker
from tests.factories.screening import answers_for, make_licence, make_safety_task, make_sheet, make_wording
from tests.fixtures.people import People

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("size", "dark"), [(WIDE, False), (NARROW, True)])
def test_every_page_is_accessible(
    new_page: PageMaker,
    people: People,
    assert_accessible: Callable[[Page], None],
    size: tuple[int, int],
    dark: bool,
) -> None:
    patient = people.patient
    sheet = make_sheet(patient, answers=answers_for("phq9", 14))
    scales = make_sheet(patient, "hads", {"anxiety": 12, "depression": 7})
    triage = make_sheet(patient, "cssrs", {"q1": 1, "q2": 0, "q6": 0}, answered_on=timezone.localdate())
    memory = make_sheet(patient, "midas", {**answers_for("midas", 40), "a": 40})
    make_sheet(patient, "gad7", {"item1": 2}, finished=False)
    task = make_safety_task(patient, answered_on=timezone.localdate() - timedelta(days=30))
    page = new_page(size, dark=dark, user=people.colleague)
    for name, more in (
        ("overview", []),
        ("history", []),
        ("sheet", [sheet.pk]),
        ("sheet", [task.sheet_id]),
        ("correct", [sheet.pk]),
        ("answer", ["phq9"]),
        ("answer", ["gad7"]),
        ("answer", ["midas"]),
        ("answer", ["nosas"]),
        ("answer", ["msq21"]),
        ("answer", ["cssrs"]),
        ("sheet", [scales.pk]),
        ("sheet", [triage.pk]),
        ("sheet", [memory.pk]),
        ("assign_safety_task", [task.pk]),
        ("for_patient", [task.pk]),
        ("safety_task", [task.pk]),
    ):
        page.goto(reverse(f"screening:{name}", args=[patient.pk, *more]))
        assert_accessible(page)
    page.get_by_role("button", name="Close the task").click()
    expect(page.get_by_role("link", name="Enter what was done.")).to_be_visible()
    assert_accessible(page)


@pytest.mark.parametrize(("size", "dark"), [(WIDE, False), (NARROW, True)])
def test_the_licence_pages_are_accessible(
    new_page: PageMaker, people: People, assert_accessible: Callable[[Page], None], size: tuple[int, int], dark: bool
) -> None:
    licence = make_licence(people.manager)
    make_wording(licence)
    make_licence(people.manager, language="de")
    page = new_page(size, dark=dark, user=people.manager)
    for name, more in (
        ("licences", []),
        ("licence", ["midas"]),
        ("confirm_licence", ["hit6"]),
        ("wording", ["midas", licence.pk]),
        ("withdraw_licence", ["midas", licence.pk]),
    ):
        page.goto(reverse(f"screening:{name}", args=more))
        assert_accessible(page)


def test_questions_follow_the_answers_and_an_answer_never_hides(new_page: PageMaker, people: People) -> None:
    page = new_page(user=people.colleague)
    page.goto(reverse("screening:answer", args=[people.patient.pk, "cssrs"]))
    third = page.get_by_role("group", name="Question 3")
    expect(third).to_be_hidden()
    page.locator("#id_q2_1").check()
    expect(third).to_be_visible()
    page.locator("#id_q3_1").check()
    page.locator("#id_q2_0").check()
    expect(third).to_be_visible()
    expect(page.get_by_role("group", name="Question 4")).to_be_hidden()
    page.locator("#id_q3_2").check()
    expect(third).to_be_hidden()
    page.locator("#id_q1_1").check()
    page.get_by_role("button", name="Save and finish later").click()
    expect(page.get_by_role("alert")).to_contain_text("C-SSRS, low risk by the answers so far")


def _ask(page: Page, people: People) -> None:
    page.goto(reverse("screening:overview", args=[people.patient.pk]))
    page.get_by_role("link", name="Ask PHQ-9 now").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("PHQ-9")
    page.locator("#id_item1_0").focus()


def test_digits_fill_the_sheet(new_page: PageMaker, people: People) -> None:
    page = new_page(user=people.colleague)
    _ask(page, people)
    page.keyboard.type("2211000100")
    page.get_by_role("button", name="Save", exact=True).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("PHQ-9")
    expect(page.locator("main")).to_contain_text("7 of 27")
    assert Administration.objects.get().answers["item8"] == 1


def test_the_walk_to_a_closed_safety_task_by_keyboard_without_javascript(new_page: PageMaker, people: People) -> None:
    page = new_page(javascript=False, user=people.colleague)
    _ask(page, people)
    page.locator("#id_item9_0").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.get_by_role("button", name="Save and finish later").press("Enter")
    notice = page.get_by_role("alert").filter(has_text="PHQ-9 item 9 answered 1: speak with the patient now")
    expect(notice).to_be_visible()
    notice.get_by_role("link", name="Open the safety task").press("Enter")
    page.get_by_label("What was done").fill("Spoke with her")
    page.get_by_label("What came of it").focus()
    page.keyboard.type("Safe, sister stays")
    page.get_by_role("button", name="Close the task").press("Enter")
    expect(page.locator("main")).to_contain_text("Safe, sister stays")
    assert SafetyTask.objects.get().closed_by == people.colleague
