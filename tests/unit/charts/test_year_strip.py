"""The strip of months shows every day and what the month adds up to, and tells kinds of days apart without colour."""

from datetime import date, timedelta

import pytest

from apps.charts import CalendarDay, DayMark, MonthCount, YearRow, year_strip, year_table
from apps.charts.year_strip import day_runs
from tests.unit.charts.drawn import SVG, classes, parsed, spoken, words

FEBRUARY, NOVEMBER = date(2028, 2, 1), date(2028, 11, 1)
LIMIT = 10
ACUTE = MonthCount(3, 12, 20)


def row(first: date, days: list[CalendarDay], *, acute: MonthCount = ACUTE) -> YearRow:
    return YearRow(f"{first:%b %Y}", tuple(days), MonthCount(13, 17, 26), acute, "26 of 30")


def days_of(first: date, length: int, mark: DayMark = DayMark.NONE) -> list[CalendarDay]:
    return [CalendarDay(first + timedelta(days=place), mark) for place in range(length)]


def drawn(*rows: YearRow) -> str:
    return year_strip(rows, acute_limit=LIMIT, prefix="y", title="Year")


def signs(day: CalendarDay) -> list[str]:
    """The classes of the marks of one day, without those of the legend."""
    alone = row(day.day, [day])
    (group,) = [each for each in parsed(drawn(alone)).iter(f"{SVG}g") if each.get("class") == "c-cell"]
    return [name for each in group.iter() for name in each.get("class", "").split()]


def test_a_leap_february_has_29_places_and_no_30th() -> None:
    assert len(spoken(drawn(row(FEBRUARY, days_of(FEBRUARY, 29))))) == 29


def test_the_same_day_of_each_month_stands_in_one_column() -> None:
    svg = parsed(drawn(row(FEBRUARY, days_of(FEBRUARY, 29)), row(NOVEMBER, days_of(NOVEMBER, 30))))
    cells = [each for each in svg.iter(f"{SVG}g") if each.get("class") == "c-cell"]
    lefts: dict[str, set[str]] = {}
    for each in cells:
        boxes = [rect.get("x", "") for rect in each.iter(f"{SVG}rect") if "c-day" in rect.get("class", "")]
        lefts.setdefault(each.get("data-column", ""), set()).update(boxes)
    assert len(lefts) == 30
    assert all(len(each) == 1 for each in lefts.values())
    assert [each.get("data-row") for each in cells].count("1") == 30


def test_every_kind_of_day_is_drawn_in_its_own_way() -> None:
    kinds = {
        "none": CalendarDay(NOVEMBER, DayMark.NONE),
        "not known": CalendarDay(NOVEMBER, DayMark.NOT_KNOWN),
        "not recorded": CalendarDay(NOVEMBER, DayMark.NOT_RECORDED),
        "not yet": CalendarDay(NOVEMBER, DayMark.NOT_YET),
        "severity not said": CalendarDay(NOVEMBER, DayMark.HEADACHE),
        "mild": CalendarDay(NOVEMBER, DayMark.HEADACHE, 1),
        "severe": CalendarDay(NOVEMBER, DayMark.HEADACHE, 3),
    }
    shapes = {name: tuple(sorted(signs(day))) for name, day in kinds.items()}
    assert len(set(shapes.values())) == len(kinds)
    assert "c-hatch" in shapes["not known"]
    assert "c-hatch" in shapes["not recorded"]
    assert "c-hatch" not in shapes["none"]
    assert "c-none-sign" in shapes["none"]


def test_severity_is_written_not_only_shaded() -> None:
    days = [CalendarDay(NOVEMBER + timedelta(days=n), DayMark.HEADACHE, n) for n in (1, 2, 3)]
    svg = parsed(drawn(row(NOVEMBER, [CalendarDay(NOVEMBER, DayMark.HEADACHE), *days])))
    inside = [
        each.findtext(f"{SVG}text") for each in svg.iter(f"{SVG}g") if each.get("class") == "c-cell"
    ]  # fmt: skip
    assert inside == ["?", "1", "2", "3"]


@pytest.mark.parametrize(
    ("acute", "menstruation", "marks"),
    [(True, True, (1, 1)), (False, False, (0, 0)), (None, None, (0, 0)), (True, None, (1, 0))],
)
def test_medicine_and_menstruation_are_marked_when_known(
    acute: bool | None, menstruation: bool | None, marks: tuple[int, int]
) -> None:
    seen = signs(CalendarDay(NOVEMBER, DayMark.HEADACHE, 2, acute, menstruation))
    assert (seen.count("c-pill"), seen.count("c-period")) == marks


def test_each_month_ends_with_its_intervals_and_its_completeness() -> None:
    seen = words(drawn(row(NOVEMBER, days_of(NOVEMBER, 30))))
    assert {"Nov 2028", "13–17", "3–12", "26 of 30", "limit 10"} <= set(seen)


@pytest.mark.parametrize(
    ("acute", "kind"),
    [
        (MonthCount(10, 10, 30), "c-reached"),
        (MonthCount(9, 9, 30), "c-below"),
        (MonthCount(9, 10, 29), "c-unsure"),
        (MonthCount(0, 30, 0), "c-unsure"),
    ],
)
def test_the_limit_is_told_by_shape(acute: MonthCount, kind: str) -> None:
    seen = classes(drawn(row(NOVEMBER, days_of(NOVEMBER, 30), acute=acute)))
    assert seen.count(kind) == 2, "one is the legend's"


def test_a_month_without_any_day_is_a_question_mark_not_a_zero() -> None:
    empty = YearRow(
        "Nov 2028", tuple(days_of(NOVEMBER, 30, DayMark.NOT_RECORDED)), *[MonthCount(0, 30, 0)] * 2, "0 of 30"
    )
    seen = words(drawn(empty))
    assert seen.count("?") == 2
    assert "0" not in seen


def test_the_table_holds_the_same_days_as_dates() -> None:
    days = [
        *days_of(NOVEMBER, 3),
        CalendarDay(date(2028, 11, 4), DayMark.HEADACHE, 3, True),
        CalendarDay(date(2028, 11, 5), DayMark.HEADACHE, 2, False, True),
        CalendarDay(date(2028, 11, 6), DayMark.HEADACHE, 1, None),
        CalendarDay(date(2028, 11, 7), DayMark.HEADACHE),
        CalendarDay(date(2028, 11, 8), DayMark.NOT_KNOWN, acute=True),
        *days_of(date(2028, 11, 9), 2, DayMark.NOT_RECORDED),
        *days_of(date(2028, 11, 11), 5, DayMark.NOT_YET),
    ]
    table = year_table([row(NOVEMBER, days)], caption="Year")
    assert dict(zip(table.columns, table.rows[0], strict=True)) == {
        "Month": "Nov 2028",
        "Severe": "4",
        "Moderate": "5",
        "Mild": "6",
        "Severity not said": "7",
        "No headache": "1 to 3",
        "Not known": "8",
        "Not recorded": "9, 10",
        "Acute medicine": "4, 8",
        "Menstruation": "5",
    }


@pytest.mark.parametrize(
    ("numbers", "text"),
    [([], "none"), ([3], "3"), ([3, 4], "3, 4"), ([9, 3, 4, 5], "3 to 5, 9"), (list(range(1, 32)), "1 to 31")],
)
def test_days_are_written_as_runs(numbers: list[int], text: str) -> None:
    assert day_runs(numbers) == text


def test_the_description_says_the_numbers() -> None:
    description = parsed(drawn(row(NOVEMBER, days_of(NOVEMBER, 30)))).findtext(f"{SVG}desc") or ""
    assert "Headache days by month: Nov 2028 13 to 17." in description
    assert "limit 10: Nov 2028 3 to 12." in description


def test_a_year_without_months_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one month"):
        drawn()
