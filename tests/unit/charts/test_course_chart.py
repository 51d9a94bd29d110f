"""The course picture says what the diary says, gaps included."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from apps.charts import Bar, Course, Event, Lane, Month, MonthCount, Reading, ScoreRow, course_chart, course_table
from apps.charts.marks import Reach, reach
from apps.charts.scales import Height, time_axis
from tests.unit.charts.drawn import COURSE, MONTHS, SVG, classes, parsed, words


def drawn(course: Course = COURSE) -> list[str]:
    return words(course_chart(course, prefix="c", title="Course"))


def with_lane(*bars: Bar, events: tuple[Event, ...] = ()) -> Course:
    return replace(COURSE, lanes=(Lane("Lane", bars, events),), scores=())


def test_every_month_has_its_numbers() -> None:
    seen = drawn()
    for text in ("Sep 26", "Oct", "Nov", "15", "13–17", "10", "7–11", "limit 10"):
        assert text in seen


def test_a_month_without_any_day_is_a_question_mark_not_a_zero() -> None:
    assert drawn().count("?") == 2
    assert MonthCount(0, 31, 0).spoken == "not recorded"
    assert MonthCount(0, 0, 30).words == "0"


def test_each_gap_is_hatched() -> None:
    exact = tuple(MonthCount(5, 5, 30) for _ in MONTHS)
    without = classes(course_chart(replace(COURSE, headache=exact, acute=exact), prefix="c", title="c"))
    one = (MonthCount(5, 6, 29), *exact[1:])
    with_one = classes(course_chart(replace(COURSE, headache=one, acute=exact), prefix="c", title="c"))

    assert without.count("c-unknown") == 1, "the legend's"
    assert with_one.count("c-unknown") == 2


def test_the_line_is_broken_where_nothing_is_recorded() -> None:
    complete = replace(COURSE, acute=tuple(MonthCount(5, 5, 30) for _ in MONTHS))
    assert classes(course_chart(complete, prefix="c", title="c")).count("c-line") == 2
    assert classes(course_chart(COURSE, prefix="c", title="c")).count("c-line") == 0


@pytest.mark.parametrize(
    ("lower", "upper", "kind"),
    [
        (9, 9, Reach.BELOW),
        (10, 10, Reach.REACHED),
        (11, 11, Reach.REACHED),
        (9, 10, Reach.UNSURE),
        (10, 14, Reach.REACHED),
        (0, 9, Reach.BELOW),
    ],
)
def test_how_a_count_stands_to_the_limit(lower: int, upper: int, kind: Reach) -> None:
    assert reach(lower, upper, 10) is kind


def test_bars_are_as_high_as_their_days() -> None:
    svg = parsed(course_chart(COURSE, prefix="c", title="c"))
    heights = [float(each.get("height", 0)) for each in svg.iter(f"{SVG}rect") if each.get("class") == "c-bar"]
    assert heights[1] / heights[0] == pytest.approx(13 / 15, abs=0.01)


def test_heights_beyond_the_scale_stay_at_its_top() -> None:
    scale = Height(10, top=0, bottom=100)
    assert [scale.at(value) for value in (-1, 0, 5, 10, 11)] == [100, 100, 50, 0, 0]


def test_dates_are_placed_within_their_month() -> None:
    axis = time_axis([(month.first, month.last) for month in MONTHS], left=0, right=300)
    assert axis.start_of(date(2026, 9, 1)) == 0
    assert axis.end_of(date(2026, 9, 30)) == axis.start_of(date(2026, 10, 1)) == 100
    assert axis.start_of(date(2026, 9, 16)) == 50
    assert axis.end_of(date(2026, 11, 30)) == axis.start_of(date(2027, 5, 1)) == 300
    assert axis.end_of(date(2026, 1, 1)) == 0


def test_a_leap_february_is_one_column() -> None:
    axis = time_axis([(date(2028, 2, 1), date(2028, 2, 29)), (date(2028, 3, 1), date(2028, 3, 31))], left=0, right=200)
    assert axis.end_of(date(2028, 2, 29)) == 100


@pytest.mark.parametrize("periods", [[], [(MONTHS[1].first, MONTHS[1].last), (MONTHS[0].first, MONTHS[0].last)]])
def test_an_axis_needs_periods_in_order(periods: list[tuple[date, date]]) -> None:
    with pytest.raises(ValueError, match="time axis"):
        time_axis(periods, left=0, right=100)


def test_words_that_fit_stand_inside_and_others_beside_the_bar() -> None:
    assert "16 mg" in drawn()
    beside = with_lane(Bar(date(2026, 9, 1), date(2026, 9, 3), "stopped after three days"))
    assert "stopped after three days" in drawn(beside)


def test_words_without_any_room_are_cut_but_kept_for_the_pointer() -> None:
    long = "a very long explanation " * 10
    course = with_lane(Bar(date(2026, 9, 1), None, long))
    assert not [text for text in drawn(course) if text == long]
    assert any(text.endswith("…") for text in drawn(course))
    titles = [each.text for each in parsed(course_chart(course, prefix="c", title="c")).iter(f"{SVG}title")]
    assert long in titles


def test_what_lies_outside_the_months_is_not_drawn() -> None:
    outside = with_lane(
        Bar(date(2025, 1, 1), date(2025, 2, 1), "long ago"),
        Bar(date(2027, 1, 1), None, "not yet"),
        events=(Event(date(2025, 1, 1), "old"),),
    )
    assert not {"long ago", "not yet", "old"} & set(drawn(outside))


def test_scores_on_neighbouring_days_do_not_lie_on_each_other() -> None:
    row = ScoreRow("MIDAS", tuple(Reading(date(2026, 9, day), f"{day} (IV)") for day in (10, 11, 12)))
    svg = parsed(course_chart(replace(COURSE, lanes=(), scores=(row,)), prefix="c", title="c"))
    lefts = sorted(float(each.get("x", 0)) for each in svg.iter(f"{SVG}text") if "(IV)" in (each.text or ""))
    assert len(lefts) == 3
    assert all(later - earlier > 30 for earlier, later in pairwise(lefts))


def test_many_months_keep_room_between_their_words() -> None:
    months = tuple(
        Month(f"M {place}", date(2020 + place // 12, place % 12 + 1, 1), date(2020 + place // 12, place % 12 + 1, 28))
        for place in range(36)
    )
    counts = tuple(MonthCount(13, 17, 24) for _ in months)
    svg = parsed(course_chart(Course(months, counts, counts, 10), prefix="c", title="c"))
    places = [float(each.get("x", 0)) for each in svg.iter(f"{SVG}text") if (each.text or "").startswith("M ")]
    assert "M 35" in [each.text for each in svg.iter(f"{SVG}text")]
    assert all(later - earlier > 24 for earlier, later in pairwise(places))


def test_the_table_holds_the_same_data() -> None:
    table = course_table(COURSE, caption="Course")
    assert table.columns == (
        "Month",
        "Headache days",
        "Acute medication days",
        "Days recorded",
        "Medicines and procedures",
        "MIDAS",
    )
    assert table.rows == (
        ("Sep 26", "15", "10", "30 of 30", "Candesartan: 16 mg; Topiramate: 100 mg", "38 (IV)"),
        ("Oct", "not recorded", "not recorded", "0 of 31", "Candesartan: 16 mg; Onabotulinumtoxin A: 155 U", "none"),
        ("Nov", "13 to 17", "7 to 11", "26 of 30", "Candesartan: 16 mg", "none"),
    )


def test_the_description_says_the_numbers() -> None:
    description = parsed(course_chart(COURSE, prefix="c", title="c")).findtext(f"{SVG}desc") or ""
    assert "Headache days by month: Sep 26 15, Oct not recorded, Nov 13 to 17." in description
    assert "limit 10" in description


def test_contradicting_data_is_refused() -> None:
    with pytest.raises(ValueError, match="one headache and one acute count"):
        replace(COURSE, acute=COURSE.acute[:2])
    with pytest.raises(ValueError, match="at least one month"):
        Course((), (), (), 10)
    with pytest.raises(ValueError, match="from a lower to an upper"):
        MonthCount(3, 2, 30)
    with pytest.raises(ValueError, match="at least 480"):
        course_chart(COURSE, prefix="c", title="c", width=300)
