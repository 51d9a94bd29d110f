"""The rows of a course picture: headache bars, acute medication line, medicine lanes, scores."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import ceil

from apps.charts.course import Bar, Course, Event, Lane, MonthCount, ScoreRow, Tone
from apps.charts.marks import (
    LABEL_SIZE,
    Reach,
    grounded_label,
    hatched,
    point,
    reach,
    rule,
    solid,
    triangle,
)
from apps.charts.scales import Column, Height, TimeAxis
from apps.charts.svg import Svg, element, label, shortened, width_of

BAR_SHARE = 0.7
WIDEST_BAR = 64.0
LANE_HEIGHT = 16.0
TEXT_GAP = 6.0

# Grey fill, outline and text of a bar on paper.
_TONES = {
    Tone.PAST: ("#d0d0d0", "#777777", "#222222"),
    Tone.CURRENT: ("#f0f0f0", "#777777", "#222222"),
    Tone.MAIN: ("#3c3c3c", None, "#ffffff"),
    Tone.CAUTION: ("#ffffff", "#333333", "#222222"),
}


def with_room(columns: Sequence[Column], words: Sequence[str], size: float) -> frozenset[int]:
    """Choose the columns that carry their words: all when there is room, always the newest."""
    widest = max(width_of(each, size) for each in words) + TEXT_GAP
    step = ceil(widest / (columns[0].right - columns[0].left))
    return frozenset(range(len(columns) - 1, -1, -step))


def headache_row(counts: Sequence[MonthCount], axis: TimeAxis, scale: Height) -> Iterator[Svg]:
    """Draw one bar for each month, the part that is not recorded hatched on top."""
    yield rule(axis.left, scale.bottom, axis.right, scale.bottom, class_="c-base")
    with_words = with_room(axis.columns, [each.words for each in counts], LABEL_SIZE)
    for place, (column, count) in enumerate(zip(axis.columns, counts, strict=True)):
        width = min((column.right - column.left) * BAR_SHARE, WIDEST_BAR)
        left = column.middle - width / 2
        lower, upper = scale.at(count.lower), scale.at(count.upper)
        if count.lower:
            yield solid(left, lower, width, scale.bottom - lower)
        if count.upper > count.lower:
            yield hatched(left, upper, width, lower - upper)
        if place in with_words:
            yield grounded_label(column.middle, upper - 5, count.words)


def acute_row(course: Course, axis: TimeAxis, scale: Height) -> Iterator[Svg]:
    """Draw the line of acute medication days with its limit; unknown days as hatched stretches."""
    limit = scale.at(course.acute_limit)
    yield rule(axis.left, scale.bottom, axis.right, scale.bottom, class_="c-base")
    yield rule(axis.left, limit, axis.right, limit, class_="c-limit", dash="5 3")
    yield label(axis.right + 5, limit + 4, f"limit {course.acute_limit}", size=LABEL_SIZE, class_="c-limit-text")
    months = list(zip(axis.columns, course.acute, strict=True))
    for (column, count), (following, next_count) in pairwise(months):
        if "?" not in (count.words, next_count.words):
            yield _segment(column, count, following, next_count, scale)
    with_words = with_room(axis.columns, [each.words for each in course.acute], LABEL_SIZE)
    for place, (column, count) in enumerate(months):
        yield from _acute_mark(column, count, course.acute_limit, scale)
        if place in with_words:
            yield grounded_label(column.middle, scale.at(count.upper) - 9, count.words)


def _middle(count: MonthCount) -> float:
    return (count.lower + count.upper) / 2


def _segment(column: Column, count: MonthCount, following: Column, next_count: MonthCount, scale: Height) -> Svg:
    exact = count.lower == count.upper and next_count.lower == next_count.upper
    return element(
        "line",
        x1=column.middle,
        y1=scale.at(_middle(count)),
        x2=following.middle,
        y2=scale.at(_middle(next_count)),
        class_="c-line",
        stroke="#222222",
        stroke_width=2 if exact else 1.5,
        stroke_dasharray=None if exact else "2 4",
    )


def _acute_mark(column: Column, count: MonthCount, limit: int, scale: Height) -> Iterator[Svg]:
    lower, upper = scale.at(count.lower), scale.at(count.upper)
    if count.upper > count.lower:
        yield hatched(column.middle - 8, upper, 16, lower - upper)
    if count.words != "?":
        kind: Reach = reach(count.lower, count.upper, limit)
        yield point(column.middle, scale.at(_middle(count)), kind)


def lane_row(lane: Lane, axis: TimeAxis, baseline: float) -> Iterator[Svg]:
    """Draw one lane: its bars and events with their words, y is the baseline of the words."""
    shown = [
        bar
        for bar in sorted(lane.bars, key=lambda each: each.start)
        if bar.start <= axis.last and (bar.end is None or bar.end >= axis.first)
    ]
    events = [each for each in sorted(lane.events, key=lambda each: each.day) if axis.first <= each.day <= axis.last]
    starts = [axis.start_of(each.start) for each in shown]
    starts += [axis.start_of(each.day) - TEXT_GAP for each in events]
    for bar in shown:
        yield from _bar(bar, axis, baseline, starts)
    for event in events:
        yield from _event(event, axis, baseline, starts)


def _room_after(x: float, axis: TimeAxis, starts: Sequence[float]) -> float:
    return min([axis.right, *(start for start in starts if start > x)]) - x


def _bar(bar: Bar, axis: TimeAxis, baseline: float, starts: Sequence[float]) -> Iterator[Svg]:
    left = axis.start_of(bar.start)
    right = axis.right if bar.end is None else axis.end_of(bar.end)
    width = max(right - left, 3)
    fill, stroke, ink = _TONES[bar.tone]
    yield element(
        "rect",
        element("title", text=bar.words),
        x=left,
        y=baseline - LANE_HEIGHT + 4,
        width=width,
        height=LANE_HEIGHT,
        rx=3,
        class_=f"c-{bar.tone.value}",
        fill=fill,
        stroke=stroke,
        stroke_dasharray="3 2" if bar.tone is Tone.CAUTION else None,
    )
    outside = _room_after(right - 0.1, axis, starts) - TEXT_GAP
    wanted = width_of(bar.words, LABEL_SIZE)
    if wanted > width - 2 * TEXT_GAP and wanted <= outside:
        yield label(right + TEXT_GAP, baseline, bar.words, size=LABEL_SIZE)
        return
    words = shortened(bar.words, width - 2 * TEXT_GAP, LABEL_SIZE)
    yield label(
        left + TEXT_GAP,
        baseline,
        words,
        size=LABEL_SIZE,
        class_=f"c-{bar.tone.value}-text",
        fill=ink,
    )


def _event(event: Event, axis: TimeAxis, baseline: float, starts: Sequence[float]) -> Iterator[Svg]:
    x = axis.start_of(event.day)
    yield triangle(x, baseline + 1)
    room = _room_after(x, axis, starts) - 2 * TEXT_GAP
    yield label(x + 2 * TEXT_GAP, baseline, shortened(event.words, room, LABEL_SIZE), size=LABEL_SIZE)


def score_row(row: ScoreRow, axis: TimeAxis, baseline: float) -> Iterator[Svg]:
    """Write scores at their days; one that would lie on its neighbour is moved right or left out."""
    free_from = axis.left + TEXT_GAP
    for reading in sorted(row.readings, key=lambda each: each.day):
        if not axis.first <= reading.day <= axis.last:
            continue
        width = width_of(reading.words, 12)
        left = max(axis.start_of(reading.day) - width / 2, free_from)
        left = min(left, axis.right - width)
        if left < free_from:
            continue
        yield label(left, baseline, reading.words, bold=row.bold)
        free_from = left + width + TEXT_GAP
