"""One month, or a run of days, as squares: what was recorded and what was not.

Each kind of day has its own shape and each severity its number, so that nothing depends on colour.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from apps.charts.cells import cell
from apps.charts.marks import crossed_out, diamond, hatched, pill
from apps.charts.svg import Svg, element, frame, label
from apps.charts.tables import Table

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
SEVERITIES = {1: "mild", 2: "moderate", 3: "severe"}

CELL_WIDTH, CELL_HEIGHT, GAP = 46.0, 40.0, 4.0
HEAD_HEIGHT = 20.0
LEGEND_ROW = 18.0
STRIP_CELL, STRIP_HEIGHT = 26.0, 26.0

# Grey and its text colour for no stated severity, mild, moderate and severe on paper.
GREYS = {0: ("#b4b4b4", "#222222"), 1: ("#e2e2e2", "#222222"), 2: ("#9a9a9a", "#222222"), 3: ("#3c3c3c", "#ffffff")}


class DayMark(StrEnum):
    """What is known of a day."""

    HEADACHE = "headache"
    NONE = "none"
    NOT_KNOWN = "not_known"
    NOT_RECORDED = "not_recorded"
    NOT_YET = "not_yet"


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day: its mark, its worst severity 1 to 3 if stated, and whether acute medicine was taken.

    acute and menstruation are None when that is not known. details: the day in words, as far as there
    is more to say than the marks show.
    """

    day: date
    mark: DayMark
    severity: int | None = None
    acute: bool | None = None
    menstruation: bool | None = None
    details: str = ""

    @property
    def spoken(self) -> str:
        """The day with its date, as it is read out: "Tue 3 Nov 2026: severe headache; rizatriptan × 1"."""
        weekday = WEEKDAYS[self.day.weekday()]
        return f"{weekday} {self.day.day} {self.day:%b %Y}: {self.details or self.words}"

    @property
    def words(self) -> str:
        """The day's headache in words."""
        if self.mark is DayMark.HEADACHE:
            severity = SEVERITIES.get(self.severity or 0)
            return f"headache, {severity}" if severity else "headache"
        return {
            DayMark.NONE: "no headache",
            DayMark.NOT_KNOWN: "not known",
            DayMark.NOT_RECORDED: "not recorded",
            DayMark.NOT_YET: "not yet",
        }[self.mark]

    @property
    def acute_words(self) -> str:
        """The day's acute medicine in words."""
        return {True: "taken", False: "none taken", None: "not known"}[self.acute]


def month_calendar(days: Sequence[CalendarDay], *, prefix: str, title: str) -> Svg:
    """Draw the days of one month as a calendar, weeks from Monday.

    Give every day of the month, also those not recorded. Raises ValueError without days or when
    they span more than six calendar weeks.
    """
    ordered = _ordered(days)
    monday = ordered[0].day - timedelta(days=ordered[0].day.weekday())
    weeks = (ordered[-1].day - monday).days // 7 + 1
    if weeks > 6:
        raise ValueError("a calendar shows one month")
    grid_bottom = HEAD_HEIGHT + weeks * (CELL_HEIGHT + GAP)
    width = 7 * (CELL_WIDTH + GAP) - GAP
    return frame(
        prefix,
        title=title,
        description=_summary(ordered),
        width=width,
        height=grid_bottom + 3 * LEGEND_ROW + 4,
        marks=(*_weekdays(), *_cells(ordered, monday), *_legend(grid_bottom + 14)),
    )


def day_strip(days: Sequence[CalendarDay], *, prefix: str, title: str) -> Svg:
    """Draw a run of days side by side, oldest left. Raises ValueError without days."""
    ordered = _ordered(days)
    marks = [
        cell(day.spoken, *_square(day, place * (STRIP_CELL + 2), 0, STRIP_CELL, STRIP_HEIGHT), row=0, column=place)
        for place, day in enumerate(ordered)
    ]
    return frame(
        prefix,
        title=title,
        description=_summary(ordered),
        width=len(ordered) * (STRIP_CELL + 2) - 2,
        height=STRIP_HEIGHT,
        marks=marks,
    )


def month_table(days: Sequence[CalendarDay], *, caption: str) -> Table:
    """Give the same days as rows: day, headache, acute medicine."""
    rows = tuple((f"{each.day.day} {each.day:%b %Y}", each.words, each.acute_words) for each in _ordered(days))
    return Table(caption, ("Day", "Headache", "Acute medicine"), rows)


def _ordered(days: Sequence[CalendarDay]) -> list[CalendarDay]:
    if not days:
        raise ValueError("give at least one day")
    return sorted(days, key=lambda each: each.day)


def _weekdays() -> Iterator[Svg]:
    for place, name in enumerate(WEEKDAYS):
        middle = place * (CELL_WIDTH + GAP) + CELL_WIDTH / 2
        yield label(middle, 12, name, size=11.5, anchor="middle", class_="c-muted", fill="#555555")


def _cells(ordered: Sequence[CalendarDay], monday: date) -> Iterator[Svg]:
    for each in ordered:
        week, weekday = divmod((each.day - monday).days, 7)
        left, top = weekday * (CELL_WIDTH + GAP), HEAD_HEIGHT + week * (CELL_HEIGHT + GAP)
        yield cell(each.spoken, *_square(each, left, top, CELL_WIDTH, CELL_HEIGHT), row=week, column=weekday)


def _square(each: CalendarDay, left: float, top: float, width: float, height: float) -> Iterator[Svg]:
    grey, ink, name = "#ffffff", "#222222", each.mark.value
    if each.mark is DayMark.HEADACHE:
        grey, ink = GREYS[each.severity or 0]
        name = f"severity-{each.severity or 0}"
    if each.mark is DayMark.NOT_KNOWN:
        yield hatched(left, top, width, height)
    yield element(
        "rect", x=left, y=top, width=width, height=height, rx=4, class_=f"c-day c-{name}",
        fill="none" if each.mark is DayMark.NOT_KNOWN else grey,
        stroke="none" if each.mark is DayMark.NOT_YET else "#777777",
        stroke_dasharray="2 3" if each.mark is DayMark.NOT_RECORDED else None,
    )  # fmt: skip
    yield from _inside(each, left, top, width, height, f"c-{name}-text", ink)


def _inside(
    each: CalendarDay, left: float, top: float, width: float, height: float, class_: str, ink: str
) -> Iterator[Svg]:
    roomy = width >= CELL_WIDTH
    number_y = top + (15 if roomy else height / 2 + 4)
    number_x = left + (6 if roomy else width / 2)
    if each.mark is DayMark.NOT_KNOWN:
        yield element(
            "rect",
            x=number_x - (2 if roomy else 9),
            y=number_y - 11,
            width=18,
            height=14,
            class_="c-ground",
            fill="#ffffff",
        )
    yield label(
        number_x, number_y, str(each.day.day), size=12, class_=class_, fill=ink, anchor="start" if roomy else "middle"
    )
    if not roomy:
        return
    if each.mark is DayMark.HEADACHE:
        yield label(
            left + width - 6,
            top + height - 7,
            str(each.severity or "?"),
            size=12,
            bold=True,
            anchor="end",
            class_=class_,
            fill=ink,
        )
    if each.mark is DayMark.NONE:
        yield element(
            "circle",
            cx=left + width - 10,
            cy=top + height - 11,
            r=4.5,
            class_="c-none-sign",
            fill="none",
            stroke="#555555",
        )
    if each.mark is DayMark.NOT_RECORDED:
        yield crossed_out(left, top, width, height)
    if each.acute:
        yield pill(left + 6, top + height - 14, ink=class_, fill=ink)
    if each.menstruation:
        yield diamond(left + width - 10, top + 11, ink=class_, fill=ink)


def _legend(top: float) -> Iterator[Svg]:
    yield label(0, top, "1 mild · 2 moderate · 3 severe · ? not stated", size=11.5, class_="c-muted", fill="#555555")
    yield element("circle", cx=252, cy=top - 4, r=4.5, class_="c-none-sign", fill="none", stroke="#555555")
    yield label(262, top, "no headache", size=11.5, class_="c-muted", fill="#555555")
    second = top + LEGEND_ROW
    yield hatched(1, second - 10, 14, 11)
    yield label(21, second, "not known", size=11.5, class_="c-muted", fill="#555555")
    yield element(
        "rect",
        x=110,
        y=second - 10,
        width=14,
        height=11,
        rx=2,
        fill="none",
        class_="c-day c-not_recorded",
        stroke="#777777",
        stroke_dasharray="2 3",
    )
    yield crossed_out(110, second - 10, 14, 11)
    yield label(130, second, "not recorded", size=11.5, class_="c-muted", fill="#555555")
    third = second + LEGEND_ROW
    yield pill(1, third - 8)
    yield label(21, third, "acute medicine taken", size=11.5, class_="c-muted", fill="#555555")
    yield diamond(160, third - 4)
    yield label(171, third, "menstruation", size=11.5, class_="c-muted", fill="#555555")


def _summary(ordered: Sequence[CalendarDay]) -> str:
    def days_with(mark: DayMark) -> int:
        return sum(each.mark is mark for each in ordered)

    first, last = ordered[0].day, ordered[-1].day
    return (
        f"{first.day} {first:%b %Y} to {last.day} {last:%b %Y}: "
        f"{days_with(DayMark.HEADACHE)} headache days, "
        f"{days_with(DayMark.NONE)} days without headache, "
        f"{days_with(DayMark.NOT_KNOWN)} not known, "
        f"{days_with(DayMark.NOT_RECORDED)} not recorded; "
        f"acute medicine on {sum(each.acute is True for each in ordered)} days."
    )
