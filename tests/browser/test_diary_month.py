"""A month typed from paper in a real browser: by keyboard alone, without script, wide and narrow."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

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
    page.goto(f"/patients/{patient.pk}/diary/sheet/")
    assert_accessible(page)
    page.get_by_role("button", name="Make the sheet").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Diary sheet")
    assert_accessible(page)


def test_two_days_are_typed_without_script(
    new_page: PageMaker, medicines_catalogue: LoadReport, treating: User, patient: Patient
) -> None:
    page = new_page(javascript=False, user=treating)
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


def test_the_count_follows_what_is_typed(
    new_page: PageMaker, medicines_catalogue: LoadReport, treating: User, patient: Patient
) -> None:
    page = new_page(user=treating)
    page.goto(address(patient))
    length = last_month().day
    expect(live(page, "headache")).to_have_text(f"0–{length}")
    expect(live(page, "class:8.2.2")).to_be_hidden()
    page.locator("#id_d01-headache").focus()
    page.keyboard.type("3")
    page.keyboard.type("riza 2")
    page.keyboard.press("Enter")
    expect(page.locator("#id_d02-headache")).to_be_focused()
    page.keyboard.type("0")
    expect(live(page, "headache")).to_have_text(f"1–{length - 1}")
    expect(live(page, "strong")).to_have_text(f"1–{length - 1}")
    expect(live(page, "acute")).to_have_text(f"1–{length}")
    expect(live(page, "class:8.2.2")).to_have_text(f"1–{length}")
    expect(live(page, "recorded")).to_have_text("2")
    page.get_by_label("an empty medicines field means").check()
    expect(live(page, "acute")).to_have_text(f"1–{length - 1}")
    expect(page.locator("[data-live-state]")).to_have_text("as typed, not saved yet")
    expect(page.locator("[data-diary-spoken]")).to_contain_text(f"Headache days 1–{length - 1}, moderate")
    assert not DiaryDay.objects.exists(), "Enter does not send the month"


def test_what_is_counted_while_typing_is_what_the_server_counts(
    new_page: PageMaker, medicines_catalogue: LoadReport, treating: User, patient: Patient
) -> None:
    page = new_page(user=treating)
    page.goto(address(patient))
    days = {1: ("2", "riza 1"), 2: ("1", "ibu 2 ?"), 3: ("3", "X1"), 4: ("0", "0"), 5: ("y", "paracetamol 1 riza 1")}
    for day, (headache_key, medicines) in days.items():
        page.locator(f"#id_d{day:02}-headache").fill(headache_key)
        page.locator(f"#id_d{day:02}-medicines").fill(medicines)
    names = ["headache", "strong", "acute", "recorded", "class:8.2.2", "class:8.2.3"]
    typed = [live(page, name).inner_text() for name in names]
    page.get_by_role("button", name="Save month").click()
    expect(page.locator("[data-live-state]")).to_have_text("as saved")
    assert [live(page, name).inner_text() for name in names] == typed


def test_arrows_escape_and_the_same_for_several_days(
    new_page: PageMaker, medicines_catalogue: LoadReport, treating: User, patient: Patient
) -> None:
    page = new_page(user=treating)
    page.goto(address(patient))
    cell = page.locator("#id_d05-headache")
    cell.focus()
    for key, place in [
        ("ArrowDown", "d06-headache"),
        ("ArrowRight", "d06-function"),
        ("ArrowRight", "d06-medicines"),
        ("ArrowUp", "d05-medicines"),
        ("ArrowLeft", "d05-function"),
        ("ArrowLeft", "d05-headache"),
        ("Shift+Enter", "d04-headache"),
        ("Enter", "d05-headache"),
    ]:
        page.keyboard.press(key)
        expect(page.locator(f"#id_{place}")).to_be_focused()
    for _ in range(3):
        page.keyboard.press("Shift+ArrowDown")
    expect(page.locator("[data-diary-status]")).to_contain_text("4 days")
    page.keyboard.type("0")
    expect(page.locator("#id_d09-headache")).to_be_focused()
    assert [page.locator(f"#id_d{day:02}-headache").input_value() for day in range(4, 10)] == ["", *"0000", ""]
    page.keyboard.press("ControlOrMeta+d")
    expect(page.locator("#id_d09-headache")).to_have_value("0")
    page.keyboard.press("Backspace")
    expect(page.locator("#id_d09-headache")).to_have_value("")
    page.locator("#id_d09-note").focus()
    page.keyboard.type("storm")
    page.keyboard.press("Escape")
    expect(page.locator("#id_d09-note")).to_have_value("")
    page.locator("#id_d05-headache").focus()
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Backspace")
    assert [page.locator(f"#id_d{day:02}-headache").input_value() for day in range(5, 8)] == ["", "", "0"]


def test_a_key_that_says_nothing_changes_nothing(
    new_page: PageMaker, medicines_catalogue: LoadReport, treating: User, patient: Patient
) -> None:
    page = new_page(user=treating)
    page.goto(address(patient))
    page.locator("#id_d01-headache").focus()
    page.keyboard.type("7")
    expect(page.locator("#id_d01-headache")).to_have_value("")
    expect(page.locator("#id_d01-headache")).to_be_focused()
    expect(page.locator("[data-diary-status]")).to_have_text("Write 0, 1, 2, 3, y or ?.")


PASTED = "0\t\t\n2.0\t3\tR1\nyes\t\t0\nsometimes\t\t\n"


def test_a_piece_of_a_spreadsheet_fills_down_and_right_and_loses_nothing(
    new_page: PageMaker,
    medicines_catalogue: LoadReport,
    treating: User,
    patient: Patient,
    assert_accessible: Callable[[Page], None],
) -> None:
    month = last_month()
    record(patient, headache(month.replace(day=1) - timedelta(days=1), "rizatriptan"))
    page = new_page(user=treating)
    page.goto(address(patient))
    last = month.day
    paste(page, f"d{last - 2:02}-headache", PASTED)
    values = [
        [page.locator(f"#id_d{day:02}-{column}").input_value() for column in ("headache", "function", "medicines")]
        for day in range(last - 2, last + 1)
    ]
    assert values == [["0", "", ""], ["2", "3", "R1"], ["y", "", "0"]]
    expect(page.locator("[data-diary-left-text]")).to_have_text("sometimes\t\t")
    expect(page.locator("[data-diary-status]")).to_contain_text("1 rows found no place")
    paste(page, "d01-headache", PASTED)
    expect(page.locator("#id_d04-headache")).to_have_value("sometimes")
    expect(page.locator("#id_d04-headache_error")).to_have_text("Write 0, 1, 2, 3, y or ?.")
    expect(page.locator("[data-diary-status]")).to_contain_text("1 of them can't be read")
    assert_accessible(page)
    page.get_by_role("button", name="Save month").click()
    expect(page.get_by_role("alert")).to_contain_text("write 0, 1, 2, 3, y or ?")
    expect(page.locator("#id_d04-headache")).to_have_value("sometimes")
    assert DiaryDay.objects.filter(patient=patient).count() == 1


def test_what_was_not_saved_is_offered_again_and_gone_after_saving(
    new_page: PageMaker, medicines_catalogue: LoadReport, treating: User, colleague: User, patient: Patient
) -> None:
    page = new_page(user=treating)
    page.goto(address(patient))
    offer = page.locator("[data-draft-offer]")
    page.locator("#id_d01-headache").focus()
    page.keyboard.type("2")
    page.keyboard.type("riza")
    page.reload()
    expect(offer).to_be_visible()
    expect(page.locator("#id_d01-headache")).to_have_value("")
    page.get_by_role("button", name="Bring it back").click()
    expect(page.locator("#id_d01-headache")).to_have_value("2")
    expect(page.locator("#id_d01-medicines")).to_have_value("riza")
    page.get_by_role("button", name="Save month").click()
    expect(page.get_by_role("status").filter(has_text="is saved")).to_be_visible()
    assert "saved=" not in page.url
    page.reload()
    expect(page.locator("#id_d01-medicines")).to_have_value("R1")
    expect(offer).to_be_hidden()


def test_a_draft_comes_back_after_the_session_ended_and_nobody_else_gets_it(
    new_page: PageMaker,
    signed_in: Callable[[Page, User], Page],
    medicines_catalogue: LoadReport,
    treating: User,
    colleague: User,
    patient: Patient,
) -> None:
    page = new_page(user=treating)
    page.goto(address(patient))
    page.locator("#id_d01-headache").focus()
    page.keyboard.type("0")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Save month").click()
    page.wait_for_url("**/account/login/**")
    signed_in(page, treating).goto(address(patient))
    expect(page.locator("[data-draft-offer]")).to_be_visible()
    signed_in(page, colleague).goto(address(patient))
    expect(page.locator("[data-draft-offer]")).to_be_hidden()
    assert page.evaluate("Object.keys(sessionStorage).filter(key => key.startsWith('diary'))") == []


def test_leaving_with_unsaved_days_asks_first(
    new_page: PageMaker, medicines_catalogue: LoadReport, treating: User, patient: Patient
) -> None:
    page = new_page(user=treating)
    page.goto(address(patient))
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.reload()
    assert asked == []
    page.locator("#id_d01-headache").focus()
    page.keyboard.type("0")
    page.reload()
    assert asked == ["beforeunload"]


def live(page: Page, name: str) -> Locator:
    return page.locator(f'[data-live="{name}"]')


def paste(page: Page, cell: str, text: str) -> None:
    """What the browser does when somebody pastes: the page sees the clipboard's text in an event."""
    page.locator(f"#id_{cell}").focus()
    page.evaluate(
        """text => {
          const data = new DataTransfer();
          data.setData("text/plain", text);
          document.activeElement.dispatchEvent(
            new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        text,
    )
