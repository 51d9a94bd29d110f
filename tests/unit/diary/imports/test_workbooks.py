"""Tables in workbooks: real dates and numbers, and workbooks that are damaged or built as bombs."""

import zipfile
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

import pytest

from apps.diary.choices import ImportSource, State
from apps.diary.imports.parsed import FileRefused, Reading
from apps.diary.imports.reading import (
    TableMapping,
    TableProposal,
    propose,
    recognise,
)
from tests.unit.diary.imports.examples import RULES, accounted, read, table, workbook, zipped

SHEET = "xl/worksheets/sheet1.xml"


def proposed(content: bytes, **more: Any) -> TableProposal:
    return propose(BytesIO(content), "diary", **more)


def mapped(content: bytes, mapping: TableMapping | None = None) -> Reading:
    reading = read(content, mapping=mapping or proposed(content).mapping)
    accounted(reading)
    return reading


def test_a_workbook_with_real_dates_numbers_and_two_sheets() -> None:
    rows = [
        ("Date", "Headache", "Sleep hours", "Notes"),
        (date(2026, 3, 13), True, 7.5, 12.0),
        (datetime.combine(date(2026, 3, 14), time()), "no", time(8, 15), None),
        (None, None, None, None),
        (date(2026, 3, 16), 2, timedelta(hours=6), "x"),
    ]
    content = workbook({"Other": [("a", "b"), ("c", "d")], "May": rows})
    assert recognise(BytesIO(content), "x.xlsx") is ImportSource.TABLE
    assert proposed(content).sheets == ("Other", "May")
    proposal = proposed(content, sheet="May")
    assert proposal.sample[0] == ("2026-03-13", "True", "7.5", "12")
    days = mapped(content, proposal.mapping).days
    assert [(day.row, day.day.day, day.state, day.sleep_minutes, day.note) for day in days] == [
        (2, 13, State.HEADACHE, 450, "12"),
        (3, 14, State.NONE, 495, ""),
        (5, 16, State.HEADACHE, 360, "x"),
    ]


def test_both_epochs_of_workbooks_give_the_same_dates() -> None:
    rows = [("Date", "Headache"), (date(2026, 3, 13), "no")]
    for epoch_1904 in (False, True):
        (day,) = mapped(workbook({"x": rows}, epoch_1904=epoch_1904)).days
        assert day.day == date(2026, 3, 13)


def test_a_formula_of_a_workbook_is_never_worked_out() -> None:
    rows = [("Date", "Headache"), (date(2026, 3, 13), "=1+1"), (date(2026, 3, 14), "no")]
    first, second = mapped(workbook({"x": rows})).days
    # No value was saved with the formula, so the cell is empty.
    assert (first.state, second.state) == (None, State.NONE)


@pytest.mark.parametrize(
    ("member", "content", "words"),
    [
        ("xl/workbook.xml", b"<workbook/>", "no sheet"),
        ("xl/workbook.xml", b"not xml", "damaged"),
        ("xl/workbook.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><workbook/>', "defines entities"),
        (SHEET, b'<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><worksheet>&c;</worksheet>', "defines entities"),
        (SHEET, b'<worksheet><sheetData><row r="99999999999"/></sheetData></worksheet>', "rows that no spreadsheet"),
        (SHEET, b"<worksheet><row>" + b"<c/>" * 20_000 + b"</row></worksheet>", "not built like"),
        (SHEET, b"<worksheet><row><c>" + b"<v/>" * 5_000 + b"</c></row></worksheet>", "not built like"),
        (SHEET, b"<worksheet><sheetData><row>", "cut off"),
        ("xl/styles.xml", b"<styleSheet><cellXfs><xf numFmtId='x'/></cellXfs></styleSheet>", "damaged"),
        (
            "[Content_Types].xml",
            b'<Types><Override PartName="/xl/worksheets/sheet1.xml" ContentType="a.main+xml"/></Types>',
            "not built like",
        ),
    ],
    ids=["empty", "no xml", "entity", "laughs", "row", "cells", "values", "cut off", "styles", "parts"],
)
def test_a_workbook_damaged_or_built_as_a_bomb_is_refused(member: str, content: bytes, words: str) -> None:
    good = workbook({"x": [("Date", "Headache"), (date(2026, 3, 13), "no")]})
    with zipfile.ZipFile(BytesIO(good)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with pytest.raises(FileRefused, match=words):
        proposed(zipped(members | {member: content}))


def test_rules_are_the_same_for_text_and_workbook() -> None:
    rows = [("Date", "Headache", "Medicine"), ("13/03/2026", "yes", "Sumatriptan x 2"), ("14/03/2026", "no", "0")]
    text, book = table(rows).encode(), workbook({"x": rows})
    assert read(text, mapping=proposed(text).mapping, rules=RULES).days == mapped(book).days
