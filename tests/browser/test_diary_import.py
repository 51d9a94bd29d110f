"""A file of a diary app in a real browser: uploaded, its names explained, checked, recorded, taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from apps.diary.import_choices import FileState
from apps.diary.models import Attack, DiaryDay, DiaryFile
from apps.diary.tasks import read_file, take_file
from apps.medicines.services import LoadReport
from tests.browser.conftest import NARROW, WIDE, PageMaker
from tests.factories import migraine_buddy
from tests.factories.diary import no_headache, record
from tests.fixtures.people import People

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIRST = date(2026, 10, 5)


def at(days: int, hour: int = 14) -> datetime:
    return datetime(FIRST.year, FIRST.month, FIRST.day, hour, tzinfo=UTC) + timedelta(days=days)


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "migraine buddy.csv"
    path.write_bytes(
        migraine_buddy.export(
            [
                migraine_buddy.line(1, at(0), pain="8"),
                migraine_buddy.line(2, at(3, 22), lasted="05h 00m", taken="Blue tablet"),
                migraine_buddy.line(3, at(7), taken="No medication"),
                migraine_buddy.line(4, at(9), taken="ibuprofen"),
            ]
        )
    )
    return path


@pytest.mark.parametrize(
    ("size", "dark", "javascript"), [(WIDE, False, True), (NARROW, True, True), (WIDE, False, False)]
)
def test_a_file_of_migraine_buddy_comes_into_the_diary_and_goes_again(
    people: People,
    medicines_catalogue: LoadReport,
    new_page: PageMaker,
    assert_accessible: Callable[[Page], None],
    export: Path,
    size: tuple[int, int],
    dark: bool,
    javascript: bool,
) -> None:
    # Without script there is no axe; the page is the same.
    look = assert_accessible if javascript else (lambda page: None)
    record(people.patient, no_headache(FIRST + timedelta(days=9)))
    page = new_page(size, dark=dark, javascript=javascript, user=people.colleague)
    page.goto(f"/patients/{people.patient.pk}/diary/imports/")
    look(page)
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_role("link", name="Choose the diary file first.")).to_be_visible()
    look(page)
    page.get_by_label("Diary file").set_input_files(export)
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_text("Waiting to be read")).to_be_visible()
    look(page)

    file = DiaryFile.objects.get()
    read_file(str(file.pk))
    if not javascript:
        page.get_by_role("link", name="Look again").click()
    expect(page.get_by_role("heading", name="What the medicine names stand for")).to_be_visible()
    expect(page.get_by_text("2 names in")).to_be_visible()
    look(page)
    page.get_by_label("What “Maxalt” stands for").select_option("rizatriptan")
    page.get_by_role("button", name="Remember and go on").click()
    expect(page.get_by_role("link", name="Choose what “Blue tablet” stands for.")).to_be_visible()
    look(page)
    page.get_by_label("What “Blue tablet” stands for").select_option("Something, not known what")
    page.get_by_label("all patients: Maxalt").check()
    page.get_by_role("button", name="Remember and go on").click()

    expect(page.get_by_role("heading", name="Check before it is recorded")).to_be_visible()
    expect(page.get_by_role("row", name="14 Oct 2026 no headache")).to_contain_text("stays as recorded")
    expect(page.get_by_text("The attack of 14 Oct 2026 is not kept").first).to_be_visible()
    look(page)
    page.get_by_role("button", name="Record in the diary").click()
    expect(page.get_by_role("link", name="tick the box: this is the diary of")).to_be_visible()
    look(page)
    assert not DiaryDay.objects.exclude(day=FIRST + timedelta(days=9)).exists()
    page.get_by_label(f"This is the diary of {people.patient}").check()
    page.get_by_role("button", name="Record in the diary").click()
    expect(page.get_by_text("Waiting to be taken")).to_be_visible()
    take_file(str(file.pk))
    if not javascript:
        page.get_by_role("link", name="Look again").click()

    expect(page.get_by_role("heading", name="What came in")).to_be_visible()
    expect(page.get_by_role("row", name="14 Oct 2026")).to_contain_text("not taken")
    look(page)
    assert (DiaryDay.objects.count(), Attack.objects.count()) == (5, 3)
    page.get_by_role("link", name="Take this import back").click()
    look(page)
    page.get_by_role("button", name="Take the import back").click()
    expect(page.get_by_text("The import was taken back: 4 days, 3 attacks removed.")).to_be_visible()
    look(page)
    assert (DiaryDay.objects.count(), Attack.objects.count()) == (1, 0)
    page.goto(f"/patients/{people.patient.pk}/diary/imports/")
    expect(page.get_by_text("Taken back by Nurse Tom Reed")).to_be_visible()
    look(page)


def test_a_table_is_read_as_somebody_says_and_remembered(
    people: People,
    medicines_catalogue: LoadReport,
    new_page: PageMaker,
    assert_accessible: Callable[[Page], None],
    tmp_path: Path,
) -> None:
    path = tmp_path / "diary.csv"
    path.write_text("Date;Headache;Tablets\n05/10/2026;2;rizatriptan\n06/10/2026;0;\n", encoding="cp1252")
    page = new_page(user=people.colleague)
    for known in (False, True):
        page.goto(f"/patients/{people.patient.pk}/diary/imports/")
        page.get_by_label("Diary file").set_input_files(path)
        page.get_by_role("button", name="Upload").click()
        read_file(str(DiaryFile.objects.filter(state=FileState.WAITING).get().pk))
        expect(page.get_by_role("heading", name="What the columns mean")).to_be_visible()
        expect(page.get_by_text("Known from an earlier file")).to_have_count(int(known))
        assert_accessible(page)
        page.get_by_label("Order of dates").select_option("day_first")
        page.get_by_label("What column Tablets means").select_option("medicine")
        page.get_by_role("button", name="Read it like this").click()
        read_file(str(DiaryFile.objects.filter(state=FileState.WAITING).get().pk))
        expect(page.get_by_role("heading", name="Check before it is recorded")).to_be_visible()
        assert_accessible(page)
        page.get_by_role("button", name="Discard this file").click()
        expect(page.get_by_text("was discarded. Nothing of it is in the diary.")).to_be_visible()


def test_a_photo_is_refused_in_plain_words(
    people: People, new_page: PageMaker, assert_accessible: Callable[[Page], None], tmp_path: Path
) -> None:
    path = tmp_path / "diary.csv"
    path.write_bytes(b"\xff\xd8\xff\xe0" + bytes(range(256)) * 8)
    page = new_page(user=people.colleague)
    page.goto(f"/patients/{people.patient.pk}/diary/imports/")
    page.get_by_label("Diary file").set_input_files(path)
    page.get_by_role("button", name="Upload").click()
    read_file(str(DiaryFile.objects.get().pk))
    expect(page.get_by_role("heading", name="Nothing was taken from this file")).to_be_visible()
    assert_accessible(page)
