"""From values to places: numbers up a height, dates along columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Height:
    """Places a number between the bottom and the top of a region; SVG counts downwards.

    Numbers above `highest` stay at the top.
    """

    highest: float
    top: float
    bottom: float

    def at(self, value: float) -> float:
        """Give the y of a value."""
        share = min(max(value, 0), self.highest) / self.highest
        return self.bottom - share * (self.bottom - self.top)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the time axis: its days, both included, and the room it has."""

    first: date
    last: date
    left: float
    right: float

    @property
    def middle(self) -> float:
        """The x of the column's middle."""
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """Places dates along columns of equal width, whatever their number of days."""

    columns: tuple[Column, ...]

    @property
    def left(self) -> float:
        """The x where the axis begins."""
        return self.columns[0].left

    @property
    def right(self) -> float:
        """The x where the axis ends."""
        return self.columns[-1].right

    @property
    def first(self) -> date:
        """The first day on the axis."""
        return self.columns[0].first

    @property
    def last(self) -> date:
        """The last day on the axis."""
        return self.columns[-1].last

    def start_of(self, day: date) -> float:
        """Give the x where a day begins; days outside the axis stay at its ends."""
        if day <= self.first:
            return self.left
        for column in self.columns:
            if day <= column.last:
                length = (column.last - column.first).days + 1
                share = max((day - column.first).days, 0) / length
                return column.left + share * (column.right - column.left)
        return self.right

    def end_of(self, day: date) -> float:
        """Give the x where a day ends; days outside the axis stay at its ends."""
        if day < self.first:
            return self.left
        for column in self.columns:
            if day <= column.last:
                length = (column.last - column.first).days + 1
                share = max((day - column.first).days + 1, 0) / length
                return column.left + share * (column.right - column.left)
        return self.right


def time_axis(periods: Sequence[tuple[date, date]], *, left: float, right: float) -> TimeAxis:
    """Lay out periods, oldest first, as columns of equal width.

    Raises ValueError without periods or when they are out of order.
    """
    if not periods:
        raise ValueError("a time axis needs at least one period")
    ordered = all(earlier[1] < later[0] for earlier, later in pairwise(periods))
    if not ordered:
        raise ValueError("the periods of a time axis run from oldest to newest without overlap")
    width = (right - left) / len(periods)
    return TimeAxis(
        tuple(
            Column(first, last, left + width * place, left + width * (place + 1))
            for place, (first, last) in enumerate(periods)
        )
    )
