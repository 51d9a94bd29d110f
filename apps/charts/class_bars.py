"""Days with acute medicine by class, each class against its own limit, over the same months or windows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from apps.charts.cells import cell, ring
from apps.charts.course import MonthCount
from apps.charts.marks import LABEL_SIZE, Reach, grounded_label, hatched, muted, point, reach, rule, solid
from apps.charts.scales import Height
from apps.charts.svg import Svg, frame, label
from apps.charts.tables import Table

NAMES_WIDTH, LIMIT_WIDTH = 176.0, 54.0
ROW_HEIGHT, BARS_TOP, BARS_BOTTOM = 116.0, 20.0, 92.0
HEAD_HEIGHT, LEGEND_HEIGHT = 18.0, 20.0
BAR_WIDTH = 28.0
MOST_DAYS = 31

REACH_WORDS = {Reach.REACHED: "reached", Reach.BELOW: "below", Reach.UNSURE: "cannot tell"}


@dataclass(frozen=True, slots=True)
class ClassRow:
    """One class, or all together: its limit in days and one count for each period, oldest first."""

    name: str
    limit: int
    counts: tuple[MonthCount, ...]

    def answer(self, place: int) -> str:
        """How the count at a place stands to the limit, in words."""
        return REACH_WORDS[self.reach(place)]

    def reach(self, place: int) -> Reach:
        """How the count at a place stands to the limit."""
        return reach(self.counts[place].lower, self.counts[place].upper, self.limit)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Columns of equal width between the names and the limits."""

    labels: tuple[str, ...]
    right: float

    @property
    def step(self) -> float:
        return (self.right - NAMES_WIDTH) / len(self.labels)

    def left(self, place: int) -> float:
        return NAMES_WIDTH + place * self.step

    def middle(self, place: int) -> float:
        return self.left(place) + self.step / 2


def class_bars(labels: Sequence[str], rows: Sequence[ClassRow], *, prefix: str, title: str, width: float = 940) -> Svg:
    """Draw one row of bars for each class; hatched on top are the days of which the medicines are not known.

    labels: short names of the periods, oldest first. Raises ValueError without periods, and when a row does not have
    one count for each.
    """
    if not labels or any(len(row.counts) != len(labels) for row in rows):
        raise ValueError("bars need one count for each period")
    columns = _Columns(tuple(labels), width - LIMIT_WIDTH)
    bottom = HEAD_HEIGHT + len(rows) * ROW_HEIGHT
    return frame(
        prefix,
        title=title,
        description=_description(rows, labels),
        width=width,
        height=bottom + LEGEND_HEIGHT,
        marks=(*_heading(columns), *_rows(rows, columns), *_legend(bottom + 12)),
    )


def class_table(labels: Sequence[str], rows: Sequence[ClassRow], *, caption: str) -> Table:
    """Give the same counts as words: a row for each period, with how each count stands to its limit."""
    columns = ("Period", *(f"{row.name}, limit {row.limit}" for row in rows))
    lines = (
        (words, *(f"{row.counts[place].spoken}, {row.answer(place)}" for row in rows))
        for place, words in enumerate(labels)
    )
    return Table(caption, columns, tuple(lines))


def _heading(columns: _Columns) -> Iterator[Svg]:
    for place, words in enumerate(columns.labels):
        yield muted(columns.middle(place), 12, words, anchor="middle")


def _rows(rows: Sequence[ClassRow], columns: _Columns) -> Iterator[Svg]:
    for number, row in enumerate(rows):
        top = HEAD_HEIGHT + number * ROW_HEIGHT
        scale = Height(MOST_DAYS, top + BARS_TOP, top + BARS_BOTTOM)
        yield label(0, top + BARS_TOP + 24, row.name, bold=True)
        yield muted(0, top + BARS_TOP + 41, "days in each period")
        yield rule(NAMES_WIDTH, scale.bottom, columns.right, scale.bottom, class_="c-base")
        for place, words in enumerate(columns.labels):
            marks = (
                *_bar(row, place, columns, scale),
                ring(columns.left(place) + 3, top + 2, columns.step - 6, BARS_BOTTOM + 18),
            )
            yield cell(_spoken(row, place, words), *marks, row=number, column=place)
        limit = scale.at(row.limit)
        yield rule(NAMES_WIDTH, limit, columns.right, limit, class_="c-limit", dash="5 3")
        yield label(columns.right + 5, limit + 4, f"limit {row.limit}", size=LABEL_SIZE, class_="c-limit-text")


def _spoken(row: ClassRow, place: int, period: str) -> str:
    count = row.counts[place].spoken
    days = count if count == "not recorded" else f"{count} day" if count == "1" else f"{count} days"
    return f"{period}, {row.name}: {days}, limit of {row.limit}: {row.answer(place)}"


def _bar(row: ClassRow, place: int, columns: _Columns, scale: Height) -> Iterator[Svg]:
    count, middle = row.counts[place], columns.middle(place)
    lower, upper = scale.at(count.lower), scale.at(count.upper)
    if count.lower:
        yield solid(middle - BAR_WIDTH / 2, lower, BAR_WIDTH, scale.bottom - lower)
    if count.upper > count.lower:
        yield hatched(middle - BAR_WIDTH / 2, upper, BAR_WIDTH, lower - upper)
    yield grounded_label(middle, upper - 4, count.words)
    yield point(middle, scale.bottom + 11, row.reach(place))


def _legend(baseline: float) -> Iterator[Svg]:
    yield hatched(0, baseline - 10, 14, 12)
    yield muted(20, baseline, "medicines of the day not known")
    for left, kind in ((226, Reach.REACHED), (324, Reach.BELOW), (386, Reach.UNSURE)):
        yield point(left, baseline - 4, kind)
        yield muted(left + 10, baseline, ("limit " if kind is Reach.REACHED else "") + REACH_WORDS[kind])


def _description(rows: Sequence[ClassRow], labels: Sequence[str]) -> str:
    def spoken(row: ClassRow) -> str:
        return ", ".join(f"{words} {count.spoken}" for words, count in zip(labels, row.counts, strict=True))

    return " ".join(f"{row.name}, limit {row.limit} days: {spoken(row)}." for row in rows)
