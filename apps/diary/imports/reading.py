"""The one door to the readers of diary files: what kind of file it is, and what stands in it."""

from typing import BinaryIO

from apps.diary.choices import ImportSource
from apps.diary.imports.apple_archive import health_export
from apps.diary.imports.apple_health import read_apple_health
from apps.diary.imports.migraine_buddy import read_migraine_buddy
from apps.diary.imports.migralog import read_migralog
from apps.diary.imports.parsed import MOST_ROWS, FileRefused, Progress, Reading, ReadingRules
from apps.diary.imports.recognise import is_zip, recognise_kind
from apps.diary.imports.tables.mapping import (
    DateOrder,
    HeadacheScale,
    Role,
    TableMapping,
    TableProposal,
    Words,
    signature,
)
from apps.diary.imports.tables.proposing import propose_mapping
from apps.diary.imports.tables.reading import read_table

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

    file: opened in binary mode, can be sought. name: as the person named it, for sentences only.
    Raises FileRefused when it is none that can be read; the sentence says which ones can.
    """
    return recognise_kind(file)


def read_file(
    file: BinaryIO, name: str, *, rules: ReadingRules, progress: Progress, mapping: TableMapping | None = None
) -> Reading:
    """Read a whole file. mapping: needed for a table, not used for the others.

    Raises FileRefused when it can't be read at all; faults of single rows are in the answer.
    """
    source = recognise_kind(file)
    if source is ImportSource.MIGRAINE_BUDDY:
        return read_migraine_buddy(file, rules=rules, progress=progress)
    if source is ImportSource.MIGRALOG:
        return read_migralog(file, rules=rules, progress=progress)
    if source is ImportSource.APPLE_HEALTH:
        with health_export(file, zipped=is_zip(file)) as (stream, length):
            return read_apple_health(stream, length, rules=rules, progress=progress)
    if source is ImportSource.KOSTECKI_DILLON:
        raise FileRefused("This is the published KosteckiDillon log of 133 people. The demo clinic reads it.")
    if mapping is None:
        raise FileRefused("Say first what the columns of this table mean.")
    return read_table(file, mapping, rules=rules, progress=progress)


def propose(file: BinaryIO, name: str, *, sheet: str = "", most_rows: int = MOST_ROWS) -> TableProposal:
    """What the columns of a table seem to mean, decided over all rows. sheet: of a workbook, its first one if empty.

    Raises FileRefused when it is no table or has more than `most_rows` rows.
    """
    return propose_mapping(file, sheet=sheet, most_rows=most_rows)
