"""Reads the catalogue files and refuses, with file and line, whatever it does not fully understand.

A misread class would shift every overuse count, so nothing is guessed and nothing is loaded in part.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from apps.clinical.diary import OveruseClass
from apps.clinical.findings import Certainty
from apps.medicines.catalogue.columns import COLUMNS, BadCellError, shown
from apps.medicines.catalogue.consistency import contradictions
from apps.medicines.catalogue.vocabulary import Use

CATALOGUE_FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """One medicine as the files describe it. Empty text and None mean: the source does not say.

    Doses are in `dose_unit` per `dose_period`; `max_per_24h` in `dose_unit`; limits in days a month.
    """

    code: str
    generic_name: str
    ingredients: tuple[str, ...]
    atc_code: str
    atc_version: date | None
    uses: tuple[Use, ...]
    route: str
    pharmacological_class: str
    ehf_2020_class: int | None
    ehf_2020_note: str
    ehf_2014_group: str
    schulman_2008_class: str
    overuse_class: OveruseClass
    also_overuse_class: str
    overuse_limit_days: int | None
    planning_max_days: int | None
    overuse_note: str
    contains_opioid: bool
    contains_butalbital: bool
    dose_low: Decimal | None
    dose_high: Decimal | None
    dose_unit: str
    dose_period: str
    dose_max: Decimal | None
    max_per_24h: Decimal | None
    dose_note: str
    trial_weeks: int | None
    trial_note: str
    cautions: str
    pregnancy: str
    availability: str
    setting: str
    advice: str
    evidence: str
    source: str
    certainty: Certainty
    to_confirm: str


@dataclass(frozen=True, slots=True, order=True)
class CatalogueFault:
    """One thing to mend: where it stands and what to do."""

    file: str
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.sentence}."


class CatalogueError(ValueError):
    """The catalogue cannot be used; `faults` lists everything to mend, not only the first."""

    def __init__(self, faults: list[CatalogueFault]) -> None:
        self.faults = sorted(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def read_catalogue(folder: Path = CATALOGUE_FOLDER) -> tuple[CatalogueRow, ...]:
    """Read every .csv file of the folder, ordered by file name and line.

    Raises CatalogueError with all faults of all files at once.
    """
    files = sorted(folder.glob("*.csv"))
    if not files:
        raise CatalogueError(
            [CatalogueFault(folder.name, 0, "the folder holds no .csv file; put the data files there")]
        )
    faults: list[CatalogueFault] = []
    rows: list[CatalogueRow] = []
    seen: dict[str, str] = {}
    for file in files:
        for line, values in _values_of(file, faults):
            code = values.get("code")
            if code in seen:
                faults.append(CatalogueFault(file.name, line, f"code “{code}” is used twice, first in {seen[code]}"))
            elif code:
                seen[code] = f"{file.name}, line {line}"
            if len(values) == len(COLUMNS):
                rows.append(CatalogueRow(**values))
    if faults:
        raise CatalogueError(faults)
    return tuple(rows)


def _values_of(file: Path, faults: list[CatalogueFault]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The readable cells of each row with the line it starts on; what is wrong goes to `faults`."""
    lines = _lines_of(file, faults)
    _, first = next(lines, (1, []))
    header = [column.strip() for column in first]
    if not header:
        return
    if wrong := list(_header_faults(file.name, header)):
        faults.extend(wrong)
        return
    for line, cells in lines:
        if len(cells) != len(header):
            sentence = f"has {len(cells)} cells instead of {len(header)}; look for a missing or unquoted comma"
            faults.append(CatalogueFault(file.name, line, sentence))
            continue
        values: dict[str, Any] = {}
        for column, cell in zip(header, cells, strict=True):
            try:
                values[column] = COLUMNS[column](cell.strip())
            except BadCellError as error:
                faults.append(CatalogueFault(file.name, line, f"{column} {error}"))
        faults.extend(CatalogueFault(file.name, line, sentence) for sentence in contradictions(values))
        yield line, values


def _lines_of(file: Path, faults: list[CatalogueFault]) -> Iterator[tuple[int, list[str]]]:
    # utf-8-sig: spreadsheet programs put a byte-order mark in front when they save as UTF-8.
    try:
        content = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        faults.append(CatalogueFault(file.name, line, "is not UTF-8 text; save the file as UTF-8"))
        return
    if not content.strip():
        faults.append(CatalogueFault(file.name, 1, "the file is empty; write the header line or delete the file"))
        return
    reader = csv.reader(io.StringIO(content, newline=""), strict=True)
    start = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield start, cells
            start = reader.line_num + 1
    except csv.Error as error:
        faults.append(CatalogueFault(file.name, start, f"cannot be read as comma-separated text ({error})"))


def _header_faults(file: str, header: list[str]) -> Iterator[CatalogueFault]:
    if len(header) == 1 and ";" in header[0]:
        yield CatalogueFault(file, 1, "columns are separated by semicolons; save the file with commas")
        return
    for column in header:
        if column not in COLUMNS:
            yield CatalogueFault(file, 1, f"unknown column “{shown(column)}”; remove it or correct its name")
    for column in COLUMNS:
        if column not in header:
            yield CatalogueFault(file, 1, f"column “{column}” is missing; add it")
        elif header.count(column) > 1:
            yield CatalogueFault(file, 1, f"column “{column}” stands there twice; remove one")
