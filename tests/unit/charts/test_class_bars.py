"""The bars of each class stand against that class's own limit, and days not known stay visible."""

import pytest

from apps.charts import ClassRow, MonthCount, class_bars, class_table
from tests.unit.charts.drawn import SVG, classes, parsed, spoken, words

LABELS = ("Sep", "Oct", "Nov")
EXACT, OPEN, EMPTY = MonthCount(10, 10, 30), MonthCount(8, 12, 26), MonthCount(0, 30, 0)
TRIPTAN = ClassRow("Triptan", 10, (EXACT, OPEN, EMPTY))
SIMPLE = ClassRow("Non-opioid analgesic", 15, (EXACT, OPEN, EMPTY))


def drawn(*rows: ClassRow) -> str:
    return class_bars(LABELS, rows, prefix="b", title="By class")


def test_every_bar_has_its_number_and_every_class_its_limit() -> None:
    seen = words(drawn(TRIPTAN, SIMPLE))
    assert {"Sep", "Oct", "Nov", "Triptan", "Non-opioid analgesic", "limit 10", "limit 15"} <= set(seen)
    assert [seen.count(text) for text in ("10", "8–12", "?")] == [2, 2, 2]


def test_the_limit_line_stands_at_the_class_s_own_limit() -> None:
    def line(row: ClassRow) -> float:
        lines = [each for each in parsed(drawn(row)).iter(f"{SVG}line") if each.get("class") == "c-limit"]
        return float(lines[0].get("y1", 0))

    def top_of_bar(days: int) -> float:
        row = ClassRow("Triptan", 10, (MonthCount(days, days, 30), *[MonthCount(0, 0, 30)] * 2))
        bars = [each for each in parsed(drawn(row)).iter(f"{SVG}rect") if each.get("class") == "c-bar"]
        return float(bars[0].get("y", 0))

    assert line(TRIPTAN) == top_of_bar(10)
    assert line(SIMPLE) == top_of_bar(15)


def test_days_not_known_are_hatched_on_top_of_the_bar() -> None:
    exact = ClassRow("Triptan", 10, (EXACT, EXACT, EXACT))
    assert classes(drawn(exact)).count("c-unknown") == 1, "the legend's"
    one_open = ClassRow("Triptan", 10, (EXACT, OPEN, EXACT))
    svg = parsed(drawn(one_open))
    hatched = next(each for each in svg.iter(f"{SVG}rect") if each.get("class") == "c-unknown")
    solid = [each for each in svg.iter(f"{SVG}rect") if each.get("class") == "c-bar"][1]
    assert float(hatched.get("y", 0)) + float(hatched.get("height", 0)) == pytest.approx(
        float(solid.get("y", 0)), abs=0.2
    )


def test_each_bar_says_itself() -> None:
    assert spoken(drawn(TRIPTAN)) == [
        "Sep, Triptan: 10 days, limit of 10: reached",
        "Oct, Triptan: 8 to 12 days, limit of 10: cannot tell",
        "Nov, Triptan: not recorded, limit of 10: cannot tell",
    ]


def test_the_same_count_stands_differently_to_different_limits() -> None:
    table = class_table(LABELS, (TRIPTAN, SIMPLE), caption="By class")
    assert table.columns == ("Period", "Triptan, limit 10", "Non-opioid analgesic, limit 15")
    assert table.rows[0] == ("Sep", "10, reached", "10, below")
    assert table.rows[1] == ("Oct", "8 to 12, cannot tell", "8 to 12, below")
    assert table.rows[2] == ("Nov", "not recorded, cannot tell", "not recorded, cannot tell")


def test_the_description_says_the_numbers() -> None:
    description = parsed(drawn(TRIPTAN)).findtext(f"{SVG}desc") or ""
    assert description == "Triptan, limit 10 days: Sep 10, Oct 8 to 12, Nov not recorded."


def test_one_count_for_each_period() -> None:
    with pytest.raises(ValueError, match="one count for each period"):
        class_bars(LABELS[:2], (TRIPTAN,), prefix="b", title="b")
    with pytest.raises(ValueError, match="one count for each period"):
        class_bars((), (), prefix="b", title="b")
