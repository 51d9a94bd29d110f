"""The case tables are signed by clinicians: nobody changes one in passing."""

import hashlib

import pytest

from tests.clinical.diaries import CASES, rows

SIGNED = {
    "counts.csv": (21, "f1e3a96a1df06eb577d1c4fded2d182c8fac867ac239269a35c5b0a7a9526280"),
    "instruments.csv": (52, "ae1e5d6ac9c4d68b9c489c5659650e40f93841976eb09d3950fd7558454b0bb5"),
    "migraine_days.csv": (45, "75e56bbd067443da1785ced0d10210dbddedf6ab9adddf0352763761120db963"),
    "overuse.csv": (79, "dddbb70511886c070e844c5149de698b1b82626299e8c2a121cb01768b2f21ee"),
}


@pytest.mark.parametrize("name", sorted(SIGNED))
def test_case_table_is_the_signed_one(name: str) -> None:
    number, checksum = SIGNED[name]
    table = rows(name)

    assert len(table) == number
    assert len({row["case"] for row in table}) == number, "each case has its own name"
    assert hashlib.sha256((CASES / name).read_bytes()).hexdigest() == checksum


def test_every_case_table_is_signed() -> None:
    assert {path.name for path in CASES.iterdir()} == set(SIGNED)
