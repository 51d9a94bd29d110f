"""A table as headings and rows, whether it comes from text or from a workbook."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO, Final, Protocol

from apps.diary.imports.delimited import DELIMITERS, decide_delimiter, records, too_many_rows
from apps.diary.imports.limits import MOST_COLUMNS
from apps.diary.imports.parsed import FileRefused
from apps.diary.imports.recognise import is_zip
from apps.diary.imports.tables.cells import Cell, is_empty, number_of, shown
from apps.diary.imports.tables.dates import possible_orders
from apps.diary.imports.tables.mapping import unique_headings
from apps.diary.imports.tables.workbook import opened_workbook
from apps.diary.imports.text import CODECS, decide_encoding

# A title may stand above the headings; further down it is no title.
_HEADINGS_WITHIN: Final = 20


class _Rows(Protocol):
    def __call__(self) -> Iterator[tuple[int, list[Cell]]]: ...


@dataclass(frozen=True, slots=True)
class Table:
    """headings: unique. has_headings: they stand in the file and were not made up. first_row: where the rows below the
    headings begin. encoding, delimiter: of a text file. sheet, sheets: of a workbook."""

    headings: tuple[str, ...]
    has_headings: bool
    first_row: int
    most_rows: int
    source: _Rows
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Rows below the headings with their number in the file, filled up to the width of the headings.

        Empty rows are left out. Raises FileRefused at the row after the last that is allowed.
        """
        count = 0
        for number, cells in self.source():
            if number < self.first_row or all(is_empty(cell) for cell in cells):
                continue
            count += 1
            if count > self.most_rows:
                raise too_many_rows(self.most_rows)
            yield number, [*cells, *([None] * (len(self.headings) - len(cells)))]


@contextmanager
def opened_table(
    file: BinaryIO, *, most_rows: int, sheet: str = "", encoding: str = "", delimiter: str = ""
) -> Iterator[Table]:
    """Empty arguments are decided over the whole file. Raises FileRefused when it is no table."""
    if is_zip(file):
        with opened_workbook(file) as workbook:
            chosen = sheet or workbook.sheets[0]
            if chosen not in workbook.sheets:
                raise FileRefused(f"The workbook has no sheet “{chosen[:40]}”.")
            rows: _Rows = lambda: workbook.rows(chosen)  # noqa: E731  one line, named by its type
            headings, has_headings, first_row = _headings(rows)
            yield Table(headings, has_headings, first_row, most_rows, rows, sheet=chosen, sheets=workbook.sheets)
        return
    encoding = encoding if encoding in CODECS else decide_encoding(file)
    delimiter = delimiter if delimiter in DELIMITERS else decide_delimiter(file, encoding, most_rows)

    def text_rows() -> Iterator[tuple[int, list[Cell]]]:
        for number, cells in records(file, encoding, delimiter):
            yield number, list(cells)

    headings, has_headings, first_row = _headings(text_rows)
    yield Table(headings, has_headings, first_row, most_rows, text_rows, encoding=encoding, delimiter=delimiter)


def _headings(rows: _Rows) -> tuple[tuple[str, ...], bool, int]:
    """The first row with more than one filled cell; a row with a date or a number in it is data already."""
    for number, cells in islice(rows(), _HEADINGS_WITHIN):
        filled = [cell for cell in cells if not is_empty(cell)]
        if len(filled) < 2:
            continue
        if len(cells) > MOST_COLUMNS:
            raise FileRefused(f"The table has more than {MOST_COLUMNS} columns.", place=f"row {number}")
        if any(number_of(cell) is not None or possible_orders(cell) for cell in filled):
            return unique_headings([""] * len(cells)), False, number
        return unique_headings([shown(cell) for cell in cells]), True, number + 1
    raise FileRefused("There is no table here: no row has a date and something recorded on it.")
