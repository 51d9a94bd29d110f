"""The course picture: months on one axis, cause and course read by looking straight up."""

from collections.abc import Iterator

from apps.charts.course import Bar, Course, Lane, Month, MonthCount
from apps.charts.course_rows import acute_row, headache_row, lane_row, score_row, with_room
from apps.charts.marks import LABEL_SIZE, Reach, hatched, point, rule
from apps.charts.scales import Height, TimeAxis, time_axis
from apps.charts.svg import Svg, element, frame, label, shortened
from apps.charts.tables import Table

NAMES_WIDTH = 160.0
LIMIT_WIDTH = 52.0
LEAST_WIDTH = 480.0
HEADING_Y = 12.0
HEADACHE_TOP, HEADACHE_BOTTOM = 36.0, 130.0
ACUTE_TOP, ACUTE_BOTTOM = 164.0, 252.0
ROWS_TOP = 282.0
ROW_HEIGHT = 22.0

# The longest month: bars of different patients and months can be compared by eye.
MOST_HEADACHE_DAYS = 31
LEAST_ACUTE_SCALE = 20


def course_chart(course: Course, *, prefix: str, title: str, width: float = 870) -> Svg:
    """Draw a patient's course.

    prefix: makes the ids unique on the page. title: the picture's name. width: user units, at least
    480; the height follows from the rows. Raises ValueError when it is narrower or the prefix
    cannot be an id.
    """
    if width < LEAST_WIDTH:
        raise ValueError(f"a course picture needs a width of at least {LEAST_WIDTH:.0f}")
    axis = time_axis(
        [(month.first, month.last) for month in course.months],
        left=NAMES_WIDTH,
        right=width - LIMIT_WIDTH,
    )
    bottom = _bottom(course)
    return frame(
        prefix,
        title=title,
        description=_description(course),
        width=width,
        height=bottom,
        marks=_marks(course, axis, bottom),
    )


def _bottom(course: Course) -> float:
    rows = len(course.lanes) + len(course.scores) + bool(course.lanes)
    return ROWS_TOP + rows * ROW_HEIGHT - 8 if rows else ACUTE_BOTTOM + 8


def _marks(course: Course, axis: TimeAxis, bottom: float) -> Iterator[Svg]:
    yield from _grid(course, axis, bottom)
    yield from _headache_names()
    headache = Height(MOST_HEADACHE_DAYS, HEADACHE_TOP, HEADACHE_BOTTOM)
    yield from headache_row(course.headache, axis, headache)
    yield from _acute_names()
    most = max(LEAST_ACUTE_SCALE, course.acute_limit, *(each.upper for each in course.acute))
    yield from acute_row(course, axis, Height(most, ACUTE_TOP, ACUTE_BOTTOM))
    yield from _rows(course, axis)


def _grid(course: Course, axis: TimeAxis, bottom: float) -> Iterator[Svg]:
    with_words = with_room(axis.columns, [month.label for month in course.months], LABEL_SIZE)
    for place, (month, column) in enumerate(zip(course.months, axis.columns, strict=True)):
        yield rule(column.left, 20, column.left, bottom)
        if place in with_words:
            yield label(
                column.middle,
                HEADING_Y,
                month.label,
                size=LABEL_SIZE,
                anchor="middle",
                class_="c-muted",
                fill="#555555",
            )
    yield rule(axis.right, 20, axis.right, bottom)


def _headache_names() -> Iterator[Svg]:
    yield label(0, HEADACHE_TOP + 18, "Headache days", size=12, bold=True)
    yield label(0, HEADACHE_TOP + 34, "per month", size=LABEL_SIZE, class_="c-muted", fill="#555555")
    yield hatched(0, HEADACHE_TOP + 42, 12, 10)
    yield label(17, HEADACHE_TOP + 51, "days not recorded", size=LABEL_SIZE, class_="c-muted", fill="#555555")


def _acute_names() -> Iterator[Svg]:
    yield label(0, ACUTE_TOP + 6, "Acute medication days", size=12, bold=True)
    yield label(0, ACUTE_TOP + 22, "all medicines together", size=LABEL_SIZE, class_="c-muted", fill="#555555")
    for place, (kind, words) in enumerate(
        ((Reach.REACHED, "limit reached"), (Reach.BELOW, "below"), (Reach.UNSURE, "cannot tell"))
    ):
        y = ACUTE_TOP + 38 + place * 15
        yield point(6, y - 4, kind)
        yield label(17, y, words, size=LABEL_SIZE, class_="c-muted", fill="#555555")


def _rows(course: Course, axis: TimeAxis) -> Iterator[Svg]:
    y = ROWS_TOP
    if course.lanes:
        yield label(0, y, "Medicines and procedures", size=12, bold=True)
        y += ROW_HEIGHT
    for lane in course.lanes:
        yield _name(lane.name, y)
        yield from lane_row(lane, axis, y)
        y += ROW_HEIGHT
    for row in course.scores:
        yield _name(row.name, y)
        yield from score_row(row, axis, y)
        y += ROW_HEIGHT


def _name(words: str, y: float) -> Svg:
    return element("g", element("title", text=words), label(0, y, shortened(words, NAMES_WIDTH - 6)))


def _description(course: Course) -> str:
    def spoken(counts: tuple[MonthCount, ...]) -> str:
        pairs = zip(course.months, counts, strict=True)
        return ", ".join(f"{month.label} {count.spoken}" for month, count in pairs)

    return (
        f"Headache days by month: {spoken(course.headache)}. "
        f"Acute medication days, all medicines together, limit {course.acute_limit}: "
        f"{spoken(course.acute)}. The table holds the same data."
    )


def course_table(course: Course, *, caption: str) -> Table:
    """Give the picture's data as one row for each month."""
    columns = (
        "Month",
        "Headache days",
        "Acute medication days",
        "Days recorded",
        *(("Medicines and procedures",) if course.lanes else ()),
        *(row.name for row in course.scores),
    )
    rows = tuple(_table_row(course, place, month) for place, month in enumerate(course.months))
    return Table(caption, columns, rows)


def _table_row(course: Course, place: int, month: Month) -> tuple[str, ...]:
    headache = course.headache[place]
    length = (month.last - month.first).days + 1
    cells = [
        month.label,
        headache.spoken,
        course.acute[place].spoken,
        f"{headache.recorded} of {length}",
    ]
    if course.lanes:
        happened = (words for lane in course.lanes for words in _in_month(lane, month))
        cells.append("; ".join(happened) or "none")
    for row in course.scores:
        readings = (each.words for each in row.readings if month.first <= each.day <= month.last)
        cells.append(", ".join(readings) or "none")
    return tuple(cells)


def _in_month(lane: Lane, month: Month) -> Iterator[str]:
    for bar in lane.bars:
        if _touches(bar, month):
            yield f"{lane.name}: {bar.words}" if bar.words else lane.name
    for event in lane.events:
        if month.first <= event.day <= month.last:
            yield f"{lane.name}: {event.words}" if event.words else lane.name


def _touches(bar: Bar, month: Month) -> bool:
    return bar.start <= month.last and (bar.end is None or bar.end >= month.first)
