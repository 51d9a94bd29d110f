"""The words for a medicine."""

from __future__ import annotations

from decimal import Decimal

import pytest

from apps.medicines import presenters
from apps.medicines.models import Medicine


def medicine(**fields: object) -> Medicine:
    return Medicine(
        **{
            "code": "x",
            "generic_name": "x",
            "pharmacological_class": "nsaid",
            "overuse_class": "nsaid",
            "overuse_limit_days": 15,
            "certainty": "certain",
            **fields,
        }
    )


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, ""),
        ({"dose_low": Decimal("80.00"), "dose_high": Decimal("160.00")}, "80–160 mg a day"),
        ({"dose_low": Decimal("0.50"), "dose_high": Decimal("4.50")}, "0.5–4.5 mg a day"),
        ({"dose_low": Decimal(100), "dose_high": Decimal(100)}, "100 mg a day"),
        (
            {"dose_low": Decimal(50), "dose_high": Decimal(100), "dose_max": Decimal("200.00")},
            "50–100 mg a day, at most 200 mg",
        ),
        ({"dose_low": Decimal(155), "dose_high": Decimal(195), "dose_max": Decimal("195.00")}, "155–195 mg a day"),
    ],
)
def test_the_usual_dose_in_words(fields: dict[str, object], words: str) -> None:
    assert presenters.usual_dose_in_words(medicine(dose_unit="mg", dose_period="day", **fields)) == words


def test_counting_names_both_classes_and_the_limit() -> None:
    both = medicine(overuse_class="triptan", also_overuse_class="nsaid", overuse_limit_days=10)
    assert presenters.counting_in_words(both) == "Triptan and NSAID: overuse from 10 days a month"
    two_analgesics = medicine(overuse_class="aspirin", also_overuse_class="paracetamol")
    assert presenters.counting_in_words(two_analgesics) == "Aspirin and paracetamol: overuse from 15 days a month"
    assert presenters.counting_in_words(medicine(overuse_class="none")) == "In no overuse class"


def test_the_list_counts_only_what_is_taken_for_an_attack() -> None:
    assert presenters.line(medicine(is_rescue=True)).counts_as == "NSAID (15 days)"
    assert (
        presenters.line(medicine(is_acute=True, overuse_class="none", overuse_limit_days=None)).counts_as == "No class"
    )
    assert presenters.line(medicine(is_preventive=True)).counts_as == ""


@pytest.mark.parametrize(("days", "words"), [(None, ""), (0, "Ideally none"), (9, "At most 9 days a month")])
def test_days_to_plan_for(days: int | None, words: str) -> None:
    assert presenters.planning_in_words(medicine(planning_max_days=days)) == words


def test_an_open_row_says_so_in_words() -> None:
    section = presenters.sections(medicine(certainty="check", to_confirm="The dose", source="A book"))[-1]
    assert section.rows == (("Source", "A book"), ("Certainty", "To be confirmed"))


def test_what_the_source_does_not_say_is_not_shown_as_none_known() -> None:
    cautions = presenters.sections(medicine())[2]
    assert cautions.points == ("Not stated by the source",)
