"""The file itself: tagged, in a language, with a title, with the same words as the page."""

import io
import logging
import sys
from pathlib import Path

import pikepdf
import pytest

from apps.documents import rendering
from apps.documents.choices import FailureCode
from apps.documents.failures import DrawingFailed
from apps.documents.library import INSTALL_COMMAND
from apps.documents.models import Document
from apps.patients.models import Patient
from tests.documents.text import contents_of_pdf, pages_of_pdf, words_of_html
from tests.factories.documents import make_document

pytestmark = pytest.mark.usefixtures("test_kinds")

MANY = [[f"Medicine {number}", "1 mg"] for number in range(80)]


@pytest.fixture
def document(patient: Patient) -> Document:
    return make_document(patient, title="Note of 22 Nov 2026")


def test_is_tagged_pdf_ua_with_language_and_title(document: Document) -> None:
    drawn = rendering.render(document)
    with pikepdf.open(io.BytesIO(drawn.pdf)) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang) == "en"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert "/StructTreeRoot" in pdf.Root
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == "Note of 22 Nov 2026 – Ingrid Halvorsen"


def test_structure_has_headings_table_and_alternative_text(document: Document) -> None:
    with pikepdf.open(io.BytesIO(rendering.render(document).pdf)) as pdf:
        tags, alternatives = set(), set()
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and "/S" in item and "/P" in item:
                tags.add(str(item["/S"]))
                alternatives.add(str(item.get("/Alt", "")))
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/Figure"} <= tags
    assert "Headache days by month" in alternatives


def test_words_of_the_file_are_the_words_of_the_page(document: Document) -> None:
    assert words_of_html(rendering.body_of(document)) in contents_of_pdf(document, rendering.render(document).pdf)


def test_each_page_names_patient_page_time_checksum_and_telephone(patient: Patient) -> None:
    document = make_document(patient, content={"medicines": MANY})
    drawn = rendering.render(document)
    pages = pages_of_pdf(drawn.pdf)
    assert drawn.pages == len(pages) >= 2
    for number, text in enumerate(pages, start=1):
        assert f"Ingrid Halvorsen · {patient.clinic_number}" in text
        assert f"page {number} of {len(pages)}" in text
        assert document.checksum in text
        assert "Telephone 020 7946 0000" in text


def test_brings_its_own_typeface(document: Document) -> None:
    with pikepdf.open(io.BytesIO(rendering.render(document).pdf)) as pdf:
        fonts = {str(item.get("/BaseFont", "")) for item in pdf.objects if isinstance(item, pikepdf.Dictionary)}
    assert all("Atkinson" in name.replace("-", "") for name in fonts if name), fonts


def test_large_print_is_larger(patient: Patient) -> None:
    normal = rendering.render(make_document(patient, content={"medicines": MANY}))
    large = rendering.render(make_document(patient, content={"medicines": MANY}, large_print=True))
    assert large.pages > normal.pages


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/picture.png",
        "file:///etc/passwd",
        "file:///static/../../etc/passwd",
        "file:///static/%2e%2e/%2e%2e/etc/passwd",
        "file:///static/no-such-file.css",
        "ftp://127.0.0.1/x",
        "css/document.css",
    ],
)
def test_nothing_but_static_files_can_be_fetched(address: str) -> None:
    with pytest.raises(Exception, match=r"own static files only|no static file|outside|joined path"):
        rendering.static_file(address)


def test_own_static_files_are_found() -> None:
    assert rendering.static_file("file:///static/css/document.css").name == "document.css"
    assert rendering.static_file("file:///static/fonts/atkinson/AtkinsonHyperlegible-Bold.ttf").exists()


def test_a_hole_in_the_document_is_a_failure(caplog: pytest.LogCaptureFixture) -> None:
    html = '<html lang="en"><title>x</title><img src="https://example.org/picture.png" alt="a picture"></html>'
    with caplog.at_level(logging.ERROR), pytest.raises(DrawingFailed) as failure:
        rendering.draw_html(html)
    assert failure.value.code == FailureCode.DRAWING_ERROR
    assert "not drawn completely" in caplog.text


def test_missing_library_is_said_with_the_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library libpango-1.0-0')")
    monkeypatch.syspath_prepend(tmp_path)
    for name in [name for name in sys.modules if name.split(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    with pytest.raises(DrawingFailed) as failure:
        rendering.draw_html("<p>x</p>")
    assert failure.value.code == FailureCode.LIBRARY_MISSING
    assert INSTALL_COMMAND in str(failure.value)
