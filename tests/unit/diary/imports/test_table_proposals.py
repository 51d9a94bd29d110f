"""What is proposed about a table, what is asked, and what a mapping must hold."""

from io import BytesIO
from typing import Any

import pytest

from apps.diary.imports.parsed import FileRefused, ReadingRules
from apps.diary.imports.reading import (
    HeadacheScale,
    Role,
    TableMapping,
    TableProposal,
    propose,
    signature,
)
from tests.unit.diary.imports.examples import LONDON, TODAY, read, table, workbook

DIARY = [
    ("Date", "Headache", "Medicine", "Notes"),
    ("13/03/2026", "yes", "Sumatriptan", "after work"),
    ("14/03/2026", "no", "none", ""),
    ("15/03/2026", "", "", ""),
]


def proposed(content: bytes, **more: Any) -> TableProposal:
    return propose(BytesIO(content), "diary", **more)


def test_headings_are_guessed_and_repeated_or_empty_ones_told_apart() -> None:
    rows = [
        ("My diary of 2026",),
        (),
        ("Day", "Migraine?", "Tablet", "Tablet", "", "Period", "Slept (h)", "Function"),
        ("2026-03-13", "yes", "Sumatriptan", "Ibuprofen", "z", "no", "7.5", "2"),
    ]
    proposal = proposed(table(rows).encode())
    assert proposal.headings == (
        "Day",
        "Migraine?",
        "Tablet",
        "Tablet (2)",
        "Column 5",
        "Period",
        "Slept (h)",
        "Function",
    )
    assert dict(proposal.mapping.roles) == {
        "Day": Role.DATE,
        "Migraine?": Role.HEADACHE,
        "Tablet": Role.MEDICINE,
        "Tablet (2)": Role.MEDICINE,
        "Column 5": Role.IGNORE,
        "Period": Role.MENSTRUATION,
        "Slept (h)": Role.SLEEP_HOURS,
        "Function": Role.FUNCTION,
    }
    assert proposal.sample == (("2026-03-13", "yes", "Sumatriptan", "Ibuprofen", "z", "no", "7.5", "2"),)


def test_a_table_without_headings_gets_some() -> None:
    proposal = proposed(table([("2026-03-13", "yes"), ("2026-03-14", "no")]).encode())
    assert (proposal.headings, proposal.rows, proposal.mapping.has_headings) == (("Column 1", "Column 2"), 2, False)
    assert proposal.mapping.roles["Column 1"] is Role.DATE


@pytest.mark.parametrize(
    ("numbers", "scale", "asked"),
    [
        (("0", "1", "1"), HeadacheScale.YES_NO, True),
        (("0", "2", "3"), HeadacheScale.ZERO_TO_THREE, True),
        (("0", "2", "7"), HeadacheScale.ZERO_TO_TEN, False),
    ],
)
def test_the_scale_of_a_headache_column_is_asked_when_low_numbers_leave_it_open(
    numbers: tuple[str, ...], scale: HeadacheScale, asked: bool
) -> None:
    rows = [("Date", "Headache"), *((f"2026-03-1{place}", number) for place, number in enumerate(numbers))]
    proposal = proposed(table(rows).encode())
    assert proposal.mapping.headache_scale is scale
    assert ("headache_scale" in proposal.ambiguous) == asked


@pytest.mark.parametrize(
    "roles",
    [
        {},
        {"a": Role.HEADACHE},
        {"a": Role.DATE, "b": Role.ATTACK_START},
        {"a": Role.DATE, "b": Role.DATE},
        {"a": Role.DATE, "b": Role.ATTACK_END},
        {"a": Role.DATE, "b": Role.DOSES},
    ],
)
def test_a_mapping_that_does_not_suffice_says_so_and_nothing_is_read(roles: dict[str, Role]) -> None:
    mapping = TableMapping(roles=roles)
    assert "roles" in mapping.faults()
    with pytest.raises(FileRefused):
        read(table([("a", "b"), ("2026-03-13", "x")]).encode(), mapping=mapping)


def test_a_mapping_is_kept_and_read_back_and_a_source_known_by_its_headings() -> None:
    mapping = proposed(table(DIARY).encode()).mapping
    assert TableMapping.from_dict(mapping.as_dict()) == mapping
    assert signature(DIARY[0]) == signature(["DATE", "headache", "Medicine", "Notes"])
    assert signature(DIARY[0]) != signature(DIARY[0][::-1])


def test_a_remembered_mapping_that_no_longer_fits_is_refused() -> None:
    mapping = TableMapping(roles={"Date": Role.DATE, "Gone": Role.HEADACHE})
    with pytest.raises(FileRefused, match="no column “Gone” any more"):
        read(table(DIARY).encode(), mapping=mapping)


def test_a_table_without_a_mapping_is_not_read() -> None:
    with pytest.raises(FileRefused, match="what the columns"):
        read(table(DIARY).encode())


def test_a_file_with_more_rows_than_allowed_is_refused_with_the_limit() -> None:
    rows = [("Date", "Headache"), *[("2026-03-13", "no")] * 8]
    few = ReadingRules(zone=LONDON, today=TODAY, most_rows=7)
    mapping = TableMapping(roles={"Date": Role.DATE, "Headache": Role.HEADACHE})
    for content in (table(rows).encode(), workbook({"x": rows})):
        with pytest.raises(FileRefused, match="more than 7 rows"):
            read(content, rules=few, mapping=mapping)
        with pytest.raises(FileRefused, match="more than 7 rows"):
            proposed(content, most_rows=7)
