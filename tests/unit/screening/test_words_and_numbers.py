"""Small pieces: body mass index, answers in words, fields made from items."""

from decimal import Decimal

import pytest
from django import forms

from apps.clinical.instruments import all_instruments, instrument
from apps.screening.forms.fields import item_field
from apps.screening.forms.nosas import body_mass_index
from apps.screening.presenters.words import answer_words, licence_line


@pytest.mark.parametrize(
    ("height", "weight", "index"),
    [("170", "72.2", "24.9"), ("170", "72.3", "25.0"), ("174", "90.8", "29.9"), ("174", "90.9", "30.0")],
)
def test_body_mass_index_is_cut_off_below_a_threshold(height: str, weight: str, index: str) -> None:
    assert body_mass_index(Decimal(height), Decimal(weight)) == Decimal(index)


@pytest.mark.parametrize(
    ("code", "place", "stored", "words"),
    [
        ("phq9", 0, 2, "2 More than half the days"),
        ("phq9", 0, None, "Not answered"),
        ("phq9", 0, 0, "0 Not at all"),
        ("nosas", 0, 405, "40.5 cm"),
        ("nosas", 2, 1, "Yes"),
        ("midas", 0, 0, "0 days"),
    ],
)
def test_answers_are_read_as_words(code: str, place: int, stored: int | None, words: str) -> None:
    assert answer_words(instrument(code).items[place], stored) == words


def test_a_field_takes_exactly_the_range_of_its_item() -> None:
    for found in all_instruments():
        for item in found.items:
            field = item_field(item)
            step = Decimal(1).scaleb(-item.decimals)
            for inside in (item.lowest, item.highest):
                field.clean(str(item.shown(inside) if not item.choices else inside))
            for outside in (item.shown(item.lowest) - step, item.shown(item.highest) + step):
                with pytest.raises(forms.ValidationError):
                    field.clean(str(outside))


def test_the_licence_is_named() -> None:
    assert licence_line(instrument("midas")).startswith("Policy C, numbers only, no item text.")
