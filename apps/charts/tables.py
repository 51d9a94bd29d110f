"""The same data as words: what stands behind "as a table"."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """Column names and rows of text; the first cell of each row is its name."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
