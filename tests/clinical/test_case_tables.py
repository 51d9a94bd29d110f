"""The case tables are signed by clinicians: nobody changes one in passing."""

import hashlib

import pytest

from tests.clinical.diaries import CASES, rows

SIGNED = {
    "adequate_trials.csv": (27, "23a0d5f3d73ab363a66d040422105727fd4298bcc93a88c358ff2401c94ce555"),
    "counts.csv": (21, "f1e3a96a1df06eb577d1c4fded2d182c8fac867ac239269a35c5b0a7a9526280"),
    "instruments.csv": (52, "ae1e5d6ac9c4d68b9c489c5659650e40f93841976eb09d3950fd7558454b0bb5"),
    "instruments_headache.csv": (94, "e6ec6dbcd0775cf4ccfd8c95f1323fcd0594aeb3e3e4eab18447a5c9ce36b6b0"),
    "instruments_mood.csv": (43, "d55b7da1b5ecde620a83f023f3e1df0454640c44c0d25ed423c4be107bbdbddf"),
    "instruments_sleep.csv": (64, "5c5e31896276841f8771a93dbdb8fa87a54d8220dba490ae5bcd602705e6b0fa"),
    "migraine_days.csv": (45, "75e56bbd067443da1785ced0d10210dbddedf6ab9adddf0352763761120db963"),
    "overuse.csv": (79, "dddbb70511886c070e844c5149de698b1b82626299e8c2a121cb01768b2f21ee"),
    "overuse_mixtures.csv": (33, "989e0ab5832d7f28604c91bde7480a6025bda12ebb0ce344e7864c5b44b28174"),
    "refractory.csv": (142, "f167dc6157f4b71fe2ec8898210b16211248ef87bb48909b0bb6b882b31db106"),
    "rescue_only.csv": (24, "f8c56eb5da39fd83b8cfa4891c70a05e40f0eb40f4d9d9035a80e7682bd16fda"),
    "safety_acute.csv": (208, "a6edc3d40fbe026dc5781419d94eded0d76c9ce114eacfca7b3fb3206309557b"),
    "safety_other.csv": (113, "c4bdb7419cd957c0e2b23ae40c91115a51fe14f5496780d083d444ddcc4691ff"),
    "safety_preventive.csv": (259, "bbde4b69b48589eccc439bca0818240439c16fc7578e43f008c7cc8576bdd35e"),
    "response.csv": (22, "ee125635d9984efbf961e4c3d4ec172389dbabd2b354fa9dffd811ab2683114a"),
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
