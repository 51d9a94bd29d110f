"""A cell of a table as text or spreadsheet program gives it, and what a person sees in it."""

import math
import re
from datetime import date, datetime, time, timedelta
from typing import Final

from apps.diary.imports.words import one_line, storable

# Text files have text only; a workbook has numbers, dates and lengths of time as well.
Cell = str | int | float | bool | date | datetime | time | timedelta | None

_NUMBER: Final = re.compile(r"[+-]?\d{1,9}(?:[.,]\d{1,9})?", re.ASCII)


class CellFault(Exception):
    """The cell can't be understood; the message says why."""


def is_empty(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def shown(cell: Cell) -> str:
    """The cell on one line, as a person would read it."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d}" if _midnight(cell) else f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    if isinstance(cell, float) and math.isfinite(cell) and cell == int(cell):
        return str(int(cell))
    return one_line(str(cell))


def text_of(cell: Cell) -> str:
    """The cell as text. Raises CellFault for a formula: what it would give is never worked out here."""
    if isinstance(cell, str):
        text = storable(cell)
        if text.startswith("="):
            raise CellFault("The cell holds a formula. Replace it by its value.")
        return text
    return shown(cell)


def number_of(cell: Cell) -> float | None:
    """The number in the cell, with point or comma; None when it is no number."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return float(cell) if abs(cell) < 10**9 else None
    if isinstance(cell, str) and _NUMBER.fullmatch(cell.strip()):
        return float(cell.strip().replace(",", "."))
    return None


def _midnight(moment: datetime) -> bool:
    return (moment.hour, moment.minute, moment.second, moment.microsecond) == (0, 0, 0, 0)
