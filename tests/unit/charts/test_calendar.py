"""The month calendar shows every day, and tells its kinds apart without colour."""

from datetime import date, timedelta

import pytest

from apps.charts import CalendarDay, DayMark, day_strip, month_calendar, month_table
from tests.unit.charts.drawn import SVG, classes, parsed, spoken, words


def month(year: int, number: int, length: int, mark: DayMark = DayMark.NONE) -> list[CalendarDay]:
    first = date(year, number, 1)
    return [CalendarDay(first + timedelta(days=place), mark) for place in range(length)]


def test_a_leap_february_has_29_days() -> None:
    seen = words(month_calendar(month(2028, 2, 29), prefix="m", title="February 2028"))
    assert [text for text in seen if text.isdigit()] == [str(day) for day in range(1, 30)]


def test_days_stand_under_their_weekday() -> None:
    svg = parsed(month_calendar(month(2026, 11, 30), prefix="m", title="November 2026"))
    places = {each.text: float(each.get("x", 0)) for each in svg.iter(f"{SVG}text")}
    assert places["1"] > places["Sat"], "1 November 2026 is a Sunday"
    assert places["2"] < places["Mon"] < places["3"], "and the 2nd a Monday"


@pytest.mark.parametrize(
    ("mark", "class_"),
    [
        (DayMark.NONE, "c-none-sign"),
        (DayMark.NOT_KNOWN, "c-hatch"),
        (DayMark.NOT_RECORDED, "c-not_recorded"),
        (DayMark.HEADACHE, "c-severity-0"),
    ],
)
def test_each_kind_of_day_has_its_sign(mark: DayMark, class_: str) -> None:
    plain = classes(month_calendar([CalendarDay(date(2026, 11, 2), DayMark.NONE)], prefix="m", title="m"))
    marked = classes(month_calendar(month(2026, 11, 30, mark), prefix="m", title="m"))
    assert marked.count(class_) >= plain.count(class_) + 29


def test_severity_is_a_number_and_an_unstated_one_a_question_mark() -> None:
    days = [
        CalendarDay(date(2026, 11, 20 + place), DayMark.HEADACHE, severity)
        for place, severity in enumerate((1, 2, 3, None))
    ]
    seen = words(month_calendar(days, prefix="m", title="m"))
    assert [text for text in seen if text in {"1", "2", "3", "?"}] == ["1", "2", "3", "?"]


def test_only_known_intake_gets_the_sign_for_it() -> None:
    def pills(acute: bool | None) -> int:
        day = CalendarDay(date(2026, 11, 2), DayMark.HEADACHE, 2, acute)
        return classes(month_calendar([day], prefix="m", title="m")).count("c-pill")

    assert (pills(True), pills(False), pills(None)) == (2, 1, 1), "one is the legend's"


def test_the_table_says_each_day_in_words() -> None:
    days = [
        CalendarDay(date(2026, 11, 2), DayMark.NOT_RECORDED),
        CalendarDay(date(2026, 11, 1), DayMark.HEADACHE, 3, True),
        CalendarDay(date(2026, 11, 3), DayMark.NONE, None, False),
    ]
    assert month_table(days, caption="m").rows == (
        ("1 Nov 2026", "headache, severe", "taken"),
        ("2 Nov 2026", "not recorded", "not known"),
        ("3 Nov 2026", "no headache", "none taken"),
    )


def test_the_description_counts_the_days() -> None:
    days = [*month(2026, 11, 10, DayMark.HEADACHE), CalendarDay(date(2026, 11, 11), DayMark.NOT_KNOWN)]
    description = parsed(day_strip(days, prefix="s", title="s")).findtext(f"{SVG}desc") or ""
    assert "10 headache days, 0 days without headache, 1 not known, 0 not recorded" in description


def test_a_strip_shows_each_day() -> None:
    assert words(day_strip(month(2028, 2, 29), prefix="s", title="s")) == [str(day) for day in range(1, 30)]


def test_a_calendar_shows_one_month() -> None:
    with pytest.raises(ValueError, match="one month"):
        month_calendar(month(2026, 10, 60), prefix="m", title="m")
    with pytest.raises(ValueError, match="at least one day"):
        month_calendar([], prefix="m", title="m")


def test_each_day_says_itself_with_its_date_and_knows_its_week() -> None:
    days = [
        CalendarDay(date(2026, 11, 1), DayMark.NONE),
        CalendarDay(date(2026, 11, 2), DayMark.HEADACHE, 3, True, details="severe headache; rizatriptan × 1"),
        CalendarDay(date(2026, 11, 3), DayMark.NOT_YET),
    ]
    svg = month_calendar(days, prefix="m", title="m")
    assert spoken(svg) == [
        "Sun 1 Nov 2026: no headache",
        "Mon 2 Nov 2026: severe headache; rizatriptan × 1",
        "Tue 3 Nov 2026: not yet",
    ]
    places = [(each.get("data-row"), each.get("data-column")) for each in parsed(svg).iter(f"{SVG}g")]
    assert [place for place in places if place[0]] == [("0", "6"), ("1", "0"), ("1", "1")]


def test_a_day_to_come_looks_neither_free_of_headache_nor_forgotten() -> None:
    seen = classes(month_calendar([CalendarDay(date(2026, 11, 30), DayMark.NOT_YET)], prefix="m", title="m"))
    assert "c-not_yet" in seen
    assert seen.count("c-none-sign") == 1, "the legend's"
    assert seen.count("c-hatch") == 2, "the legend's"


def test_known_menstruation_has_its_own_sign() -> None:
    def diamonds(menstruation: bool | None) -> int:
        day = CalendarDay(date(2026, 11, 2), DayMark.NONE, menstruation=menstruation)
        return classes(month_calendar([day], prefix="m", title="m")).count("c-period")

    assert (diamonds(True), diamonds(False), diamonds(None)) == (2, 1, 1), "one is the legend's"
