"""One place of a picture that can be pointed at: its marks, and in words what they say.

The words stand in the SVG's own `title`, which browsers show beneath the pointer. The page's script
(static/js/chart-focus.js) makes the places reachable by keyboard; without it the picture is one image.
"""

from apps.charts.svg import Svg, element


def cell(words: str, *marks: Svg, row: int, column: int) -> Svg:
    """Group the marks of one place. row and column, from 0, say which place lies above and which below."""
    return element("g", element("title", text=words), *marks, class_="c-cell", data_row=row, data_column=column)


def ring(x: float, y: float, width: float, height: float) -> Svg:
    """Draw the frame that shows where the keyboard is, for a place whose marks do not fill it."""
    return element(
        "rect", x=x, y=y, width=width, height=height, rx=3, class_="c-ring", fill="none", pointer_events="all"
    )
