"""Headache days in periods of equal length as one row of bars, for example before and after a treatment."""

from collections.abc import Sequence
from datetime import date

from apps.charts.course import MonthCount
from apps.charts.course_rows import headache_row
from apps.charts.marks import hatched, muted
from apps.charts.scales import Height, time_axis
from apps.charts.svg import Svg, frame

LEFT, TOP, BOTTOM, LABELS_Y, HEIGHT = 8.0, 18.0, 110.0, 128.0, 152.0
MOST_DAYS = 31


def block_bars(
    labels: Sequence[str],
    periods: Sequence[tuple[date, date]],
    counts: Sequence[MonthCount],
    *,
    prefix: str,
    title: str,
    width: float = 620,
) -> Svg:
    """Draw one bar for each period, oldest first; hatched on top are the days that are not recorded.

    labels: short names of the periods. Raises ValueError without periods, when they are out of order or overlap, and
    when there is not one label and one count for each.
    """
    if not len(labels) == len(periods) == len(counts):
        raise ValueError("bars need one label and one count for each period")
    axis = time_axis(periods, left=LEFT, right=width - LEFT)
    spoken = "; ".join(f"{words}: {count.spoken}" for words, count in zip(labels, counts, strict=True))
    names = (
        muted(column.middle, LABELS_Y, words, anchor="middle")
        for column, words in zip(axis.columns, labels, strict=True)
    )
    return frame(
        prefix,
        title=title,
        description=f"Headache days. {spoken}.",
        width=width,
        height=HEIGHT,
        marks=(
            *headache_row(counts, axis, Height(MOST_DAYS, TOP, BOTTOM)),
            *names,
            hatched(LEFT, LABELS_Y + 8, 14, 12),
            muted(LEFT + 20, LABELS_Y + 18, "not recorded"),
        ),
    )
