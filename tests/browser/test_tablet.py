"""The clinic's tablet in a real browser: whole journeys, and what is left behind when it is over: nothing."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page, expect

from apps.screening.choices import SheetState, TabletState
from apps.screening.models import Administration, SafetyTask, TabletSet
from tests.browser.conftest import NARROW, WIDE, PageMaker
from tests.factories.tablet import allow, leave_alone, make_set, make_waiting_set
from tests.fixtures.people import People

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TABLET = (1024, 768)
CRISIS = "You do not have to deal with this alone."


def start(page: Page, people: People, way: str, *labels: str) -> None:
    """Hand over the questionnaires with these labels and no others."""
    page.goto(reverse("screening:overview", args=[people.patient.pk]))
    page.get_by_role("link", name="Start the due set on the tablet").click()
    for box in page.get_by_role("checkbox").all():
        box.set_checked(box.evaluate("each => each.labels[0].innerText.split(',')[0].trim()") in labels)
    page.get_by_role("button", name=way).click()


def begin(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Are these your initials: I. H., born in 1984?")
    page.get_by_text("Nobody, I answer alone").click()
    page.get_by_role("button", name="Yes, these are mine").click()


def choose(page: Page, words: str) -> None:
    page.get_by_text(words, exact=True).click()
    page.get_by_role("button", name="Next").click()


def assert_locked(page: Page) -> None:
    """The neutral page, without a word about anybody."""
    expect(page.get_by_role("heading", level=1)).to_have_text("This tablet is locked")
    assert_tells_nothing(page)


def assert_tells_nothing(page: Page) -> None:
    text = page.content()
    for word in (
        "I. H.",
        "1984",
        "Ingrid",
        "Halvorsen",
        "PHQ",
        "bothered",
        "Little interest",
        "Several days",
        "/patients/",
    ):
        assert word not in text, f"{word!r} on {page.url}"


def go_back(page: Page) -> None:
    """The browser's Back button; for a form that was sent it shows a page of its own, which asks to send it again."""
    try:
        page.go_back()
    except PlaywrightError as error:
        if "ERR_CACHE_MISS" not in str(error):
            raise
        page.wait_for_url("chrome-error://**")


@pytest.mark.parametrize(
    ("size", "dark", "javascript"),
    [(NARROW, True, True), (TABLET, False, True), (TABLET, True, False)],
    ids=["telephone", "tablet", "without script"],
)
def test_the_whole_journey_on_this_device_leaks_nothing(
    new_page: PageMaker,
    people: People,
    assert_accessible: Callable[[Page], None],
    size: tuple[int, int],
    dark: bool,
    javascript: bool,
) -> None:
    page = new_page(size, dark=dark, javascript=javascript, user=people.colleague)
    check = assert_accessible if javascript else _unchecked
    start(page, people, "On this device", "PHQ-4")
    check(page)
    begin(page)
    expect(page.locator("main")).to_contain_text("Question 1 of 4, sheet 1 of 1")
    check(page)
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose an answer")
    check(page)
    choose(page, "Several days")
    choose(page, "Not at all")
    page.get_by_role("link", name="Back", exact=True).click()
    expect(page.get_by_label("Not at all")).to_be_checked()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="I’d rather not answer").click()
    last = page.url
    choose(page, "Several days")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. Please give the tablet back.")
    check(page)
    assert_tells_nothing(page)
    assert {cookie["name"] for cookie in page.context.cookies()} == {settings.CSRF_COOKIE_NAME}
    assert "Total" not in page.content()
    for _ in range(8):
        go_back(page)
        assert_tells_nothing(page)
        assert "/patients/" not in page.url
        if page.url == "about:blank":
            break
    for url in (last, "/tablet/hello/", "/tablet/q/1/1/", "/tablet/end/"):
        page.goto(url)
        assert_locked(page)
    page.reload()
    assert_locked(page)
    check(page)
    page.goto(reverse("screening:overview", args=[people.patient.pk]))
    assert "/account/login/" in page.url
    sheet = Administration.objects.get()
    assert (sheet.state, len(sheet.answers)) == (SheetState.COMPLETE, 3)


def _unchecked(page: Page) -> None:
    """Axe is a script."""


def test_another_device_and_a_pause_too_long(new_page: PageMaker, people: People) -> None:
    page = new_page(TABLET, user=people.colleague)
    other_tab = page.context.new_page()
    other_tab.goto(reverse("screening:overview", args=[people.patient.pk]))
    start(page, people, "On this device", "PHQ-9")
    begin(page)
    choose(page, "Several days")
    other_tab.reload()
    assert "/account/login/" in other_tab.url
    other_device = new_page(TABLET)
    for url in (page.url, "/tablet/hello/"):
        other_device.goto(url)
        assert_locked(other_device)
    leave_alone(TabletSet.objects.get(), 10)
    page.get_by_text("Nearly every day", exact=True).click()
    page.get_by_role("button", name="Next").click()
    assert_locked(page)
    go_back(page)
    assert_tells_nothing(page)
    assert TabletSet.objects.get().state == TabletState.TIMED_OUT
    assert Administration.objects.get().answers == {"item1": 1}
    desk = new_page(WIDE, user=people.treating)
    desk.goto(reverse("screening:overview", args=[people.patient.pk]))
    expect(desk.locator("main")).to_contain_text("Not finished on the tablet, nobody touched it any more")
    desk.get_by_role("link", name="Go on with PHQ-9").first.click()
    expect(desk.locator("#id_item1_1")).to_be_checked()


def test_somebody_in_danger_reads_where_to_get_help_and_the_clinic_knows_at_once(
    new_page: PageMaker, people: People, assert_accessible: Callable[[Page], None]
) -> None:
    handed = make_waiting_set(people.patient, people.colleague, "phq9", "phq4")
    page = new_page(NARROW)
    page.goto("/tablet/")
    page.get_by_label("Code from the clinic").fill(f"{handed.secret[:3]} {handed.secret[3:]}")
    page.keyboard.press("Enter")
    begin(page)
    for _ in range(8):
        choose(page, "Not at all")
    choose(page, "Several days")
    task = SafetyTask.objects.get()
    assert (task.owner, Administration.objects.get().state) == (people.treating, SheetState.PARTIAL)
    choose(page, "Not difficult at all")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you for answering honestly")
    expect(page.locator("main")).to_contain_text(CRISIS)
    assert_accessible(page)
    page.get_by_role("link", name="Go on with the questions").click()
    page.get_by_role("link", name="Stop here and give the tablet back").click()
    assert_accessible(page)
    page.get_by_role("button", name="Finish").click()
    expect(page.locator("main")).to_contain_text(CRISIS)
    assert_accessible(page)
    page.goto("/tablet/")
    assert_locked(page)
    expect(page.locator("main")).not_to_contain_text(CRISIS)


@pytest.mark.parametrize(("size", "dark"), [(WIDE, False), (NARROW, True)], ids=["desk", "telephone"])
def test_the_clinics_pages_are_accessible(
    new_page: PageMaker, people: People, assert_accessible: Callable[[Page], None], size: tuple[int, int], dark: bool
) -> None:
    allow("hit6", people.manager, "de")
    page = new_page(size, dark=dark, user=people.treating)
    page.goto(reverse("screening:start_tablet", args=[people.patient.pk]))
    assert_accessible(page)
    page.get_by_role("button", name="On another tablet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Code for the tablet")
    assert_accessible(page)
    page.get_by_role("link", name="Back to screening").click()
    expect(page.locator("main")).to_contain_text("Waiting for the code")
    assert_accessible(page)
    page.get_by_role("button", name="Take it back").click()
    expect(page.locator("main")).to_contain_text("The tablet is locked")


def test_numbers_are_typed_or_chosen_in_the_clinics_own_wording(
    new_page: PageMaker, people: People, assert_accessible: Callable[[Page], None]
) -> None:
    for code in ("midas", "hit6"):
        allow(code, people.manager)
    handed = make_set(people.patient, people.colleague, "midas", "hit6")
    page = new_page(TABLET)
    page.context.add_cookies([{"name": "tablet", "value": handed.secret, "url": page_address(page)}])
    page.goto("/tablet/q/1/1/")
    page.get_by_label("Made-up count1").fill("100")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter a whole number from 0 to 92.")
    expect(page.get_by_label("Made-up count1")).to_have_value("100")
    assert_accessible(page)
    page.goto("/tablet/q/2/1/")
    assert_accessible(page)
    choose(page, "10")
    assert Administration.objects.get().answers == {"item1": 10}


def page_address(page: Page) -> str:
    """Where the server of this test is, below which the tablet's cookie belongs."""
    page.goto("/tablet/")
    return page.url
