"""The diary on a telephone in a real browser: few taps, no signal, two tabs, without script, dark and light."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Page, expect

from apps.accounts.models import User
from apps.diary.choices import State
from apps.diary.models import AcuteIntake, Attack, DiaryDay, LinkEntry
from apps.diary.services.links import MadeLink, revoke_link
from apps.medicines.services import LoadReport
from apps.patients.models import Patient
from tests.browser.conftest import NARROW, WIDE, PageMaker
from tests.factories.diary import headache, record
from tests.factories.diary_link import make_diary_link

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def phone_link(medicines_catalogue: LoadReport, patient: Patient, colleague: User) -> MadeLink:
    cache.clear()
    return make_diary_link(patient, colleague, offered=("rizatriptan", "ibuprofen"))


def address(link: MadeLink, query: str = "") -> str:
    return f"/d/{link.token}/{query}"


class Taps:
    """Counts what a finger does."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def __call__(self, text: str) -> None:
        # Only what is on the screen can be tapped: scrolling would be one more thing to do.
        place = self.page.locator("label, button, a, summary").filter(has_text=text, visible=True).first
        box = place.bounding_box()
        assert box is not None
        assert box["height"] >= 47.5
        assert box["y"] + box["height"] <= self.page.viewport_size["height"]
        place.click()
        self.count += 1


def opened(new_page: PageMaker, link: MadeLink, *, javascript: bool = True) -> Page:
    page = new_page(NARROW, javascript=javascript)
    page.goto(address(link))
    return page


def said(page: Page, words: str) -> None:
    expect(page.get_by_role("status").filter(has_text=words)).to_be_visible()


def waiting(page: Page, words: str) -> None:
    expect(page.locator("#waiting")).to_contain_text(words)


def with_worker(page: Page) -> None:
    """Wait until the page would open without a signal, too."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("caches.match('/d/shell').then(Boolean)")


@pytest.mark.parametrize("javascript", [True, False])
def test_one_tap_for_no_headache_and_three_for_a_headache_with_medicine(
    new_page: PageMaker, phone_link: MadeLink, javascript: bool
) -> None:
    page = opened(new_page, phone_link, javascript=javascript)
    tap = Taps(page)
    tap("No headache today")
    said(page, "Saved: no headache.")
    assert tap.count == 1
    assert DiaryDay.objects.get().state == State.NONE
    page.goto(address(phone_link))
    tap = Taps(page)
    tap("Severe")
    tap("rizatriptan")
    tap("Save headache")
    said(page, "Saved: headache.")
    assert tap.count == 3
    row = DiaryDay.objects.get()
    assert (row.state, row.severity, row.intakes_known) == (State.HEADACHE, 3, True)
    assert AcuteIntake.objects.get().medicine.code == "rizatriptan"
    expect(page.locator(".days")).to_contain_text("Severe headache, rizatriptan × 1")


@pytest.mark.parametrize(("size", "light"), [(NARROW, False), (NARROW, True), (WIDE, False)])
def test_each_page_is_accessible(
    new_page: PageMaker,
    phone_link: MadeLink,
    patient: Patient,
    assert_accessible: Callable[[Page], None],
    size: tuple[int, int],
    light: bool,
) -> None:
    today = timezone.localdate()
    record(patient, headache(today - timedelta(days=3), "ibuprofen"))
    page = new_page(size)
    page.goto(address(phone_link))
    if light:
        page.get_by_role("button", name="Light page").click()
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(246, 244, 238)"
        page.reload()
        expect(page.get_by_role("button", name="Dark page")).to_be_visible()
    else:
        assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(13, 17, 16)"
    for summary in page.locator("summary").all():
        summary.click()
    assert_accessible(page)
    page.locator(".attack").get_by_role("checkbox", name="Something else").check(force=True)
    page.get_by_role("button", name="Save headache").click()
    said(page, "Saved: headache.")
    for link in ("Add details", "Change this day"):
        page.get_by_role("link", name=link).click()
        assert_accessible(page)
        page.get_by_role("link", name="Back without").click()
    page.goto(address(phone_link, f"?day={today - timedelta(days=3)}"))
    expect(page.get_by_text("To change this day, telephone the clinic")).to_be_visible()
    assert_accessible(page)
    page.goto("/d/no-such-link-no-such-link/")
    assert_accessible(page)


def test_without_a_signal_entries_wait_and_are_sent_once(new_page: PageMaker, phone_link: MadeLink) -> None:
    page = opened(new_page, phone_link)
    with_worker(page)
    page.context.set_offline(True)
    page.get_by_text("Moderate", exact=True).click()
    page.get_by_role("button", name="Save headache").click()
    said(page, "Kept on this phone")
    waiting(page, "Waiting to be sent (1)")
    page.wait_for_timeout(1100)
    page.get_by_text("Severe", exact=True).click()
    page.get_by_role("button", name="Save headache").click()
    waiting(page, "Waiting to be sent (2)")
    page.reload()
    expect(page.get_by_role("heading", name="Today")).to_be_visible()
    waiting(page, "Waiting to be sent (2)")
    said(page, "No signal")
    assert LinkEntry.objects.count() == 0
    page.context.set_offline(False)
    expect(page.locator("#waiting")).to_be_hidden()
    expect(page.locator(".days")).to_contain_text("Severe headache")
    assert [entry.kind for entry in LinkEntry.objects.all()] == ["attack", "attack"]
    assert list(Attack.objects.order_by("id").values_list("severity", flat=True)) == [2, 3]
    page.reload()
    assert LinkEntry.objects.count() == 2


def test_an_earlier_day_can_be_entered_without_a_signal(new_page: PageMaker, phone_link: MadeLink) -> None:
    page = opened(new_page, phone_link)
    with_worker(page)
    page.context.set_offline(True)
    page.locator(".days a").nth(2).click()
    page.get_by_role("button", name="No headache and no medicine").click()
    waiting(page, "Waiting to be sent (1)")
    page.context.set_offline(False)
    expect(page.locator("#waiting")).to_be_hidden()
    assert DiaryDay.objects.get().day == timezone.localdate() - timedelta(days=2)


def test_an_answer_that_got_lost_on_the_way_does_not_double_the_entry(
    new_page: PageMaker, phone_link: MadeLink
) -> None:
    page = opened(new_page, phone_link)
    lost = []

    def lose_the_first(route: object) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch().status)
        route.abort()

    page.route("**/entries", lose_the_first)
    page.get_by_text("Mild", exact=True).click()
    page.get_by_role("button", name="Save headache").click()
    said(page, "Kept on this phone")
    assert (lost, Attack.objects.count()) == ([200], 1)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#waiting")).to_be_hidden()
    assert Attack.objects.count() == 1


def test_a_double_tap_is_one_entry(new_page: PageMaker, phone_link: MadeLink) -> None:
    page = opened(new_page, phone_link)
    page.get_by_text("Mild", exact=True).click()
    page.get_by_role("button", name="Save headache").dblclick()
    said(page, "Saved: headache.")
    page.wait_for_timeout(300)
    assert Attack.objects.count() == 1


def test_two_tabs_send_what_waits_once(new_page: PageMaker, phone_link: MadeLink) -> None:
    first = opened(new_page, phone_link)
    second = first.context.new_page()
    second.goto(address(phone_link))
    first.context.set_offline(True)
    first.get_by_text("Mild", exact=True).click()
    first.get_by_role("button", name="Save headache").click()
    waiting(first, "Waiting to be sent (1)")
    waiting(second, "Waiting to be sent (1)")
    first.context.set_offline(False)
    for page in (first, second):
        expect(page.locator("#waiting")).to_be_hidden(timeout=25_000)
    assert (Attack.objects.count(), LinkEntry.objects.count()) == (1, 1)


def test_going_back_and_saving_again_is_a_second_headache_not_a_fault(
    new_page: PageMaker, phone_link: MadeLink
) -> None:
    page = opened(new_page, phone_link, javascript=False)
    page.get_by_text("Mild", exact=True).click()
    page.get_by_role("button", name="Save headache").click()
    said(page, "Saved: headache.")
    page.reload()
    assert Attack.objects.count() == 1
    page.go_back()
    page.get_by_text("Severe", exact=True).click()
    page.get_by_role("button", name="Save headache").click()
    said(page, "Saved: headache.")
    assert (Attack.objects.count(), DiaryDay.objects.get().severity) == (2, 3)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_day_is_corrected_and_completed(new_page: PageMaker, phone_link: MadeLink, javascript: bool) -> None:
    page = opened(new_page, phone_link, javascript=javascript)
    page.get_by_text("Mild", exact=True).click()
    page.get_by_role("button", name="Save headache").click()
    said(page, "Saved: headache.")
    page.get_by_role("link", name="Add details to the headache").click()
    page.locator("fieldset", has_text="Nausea").get_by_text("Yes").click()
    page.get_by_label("Note").fill("after the storm")
    page.get_by_role("button", name="Save details").click()
    said(page, "Saved: details.")
    assert (Attack.objects.get().nausea, Attack.objects.get().note) == (True, "after the storm")
    page.wait_for_timeout(1100)
    page.get_by_role("link", name="Change this day").click()
    page.get_by_text("Moderate", exact=True).click()
    page.get_by_text("ibuprofen", exact=True).click()
    page.get_by_role("button", name="Save the day").click()
    said(page, "Saved: day changed.")
    row = DiaryDay.objects.get()
    assert (row.severity, row.intakes.get().medicine.code) == (2, "ibuprofen")
    page.wait_for_timeout(1100)
    page.get_by_role("link", name="Change this day").click()
    page.get_by_text("No headache", exact=True).click()
    page.get_by_role("button", name="Save the day").click()
    page.get_by_role("button", name="Yes, no headache").click()
    expect(page.locator(".days")).to_contain_text("No headache")
    row.refresh_from_db()
    assert (row.state, Attack.objects.count()) == (State.NONE, 0)


def test_a_refused_entry_is_shown_and_can_be_mended(new_page: PageMaker, phone_link: MadeLink) -> None:
    page = opened(new_page, phone_link)
    page.get_by_text("Severe", exact=True).click()
    page.get_by_text("More, if you like").click()
    page.get_by_label("Ended").fill(f"{timezone.localdate()}T00:00")
    page.get_by_role("button", name="Save with all this").click()
    waiting(page, "Enter when it began, too")
    assert not Attack.objects.exists()
    page.get_by_role("button", name="Mend it").click()
    assert page.locator(".attack").get_by_label("Severe", exact=True).is_checked()
    page.get_by_label("Ended").fill("")
    page.wait_for_timeout(1100)
    page.get_by_role("button", name="Save headache").click()
    said(page, "Saved: headache.")
    expect(page.locator("#waiting")).to_be_hidden()


def test_what_waits_stays_on_the_phone_when_the_link_is_revoked(
    new_page: PageMaker, phone_link: MadeLink, colleague: User
) -> None:
    page = opened(new_page, phone_link)
    with_worker(page)
    page.context.set_offline(True)
    page.get_by_text("Mild", exact=True).click()
    page.get_by_role("button", name="Save headache").click()
    said(page, "Kept on this phone")
    revoke_link(link=phone_link.link, reason="lost", by=colleague)
    page.context.set_offline(False)
    waiting(page, "does not work any more")
    page.reload()
    expect(page.get_by_text("Telephone the clinic and ask for a new one")).to_be_visible()
    waiting(page, "They stay on this phone")
    assert not LinkEntry.objects.exists()


def test_the_phone_keeps_nothing_of_a_person_in_its_page_store(new_page: PageMaker, phone_link: MadeLink) -> None:
    page = opened(new_page, phone_link)
    with_worker(page)
    page.reload()
    kept = page.evaluate(
        "caches.keys().then(async names => (await Promise.all(names.map(async name =>"
        " (await (await caches.open(name)).keys()).map(each => each.url)))).flat())"
    )
    assert any(url.endswith("/d/shell") for url in kept)
    assert not any(phone_link.token in url for url in kept)


def test_the_clinic_makes_a_link_and_prints_its_card(
    new_page: PageMaker,
    medicines_catalogue: LoadReport,
    treating: User,
    patient: Patient,
    assert_accessible: Callable[[Page], None],
) -> None:
    page = new_page(user=treating)
    page.goto(f"/patients/{patient.pk}/diary/link/")
    assert_accessible(page)
    page.get_by_label("rizatriptan", exact=True).check()
    page.get_by_role("button", name="Make the link").click()
    expect(page.get_by_role("heading", name="The new diary link")).to_be_visible()
    assert_accessible(page)
    shown = page.locator(".link-address").inner_text()
    phone = new_page(NARROW)
    phone.goto(shown)
    expect(phone.locator(".attack").get_by_text("rizatriptan", exact=True)).to_be_visible()
    page.get_by_role("link", name="I have passed it on").click()
    assert_accessible(page)
    page.get_by_role("link", name="Revoke the link").click()
    page.get_by_label("Why is it revoked?").fill("The phone was lost")
    assert_accessible(page)
    page.get_by_role("button", name="Revoke the link").click()
    expect(page.get_by_role("status").filter(has_text="revoked")).to_be_visible()
    phone.reload()
    expect(phone.get_by_text("This link does not work any more")).to_be_visible()
