"""Twelve months as rows of days, like the page of a paper diary year, with what each month adds up to.

The signs are those of the month calendar: a number for the severity, hatching for "not known", a struck-out dashed
box for "not recorded". A day without headache is an empty box with a small ring.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from apps.charts.calendar import GREYS, SEVERITIES, CalendarDay, DayMark
from apps.charts.cells import cell
from apps.charts.course import MonthCount
from apps.charts.marks import crossed_out, diamond, hatched, muted, pill, point, reach
from apps.charts.svg import Svg, element, frame, label
from apps.charts.tables import Table

LONGEST_MONTH = 31
NAME_WIDTH, HEAD_HEIGHT = 66.0, 34.0
DAY_WIDTH, DAY_HEIGHT, GAP = 25.0, 29.0, 2.0
DAYS_RIGHT = NAME_WIDTH + LONGEST_MONTH * (DAY_WIDTH + GAP)
HEADACHE_AT, ACUTE_AT, RECORDED_AT = DAYS_RIGHT + 34, DAYS_RIGHT + 116, DAYS_RIGHT + 194
WIDTH = RECORDED_AT + 36
LEGEND_HEIGHT = 20.0


@dataclass(frozen=True, slots=True)
class YearRow:
    """One calendar month: its heading, all its days, and its counts. Days still to come carry NOT_YET."""

    label: str
    days: tuple[CalendarDay, ...]
    headache: MonthCount
    acute: MonthCount
    recorded: str


def year_strip(rows: Sequence[YearRow], *, acute_limit: int, prefix: str, title: str) -> Svg:
    """Draw months, the given order from top to bottom.

    acute_limit: days of acute medication per month that are not to be reached. Raises ValueError without months.
    """
    if not rows:
        raise ValueError("a year needs at least one month")
    bottom = HEAD_HEIGHT + len(rows) * (DAY_HEIGHT + GAP)
    return frame(
        prefix,
        title=title,
        description=_description(rows, acute_limit),
        width=WIDTH,
        height=bottom + 2 * LEGEND_HEIGHT + 2,
        marks=(*_heading(acute_limit), *_months(rows, acute_limit), *_legend(bottom + 18)),
    )


def year_table(rows: Sequence[YearRow], *, caption: str) -> Table:
    """Give the same days as words: one row for each month, each kind of day as its dates."""
    columns = ("Month", "Severe", "Moderate", "Mild", "Severity not said", "No headache", "Not known", "Not recorded",
               "Acute medicine", "Menstruation")  # fmt: skip
    return Table(caption, columns, tuple(_table_row(row) for row in rows))


def _heading(acute_limit: int) -> Iterator[Svg]:
    for number in range(1, LONGEST_MONTH + 1):
        yield muted(_left_of(number) + DAY_WIDTH / 2, 28, str(number), anchor="middle")
    for middle, first, second in (
        (HEADACHE_AT, "Headache", "days"),
        (ACUTE_AT, "Acute days,", f"limit {acute_limit}"),
        (RECORDED_AT, "Days", "recorded"),
    ):
        yield muted(middle, 12, first, anchor="middle")
        yield muted(middle, 28, second, anchor="middle")


def _months(rows: Sequence[YearRow], acute_limit: int) -> Iterator[Svg]:
    for place, row in enumerate(rows):
        top = HEAD_HEIGHT + place * (DAY_HEIGHT + GAP)
        baseline = top + DAY_HEIGHT / 2 + 4
        yield label(0, baseline, row.label, bold=True)
        for day in row.days:
            yield cell(day.spoken, *_box(day, top), row=place, column=day.day.day - 1)
        yield label(HEADACHE_AT, baseline, row.headache.words, size=13, anchor="middle")
        yield point(ACUTE_AT - 30, baseline - 4, reach(row.acute.lower, row.acute.upper, acute_limit))
        yield label(ACUTE_AT + 4, baseline, row.acute.words, size=13, anchor="middle")
        yield muted(RECORDED_AT, baseline, row.recorded, anchor="middle")


def _box(each: CalendarDay, top: float) -> Iterator[Svg]:
    left = _left_of(each.day.day)
    grey, ink, name = "#ffffff", "#222222", each.mark.value
    if each.mark is DayMark.HEADACHE:
        grey, ink = GREYS[each.severity or 0]
        name = f"severity-{each.severity or 0}"
    if each.mark is DayMark.NOT_KNOWN:
        yield hatched(left, top, DAY_WIDTH, DAY_HEIGHT)
    yield element(
        "rect", x=left, y=top, width=DAY_WIDTH, height=DAY_HEIGHT, rx=3, class_=f"c-day c-{name}",
        fill="none" if each.mark is DayMark.NOT_KNOWN else grey,
        stroke="none" if each.mark is DayMark.NOT_YET else "#777777",
        stroke_dasharray="2 3" if each.mark is DayMark.NOT_RECORDED else None,
    )  # fmt: skip
    yield from _signs(each, left, top, f"c-{name}-text", ink)


def _signs(each: CalendarDay, left: float, top: float, class_: str, ink: str) -> Iterator[Svg]:
    middle = left + DAY_WIDTH / 2
    if each.mark is DayMark.HEADACHE:
        words = str(each.severity or "?")
        yield label(middle, top + 14, words, size=12.5, bold=True, anchor="middle", class_=class_, fill=ink)
    if each.mark is DayMark.NONE:
        yield element("circle", cx=middle, cy=top + 10, r=3.5, class_="c-none-sign", fill="none", stroke="#555555")
    if each.mark is DayMark.NOT_RECORDED:
        yield crossed_out(left, top, DAY_WIDTH, DAY_HEIGHT)
    if each.acute:
        yield pill(left + 4, top + DAY_HEIGHT - 9, 9, 5, ink=class_, fill=ink)
    if each.menstruation:
        yield diamond(left + DAY_WIDTH - 7, top + DAY_HEIGHT - 6.5, ink=class_, fill=ink)


def _legend(top: float) -> Iterator[Svg]:
    yield muted(0, top, "1 mild · 2 moderate · 3 severe · ? headache, severity not said")
    yield element("circle", cx=366, cy=top - 4, r=3.5, class_="c-none-sign", fill="none", stroke="#555555")
    yield muted(376, top, "no headache")
    yield hatched(470, top - 10, 14, 12)
    yield muted(490, top, "not known")
    yield element(
        "rect", x=568, y=top - 10, width=14, height=12, rx=2, class_="c-day c-not_recorded", fill="none",
        stroke="#777777", stroke_dasharray="2 3",
    )  # fmt: skip
    yield crossed_out(568, top - 10, 14, 12)
    yield muted(588, top, "not recorded")
    second = top + LEGEND_HEIGHT
    yield pill(1, second - 7, 9, 5)
    yield muted(16, second, "acute medicine taken")
    yield diamond(156, second - 4)
    yield muted(167, second, "menstruation")
    for left, (lower, upper), words in (
        (270, (1, 1), "limit reached"),
        (366, (0, 0), "below"),
        (428, (0, 1), "cannot tell"),
    ):
        yield point(left, second - 4, reach(lower, upper, 1))
        yield muted(left + 10, second, words)


def _left_of(number: int) -> float:
    return NAME_WIDTH + (number - 1) * (DAY_WIDTH + GAP)


def _description(rows: Sequence[YearRow], acute_limit: int) -> str:
    headache = ", ".join(f"{row.label} {row.headache.spoken}" for row in rows)
    acute = ", ".join(f"{row.label} {row.acute.spoken}" for row in rows)
    return (
        f"Each day of {rows[0].label} to {rows[-1].label}. Headache days by month: {headache}. "
        f"Acute medication days, limit {acute_limit}: {acute}. The table holds the same days as words."
    )


def _table_row(row: YearRow) -> tuple[str, ...]:
    headache = [each for each in row.days if each.mark is DayMark.HEADACHE]
    kinds: list[list[CalendarDay]] = [
        *([each for each in headache if each.severity == severity] for severity in sorted(SEVERITIES, reverse=True)),
        [each for each in headache if each.severity is None],
        *(
            [each for each in row.days if each.mark is mark]
            for mark in (DayMark.NONE, DayMark.NOT_KNOWN, DayMark.NOT_RECORDED)
        ),
        [each for each in row.days if each.acute],
        [each for each in row.days if each.menstruation],
    ]
    return (row.label, *(day_runs([each.day.day for each in kind]) for kind in kinds))


def day_runs(numbers: Sequence[int]) -> str:
    """Write days of a month shortly: "2, 5, 9 to 11"; "none" for no day."""
    runs = [
        [number for _, number in run]
        for _, run in groupby(enumerate(sorted(numbers)), key=lambda pair: pair[1] - pair[0])
    ]
    return ", ".join(f"{run[0]} to {run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs) or "none"
