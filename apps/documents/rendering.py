"""From a frozen snapshot to HTML, and from HTML to a tagged PDF."""

import atexit
import datetime
import functools
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from apps.documents.choices import FailureCode
from apps.documents.failures import DrawingFailed
from apps.documents.kinds import UnknownKind, kind_of
from apps.documents.models import Document

PAGE_TEMPLATE: Final = "documents/base.html"
STYLE_SHEET: Final = "css/document.css"
# Where a document believes it lies: everything it may fetch is one of our static files, by its name below here.
STATIC_ROOT: Final = "file:///static/"
PDF_VARIANT: Final = "pdf/ua-1"

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Drawn:
    """A finished file and its number of pages."""

    pdf: bytes
    pages: int


class FetchRefused(ValueError):
    """A document asked for something that is not one of our own static files."""


def body_of(document: Document) -> SafeString:
    """The document's contents as HTML without head, the same for the page and for the PDF.

    Raises UnknownKind.
    """
    kind = kind_of(document.kind)
    snapshot = document.snapshot
    context = {
        **kind.context(snapshot["content"]),
        "about": snapshot["about"],
        "asked": snapshot["asked"],
        "document": document,
    }
    return SafeString(render_to_string(kind.template, context))


def html_of(document: Document) -> str:
    """The whole page as WeasyPrint gets it. Raises UnknownKind."""
    snapshot = document.snapshot
    return render_to_string(
        PAGE_TEMPLATE,
        {
            "body": body_of(document),
            "document": document,
            "about": snapshot["about"],
            "born": datetime.date.fromisoformat(snapshot["about"]["born"]),
            "asked": snapshot["asked"],
            "asked_at": datetime.datetime.fromisoformat(snapshot["asked"]["at"]),
        },
    )


def render(document: Document) -> Drawn:
    """Draw a document. Raises DrawingFailed with the reason; what went wrong in detail is in the log."""
    try:
        html = html_of(document)
    except UnknownKind as error:
        raise DrawingFailed(FailureCode.KIND_UNKNOWN) from error
    return draw_html(html)


def draw_html(html: str) -> Drawn:
    """Draw a complete HTML page as PDF/UA in the house style.

    Raises DrawingFailed: when the system's library is missing, and when anything at all could not be drawn as
    written, because a document with a hole in it must not be handed out.
    """
    try:
        import weasyprint
    except (ImportError, OSError) as error:
        logger.exception("WeasyPrint can't be imported")
        raise DrawingFailed(FailureCode.LIBRARY_MISSING) from error
    with _errors_collected() as errors:
        style = house_style()
        page = weasyprint.HTML(string=html, base_url=STATIC_ROOT, url_fetcher=_fetcher())
        laid_out = page.render(font_config=style.fonts, stylesheets=[style.sheet], pdf_variant=PDF_VARIANT)
        pdf: bytes = laid_out.write_pdf(pdf_variant=PDF_VARIANT)
    if errors:
        logger.error("the document was not drawn completely: %s", "; ".join(errors))
        raise DrawingFailed(FailureCode.DRAWING_ERROR)
    return Drawn(pdf, len(laid_out.pages))


@dataclass(frozen=True)
class HouseStyle:
    """The style sheet, read once a process, and the fonts it brings: reading them for each document is slow."""

    sheet: Any
    fonts: Any


@functools.cache
def house_style() -> HouseStyle:
    """The style sheet and fonts of every document."""
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    # The fonts clean up after themselves with the library's help, so they must go before the interpreter does.
    atexit.register(house_style.cache_clear)
    sheet = weasyprint.CSS(
        string=static_file(STATIC_ROOT + STYLE_SHEET).read_text(encoding="utf-8"),
        base_url=STATIC_ROOT + STYLE_SHEET,
        font_config=fonts,
        url_fetcher=_fetcher(),
    )
    return HouseStyle(sheet, fonts)


def static_file(url: str) -> Path:
    """The file behind an address inside a document. Raises FetchRefused for all that is not a static file of ours."""
    if not url.startswith(STATIC_ROOT):
        raise FetchRefused(f"A document may use our own static files only, not {url[:200]}")
    found = finders.find(unquote(url.removeprefix(STATIC_ROOT)))
    if not found:
        raise FetchRefused(f"There is no static file {url[:200]}")
    return Path(found)


@functools.cache
def _fetcher() -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFilesOnly(URLFetcher):
        """Never opens a connection: looks the address up among our static files."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            return URLFetcherResponse(url, static_file(url).read_bytes())

    return OwnFilesOnly()


class _Collector(logging.Handler):
    """Keeps the errors of the thread that draws: WeasyPrint logs what it leaves out instead of raising."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.sentences: list[str] = []
        self._thread = threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self._thread:
            self.sentences.append(record.getMessage())


@contextmanager
def _errors_collected() -> Iterator[list[str]]:
    collector = _Collector()
    log = logging.getLogger("weasyprint")
    log.addHandler(collector)
    try:
        yield collector.sentences
    finally:
        log.removeHandler(collector)
