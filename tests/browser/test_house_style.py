"""The gallery of all components and the pages before sign-in, looked at like every page of the clinic."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import accessibility_problems
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


def test_an_error_in_the_summary_leads_to_its_field(new_page: PageMaker, people: Any) -> None:
    page = new_page(user=people.treating)
    page.goto("/components/")
    expect(page.locator("[data-error-summary]")).to_be_focused()
    page.get_by_role("link", name="There is no 31 February 2026").press("Enter")
    expect(page.locator("#id_wrong-born")).to_be_focused()
    expect(page.locator("#id_wrong-born")).to_have_value("31/02/2026")
    page.get_by_role("link", name="Select the headache today").press("Enter")
    expect(page.locator("#id_wrong-severity_0")).to_be_focused()


def test_an_error_is_read_out_with_its_field(new_page: PageMaker, people: Any) -> None:
    page = new_page(user=people.treating)
    page.goto("/components/")
    born = page.locator("#id_wrong-born")
    expect(born).to_have_attribute("aria-invalid", "true")
    expect(born).to_have_accessible_description(re.compile("For example 22/11/2026.*There is no 31 February 2026"))


def test_the_title_says_that_something_is_wrong(new_page: PageMaker) -> None:
    page = new_page()
    page.goto("/account/login/")
    expect(page).to_have_title(re.compile("^Sign in"))
    page.get_by_role("button", name="Sign in").press("Enter")
    expect(page).to_have_title(re.compile("^Error: Sign in"))
    expect(page.get_by_role("alert")).to_contain_text("Enter the e-mail address")
    expect(page.get_by_role("alert")).to_be_focused()


def test_a_conditional_question_appears_with_its_condition(new_page: PageMaker, people: Any) -> None:
    page = new_page(user=people.treating)
    page.goto("/components/")
    question = page.locator("#id_example-other_reason")
    expect(question).to_be_hidden()
    page.locator("#id_example-reason").select_option("other")
    expect(question).to_be_visible()
    page.locator("#id_example-reason").select_option("effect")
    expect(question).to_be_hidden()


def test_without_javascript_every_question_is_there(new_page: PageMaker, people: Any) -> None:
    page = new_page(javascript=False, user=people.treating)
    page.goto("/components/")
    expect(page.locator("#id_example-other_reason")).to_be_visible()
    expect(page.locator("[data-error-summary]")).to_be_focused()


def test_colours_are_chosen_without_javascript(new_page: PageMaker) -> None:
    page = new_page(javascript=False)
    page.goto("/account/login/")
    page.get_by_role("button", name="Dark", exact=True).click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.locator("body")).to_have_css("background-color", "rgb(19, 25, 24)")
    page.get_by_role("button", name="As the device").click()
    expect(page.locator("html")).not_to_have_attribute("data-theme", re.compile("."))
    expect(page.locator("body")).to_have_css("background-color", "rgb(246, 244, 238)")


def test_the_first_stop_of_the_keyboard_skips_to_the_content(new_page: PageMaker) -> None:
    page = new_page()
    page.goto("/account/login/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    expect(page.get_by_role("link", name="Skip to the content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_paper_is_white_and_carries_no_controls(new_page: PageMaker, people: Any) -> None:
    page = new_page(dark=True, user=people.treating)
    page.goto("/components/")
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(page.locator(".top")).to_be_hidden()
    expect(page.get_by_text("Marta Lindqvist")).to_be_visible()
    assert page.get_by_role("button").count() == 0


def test_the_check_notices_what_is_wrong(new_page: PageMaker) -> None:
    """The check that guards every page must be able to fail."""
    page = new_page(NARROW)
    page.goto("/account/login/")
    page.evaluate("""() => {
      const main = document.querySelector("main");
      main.insertAdjacentHTML("beforeend", '<a href="/a">More</a> <a href="/b">More</a> <input>');
      const wide = document.createElement("p");
      wide.textContent = "x".repeat(400);
      wide.className = "text-nowrap";
      main.append(wide);
    }""")
    problems = "\n".join(accessibility_problems(page))
    assert "same link text, two places: More" in problems
    assert "wider than the window" in problems
    assert "label:" in problems


def test_trouble_is_noticed(new_page: PageMaker, trouble: list[str]) -> None:
    """An inline script is refused by the browser, and the page's test hears of it."""
    page = new_page()
    page.goto("/account/login/")
    page.evaluate("""() => {
      const script = document.createElement("script");
      script.textContent = "document.title = 'run'";
      document.body.append(script);
    }""")
    page.wait_for_function("true")
    assert any("Content Security Policy" in line for line in trouble), trouble
    expect(page).not_to_have_title("run")
    trouble.clear()


@SIZES
@LIGHT
def test_a_chart_page_says_who_and_where(
    new_page: PageMaker, people: Any, assert_accessible: Callable[[Page], None], size: tuple[int, int], dark: bool
) -> None:
    page = new_page(size, dark=dark, user=people.treating)
    page.goto(f"/patients/{people.patient.pk}/team/")
    banner = page.get_by_role("region", name="Patient")
    expect(banner).to_contain_text("Ingrid Halvorsen")
    expect(banner).to_contain_text("Dr Amara Okafor")
    tab = page.get_by_role("navigation", name="Chart").get_by_role("link", name="Team")
    expect(tab).to_have_attribute("aria-current", "page")
    expect(tab).to_be_in_viewport(ratio=0.99)
    assert_accessible(page)


def test_a_patient_is_found_by_keyboard_from_any_page(new_page: PageMaker, people: Any) -> None:
    page = new_page(user=people.treating)
    page.goto("/components/")
    page.keyboard.press("/")
    page.keyboard.type("halvors", delay=20)
    expect(page.locator("#find-results")).to_contain_text("Halvorsen")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Patient")).to_contain_text("Ingrid Halvorsen")


def test_a_slash_in_a_text_stays_in_the_text(new_page: PageMaker, people: Any) -> None:
    page = new_page(user=people.treating)
    page.goto("/components/")
    page.locator("#id_example-born").press_sequentially("22/11")
    expect(page.locator("#id_example-born")).to_have_value("22/11")
    expect(page.locator("#id_example-born")).to_be_focused()


def test_an_ended_session_is_said_and_the_typed_text_stays(new_page: PageMaker, people: Any) -> None:
    page = new_page(user=people.treating)
    page.goto("/components/")
    page.context.clear_cookies()
    page.locator("#find-patient").press_sequentially("halvors", delay=20)
    expect(page.locator("#messages")).to_contain_text("You have been signed out")
    expect(page.locator("#find-results")).to_be_empty()
    expect(page.locator("#find-patient")).to_have_value("halvors")


def test_without_javascript_the_search_box_leads_to_the_list(new_page: PageMaker, people: Any) -> None:
    page = new_page(javascript=False, user=people.treating)
    page.goto("/components/")
    page.get_by_label("Find patient").fill("halvors")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/patients/\?q=halvors"))
    expect(page.get_by_role("main")).to_contain_text("Halvorsen")
