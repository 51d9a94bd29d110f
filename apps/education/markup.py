"""A leaflet's Markdown as HTML, with a short list of what a leaflet may contain."""

import re
from typing import Final

import markdown
import nh3

# Headings begin at level 2 because the title is level 1. No pictures and no links: a leaflet is read on paper.
ALLOWED: Final = frozenset({"h2", "h3", "p", "ul", "ol", "li", "strong", "em", "br"})


class MarkupError(ValueError):
    """A leaflet uses something that is not on the list; `line` is counted from 1 within its text."""

    def __init__(self, tag: str, line: int) -> None:
        self.line = line
        super().__init__(f"“{tag}” is not allowed in a leaflet; allowed are {', '.join(sorted(ALLOWED))}")


def html_of(text: str) -> str:
    """Markdown as safe HTML. Raises MarkupError naming the first thing that is not allowed."""
    html = markdown.markdown(text, output_format="html")
    for tag in re.findall(r"<([a-zA-Z][a-zA-Z0-9]*|!--)", html):
        if tag.lower() not in ALLOWED:
            raise MarkupError(tag, _line_of(text, tag))
    return safe(html)


def safe(html: str) -> str:
    """HTML with nothing in it but the list above: the second lock behind `html_of`, for text that was stored."""
    return nh3.clean(html, tags=set(ALLOWED), attributes={})


def _line_of(text: str, tag: str) -> int:
    # What Markdown itself turns into this tag stands as a sign in the text, not as the tag's name.
    signs = {"img": r"!\[", "a": r"\]\(|<http", "code": "`", "pre": r"^(    |\t|```)", "h1": "^# ", "hr": r"^[-*_]{3}"}
    pattern = re.compile(f"<{re.escape(tag)}|{signs[tag]}" if tag in signs else f"<{re.escape(tag)}", re.IGNORECASE)
    return next((number for number, line in enumerate(text.splitlines(), start=1) if pattern.search(line)), 1)
