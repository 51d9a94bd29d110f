"""The marks that pictures are made of.

Fill attributes are greys that stay apart on paper; classes carry the colours on the page. Hatching
is drawn as lines, not as a fill pattern: it prints everywhere and needs no ids.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from apps.charts.svg import Svg, element, label, width_of

HATCH_STEP = 5.0
LABEL_SIZE = 11.5


class Reach(StrEnum):
    """How a count stands to its limit: told apart by shape, not by colour."""

    REACHED = "reached"
    BELOW = "below"
    UNSURE = "unsure"


def reach(lower: int, upper: int, limit: int) -> Reach:
    """Say whether a count between lower and upper reaches the limit."""
    if lower >= limit:
        return Reach.REACHED
    return Reach.BELOW if upper < limit else Reach.UNSURE


def hatched(x: float, y: float, width: float, height: float) -> Svg:
    """Draw the sign of "not known": an outlined box filled with slanting lines."""
    box = element("rect", x=x, y=y, width=width, height=height, class_="c-unknown", fill="none", stroke="#555555")
    lines = " ".join(_slants(x, y, width, height))
    if not lines:
        return box
    return element("g", box, element("path", d=lines, class_="c-hatch", stroke="#555555"))


def _slants(x: float, y: float, width: float, height: float) -> Iterator[str]:
    # Every line satisfies x + y = constant, so it rises to the right; both ends are cut at the box.
    total = x + y + HATCH_STEP
    while total < x + y + width + height:
        start_x = max(x, total - (y + height))
        end_x = min(x + width, total - y)
        yield f"M{start_x:.1f} {total - start_x:.1f}L{end_x:.1f} {total - end_x:.1f}"
        total += HATCH_STEP


def crossed_out(x: float, y: float, width: float, height: float) -> Svg:
    """Draw the sign of "nothing written here": one line from corner to corner, as on paper."""
    line = f"M{x + 3:.1f} {y + height - 3:.1f}L{x + width - 3:.1f} {y + 3:.1f}"
    return element("path", d=line, class_="c-hatch", stroke="#555555")


def pill(
    x: float, y: float, width: float = 14, height: float = 7, *, ink: str = "c-text", fill: str = "#222222"
) -> Svg:
    """Draw the sign of an acute medicine."""
    return element("rect", x=x, y=y, width=width, height=height, rx=height / 2, class_=f"c-pill {ink}", fill=fill)


def diamond(x: float, y: float, *, ink: str = "c-text", fill: str = "#222222") -> Svg:
    """Draw the sign of menstruation around a point."""
    corners = f"M{x:.1f} {y - 4:.1f}L{x + 4:.1f} {y:.1f}L{x:.1f} {y + 4:.1f}L{x - 4:.1f} {y:.1f}Z"
    return element("path", d=corners, class_=f"c-period {ink}", fill=fill)


def rule(x1: float, y1: float, x2: float, y2: float, *, class_: str = "c-grid", dash: str | None = None) -> Svg:
    """Draw a straight thin line."""
    return element(
        "line",
        x1=x1,
        y1=y1,
        x2=x2,
        y2=y2,
        class_=class_,
        stroke="#cccccc" if class_ == "c-grid" else "#444444",
        stroke_dasharray=dash,
    )


def solid(x: float, y: float, width: float, height: float, class_: str = "c-bar") -> Svg:
    """Draw the recorded part of a bar."""
    return element("rect", x=x, y=y, width=width, height=height, class_=class_, fill="#8a8a8a")


def muted(x: float, y: float, words: str, *, anchor: str = "start") -> Svg:
    """Write a small quiet label."""
    return label(x, y, words, size=LABEL_SIZE, anchor=anchor, class_="c-muted", fill="#555555")


def point(x: float, y: float, kind: Reach) -> Svg:
    """Draw a count's point: filled circle reached, open circle below, open diamond unsure."""
    shared: dict[str, Any] = {"stroke": "#222222", "stroke_width": 1.5}
    if kind is Reach.UNSURE:
        corners = f"M{x:.1f} {y - 5:.1f}L{x + 5:.1f} {y:.1f}L{x:.1f} {y + 5:.1f}L{x - 5:.1f} {y:.1f}Z"
        return element("path", d=corners, class_="c-point c-unsure", fill="#ffffff", **shared)
    filled = kind is Reach.REACHED
    return element(
        "circle",
        cx=x,
        cy=y,
        r=4,
        class_=f"c-point c-{kind.value}",
        fill="#222222" if filled else "#ffffff",
        **shared,
    )


def triangle(x: float, y: float) -> Svg:
    """Draw the sign of something done on one day, standing on y."""
    corners = f"M{x:.1f} {y - 12:.1f}L{x + 6.5:.1f} {y:.1f}L{x - 6.5:.1f} {y:.1f}Z"
    return element("path", d=corners, class_="c-event", fill="#333333")


def grounded_label(x: float, y: float, words: str) -> Svg:
    """Write a centred label on a small ground of its own, so that lines behind do not cross it."""
    width = width_of(words, LABEL_SIZE) + 4
    return element(
        "g",
        element(
            "rect",
            x=x - width / 2,
            y=y - LABEL_SIZE + 1,
            width=width,
            height=LABEL_SIZE + 2,
            class_="c-ground",
            fill="#ffffff",
        ),
        label(x, y, words, size=LABEL_SIZE, anchor="middle"),
    )
