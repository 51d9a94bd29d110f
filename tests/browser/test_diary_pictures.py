"""The pictures of a diary in a real browser: read by keyboard and pointer, on paper, at both widths."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from apps.accounts.models import User
from apps.diary.models import DayContext
from apps.medicines.services import LoadReport
from apps.patients.models import Patient
from tests.browser.conftest import NARROW, WIDE, PageMaker
from tests.factories.diary import headache, no_headache, record

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def diary(medicines_catalogue: LoadReport, patient: Patient) -> date:
    """Forty days up to yesterday, every third with headache and medicine, every seventh not recorded; yesterday."""
    last = timezone.localdate() - timedelta(days=1)
    for back in range(40):
        day = last - timedelta(days=back)
        if back % 7 == 6:
            continue
        codes = ("rizatriptan",) if back % 6 == 0 else ("ibuprofen",)
        record(patient, headache(day, *codes, severity=back % 3 + 1) if back % 3 == 0 else no_headache(day))
    DayContext.objects.create(patient=patient, day=last, menstruation=True)
    return last


def diary_start() -> date:
    """The first day of the twelve months that end with the running one."""
    return (timezone.localdate().replace(day=1) - timedelta(days=320)).replace(day=1)


def spoken_date(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b %Y}"


def year(patient: Patient) -> str:
    return f"/patients/{patient.pk}/diary/year/"


def days_list(patient: Patient) -> str:
    return f"/patients/{patient.pk}/diary/list/"


@pytest.mark.parametrize(("size", "dark"), [(WIDE, False), (NARROW, True)])
def test_pictures_and_list_are_accessible_full_and_empty(
    new_page: PageMaker,
    diary: date,
    treating: User,
    patient: Patient,
    assert_accessible: Callable[[Page], None],
    size: tuple[int, int],
    dark: bool,
) -> None:
    page = new_page(size, dark=dark, user=treating)
    for address in (year(patient), days_list(patient)):
        page.goto(address)
        assert_accessible(page)
        page.goto(f"{address}?to=2001-01")
        assert_accessible(page)
    page.goto(f"/patients/{patient.pk}/diary/{diary:%Y-%m}/")
    expect(page.get_by_role("listbox")).to_be_visible()
    assert_accessible(page)


def test_the_year_is_read_by_arrow_keys(new_page: PageMaker, diary: date, treating: User, patient: Patient) -> None:
    page = new_page(user=treating)
    page.goto(year(patient))
    picture = page.get_by_role("listbox").first
    says = page.locator(".chart-says").first
    expect(says).to_contain_text("arrow keys")
    page.get_by_role("region", name="Picture: Each day of twelve months").focus()
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.getAttribute('aria-label')")
    expect(says).to_have_text(first)
    first_day = diary_start()
    assert spoken_date(first_day) in first

    page.keyboard.press("ArrowRight")
    expect(says).to_contain_text(spoken_date(first_day + timedelta(days=1)))
    page.keyboard.press("ArrowDown")
    expect(says).to_contain_text(spoken_date((first_day + timedelta(days=31)).replace(day=2)))
    page.keyboard.press("Home")
    expect(says).to_contain_text(spoken_date((first_day + timedelta(days=31)).replace(day=1)))
    page.keyboard.press("ArrowUp")
    expect(says).to_contain_text(spoken_date(first_day))
    page.keyboard.press("ArrowUp")
    expect(says).to_contain_text(spoken_date(first_day))  # there is nothing above
    page.keyboard.press("Escape")
    expect(says).to_contain_text("arrow keys")

    expect(picture.locator("[tabindex='0']")).to_have_count(1)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('svg')") is None, "one Tab leaves the picture"


def test_the_pointer_reads_the_month_and_the_words_stay(
    new_page: PageMaker, diary: date, treating: User, patient: Patient
) -> None:
    page = new_page(user=treating)
    page.goto(f"/patients/{patient.pk}/diary/{diary:%Y-%m}/")
    says = page.locator(".chart-says")
    day = page.get_by_role("option", name=spoken_date(diary))
    day.hover()
    expect(says).to_contain_text(f"{spoken_date(diary)}: mild headache; rizatriptan × 1; menstruation")
    page.mouse.move(5, 5)
    expect(says).to_contain_text("rizatriptan")
    page.keyboard.press("Escape")
    expect(says).not_to_contain_text("rizatriptan")


def test_without_script_a_picture_is_one_image_with_a_table(
    new_page: PageMaker, diary: date, treating: User, patient: Patient
) -> None:
    page = new_page(javascript=False, user=treating)
    page.goto(year(patient))
    expect(page.get_by_role("img", name="Headache days by month")).to_have_count(1)
    expect(page.locator("svg title", has_text=spoken_date(diary))).to_have_count(1)
    page.get_by_text("Each day of twelve months as a table").click()
    expect(page.get_by_role("table", name="Each day of twelve months")).to_be_visible()


def test_paper_has_the_pictures_and_the_numbers_without_what_is_for_the_screen(
    new_page: PageMaker, diary: date, treating: User, patient: Patient
) -> None:
    page = new_page(user=treating, dark=True)
    page.goto(year(patient))
    paper = PdfReader(BytesIO(page.pdf(format="A4")))
    text = " ".join(" ".join(sheet.extract_text() for sheet in paper.pages).split())
    assert len(paper.pages) <= 2
    for words in ("Halvorsen", "The year in numbers", "limit 10", "Non-opioid analgesic"):
        assert words in text
    for words in ("Patterns", "12 months earlier", "arrow keys", "Find patient", "as a table"):
        assert words not in text


def test_the_list_is_a_table_on_a_telephone_too(
    new_page: PageMaker, diary: date, treating: User, patient: Patient
) -> None:
    page = new_page(NARROW, user=treating)
    page.goto(days_list(patient))
    row = page.get_by_role("table", name="Days and attacks, newest first").get_by_role("row").nth(2)
    expect(row.get_by_role("rowheader")).to_contain_text(spoken_date(diary))
    expect(row.get_by_role("cell").nth(2)).to_contain_text("rizatriptan × 1")
    expect(row).to_contain_text("Mild headache")

    page.get_by_label("Show").select_option("Days not known or not recorded")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("rowheader").first).to_contain_text(spoken_date(timezone.localdate()))
    expect(page.get_by_role("table")).not_to_contain_text("rizatriptan")
