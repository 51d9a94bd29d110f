"""What holds for every drawing: named, described, safe, and coloured by the style sheet."""

import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.template import Context, Engine

from apps.charts import (
    Bar,
    CalendarDay,
    ClassRow,
    Course,
    DayMark,
    Event,
    Lane,
    Month,
    MonthCount,
    ScoreCourse,
    ScoreLine,
    ScorePoint,
    Svg,
    Tone,
    YearRow,
    class_bars,
    course_chart,
    day_strip,
    month_calendar,
    score_course,
    year_strip,
)
from apps.charts.svg import clean, element, number, shortened, width_of
from tests.unit.charts.drawn import COURSE, SVG, parsed, words

ROOT = Path(__file__).parents[3]
NASTY = "<script>alert(1)</script> & \"two\" 'quotes' \x00\x0b ]]> ü 😀"

DAYS = tuple(
    CalendarDay(date(2026, 11, 1 + place), mark, severity, acute, menstruation=True)
    for place, (mark, severity, acute) in enumerate(
        (
            (DayMark.HEADACHE, 1, True),
            (DayMark.HEADACHE, 2, False),
            (DayMark.HEADACHE, 3, None),
            (DayMark.HEADACHE, None, True),
            (DayMark.NONE, None, False),
            (DayMark.NOT_KNOWN, None, None),
            (DayMark.NOT_RECORDED, None, None),
            (DayMark.NOT_YET, None, None),
        )
    )
)
ALL_TONES = Course(
    months=COURSE.months,
    headache=COURSE.headache,
    acute=(MonthCount(9, 9, 30), MonthCount(10, 10, 31), MonthCount(7, 11, 26)),
    acute_limit=10,
    lanes=tuple(Lane(tone.value, bars=(Bar(date(2026, 9, 1), None, tone.value, tone),)) for tone in Tone)
    + COURSE.lanes,
)
YEAR_ROW = YearRow("Nov 2026", DAYS, MonthCount(4, 6, 6), MonthCount(2, 5, 5), "6 of 8")
SCORES = ScoreCourse(
    months=COURSE.months,
    headache=COURSE.headache,
    changes=(Event(date(2026, 9, 20), "topiramate begun"),),
    lines=(
        ScoreLine(
            "PHQ-9",
            "0 to 27, more is worse",
            0,
            27,
            (ScorePoint(date(2026, 9, 3), 18, "18"), ScorePoint(date(2026, 11, 3), 9, "9", "better")),
            edges=((10, "moderate"),),
            steady=(14, 22),
        ),
    ),
)
CLASS_ROWS = (ClassRow("Triptan", 10, (MonthCount(9, 11, 28), MonthCount(12, 12, 31))),)
DRAWINGS = {
    "course": course_chart(COURSE, prefix="course", title="Course over 3 months"),
    "tones": course_chart(ALL_TONES, prefix="tones", title="All tones"),
    "calendar": month_calendar(DAYS, prefix="calendar", title="November 2026"),
    "strip": day_strip(DAYS, prefix="strip", title="First week"),
    "year": year_strip((YEAR_ROW,), acute_limit=10, prefix="year", title="November 2026"),
    "scores": score_course(SCORES, prefix="scores", title="Mood"),
    "classes": class_bars(("Nov", "Dec"), CLASS_ROWS, prefix="classes", title="By class"),
}


@pytest.mark.parametrize("name", DRAWINGS)
class TestEveryDrawing:
    def test_has_a_name_and_a_description(self, name: str) -> None:
        root = parsed(DRAWINGS[name])
        named_by = [root.find(f".//*[@id='{each}']") for each in root.get("aria-labelledby", "").split()]

        assert root.get("role") == "img"
        assert [each.tag for each in named_by if each is not None] == [f"{SVG}title", f"{SVG}desc"]
        assert all(each.text for each in named_by if each is not None)
        assert re.fullmatch(r"0 0 \d+(\.\d)? \d+(\.\d)?", root.get("viewBox", ""))

    def test_obeys_a_strict_content_security_policy(self, name: str) -> None:
        for each in parsed(DRAWINGS[name]).iter():
            assert each.tag not in {f"{SVG}style", f"{SVG}script", f"{SVG}a", f"{SVG}image", f"{SVG}use"}
            assert not [key for key in each.attrib if key == "style" or key.startswith("on") or "href" in key]
        assert "url(" not in DRAWINGS[name]

    def test_ids_begin_with_the_prefix(self, name: str) -> None:
        ids = [each.get("id", "") for each in parsed(DRAWINGS[name]).iter() if each.get("id")]
        assert len(ids) == len(set(ids))
        assert all(each.startswith(f"{name}-") for each in ids)

    def test_every_filled_mark_also_prints_without_a_style_sheet(self, name: str) -> None:
        for each in parsed(DRAWINGS[name]).iter():
            if each.tag.removeprefix(SVG) in {"rect", "circle", "text"}:
                assert each.get("fill"), each.attrib
            if each.tag.removeprefix(SVG) == "line":
                assert each.get("stroke"), each.attrib


def test_every_mark_is_dressed_and_nothing_else() -> None:
    sheet = (ROOT / "static" / "css" / "charts.css").read_text(encoding="utf-8")
    dressed = set(re.findall(r"\.(c-[a-z0-9_-]+)", sheet))
    marks = [
        set(each.get("class", "").split())
        for svg in DRAWINGS.values()
        for each in parsed(svg).iter()
        if "c-" in each.get("class", "")
    ]

    assert [mark for mark in marks if not mark & dressed] == []
    assert dressed - set().union(*marks) == set()


def test_charts_run_without_django() -> None:
    program = "import sys, apps.charts; sys.exit('django' in sys.modules or 'apps.clinical' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0


def test_all_text_is_escaped() -> None:
    course = Course(
        months=(Month(NASTY, date(2026, 9, 1), date(2026, 9, 30)),),
        headache=(MonthCount(1, 1, 30),),
        acute=(MonthCount(1, 1, 30),),
        acute_limit=10,
        lanes=(Lane("X", bars=(Bar(date(2026, 9, 1), None, NASTY),)),),
    )
    svg = course_chart(course, prefix="nasty", title=NASTY)

    assert "<script" not in svg
    assert clean("\x00\x0b") == ""
    assert any("<script>alert(1)</script>" in text for text in words(svg))


def test_a_template_shows_a_drawing_as_it_is() -> None:
    svg = DRAWINGS["strip"]
    assert Engine().from_string("{{ svg }}").render(Context({"svg": svg})) == svg
    assert isinstance(svg, Svg)


@pytest.mark.parametrize("prefix", ["", "1st", "two words", 'a"b', "a>b"])
def test_a_prefix_must_be_an_id(prefix: str) -> None:
    with pytest.raises(ValueError, match="cannot be an id"):
        day_strip(DAYS, prefix=prefix, title="x")


@pytest.mark.parametrize(("value", "text"), [(1.0, "1"), (1.25, "1.2"), (0.04, "0"), (-0.04, "0"), (12, "12")])
def test_coordinates_are_short(value: float, text: str) -> None:
    assert number(value) == text


def test_elements_leave_out_what_is_none() -> None:
    values: dict[str, Any] = {"x": 1, "font_size": None, "class_": "c-text"}
    assert element("text", text="a<b", **values) == '<text x="1" class="c-text">a&lt;b</text>'


def test_words_are_cut_to_their_room() -> None:
    assert shortened("candesartan", 500) == "candesartan"
    assert shortened("candesartan", 40).endswith("…")
    assert width_of(shortened("candesartan", 40)) <= 40
    assert shortened("candesartan", 3) == ""


def test_a_drawing_prints_with_its_numbers(tmp_path: Path) -> None:
    import weasyprint
    from pypdf import PdfReader

    target = tmp_path / "course.pdf"
    weasyprint.HTML(string=f"<html lang=en><body>{DRAWINGS['course']}</body></html>").write_pdf(target)
    text = PdfReader(target).pages[0].extract_text()

    assert "13–17" in text
    assert "limit 10" in text
