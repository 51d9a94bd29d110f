"""A whole paper month typed by keyboard alone, each keystroke counted: the measure of whether the grid is bearable."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from apps.accounts.models import User
from apps.diary.choices import State
from apps.diary.models import DiaryDay
from apps.medicines.services import LoadReport
from apps.patients.models import Patient
from tests.browser.conftest import PageMaker
from tests.factories.diary import headache, record

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# A month that is over on any day on which the suite runs.
MONTH = date(2024, 3, 1)
MOST_KEYS_A_HEADACHE_DAY = 4

# The paper, a word a day: severity, function where it was crossed out, medicine and doses. "" was left empty.
PAPER: Final = "0 23R 0 0 2R2 ? 0 1 0 3R 0 0 2I 13I 0 0 - 2R 30R 0 0 0 ? 22R 0 y 0 0 3R2 0 0".replace("-", "_").split()


def keys_of(word: str) -> Sequence[str]:
    """What a practised person presses for one day."""
    if word == "_":
        return ["Enter"]
    if word in ("0", "?"):
        return [word]
    return [*word, "Enter"]


def test_a_month_takes_at_most_four_keys_a_headache_day_and_one_a_headache_free_day(
    new_page: PageMaker, medicines_catalogue: LoadReport, treating: User, patient: Patient
) -> None:
    record(
        patient,
        headache(date(2024, 2, 27), "rizatriptan"),
        headache(date(2024, 2, 28), "rizatriptan"),
        headache(date(2024, 2, 29), "ibuprofen"),
    )
    page = new_page(user=treating)
    page.goto(f"/patients/{patient.pk}/diary/{MONTH:%Y-%m}/")
    page.locator("#id_d01-headache").focus()
    pressed = [_type_day(page, number, word) for number, word in enumerate(PAPER, start=1)]
    assert len(pressed) == 31
    for word, keys in zip(PAPER, pressed, strict=True):
        assert keys <= (1 if word in ("0", "?", "_") else MOST_KEYS_A_HEADACHE_DAY), f"{word} took {keys} keys"
    page.keyboard.press("ControlOrMeta+Enter")
    expect(page.get_by_role("status").filter(has_text="is saved: 30 days recorded")).to_be_visible()
    assert saved(patient) == {day: read(word) for day, word in enumerate(PAPER, start=1) if word != "_"}
    # At two keys a second, far slower than anybody types digits, the month takes less than a minute.
    assert sum(pressed) <= 80, sum(pressed)


def _type_day(page: Page, number: int, word: str) -> int:
    expect(page.locator(f"#id_d{number:02}-headache")).to_be_focused()
    keys = keys_of(word)
    for key in keys:
        page.keyboard.press(key)
    return len(keys)


Day = tuple[str, int | None, int | None, list[tuple[str, int]]]


def saved(patient: Patient) -> dict[int, Day]:
    """The month as the database has it: state, severity, function, medicines."""
    rows = DiaryDay.objects.filter(patient=patient, day__gte=MONTH).prefetch_related("intakes__medicine")
    return {
        row.day.day: (
            row.state,
            row.severity,
            row.function,
            [(each.medicine.code, each.doses) for each in row.intakes.all() if each.medicine],
        )
        for row in rows
    }


def read(word: str) -> Day:
    """A day of the paper as it has to be recorded."""
    if word in ("0", "?"):
        return {"0": State.NONE, "?": State.NOT_KNOWN}[word], None, None, []
    if word == "y":
        return State.HEADACHE, None, None, []
    digits, letter, doses = (*word.partition("R"),) if "R" in word else (*word.partition("I"),)
    medicine = {"R": "rizatriptan", "I": "ibuprofen"}.get(letter)
    return (
        State.HEADACHE,
        int(digits[0]),
        int(digits[1]) if len(digits) > 1 else None,
        [(medicine, int(doses or 1))] if medicine else [],
    )
