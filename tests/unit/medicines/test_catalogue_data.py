"""The shipped data files: what a pharmacist would check first."""

from __future__ import annotations

import pytest

from apps.clinical.diary import OveruseClass
from apps.clinical.findings import Certainty
from apps.medicines.catalogue.columns import COLUMNS
from apps.medicines.catalogue.reader import CATALOGUE_FOLDER, CatalogueRow, read_catalogue
from apps.medicines.catalogue.vocabulary import OVERUSE_LIMITS, Use


@pytest.fixture(scope="module")
def rows() -> dict[str, CatalogueRow]:
    return {row.code: row for row in read_catalogue()}


EHF_2020 = {
    1: {"amitriptyline", "venlafaxine"},
    2: {"valproate", "topiramate"},
    3: {"propranolol", "metoprolol", "atenolol", "timolol"},
    4: {"flunarizine", "cinnarizine"},
    5: {
        "erenumab",
        "galcanezumab",
        "fremanezumab-monthly",
        "fremanezumab-quarterly",
        "eptinezumab",
        "atogepant",
        "rimegepant",
    },
    6: {"lisinopril", "candesartan"},
    7: {"onabotulinumtoxina"},
}


def test_ehf_2020_classes_hold_exactly_the_named_members(rows: dict[str, CatalogueRow]) -> None:
    found: dict[int, set[str]] = {}
    for row in rows.values():
        if row.ehf_2020_class is not None:
            found.setdefault(row.ehf_2020_class, set()).add(row.code)
    assert found == EHF_2020


def test_ehf_2014_groups_hold_exactly_the_named_members(rows: dict[str, CatalogueRow]) -> None:
    found: dict[str, set[str]] = {}
    for row in rows.values():
        if row.ehf_2014_group:
            found.setdefault(str(row.ehf_2014_group), set()).add(row.code)
    assert found == {
        "beta_blocker": {"propranolol", "metoprolol", "atenolol", "bisoprolol"},
        "anticonvulsant": {"valproate", "topiramate"},
        "tricyclic": {"amitriptyline"},
        "other": {"flunarizine", "candesartan"},
        "onabotulinumtoxina": {"onabotulinumtoxina"},
    }


@pytest.mark.parametrize(
    ("code", "overuse_class", "limit", "planned"),
    [
        ("paracetamol", OveruseClass.PARACETAMOL, 15, 14),
        ("ibuprofen", OveruseClass.NSAID, 15, 14),
        ("aspirin", OveruseClass.ASPIRIN, 15, 14),
        ("metamizole", OveruseClass.OTHER_NON_OPIOID, 15, 14),
        ("paracetamol-caffeine", OveruseClass.COMBINATION, 10, 9),
        ("paracetamol-butalbital", OveruseClass.COMBINATION, 10, 4),
        ("rizatriptan", OveruseClass.TRIPTAN, 10, 9),
        ("lasmiditan", OveruseClass.OTHER, 10, 4),
        ("dihydroergotamine-nasal", OveruseClass.ERGOTAMINE, 10, 9),
        ("morphine", OveruseClass.OPIOID, 10, 0),
        ("metoclopramide", OveruseClass.OTHER, 10, 9),
        ("ubrogepant", OveruseClass.NONE, None, 8),
        ("rimegepant", OveruseClass.NONE, None, 18),
        ("propranolol", OveruseClass.NONE, None, None),
    ],
)
def test_overuse_class_and_limits(
    rows: dict[str, CatalogueRow], code: str, overuse_class: OveruseClass, limit: int | None, planned: int | None
) -> None:
    row = rows[code]
    assert (row.overuse_class, row.overuse_limit_days, row.planning_max_days) == (overuse_class, limit, planned)


def test_sumatriptan_with_naproxen_counts_twice_and_two_analgesics_are_no_combination(
    rows: dict[str, CatalogueRow],
) -> None:
    both = rows["sumatriptan-naproxen"]
    assert (both.overuse_class, both.also_overuse_class) == (OveruseClass.TRIPTAN, OveruseClass.NSAID)
    assert rows["aspirin-paracetamol"].overuse_class is OveruseClass.ASPIRIN
    assert rows["aspirin-paracetamol-caffeine"].overuse_class is OveruseClass.COMBINATION


def test_rimegepant_is_both_preventive_and_acute(rows: dict[str, CatalogueRow]) -> None:
    assert set(rows["rimegepant"].uses) == {Use.PREVENTIVE, Use.ACUTE}


def test_opioids_are_rescue_only_unless_codeine_in_a_combination(rows: dict[str, CatalogueRow]) -> None:
    acute = {row.code for row in rows.values() if row.contains_opioid and Use.ACUTE in row.uses}
    assert acute == {"codeine-paracetamol"}


def test_the_warning_flags_follow_the_ingredients(rows: dict[str, CatalogueRow]) -> None:
    opioids = {"morphine", "oxycodone", "pethidine", "tramadol", "butorphanol", "codeine", "hydrocodone"}
    for row in rows.values():
        assert row.contains_opioid == bool(opioids & set(row.ingredients)), row.code
        assert row.contains_butalbital == ("butalbital" in row.ingredients), row.code


def test_every_drug_with_an_open_point_is_marked(rows: dict[str, CatalogueRow]) -> None:
    open_rows = {row.code for row in rows.values() if row.certainty is not Certainty.CERTAIN}
    named_open = {"nadolol", "nebivolol", "nortriptyline", "duloxetine", "mirtazapine", "cinnarizine", "gabapentin"}
    assert named_open <= open_rows
    assert {"propranolol", "topiramate", "candesartan", "sumatriptan-oral"}.isdisjoint(open_rows)


def test_every_class_that_a_medicine_can_have_has_a_limit_entry() -> None:
    assert set(OVERUSE_LIMITS) == set(OveruseClass) - {OveruseClass.NOT_IDENTIFIED}


def test_the_readme_explains_every_column_and_names_every_file() -> None:
    text = (CATALOGUE_FOLDER / "README.md").read_text(encoding="utf-8")
    assert [column for column in COLUMNS if f"`{column}`" not in text] == []
    assert [file.name for file in CATALOGUE_FOLDER.glob("*.csv") if f"`{file.name}`" not in text] == []
