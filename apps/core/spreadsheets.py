"""Tables for other programs: CSV that a spreadsheet opens without running anything in it."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

# A spreadsheet would run a cell that begins like this as a formula.
FORMULA_BEGINNINGS: Final = ("=", "+", "-", "@", "\t", "\r")

# Without this mark spreadsheets read UTF-8 as the letters of the machine's own country.
BYTE_ORDER_MARK: Final = "\ufeff"


def safe_cell(text: str) -> str:
    """The text, behind an apostrophe when a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(FORMULA_BEGINNINGS) else text


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """The table as CSV text with its byte order mark; None is an empty cell."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(columns)
    writer.writerows([safe_cell("" if cell is None else str(cell)) for cell in row] for row in rows)
    return BYTE_ORDER_MARK + written.getvalue()
