"""Rows out of an XLSX workbook, after its parts have been looked through for what could make a small file large."""

import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, BinaryIO, Final
from zipfile import ZipFile

from apps.diary.imports.archive import Limits, member, opened
from apps.diary.imports.limits import MEBIBYTE
from apps.diary.imports.markup import MarkupReader
from apps.diary.imports.parsed import FileRefused
from apps.diary.imports.tables.cells import Cell

WORKBOOK_LIMITS: Final = Limits(total_bytes=200 * MEBIBYTE, members=5_000)
# Kept in memory whole by the library, unlike the sheets, which are read row by row.
_MOST_STRINGS_BYTES: Final = 40 * MEBIBYTE
_MOST_PART_BYTES: Final = 8 * MEBIBYTE
_MOST_ELEMENTS: Final = 500_000
_MOST_IN_A_CELL: Final = 2_000
# What a spreadsheet program itself has.
_MOST_SHEET_ROWS: Final = 1_048_576
_MOST_SHEET_COLUMNS: Final = 16_384
_SHEETS: Final = "xl/worksheets/"
_UNLIKE: Final = "The workbook is not built like one that a spreadsheet program saves."
_OF_CELLS: Final = frozenset({"c", "v", "f", "is", "t", "r", "rPr", "row"})


class Workbook:
    """An opened workbook: the names of its sheets, and the rows of one."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self.sheets = tuple(str(sheet.title) for sheet in book.worksheets)

    def rows(self, sheet: str) -> Iterator[tuple[int, list[Cell]]]:
        """Rows with their number in the sheet; empty ones and empty cells at the end are left out.

        Values of formulas are those that were saved with the file. Raises FileRefused when the sheet is damaged.
        """
        found = self._book[sheet]
        # The size that a sheet states may be wrong by accident or on purpose.
        found.reset_dimensions()
        rows = enumerate(found.iter_rows(values_only=True), start=1)
        while True:
            with _readable(f"sheet “{sheet[:40]}”"):
                number, values = next(rows, (0, ()))
            if not number:
                return
            cells = list(values)
            while cells and (cells[-1] is None or cells[-1] == ""):
                cells.pop()
            if cells:
                yield number, cells


@contextmanager
def opened_workbook(file: BinaryIO) -> Iterator[Workbook]:
    """Raises FileRefused when it is no sound workbook or could be a bomb."""
    with opened(file, WORKBOOK_LIMITS) as archive:
        _look_through(archive)
    import openpyxl

    file.seek(0)
    with _readable("workbook"):
        book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        workbook = Workbook(book)
    if not workbook.sheets:
        raise FileRefused("The workbook has no sheet with cells.")
    try:
        yield workbook
    finally:
        book.close()


@contextmanager
def _readable(place: str) -> Iterator[None]:
    """Turns whatever the library stumbles over in a damaged workbook into a sentence."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except (MemoryError, FileRefused):
        raise
    except Exception as error:
        raise FileRefused("The workbook is damaged. Save it again as XLSX or CSV.", place=place) from error


def _look_through(archive: ZipFile) -> None:
    for info in archive.infolist():
        name = info.filename.casefold()
        if not name.endswith((".xml", ".rels")):
            continue
        is_sheet = name.startswith(_SHEETS) and name.endswith(".xml")
        most = WORKBOOK_LIMITS.total_bytes if is_sheet else _MOST_PART_BYTES
        if name == "xl/sharedstrings.xml":
            most = _MOST_STRINGS_BYTES
        if info.file_size > most:
            raise FileRefused("A part of the workbook is larger than a diary can be.", place=info.filename[-80:])
        with member(archive, info.filename) as stream:
            _Look(counts_all=not is_sheet and name != "xl/sharedstrings.xml").through(stream, info.filename)


class _Look:
    """Counts what the library would keep in memory, and refuses rows and columns that no sheet has."""

    def __init__(self, *, counts_all: bool) -> None:
        self._counts_all = counts_all
        self._elements = self._rows = self._cells = self._inside = 0

    def through(self, stream: Any, name: str) -> None:
        try:
            MarkupReader(self._start).read(stream)
        except FileRefused as refusal:
            raise FileRefused(refusal.sentence, place=f"{name[-60:]}, {refusal.place}") from refusal

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "row":
            self._rows, self._cells, self._inside = self._rows + 1, 0, 0
            self._check_row(attributes.get("r", ""))
        elif name == "c":
            self._cells, self._inside = self._cells + 1, 0
        elif self._counts_all or name not in _OF_CELLS:
            self._elements, self._inside = self._elements + 1, 0
        else:
            self._inside += 1
        if name == "Override":
            _check_part(attributes)
        if self._cells > _MOST_SHEET_COLUMNS or self._elements > _MOST_ELEMENTS or self._inside > _MOST_IN_A_CELL:
            raise FileRefused(_UNLIKE)

    def _check_row(self, number: str) -> None:
        stated = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else -1 if number else 0
        if self._rows > _MOST_SHEET_ROWS or not 0 <= stated <= _MOST_SHEET_ROWS:
            raise FileRefused("The workbook has rows that no spreadsheet has.")


def _check_part(attributes: Mapping[str, str]) -> None:
    """A sheet may be large because it is read row by row; nothing else may be read from a sheet's place."""
    place, kind = attributes.get("PartName", "").casefold(), attributes.get("ContentType", "").casefold()
    if place.lstrip("/").startswith(_SHEETS) and not kind.endswith("sheet+xml"):
        raise FileRefused(_UNLIKE)
