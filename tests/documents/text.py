"""The words of a page and of a PDF, so that the two can be compared."""

import html
import io
import re

import pypdf

from apps.documents.models import Document

# Words are not cut by these: "<strong>days</strong>, not tablets" has a comma right after "days".
INLINE = r"</?(strong|em|b|i|span|a|time|small|abbr)\b[^>]*>"
# Where the reader of the file finds the marks of lists: after all other words of the page.
LIST_MARKS = r"(\s+(•|\d{1,2}\.))+\s*$"


def words_of_html(page: str) -> str:
    """All words of a piece of HTML in reading order, one space between them; pictures have no words."""
    without_pictures = re.sub(r"<svg.*?</svg>", " ", page, flags=re.DOTALL)
    return _flat(html.unescape(re.sub(r"<[^>]+>", " ", re.sub(INLINE, "", without_pictures))))


def pages_of_pdf(pdf: bytes) -> list[str]:
    """The words of each page, its footer included."""
    return [_flat(page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def contents_of_pdf(document: Document, pdf: bytes) -> str:
    """The words of all pages without their footers and without the marks of lists."""
    about = document.snapshot["about"]
    footer = f"{about['patient']} · {about['clinic_number']}"
    return _flat(" ".join(re.sub(LIST_MARKS, "", page[: page.rfind(footer)].strip()) for page in pages_of_pdf(pdf)))


def _flat(text: str) -> str:
    return " ".join(text.split())
