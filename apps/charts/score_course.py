"""Scores over the months, below headache days and changes of medicines: one axis, read by looking straight up.

A shaded band lies around the first score of a line: as long as a later score stays inside, the source does not call the
difference meaningful.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from apps.charts.cells import cell, ring
from apps.charts.course import Event, Lane, Month, MonthCount
from apps.charts.course_rows import headache_row, lane_row, with_room
from apps.charts.marks import LABEL_SIZE, grounded_label, hatched, muted, rule
from apps.charts.scales import Height, TimeAxis, time_axis
from apps.charts.svg import Svg, element, frame, label, shortened, width_of
from apps.charts.tables import Table

NAMES_WIDTH, BANDS_WIDTH = 170.0, 150.0
LEAST_WIDTH = 520.0
HEADING_Y = 12.0
HEADACHE_TOP, HEADACHE_BOTTOM = 36.0, 112.0
MOST_HEADACHE_DAYS = 31
EVENTS_Y = 140.0
PANELS_TOP, PANEL_HEIGHT, PANEL_MARGIN = 160.0, 118.0, 18.0
BAND_LABEL_GAP = 13.0
POINT_RADIUS = 4.0


@dataclass(frozen=True, slots=True)
class ScorePoint:
    """One score. change: "better" or "worse" when it differs from the line's first score by what matters."""

    day: date
    value: float
    words: str
    change: str = ""


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """The scores of one scale, oldest first, between `lowest` and `highest`.

    about: what the numbers mean, shortly ("0 to 27, more is worse"). edges: where a band begins, and its name. steady:
    the scores that are no meaningful change from the first one, both ends included; None when no source says.
    """

    name: str
    about: str
    lowest: float
    highest: float
    points: tuple[ScorePoint, ...]
    edges: tuple[tuple[float, str], ...] = ()
    steady: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class ScoreCourse:
    """Months oldest first with their headache days, what changed on which day, and the lines of scores.

    Raises ValueError when months and counts do not match, and without a line.
    """

    months: tuple[Month, ...]
    headache: tuple[MonthCount, ...]
    changes: tuple[Event, ...]
    lines: tuple[ScoreLine, ...]

    def __post_init__(self) -> None:
        if not self.lines or not self.months or len(self.months) != len(self.headache):
            raise ValueError("a course of scores needs months, a headache count for each, and scores")


def score_course(course: ScoreCourse, *, prefix: str, title: str, width: float = 920) -> Svg:
    """Draw the scores of a patient over the months.

    prefix: makes the ids unique on the page. width: user units, at least 520; the height follows from the lines.
    Raises ValueError when it is narrower or the prefix cannot be an id.
    """
    if width < LEAST_WIDTH:
        raise ValueError(f"a course of scores needs a width of at least {LEAST_WIDTH:.0f}")
    periods = [(month.first, month.last) for month in course.months]
    axis = time_axis(periods, left=NAMES_WIDTH, right=width - BANDS_WIDTH)
    height = PANELS_TOP + len(course.lines) * PANEL_HEIGHT
    return frame(
        prefix,
        title=title,
        description=_description(course),
        width=width,
        height=height,
        marks=_marks(course, axis, height),
    )


def score_table(course: ScoreCourse, *, caption: str) -> Table:
    """Give the picture's data as one row for each month."""
    columns = ("Month", "Headache days", "Changes of medicines", *(line.name for line in course.lines))
    return Table(caption, columns, tuple(_row(course, place, month) for place, month in enumerate(course.months)))


def _row(course: ScoreCourse, place: int, month: Month) -> tuple[str, ...]:
    happened = [event.words for event in course.changes if month.first <= event.day <= month.last]
    cells = [month.label, course.headache[place].spoken, "; ".join(happened) or "none"]
    scores = (
        ", ".join(_spoken(point) for point in line.points if month.first <= point.day <= month.last) or "–"
        for line in course.lines
    )
    return (*cells, *scores)


def _spoken(point: ScorePoint) -> str:
    return f"{point.words} ({point.change}, a change that matters)" if point.change else point.words


def _description(course: ScoreCourse) -> str:
    lines = (f"{line.name}: {', '.join(_spoken(point) for point in line.points)}" for line in course.lines)
    return f"Headache days by month above, scores below. {'. '.join(lines)}. The table holds the same data."


def _marks(course: ScoreCourse, axis: TimeAxis, height: float) -> Iterator[Svg]:
    yield from _grid(course, axis, height)
    yield label(0, HEADACHE_TOP + 14, "Headache days", size=12, bold=True)
    yield muted(0, HEADACHE_TOP + 30, "per month")
    yield hatched(0, HEADACHE_TOP + 38, 12, 10)
    yield muted(17, HEADACHE_TOP + 47, "days not recorded")
    yield from headache_row(course.headache, axis, Height(MOST_HEADACHE_DAYS, HEADACHE_TOP, HEADACHE_BOTTOM))
    yield label(0, EVENTS_Y, "Preventives changed", size=12, bold=True)
    yield from lane_row(Lane("Preventives changed", events=course.changes), axis, EVENTS_Y)
    for place, line in enumerate(course.lines):
        yield from _panel(line, place, axis)


def _grid(course: ScoreCourse, axis: TimeAxis, bottom: float) -> Iterator[Svg]:
    with_words = with_room(axis.columns, [month.label for month in course.months], LABEL_SIZE)
    for place, (month, column) in enumerate(zip(course.months, axis.columns, strict=True)):
        yield rule(column.left, 20, column.left, bottom)
        if place in with_words:
            yield muted(column.middle, HEADING_Y, month.label, anchor="middle")
    yield rule(axis.right, 20, axis.right, bottom)


def _panel(line: ScoreLine, place: int, axis: TimeAxis) -> Iterator[Svg]:
    top = PANELS_TOP + place * PANEL_HEIGHT
    scale = Height(line.highest - line.lowest, top + PANEL_MARGIN, top + PANEL_HEIGHT - PANEL_MARGIN)
    yield from _names(line, top)
    if line.steady:
        yield _steady(line, line.steady, axis, scale)
    yield from _edges(line, axis, scale)
    yield rule(axis.left, scale.bottom, axis.right, scale.bottom, class_="c-base")
    yield from _scores(line, place, axis, scale)


def _names(line: ScoreLine, top: float) -> Iterator[Svg]:
    y = top + PANEL_MARGIN + 10
    yield label(0, y, shortened(line.name, NAMES_WIDTH - 8, 12), size=12, bold=True)
    for words in _wrapped(line.about, NAMES_WIDTH - 12):
        y += 15
        yield muted(0, y, words)
    if line.steady:
        y += 9
        yield element("rect", x=0, y=y, width=12, height=10, class_="c-steady", fill="#e4e4e4")
        yield muted(17, y + 9, "change does not matter")


def _wrapped(words: str, room: float) -> list[str]:
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width_of(longer, LABEL_SIZE) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return [each for each in lines if each]


def _steady(line: ScoreLine, steady: tuple[float, float], axis: TimeAxis, scale: Height) -> Svg:
    low, high = scale.at(steady[0] - line.lowest), scale.at(steady[1] - line.lowest)
    left = axis.start_of(line.points[0].day)
    return element(
        "rect",
        element("title", text=f"{line.name}: inside, the change from the first score does not matter"),
        x=left,
        y=high,
        width=max(axis.right - left, 3),
        height=max(low - high, 2),
        class_="c-steady",
        fill="#e4e4e4",
    )


def _edges(line: ScoreLine, axis: TimeAxis, scale: Height) -> Iterator[Svg]:
    free_below = scale.top - BAND_LABEL_GAP
    for value, words in sorted(line.edges, reverse=True):
        y = scale.at(value - line.lowest)
        yield rule(axis.left, y, axis.right, y, dash="2 4")
        # Names of narrow bands would lie on each other: the graver one is kept.
        if y >= free_below + BAND_LABEL_GAP:
            yield muted(axis.right + 12, y + 4, shortened(f"{value:g} {words}", BANDS_WIDTH - 14, LABEL_SIZE))
            free_below = y


def _scores(line: ScoreLine, row: int, axis: TimeAxis, scale: Height) -> Iterator[Svg]:
    places = [(axis.start_of(point.day), scale.at(point.value - line.lowest), point) for point in line.points]
    if len(places) > 1:
        path = " ".join(f"{'L' if number else 'M'}{x:.1f} {y:.1f}" for number, (x, y, _) in enumerate(places))
        yield element("path", d=path, class_="c-line", fill="none", stroke="#222222", stroke_width=1.5)
    for column, (x, y, point) in enumerate(places):
        words = f"{line.name}, {point.day.day} {point.day:%b %Y}: {_spoken(point)}"
        yield cell(words, ring(x - 8, y - 8, 16, 16), _point(x, y, point), row=row, column=column)
    yield from _values(places, axis)


def _point(x: float, y: float, point: ScorePoint) -> Svg:
    return element(
        "circle",
        cx=x,
        cy=y,
        r=POINT_RADIUS,
        class_="c-point c-changed" if point.change else "c-point",
        fill="#222222" if point.change else "#ffffff",
        stroke="#222222",
        stroke_width=1.5,
    )


def _values(places: Sequence[tuple[float, float, ScorePoint]], axis: TimeAxis) -> Iterator[Svg]:
    # From the newest back: when two are too close, the newer one is written.
    free_to = axis.right + 1
    for x, y, point in reversed(places):
        words = f"{point.value:g}"
        half = width_of(words, LABEL_SIZE) / 2 + 3
        # The newest may move left, out of the way of the names of the bands.
        middle = min(x, free_to - half) if free_to > axis.right else x
        if middle + half <= free_to:
            yield grounded_label(middle, y - 8, words)
            free_to = middle - half
