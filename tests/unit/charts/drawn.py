"""A course to draw in the tests, and what can be read back from a drawing."""

from datetime import date
from xml.etree import ElementTree

from apps.charts import Bar, Course, Event, Lane, Month, MonthCount, Reading, ScoreRow, Svg, Tone

SVG = "{http://www.w3.org/2000/svg}"

MONTHS = (
    Month("Sep 26", date(2026, 9, 1), date(2026, 9, 30)),
    Month("Oct", date(2026, 10, 1), date(2026, 10, 31)),
    Month("Nov", date(2026, 11, 1), date(2026, 11, 30)),
)
COURSE = Course(
    months=MONTHS,
    headache=(MonthCount(15, 15, 30), MonthCount(0, 31, 0), MonthCount(13, 17, 26)),
    acute=(MonthCount(10, 10, 30), MonthCount(0, 31, 0), MonthCount(7, 11, 26)),
    acute_limit=10,
    lanes=(
        Lane("Candesartan", bars=(Bar(date(2026, 2, 12), None, "16 mg"),)),
        Lane("Topiramate", bars=(Bar(date(2026, 9, 1), date(2026, 9, 20), "100 mg", Tone.PAST),)),
        Lane("Onabotulinumtoxin A", events=(Event(date(2026, 10, 5), "155 U"),)),
    ),
    scores=(ScoreRow("MIDAS", (Reading(date(2026, 9, 8), "38 (IV)"),), bold=True),),
)


def parsed(svg: Svg) -> ElementTree.Element:
    """Read a drawing as XML; raises ParseError when it is not well formed."""
    return ElementTree.fromstring(svg)  # noqa: S314 - our own drawing


def words(svg: Svg) -> list[str]:
    """Give the words written in a drawing, in order."""
    return [each.text or "" for each in parsed(svg).iter(f"{SVG}text")]


def classes(svg: Svg) -> list[str]:
    """Give the class of every mark, each class once per mark."""
    return [name for each in parsed(svg).iter() for name in each.get("class", "").split()]


def spoken(svg: Svg) -> list[str]:
    """Give what each place says that can be pointed at, in the order of the arrow keys."""
    return [each.findtext(f"{SVG}title") or "" for each in parsed(svg).iter(f"{SVG}g") if each.get("class") == "c-cell"]
