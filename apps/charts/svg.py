"""Building blocks of an SVG drawing: elements with escaped text, and the frame around them."""

import re
from collections.abc import Iterable
from html import escape

FONT = "Atkinson Hyperlegible, Segoe UI, Verdana, sans-serif"

# Advance of a character in parts of the font size. The house typeface measures 0.42 to 0.54 over
# the words of these pictures; the upper end leaves room for another typeface.
CHARACTER_WIDTH = 0.54

# SVG is XML, and XML has no way to write these characters.
_NOT_IN_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")

Attribute = str | int | float | None


class Svg(str):
    """Finished SVG markup, every text in it already escaped."""

    __slots__ = ()

    def __html__(self) -> str:
        """Tell template engines that this markup is to be shown as it is."""
        return self


def number(value: float) -> str:
    """Write a coordinate shortly: at most one decimal, no trailing zero."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def clean(text: str) -> str:
    """Escape text for XML and drop the characters that XML cannot hold."""
    return escape(_NOT_IN_XML.sub("", text))


def element(name: str, *children: Svg, text: str | None = None, **attributes: Attribute) -> Svg:
    """Make one element. `class_` stands for class, underscores for hyphens; None is left out."""
    parts = [f"<{name}"]
    for key, value in attributes.items():
        if value is None:
            continue
        written = number(value) if isinstance(value, int | float) else clean(value)
        parts.append(f' {key.rstrip("_").replace("_", "-")}="{written}"')
    inside = "".join(children) + (clean(text) if text is not None else "")
    parts.append(f">{inside}</{name}>" if inside else "/>")
    return Svg("".join(parts))


def label(
    x: float,
    y: float,
    words: str,
    *,
    size: float = 12,
    anchor: str = "start",
    bold: bool = False,
    class_: str = "c-text",
    fill: str = "#222222",
) -> Svg:
    """Write words at a point: y is the baseline, anchor start, middle or end."""
    return element(
        "text",
        text=words,
        x=x,
        y=y,
        font_size=size,
        text_anchor=None if anchor == "start" else anchor,
        font_weight="700" if bold else None,
        class_=class_,
        fill=fill,
    )


def width_of(words: str, size: float = 12) -> float:
    """Estimate how wide words will be at a font size, in user units."""
    return len(words) * size * CHARACTER_WIDTH


def shortened(words: str, room: float, size: float = 12) -> str:
    """Cut words so that they fit into the room, with an ellipsis; empty when not even that fits."""
    if width_of(words, size) <= room:
        return words
    letters = int(room / (size * CHARACTER_WIDTH)) - 1
    return f"{words[:letters].rstrip()}…" if letters > 0 else ""


def frame(prefix: str, *, title: str, description: str, width: float, height: float, marks: Iterable[Svg]) -> Svg:
    """Put marks into a picture with a name and a description for those who cannot see it.

    prefix makes the ids unique on the page: a letter, then letters, digits, hyphens or underscores.
    Raises ValueError for any other prefix.
    """
    if not _IDENTIFIER.fullmatch(prefix):
        raise ValueError(f"{prefix!r} cannot be an id: start with a letter, no spaces")
    title_id, description_id = f"{prefix}-title", f"{prefix}-desc"
    return element(
        "svg",
        element("title", text=title, id=title_id),
        element("desc", text=description, id=description_id),
        element("g", *marks, font_family=FONT),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {number(width)} {number(height)}",
        width=width,
        height=height,
        role="img",
        aria_labelledby=f"{title_id} {description_id}",
        class_="chart",
    )
