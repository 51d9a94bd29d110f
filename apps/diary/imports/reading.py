"""The one door to the readers of diary files: what kind of file it is, and what stands in it."""

from typing import BinaryIO

from apps.diary.choices import ImportSource
from apps.diary.imports.parsed import MOST_ROWS, FileRefused, Progress, Reading, ReadingRules
from apps.diary.imports.tables.mapping import (
    DateOrder,
    HeadacheScale,
    Role,
    TableMapping,
    TableProposal,
    Words,
    signature,
)

__all__ = [
    "DateOrder",
    "FileRefused",
    "HeadacheScale",
    "Role",
    "TableMapping",
    "TableProposal",
    "Words",
    "propose",
    "read_file",
    "recognise",
    "signature",
]


def recognise(file: BinaryIO, name: str) -> ImportSource:
    """Tell the kind of a file by what stands in it, not by its name. The file is left at its beginning.

    file: opened in binary mode, can be sought. name: as the person named it, for the ending only.
    Raises FileRefused when it is none that can be read; the sentence says which ones can.
    """
    raise NotImplementedError


def read_file(
    file: BinaryIO, name: str, *, rules: ReadingRules, progress: Progress, mapping: TableMapping | None = None
) -> Reading:
    """Read a whole file. mapping: needed for a table, not used for the others.

    Raises FileRefused when it can't be read at all; faults of single rows are in the answer.
    """
    raise NotImplementedError


def propose(file: BinaryIO, name: str, *, sheet: str = "", most_rows: int = MOST_ROWS) -> TableProposal:
    """What the columns of a table seem to mean, decided over all rows. sheet: of a workbook, its first one if empty.

    Raises FileRefused when it is no table or has more than `most_rows` rows.
    """
    raise NotImplementedError
