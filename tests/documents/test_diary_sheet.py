"""The printed diary sheet: one page a month on A4 and Letter, tagged, grey, readable at home."""

import io
import re
from datetime import date

import pikepdf
import pypdf
import pytest
import segno
import textstat

from apps.accounts.models import User
from apps.diary.models import DiarySheet
from apps.diary.printing import INSTRUCTIONS, Paper
from apps.diary.services import print_sheets
from apps.documents import rendering
from apps.documents.models import Document
from apps.patients.models import Patient
from tests.documents.text import contents_of_pdf, pages_of_pdf, words_of_html
from tests.factories.diary import headache, make_acute_medicine, record

pytestmark = pytest.mark.django_db

MONTHS = [date(2025, 3, 1), date(2025, 4, 1), date(2025, 5, 1)]
SITE = "https://headache.clinic.example"
# Points: 72 an inch.
SIZES = {Paper.A4: (595, 842), Paper.LETTER: (612, 792)}
LONG_NAMES = {
    "rizatriptan": "rizatriptan",
    "ibuprofen": "ibuprofen",
    "paracetamol-codeine-caffeine": "paracetamol with codeine and caffeine",
    "sumatriptan-subcutaneous": "sumatriptan, subcutaneous",
    "naproxen": "naproxen",
    "dihydroergotamine-nasal": "dihydroergotamine, nasal spray",
}
HIGHEST_GRADE = 6.0
QUIET_ZONE = 4


def dark_modules(path: str) -> set[tuple[int, int]]:
    """(row, column) of each dark module that the drawing's lines cover."""
    found: set[tuple[int, int]] = set()
    x = y = 0.0
    for command, numbers in re.findall(r"([Mmh])([^Mmh]+)", path):
        parts = [float(part) for part in re.findall(r"-?[\d.]+", numbers)]
        if command == "M":
            x, y = parts
        elif command == "m":
            x, y = x + parts[0], y + parts[1]
        else:
            found |= {(int(y), int(x) + step) for step in range(int(parts[0]))}
            x += parts[0]
    return found


@pytest.fixture
def with_six_medicines(patient: Patient) -> None:
    for code, name in LONG_NAMES.items():
        make_acute_medicine(code, generic_name=name)
    record(patient, headache(date(2025, 2, 1), *LONG_NAMES))


def sheets(patient: Patient, by: User, paper: Paper = Paper.A4, months: int = 1) -> Document:
    return print_sheets(patient=patient, months=MONTHS[:months], paper=paper, site=SITE, by=by)


@pytest.mark.parametrize("paper", list(Paper), ids=[paper.value for paper in Paper])
@pytest.mark.usefixtures("with_six_medicines")
def test_each_month_has_one_page_with_all_its_days(patient: Patient, treating: User, paper: Paper) -> None:
    drawn = rendering.render(sheets(patient, treating, paper, months=3))
    pages = pypdf.PdfReader(io.BytesIO(drawn.pdf)).pages
    assert [(round(float(page.mediabox.width)), round(float(page.mediabox.height))) for page in pages] == [
        SIZES[paper]
    ] * 3
    texts = pages_of_pdf(drawn.pdf)
    for text, days, title in zip(texts, (31, 30, 31), ("March 2025", "April 2025", "May 2025"), strict=True):
        assert title in text
        found = re.findall(r"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (\d{1,2}) 0 1 2 3 0 1 2 3", text)
        assert [int(day) for day in found] == list(range(1, days + 1))
        assert INSTRUCTIONS[-1] in text
        assert f"Ingrid Halvorsen · {patient.clinic_number}" in text


@pytest.mark.usefixtures("with_six_medicines")
def test_columns_and_letters_stand_in_the_order_of_the_grid(patient: Patient, treating: User) -> None:
    (text,) = pages_of_pdf(rendering.render(sheets(patient, treating)).pdf)
    letters = DiarySheet.objects.get().legend.split(";")
    heads = ["Day", "Headache", "Function", *(each.partition("=")[0] for each in letters), "other", "Early", "Note"]
    after = text[text.index("Day Headache") :]
    places = [re.search(rf"\b{head}\b", after).start() for head in heads]  # type: ignore[union-attr]
    assert places == sorted(places)


@pytest.mark.usefixtures("with_six_medicines")
def test_is_tagged_with_table_headings_and_alternative_text(patient: Patient, treating: User) -> None:
    with pikepdf.open(io.BytesIO(rendering.render(sheets(patient, treating)).pdf)) as pdf:
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == "Diary sheet, March 2025 – Ingrid Halvorsen"
        tags, alternatives = [], set()
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and "/S" in item and "/P" in item:
                tags.append(str(item["/S"]))
                alternatives.add(str(item.get("/Alt", "")))
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/Figure", "/L", "/LI"} <= set(tags)
    columns, days = 13, 31
    assert tags.count("/TH") == columns + days
    assert "Code that opens March 2025 of this diary for the clinic's staff" in alternatives


@pytest.mark.usefixtures("with_six_medicines")
def test_words_of_the_file_are_the_words_of_the_page(patient: Patient, treating: User) -> None:
    document = sheets(patient, treating)
    page = words_of_html(re.sub(r"<table.*?</table>", " ", rendering.body_of(document), flags=re.DOTALL))
    assert page[: page.index("For the clinic")].strip() in contents_of_pdf(document, rendering.render(document).pdf)


@pytest.mark.usefixtures("with_six_medicines")
def test_is_black_and_grey_only(patient: Patient, treating: User) -> None:
    with pikepdf.open(io.BytesIO(rendering.render(sheets(patient, treating)).pdf)) as pdf:
        colours = {
            tuple(round(float(part), 3) for part in operands)
            for page in pdf.pages
            for operands, operator in pikepdf.parse_content_stream(page)
            if str(operator) in ("rg", "RG")
        }
    assert colours
    assert {colour for colour in colours if len(set(colour)) > 1} == set()


def test_the_code_holds_the_address_and_nothing_else(patient: Patient, treating: User) -> None:
    document = sheets(patient, treating)
    address = document.snapshot["content"]["months"][0]["address"]
    assert address == f"{SITE}/s/{DiarySheet.objects.get().code}/"
    body = rendering.body_of(document)
    expected = segno.make(address, error="m", micro=False, boost_error=False)
    path = re.search(r'class="qrline"[^>]* d="([^"]+)"', body)
    assert path is not None
    assert dark_modules(path[1]) == {
        (row + QUIET_ZONE, column + QUIET_ZONE)
        for row, modules in enumerate(expected.matrix)
        for column, module in enumerate(modules)
        if module
    }
    size = len(expected.matrix) + 2 * QUIET_ZONE
    assert f'viewBox="0 0 {size} {size}"' in body
    for secret in (patient.family_name, patient.given_name, patient.clinic_number, str(patient.pk)):
        assert secret not in address


def test_the_instructions_are_easy_to_read() -> None:
    assert len(INSTRUCTIONS) == 6
    assert textstat.flesch_kincaid_grade(" ".join(INSTRUCTIONS)) <= HIGHEST_GRADE
    assert max(len(line.split()) for line in INSTRUCTIONS) <= 20
