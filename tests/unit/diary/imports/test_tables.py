"""Any table: what is decided over the whole file, what is asked, and what single cells say."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest

from apps.diary.choices import ImportSource, State
from apps.diary.imports.parsed import FileRefused, ReadDay, Reading, ReadIntake
from apps.diary.imports.reading import (
    DateOrder,
    HeadacheScale,
    Role,
    TableMapping,
    TableProposal,
    propose,
    recognise,
)
from tests.unit.diary.imports.examples import accounted, read, table

DIARY = [
    ("Date", "Headache", "Medicine", "Notes"),
    ("13/03/2026", "yes", "Sumatriptan", "after work"),
    ("14/03/2026", "no", "none", ""),
    ("15/03/2026", "", "", ""),
]


def proposed(content: bytes, **more: Any) -> TableProposal:
    return propose(BytesIO(content), "diary", **more)


def mapped(content: bytes, mapping: TableMapping | None = None) -> Reading:
    reading = read(content, mapping=mapping or proposed(content).mapping)
    accounted(reading)
    return reading


def day_of(order: DateOrder | None = DateOrder.DAY_FIRST, **cells: str) -> ReadDay:
    """The only day of a table with one row; a column for each role."""
    (day,) = one_row(order, **cells).days
    return day


def one_row(order: DateOrder | None = DateOrder.DAY_FIRST, scale: str = "0-3", **cells: str) -> Reading:
    given = {"date": "13/03/2026", **cells}
    mapping = TableMapping(
        roles={name: Role(name) for name in given}, date_order=order, headache_scale=HeadacheScale(scale)
    )
    return mapped(table([[*given], [*given.values()]]).encode(), mapping)


def test_a_day_says_what_its_cells_say_and_an_empty_cell_says_nothing() -> None:
    content = table(DIARY).encode()
    assert recognise(BytesIO(content), "x.csv") is ImportSource.TABLE
    first, second, third = mapped(content).days
    assert first == ReadDay(
        2, date(2026, 3, 13), State.HEADACHE, taken=(ReadIntake("Sumatriptan"),), taken_known=True, note="after work"
    )
    assert second == ReadDay(3, date(2026, 3, 14), State.NONE, taken_known=True)
    assert third == ReadDay(4, date(2026, 3, 15))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"], ids=["comma", "semicolon", "tab", "bar"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_separator_and_encoding_are_decided_over_the_whole_file(delimiter: str, encoding: str) -> None:
    rows = [*DIARY, ("16/03/2026", "no", "", "Été, après; tout | fin")]
    content = table(rows, delimiter).encode(encoding)
    proposal = proposed(content)
    assert proposal.delimiter == delimiter
    assert proposal.headings == DIARY[0]
    assert proposal.rows == 4
    assert mapped(content).days[-1].note == "Été, après; tout | fin"


def test_a_letter_that_does_not_fit_late_in_the_file_decides_the_encoding() -> None:
    rows = [DIARY[0], *[("13/03/2026", "no", "", "x" * 300)] * 1_000, ("14/03/2026", "no", "", "Zürich")]
    assert proposed(table(rows).encode("cp1252")).encoding == "Windows-1252"
    assert proposed(table(rows).encode()).encoding == "UTF-8"


def test_a_file_of_two_encodings_is_refused_with_byte_and_line() -> None:
    content = table(DIARY).encode() + "16/03/2026,no,,Zürich\n".encode() + "17/03/2026,no,,Zürich\n".encode("cp1252")
    with pytest.raises(FileRefused) as refusal:
        proposed(content)
    assert "two encodings" in refusal.value.sentence
    assert refusal.value.place == f"byte {content.rindex(bytes([0xFC])) + 1}, line 6"


@pytest.mark.parametrize(
    ("dates", "order"),
    [
        (("13/03/2026", "01/04/2026"), DateOrder.DAY_FIRST),
        (("03/13/2026", "04/01/2026"), DateOrder.MONTH_FIRST),
        (("13.3.26", "1.4.26", "31.12.25"), DateOrder.DAY_FIRST),
        (("2026-03-13", "2026-04-01"), DateOrder.YEAR_FIRST),
        (("13 Mar 2026", "April 1, 2026", "Wed 1 April 2026", "20260401"), DateOrder.YEAR_FIRST),
        (("04/04/2026", "05/05/2026"), None),
        (("01/04/2026", "02/04/2026"), None),
        (("13/03/2026", "03/13/2026"), None),
    ],
)
def test_the_order_of_dates_is_decided_over_all_rows_or_asked(dates: tuple[str, ...], order: DateOrder | None) -> None:
    proposal = proposed(table([("Date", "Headache"), *((day, "no") for day in dates)]).encode())
    assert proposal.mapping.date_order is order
    assert ("date_order" in proposal.ambiguous) == (order is None)


def test_a_date_is_never_read_before_its_order_is_confirmed() -> None:
    reading = one_row(None, date="01/04/2026", headache="no")
    assert "say first" in reading.faults[0].sentence


@pytest.mark.parametrize(
    ("order", "text", "day"),
    [
        (DateOrder.DAY_FIRST, "01/04/2026", date(2026, 4, 1)),
        (DateOrder.MONTH_FIRST, "01/04/2026", date(2026, 1, 4)),
        (DateOrder.MONTH_FIRST, "2026-04-01", date(2026, 4, 1)),
        (DateOrder.YEAR_FIRST, "26-04-01", date(2026, 4, 1)),
        (DateOrder.DAY_FIRST, "1.4.26", date(2026, 4, 1)),
        (DateOrder.DAY_FIRST, "1st April 2026", date(2026, 4, 1)),
        (DateOrder.DAY_FIRST, "Wednesday, 1 Apr 26", date(2026, 4, 1)),
        (DateOrder.DAY_FIRST, "2026-04-01T07:30:00+02:00", date(2026, 4, 1)),
    ],
)
def test_dates(order: DateOrder, text: str, day: date) -> None:
    assert day_of(order, date=text, headache="no").day == day


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"date": "", "headache": "no"}, "date is missing"),
        ({"date": "soon"}, "“soon”"),
        ({"date": "03/13/2026"}, "day first"),
        ({"date": "31/02/2026"}, "31/02/2026"),
        ({"date": "13/03/1900"}, "before 1990"),
        ({"date": "13/03/2100"}, "in the future"),
        ({"date": "31/12/9999"}, "in the future"),
        ({"date": "45000"}, "“45000”"),
        ({"date": "=TODAY()"}, "formula"),
        ({"headache": "=cmd|' /C calc'!A0"}, "formula"),
        ({"headache": "4"}, "0 to 3"),
        ({"headache": "perhaps"}, "neither yes nor no"),
        ({"severity": "dreadful"}, "“dreadful”"),
        ({"pain": "11"}, "0 to 10"),
        ({"pain": "-1"}, "0 to 10"),
        ({"headache": "no", "pain": "5"}, "Only one of both"),
        ({"headache": "yes", "function": "5"}, "Function is “5”"),
        ({"medicine": "=1+1"}, "formula"),
        ({"medicine": "Sumatriptan", "doses": "21"}, "1 to 20"),
        ({"medicine": "Sumatriptan, Ibuprofen", "doses": "2"}, "Several medicines"),
        ({"note": "=HYPERLINK()"}, "formula"),
        ({"menstruation": "maybe"}, "neither yes nor no"),
        ({"sleep_hours": "25"}, "0 to 24 hours"),
        ({"sleep_hours": "well"}, "no length of time"),
    ],
)
def test_a_fault_is_bound_to_its_row(cells: dict[str, str], words: str) -> None:
    (fault,) = one_row(**{"headache": "", **cells}).faults
    assert fault.row == 2
    assert words in fault.sentence


def test_a_formula_in_a_column_that_is_left_out_does_no_harm() -> None:
    content = table([("Date", "Headache", "Sum"), ("13/03/2026", "no", "=A1"), ("14/03/2026", "no", "2")]).encode()
    assert [day.row for day in mapped(content).days] == [2, 3]


@pytest.mark.parametrize(
    ("cells", "scale", "state", "severity"),
    [
        ({"headache": "yes"}, "0-3", State.HEADACHE, None),
        ({"headache": "No"}, "0-3", State.NONE, None),
        ({"headache": "X"}, "0-3", State.HEADACHE, None),
        ({"headache": "?"}, "0-3", State.NOT_KNOWN, None),
        ({"headache": "severe"}, "0-3", State.HEADACHE, 3),
        ({"headache": "0"}, "0-3", State.NONE, None),
        ({"headache": "2"}, "0-3", State.HEADACHE, 2),
        ({"headache": "2"}, "0-10", State.HEADACHE, 1),
        ({"headache": "8,5"}, "0-10", State.HEADACHE, 3),
        ({"headache": "1"}, "0-1", State.HEADACHE, None),
        ({"headache": "0"}, "0-1", State.NONE, None),
        ({"severity": "0"}, "0-3", State.NONE, None),
        ({"severity": "moderate"}, "0-3", State.HEADACHE, 2),
        ({"pain": "6"}, "0-3", State.HEADACHE, 2),
        ({"pain": "0"}, "0-3", State.NONE, None),
        ({"headache": "yes", "severity": "3"}, "0-3", State.HEADACHE, 3),
        ({"headache": "", "note": "x"}, "0-3", None, None),
        ({"headache": "", "medicine": "Sumatriptan"}, "0-3", State.NOT_KNOWN, None),
    ],
)
def test_what_cells_say_about_headache(
    cells: dict[str, str], scale: str, state: State | None, severity: int | None
) -> None:
    (day,) = one_row(scale=scale, **cells).days
    assert (day.state, day.severity) == (state, severity)


@pytest.mark.parametrize(
    ("cell", "taken", "known"),
    [
        ("", (), False),
        ("?", (), False),
        ("none", (), True),
        ("0", (), True),
        ("Sumatriptan", (ReadIntake("Sumatriptan"),), True),
        ("Sumatriptan 50 mg x 2", (ReadIntake("Sumatriptan 50 mg", 2),), True),
        ("2 x Sumatriptan, Ibuprofen", (ReadIntake("Sumatriptan", 2), ReadIntake("Ibuprofen")), True),
        ("Combination (aspirin, caffeine)", (ReadIntake("Combination (aspirin, caffeine)"),), True),
        ("3", (ReadIntake("medicine", 3),), True),
        ("x", (ReadIntake("medicine"),), True),
    ],
)
def test_medicines(cell: str, taken: tuple[ReadIntake, ...], known: bool) -> None:
    day = day_of(medicine=cell, headache="yes")
    assert (day.taken, day.taken_known) == (taken, known)


def test_several_columns_of_medicines_and_their_doses() -> None:
    headings = ("Date", "Medicine", "Doses", "Medicine 2", "Doses 2")
    content = table([headings, ("13/03/2026", "Sumatriptan", "2", "Ibuprofen", ""), ("14/03/2026", "", "", "", "")])
    first, second = mapped(content.encode()).days
    assert first.taken == (ReadIntake("Sumatriptan", 2), ReadIntake("Ibuprofen"))
    assert (first.taken_known, second.taken_known) == (True, False)


def test_a_column_for_each_medicine_is_a_whole_list_only_when_all_are_filled() -> None:
    roles = {"Date": Role.DATE, "Sumatriptan": Role.MEDICINE, "Ibuprofen": Role.MEDICINE}
    content = table([[*roles], ["2026-03-13", "1", "0"], ["2026-03-14", "2", ""], ["2026-03-15", "0", "0"]]).encode()
    days = mapped(content, TableMapping(roles=roles)).days
    assert [(day.taken, day.taken_known) for day in days] == [
        ((ReadIntake("Sumatriptan", 1),), True),
        ((ReadIntake("Sumatriptan", 2),), False),
        ((), True),
    ]


@pytest.mark.parametrize(
    ("cell", "minutes"),
    [("7", 420), ("7.5", 450), ("7,25", 435), ("7:30", 450), ("7h 30m", 450), ("45 min", 45), ("0", 0), ("24", 1440)],
)
def test_sleep(cell: str, minutes: int) -> None:
    assert day_of(sleep_hours=cell).sleep_minutes == minutes


def test_function_stands_on_headache_days_only() -> None:
    assert day_of(headache="yes", function="2").function == 2
    reading = one_row(headache="no", function="2")
    assert reading.days[0].function is None
    assert any("Function" in remark for remark in reading.remarks)
    assert day_of(headache="no", menstruation="yes").menstruation is True


ATTACKS = [
    ("Start", "End", "Pain", "Medicine"),
    ("28/03/2026 22:30", "29/03/2026 06:00", "7", "Sumatriptan"),
    ("25/10/2026 00:30", "26/10/2026 00:00", "3", ""),
]


def test_a_table_of_attacks_is_a_list_of_attacks_and_makes_no_headache_free_day() -> None:
    reading = mapped(table(ATTACKS).encode())
    assert reading.days == ()
    first, second = reading.attacks
    assert (first.first_day, first.last_day, first.pain, first.severity) == (date(2026, 3, 28), date(2026, 3, 29), 7, 3)
    assert first.started is not None
    assert first.ended is not None
    # Spring: an hour less than the clock says.
    assert first.ended - first.started == timedelta(hours=6, minutes=30)
    assert (second.first_day, second.last_day) == (date(2026, 10, 25), date(2026, 10, 25))
    assert any("stay not recorded" in remark for remark in reading.remarks)


@pytest.mark.parametrize(
    ("start", "end", "length", "last_day"),
    [
        ("28/03/2026 22:30", "", "2h", date(2026, 3, 29)),
        ("28/03/2026 22:30", "", "1.5", date(2026, 3, 28)),
        ("28/03/2026 22:30", "23:15", "", date(2026, 3, 28)),
        ("28/03/2026 22:30", "06:15", "", date(2026, 3, 29)),
        ("28/03/2026", "30/03/2026", "", date(2026, 3, 30)),
        ("28/03/2026", "", "", date(2026, 3, 28)),
        ("28/03/2026 22:30", "30/03/2026 00:00", "", date(2026, 3, 29)),
    ],
)
def test_ends_of_attacks(start: str, end: str, length: str, last_day: date) -> None:
    roles = {"a": Role.ATTACK_START, "b": Role.ATTACK_END, "c": Role.ATTACK_DURATION}
    content = table([[*roles], [start, end, length]]).encode()
    (attack,) = mapped(content, TableMapping(roles=roles, date_order=DateOrder.DAY_FIRST)).attacks
    assert (attack.first_day, attack.last_day) == (date(2026, 3, 28), last_day)


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("28/03/2026 22:30", "28/03/2026 21:30", "ends before"),
        ("28/03/2026", "27/03/2026", "ends before"),
        ("28/03/2026", "28/08/2026", "31 days"),
        ("31/12/9999 23:59", "", "in the future"),
        ("01/01/0001 00:00", "", "before 1990"),
        ("28/03/2026 22:30", "31/12/9999 23:59", "in the future"),
        ("28/03/2026 22:30", "later", "“later”"),
    ],
)
def test_faults_of_attacks(start: str, end: str, words: str) -> None:
    roles = {"a": Role.ATTACK_START, "b": Role.ATTACK_END}
    content = table([[*roles], [start, end]]).encode()
    (fault,) = mapped(content, TableMapping(roles=roles, date_order=DateOrder.DAY_FIRST)).faults
    assert words in fault.sentence


def test_attacks_with_the_same_start_have_keys_of_their_own() -> None:
    rows = [("Start", "Pain"), ("28/03/2026", "3"), ("28/03/2026", "5")]
    first, second = mapped(table(rows).encode()).attacks
    assert first.key != second.key
