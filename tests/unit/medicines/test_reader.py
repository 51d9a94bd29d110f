"""The reader refuses what it does not fully understand, and says in which file and line."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from apps.clinical.diary import OveruseClass
from apps.medicines.catalogue.columns import COLUMNS
from apps.medicines.catalogue.reader import CatalogueError, CatalogueRow, read_catalogue

GOOD: dict[str, str] = dict.fromkeys(COLUMNS, "") | {
    "code": "naproxen",
    "generic_name": "naproxen",
    "ingredients": "naproxen",
    "atc_code": "M01AE02",
    "atc_version": "2026-04-25",
    "uses": "acute",
    "pharmacological_class": "nsaid",
    "overuse_class": "nsaid",
    "overuse_limit_days": "15",
    "planning_max_days": "14",
    "max_per_24h": "1000",
    "dose_unit": "mg",
    "source": "A source",
    "certainty": "certain",
}
DOSE = {"dose_low": "50", "dose_high": "100", "dose_period": "dose"}


def as_text(*rows: dict[str, str], columns: list[str] | None = None) -> str:
    written = io.StringIO()
    writer = csv.DictWriter(written, columns or list(COLUMNS), extrasaction="ignore", restval="x", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue()


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., tuple[CatalogueRow, ...]]:
    def read_text(content: str | bytes, name: str = "acute.csv") -> tuple[CatalogueRow, ...]:
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_catalogue(tmp_path)

    return read_text


def faults_of(read: Callable[..., object], content: str | bytes) -> list[str]:
    with pytest.raises(CatalogueError) as refusal:
        read(content)
    return [str(fault) for fault in refusal.value.faults]


def test_a_good_row_is_read_with_typed_values(read: Callable[..., tuple[CatalogueRow, ...]]) -> None:
    (row,) = read(as_text(GOOD | DOSE))
    assert row.overuse_class is OveruseClass.NSAID
    assert (row.dose_low, row.max_per_24h, row.planning_max_days) == (Decimal(50), Decimal(1000), 14)
    assert row.ehf_2020_class is None
    assert row.contains_opioid is False


def test_a_file_saved_by_a_spreadsheet_program_is_read(read: Callable[..., tuple[CatalogueRow, ...]]) -> None:
    content = as_text(GOOD).replace("\n", "\r\n") + ",,,\r\n\r\n"
    assert len(read(b"\xef\xbb\xbf" + content.replace(",,,\r\n\r\n", "\r\n").encode())) == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"code": ""}, "code is empty; fill it in"),
        ({"code": "Naproxen 500"}, "code is “Naproxen 500”; write small letters"),
        ({"generic_name": "n" * 81}, "generic_name has 81 characters; shorten it to at most 80"),
        ({"ingredients": "naproxen; Esomeprazole!"}, "ingredients is “Esomeprazole!”"),
        ({"atc_code": "M1AE02"}, "atc_code is “M1AE02”; write an ATC code such as C07AA05"),
        ({"atc_version": ""}, "atc_code and atc_version go together"),
        ({"atc_version": "2026-02-30"}, "atc_version is “2026-02-30”"),
        ({"uses": "acute;daily"}, "uses is “daily”; use one of preventive, acute, rescue, procedure"),
        ({"uses": "acute;acute"}, "uses names the same word twice"),
        ({"uses": ""}, "uses is empty"),
        ({"route": "mouth"}, "route is “mouth”; use one of oral"),
        ({"pharmacological_class": "painkiller"}, "pharmacological_class is “painkiller”; use one of beta_blocker"),
        ({"ehf_2020_class": "0"}, "ehf_2020_class is “0”; write a whole number from 1 to 8"),
        ({"ehf_2020_class": "9"}, "ehf_2020_class is “9”; write a whole number from 1 to 8"),
        ({"ehf_2014_group": "gepant"}, "ehf_2014_group is “gepant”"),
        ({"schulman_2008_class": "snri"}, "schulman_2008_class is “snri”"),
        ({"overuse_class": "not_identified"}, "overuse_class is “not_identified”; use one of ergotamine"),
        ({"overuse_limit_days": "10"}, "overuse_limit_days must be 15 for the class nsaid"),
        ({"overuse_class": "none", "planning_max_days": ""}, "overuse_limit_days must be empty for the class none"),
        ({"also_overuse_class": "nsaid"}, "also_overuse_class must be a second class"),
        ({"also_overuse_class": "none"}, "also_overuse_class must be a second class"),
        ({"planning_max_days": "15"}, "planning_max_days must stay below the limit of 15 days"),
        ({"planning_max_days": "1.5"}, "planning_max_days is “1.5”; write a whole number"),
        ({"planning_max_days": "²"}, "planning_max_days is “²”; write a whole number"),
        ({"contains_opioid": "no"}, "contains_opioid is “no”; write yes or leave it empty"),
        ({"max_per_24h": "0"}, "max_per_24h is “0”; write a number above 0"),
        ({"max_per_24h": "1,000"}, "max_per_24h is “1,000”; write a number above 0"),
        ({"max_per_24h": "1e3"}, "max_per_24h is “1e3”; write a number above 0"),
        ({"dose_unit": ""}, "dose_unit goes with the dose figures"),
        ({"max_per_24h": ""}, "dose_unit goes with the dose figures"),
        (DOSE | {"dose_high": ""}, "dose_low and dose_high go together"),
        (DOSE | {"dose_low": "101"}, "dose_low is above dose_high; swap them"),
        (DOSE | {"dose_max": "99"}, "dose_max needs a usual dose and must not be below dose_high"),
        ({"dose_max": "99"}, "dose_max needs a usual dose"),
        (DOSE | {"dose_period": ""}, "dose_period goes with dose_low and dose_high"),
        ({"trial_weeks": "0"}, "trial_weeks is “0”; write a whole number from 1 to 52"),
        ({"trial_weeks": "53"}, "trial_weeks is “53”; write a whole number from 1 to 52"),
        ({"advice": "avoid"}, "advice is “avoid”; use one of no_convincing_evidence"),
        ({"source": ""}, "source is empty"),
        ({"certainty": "sure"}, "certainty is “sure”; use one of certain, check, convention"),
        ({"certainty": "check"}, "to_confirm must say what is open"),
        ({"to_confirm": "The dose"}, "to_confirm must say what is open"),
        ({"cautions": "a\x00b"}, "cautions contains a line break or an invisible character"),
    ],
)
def test_a_bad_cell_is_named_with_file_and_line(
    read: Callable[..., object], change: dict[str, str], sentence: str
) -> None:
    faults = faults_of(read, as_text(GOOD | {"code": "first"}, GOOD | change))
    assert any(fault.startswith("acute.csv, line 3: ") and sentence in fault for fault in faults), faults


def test_all_faults_of_all_files_come_at_once(read: Callable[..., object], tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text(as_text(GOOD | {"code": "b", "route": "ear"}))
    faults = faults_of(read, as_text(GOOD | {"uses": "x", "certainty": "y"}))
    assert [fault.split(":")[0] for fault in faults] == ["acute.csv, line 2", "acute.csv, line 2", "other.csv, line 2"]


def test_the_line_is_right_after_a_cell_with_a_line_break(read: Callable[..., object]) -> None:
    faults = faults_of(read, as_text(GOOD | {"cautions": "one\ntwo"}, GOOD | {"code": "b", "route": "ear"}))
    assert [fault.split(":")[0] for fault in faults] == ["acute.csv, line 2", "acute.csv, line 4"]


def test_the_same_code_twice_is_refused_across_files(read: Callable[..., object], tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(as_text(GOOD))
    assert faults_of(read, as_text(GOOD)) == [
        "acute.csv, line 2: code “naproxen” is used twice, first in a.csv, line 2."
    ]


def test_unknown_and_missing_columns_are_named(read: Callable[..., object]) -> None:
    columns = [column for column in COLUMNS if column != "certainty"] + ["brand", "code"]
    assert faults_of(read, as_text(GOOD, columns=columns)) == [
        "acute.csv, line 1: column “certainty” is missing; add it.",
        "acute.csv, line 1: column “code” stands there twice; remove one.",
        "acute.csv, line 1: unknown column “brand”; remove it or correct its name.",
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "the file is empty"),
        (as_text(GOOD).replace(",", ";"), "columns are separated by semicolons; save the file with commas"),
        (as_text(GOOD) + "a,b\n", "line 3: has 2 cells instead of"),
        (as_text(GOOD) + "a" * 200_000 + "\n", "line 3: cannot be read as comma-separated text"),
        (as_text(GOOD).encode() + "caf\u00e9".encode("latin-1"), "line 3: is not UTF-8 text; save the file as UTF-8"),
    ],
)
def test_a_file_that_is_no_catalogue_is_refused(
    read: Callable[..., object], content: str | bytes, sentence: str
) -> None:
    assert sentence in faults_of(read, content)[0]


def test_an_empty_folder_is_refused_and_not_read_as_an_empty_catalogue(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"holds no \.csv file"):
        read_catalogue(tmp_path)
