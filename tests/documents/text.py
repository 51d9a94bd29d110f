"""The words of a page and of a PDF, so that the two can be compared."""

import html
import io
import re

import pypdf


def words_of_html(page: str) -> str:
    """All words of a piece of HTML in reading order, one space between them; pictures have no words."""
    without_pictures = re.sub(r"<svg.*?</svg>", " ", page, flags=re.DOTALL)
    return _flat(html.unescape(re.sub(r"<[^>]+>", " ", without_pictures)))


def pages_of_pdf(pdf: bytes) -> list[str]:
    """The words of each page, its footer included."""
    return [_flat(page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def words_of_pdf(pdf: bytes) -> str:
    """The words of all pages."""
    return " ".join(pages_of_pdf(pdf))


def _flat(text: str) -> str:
    return " ".join(text.split())
