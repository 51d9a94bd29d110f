"""Periods of equal length as bars: every bar has its number, and days not recorded stay visible."""

from datetime import date, timedelta

import pytest

from apps.charts import MonthCount
from apps.charts.block_bars import block_bars
from tests.unit.charts.drawn import classes, words

LABELS = ("Before", "After, 1–28", "After, 29–56")
BEGIN = date(2026, 3, 2)
PERIODS = [(BEGIN + timedelta(days=28 * number), BEGIN + timedelta(days=28 * number + 27)) for number in range(3)]
EXACT, OPEN, EMPTY = MonthCount(20, 20, 28), MonthCount(8, 12, 24), MonthCount(0, 28, 0)


def drawn(*counts: MonthCount) -> str:
    return block_bars(LABELS, PERIODS, counts, prefix="effect", title="Before and after")


def test_every_bar_has_its_number_and_its_name() -> None:
    assert {*LABELS, "20", "8–12", "?", "not recorded"} <= set(words(drawn(EXACT, OPEN, EMPTY)))
    assert "Before: 20; After, 1–28: 8 to 12; After, 29–56: not recorded." in drawn(EXACT, OPEN, EMPTY)


def test_days_not_recorded_are_hatched() -> None:
    assert classes(drawn(EXACT, EXACT, EXACT)).count("c-unknown") == 1, "the legend's"
    assert classes(drawn(EXACT, OPEN, EMPTY)).count("c-unknown") == 3


def test_a_label_or_a_count_too_few_and_periods_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="one label and one count"):
        block_bars(LABELS[:2], PERIODS, (EXACT, OPEN, EMPTY), prefix="effect", title="t")
    with pytest.raises(ValueError, match="oldest to newest"):
        block_bars(LABELS, PERIODS[::-1], (EXACT, OPEN, EMPTY), prefix="effect", title="t")
    with pytest.raises(ValueError, match="at least one period"):
        block_bars((), (), (), prefix="effect", title="t")
