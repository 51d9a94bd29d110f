"""Text with a separator between its cells: which separator, and the rows one by one."""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO, Final

from apps.diary.imports.limits import LONGEST_CELL, MOST_COLUMNS
from apps.diary.imports.parsed import FileRefused
from apps.diary.imports.text import lines

DELIMITERS: Final = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}


def too_many_rows(most_rows: int) -> FileRefused:
    """What is said of a file with more rows than a worker should hold."""
    return FileRefused(
        f"The file has more than {most_rows:,} rows, which is the limit. Export a shorter period.",
        place=f"row {most_rows + 1}",
    )


def records(file: BinaryIO, encoding: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with their number as a spreadsheet program shows it, from 1; empty ones are left out.

    A cell may hold several lines when it is quoted. Raises FileRefused, with the row, for a quotation that is not
    closed, a cell of more than 131,072 characters or a row of more than 500 cells.
    """
    if csv.field_size_limit() != LONGEST_CELL:
        csv.field_size_limit(LONGEST_CELL)
    number = 0
    try:
        for number, cells in enumerate(csv.reader(lines(file, encoding), delimiter=delimiter, strict=True), start=1):
            if len(cells) > MOST_COLUMNS:
                raise FileRefused(f"This row has more than {MOST_COLUMNS} cells.", place=f"row {number}")
            if any(cell.strip() for cell in cells):
                yield number, cells
    except csv.Error as error:
        raise FileRefused(_sentence(error), place=f"row {number + 1}") from error


def _sentence(error: csv.Error) -> str:
    if "field larger" in str(error):
        return "A cell is too long, or its quotation mark is never closed."
    if "unexpected end" in str(error):
        return "A quotation mark is opened here and never closed. The file may be cut off."
    return "A quotation mark stands where none can be."


@dataclass(frozen=True, slots=True)
class _Fit:
    """How well a separator suits: the share of rows with the commonest number of cells, and that number."""

    delimiter: str
    share: float
    cells: int


def decide_delimiter(file: BinaryIO, encoding: str, most_rows: int) -> str:
    """The separator with which most rows of the whole file have the same number of cells, two at least.

    Raises FileRefused when no separator gives two columns, or when the file has more rows than `most_rows`.
    """
    fits: list[_Fit] = []
    refusals: list[FileRefused] = []
    for delimiter in DELIMITERS:
        try:
            fit = _fit(file, encoding, delimiter, most_rows)
        except FileRefused as refusal:
            refusals.append(refusal)
        else:
            if fit.cells > 1:
                fits.append(fit)
    if fits:
        return max(fits, key=lambda fit: (round(fit.share, 2), fit.cells)).delimiter
    if refusals:
        raise refusals[0]
    raise FileRefused("The file has one column only. A diary needs a date and what was recorded on it.")


def _fit(file: BinaryIO, encoding: str, delimiter: str, most_rows: int) -> _Fit:
    widths: Counter[int] = Counter()
    # One row more than the limit for headings.
    for _, cells in islice(records(file, encoding, delimiter), most_rows + 2):
        widths[len(cells)] += 1
    rows = widths.total()
    if rows > most_rows + 1:
        raise too_many_rows(most_rows)
    commonest, agreeing = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return _Fit(delimiter, agreeing / rows if rows else 0.0, commonest)
