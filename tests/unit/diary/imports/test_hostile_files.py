"""Whatever bytes come: a reading in which every row is accounted for, or a refusal. Nothing else, and no memory lost."""

import json
import math
import resource
import zipfile
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.diary.choices import ImportSource
from apps.diary.imports.parsed import FileRefused, Reading
from apps.diary.imports.reading import DateOrder, HeadacheScale, Role, TableMapping, propose, read_file, recognise
from tests.unit.diary.imports.examples import (
    BUDDY_NOW,
    DECLARATIONS,
    EVENTS_ON_TOP,
    RULES,
    accounted,
    attack,
    buddy,
    episode,
    health,
    migralog,
    migralog_tree,
    milliseconds,
    record,
    table,
    workbook,
    zipped,
)

BUDDY = buddy(
    [attack(Notes="one\ntwo", Helpful_Medication="Sumatriptan"), attack("10/25/26 00:30", "1d 02h 15m")],
    top=EVENTS_ON_TOP,
)
HEALTH = health(
    record("Headache", "HKCategoryValueSeverityMild", "2026-03-01 09:00:00 +0000", "2026-03-01 10:00:00 +0000"),
    record("Headache", "NotPresent", "2026-03-02 09:00:00 +0000", "2026-03-02 09:00:00 +0000", zone="Asia/Tokyo"),
    record(
        "SleepAnalysis", "HKCategoryValueSleepAnalysisAsleep", "2026-03-01 23:00:00 +0000", "2026-03-02 06:00:00 +0000"
    ),
)
LOG = migralog(
    episodes=[episode("e1", milliseconds(2026, 3, 28, 22), milliseconds(2026, 3, 29, 6))],
    intensityReadings=[{"episodeId": "e1", "timestamp": milliseconds(2026, 3, 28, 23), "intensity": 7}],
    dailyStatusLogs=[{"date": "2026-03-01", "status": "green"}],
    medicationDoses=[{"medicationId": "suma", "timestamp": milliseconds(2026, 3, 1), "quantity": 1}],
)
TABLE = table(
    [("Date", "Headache", "Medicine"), ("13/03/2026", "yes", "Sumatriptan x 2"), ("14/03/2026", "no", "")]
).encode()
BOOK = workbook({"x": [("Date", "Headache", "Medicine"), (date(2026, 3, 13), 2, "Sumatriptan"), ("=1", "no", 0)]})

SEEDS = {
    "buddy": BUDDY,
    "health": HEALTH,
    "health in a zip": zipped({"apple_health_export/export.xml": HEALTH}),
    "log": LOG,
    "table": TABLE,
    "table in utf-16": TABLE.decode().encode("utf-16"),
    "workbook": BOOK,
}
FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

NASTY = st.sampled_from(
    [
        b"",
        b"\x00",
        b"\xff",
        b'"',
        b"<",
        b"&",
        b"]]>",
        b"\r",
        b"\n",
        b",",
        b"=cmd",
        b"1900",
        b"2100",
        b"9999-12-31",
        b"1e400",
    ]
)


@st.composite
def damaged(draw: st.DrawFn, seed: bytes) -> bytes:
    """The file cut off, with pieces replaced, doubled or left out."""
    content = bytearray(seed)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(content)))
        until = min(len(content), at + draw(st.integers(0, 40)))
        content[at:until] = draw(st.one_of(NASTY, st.binary(max_size=12), st.just(bytes(content[at:until]) * 2)))
    return bytes(content[: draw(st.integers(0, len(content)))] if draw(st.booleans()) else content)


def attempt(content: bytes, mapping: TableMapping | None = None) -> Reading | None:
    """Read as a person would have it done: a table with the mapping that was proposed. None when refused."""
    file = BytesIO(content)
    try:
        source = recognise(file, "x")
        if source is ImportSource.TABLE and mapping is None:
            mapping = propose(file, "x").mapping
        reading = read_file(file, "x", rules=RULES, progress=lambda percent: None, mapping=mapping)
    except FileRefused:
        return None
    accounted(reading)
    for day in reading.days:
        day.note.encode()
    for found in reading.attacks:
        assert found.first_day <= found.last_day
        assert len(found.key) <= 80
        "".join((found.note, *found.symptoms, *found.triggers)).encode()
    return reading


@pytest.mark.parametrize("seed", SEEDS.values(), ids=SEEDS.keys())
def test_the_seeds_themselves_are_read(seed: bytes) -> None:
    reading = attempt(seed)
    assert reading is not None
    assert reading.rows_read > 0


@pytest.mark.parametrize("seed", SEEDS.values(), ids=SEEDS.keys())
@given(data=st.data())
@FEW
def test_a_damaged_file_gives_a_reading_or_a_refusal(seed: bytes, data: st.DataObject) -> None:
    attempt(data.draw(damaged(seed)))


@given(data=st.data())
@FEW
def test_a_workbook_with_a_damaged_part_gives_a_reading_or_a_refusal(data: st.DataObject) -> None:
    with zipfile.ZipFile(BytesIO(BOOK)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = data.draw(st.sampled_from(sorted(members)))
    attempt(zipped(members | {name: data.draw(damaged(members[name]))}))


@pytest.mark.parametrize("seed", [BUDDY, HEALTH, LOG, TABLE], ids=["buddy", "health", "log", "table"])
def test_a_file_cut_off_anywhere_gives_a_reading_or_a_refusal(seed: bytes) -> None:
    whole = attempt(seed)
    assert whole is not None
    for length in range(0, len(seed), max(1, len(seed) // 60)):
        part = attempt(seed[:length])
        assert part is None or part.rows_read <= whole.rows_read


@given(
    content=st.binary(max_size=300),
    head=st.sampled_from([b"", b"PK\x03\x04", b"<HealthData>", b'{"metadata":', b"\xff\xfe"]),
)
@FEW
def test_random_bytes_give_a_reading_or_a_refusal(content: bytes, head: bytes) -> None:
    attempt(head + content)


CELLS = st.one_of(
    st.sampled_from(
        [
            "",
            "yes",
            "no",
            "?",
            "0",
            "3",
            "11",
            "-1",
            "1e400",
            "nan",
            "=cmd|' /C calc'!A0",
            "+1",
            "@SUM(A1)",
            "13/03/2026",
            "03/13/2026",
            "2026-03-13T10:00:00+02:00",
            "01/01/1900",
            "31/12/2100",
            "31/12/9999 23:59",
            "01/01/0001 00:00",
            "29/03/2026 01:30",
            "24:00",
            "99:99",
            "7h 30m",
            "Sumatriptan x 99, (Ibuprofen",
            "\ud800",
            "٣/٣/٢٠٢٦",
        ]
    ).filter(lambda text: text != "\ud800"),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
)


@given(
    rows=st.lists(st.lists(CELLS, min_size=2, max_size=6), min_size=1, max_size=6),
    roles=st.lists(st.sampled_from(Role), min_size=4, max_size=4),
    order=st.sampled_from([None, *DateOrder]),
    scale=st.sampled_from(HeadacheScale),
)
@FEW
def test_any_cells_under_any_mapping_are_accounted_for(
    rows: list[list[str]], roles: list[Role], order: DateOrder | None, scale: HeadacheScale
) -> None:
    headings = ["a", "b", "c", "d"]
    mapping = TableMapping(roles=dict(zip(headings, roles, strict=True)), date_order=order, headache_scale=scale)
    attempt(table([headings, *rows]).encode(), mapping)


@given(rows=st.lists(st.lists(CELLS, min_size=24, max_size=24), min_size=1, max_size=4))
@FEW
def test_any_cells_in_an_attack_list_are_accounted_for(rows: list[list[str]]) -> None:
    attempt(table([BUDDY_NOW, *rows]).encode())


VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.sampled_from([0, -1, 10**400, 1e308, -(10**15), math.inf, math.nan, milliseconds(2026, 3, 1)]),
        st.sampled_from(["e1", "suma", "2026-03-01", "green", "taken", "a\x00b", "\ud800"]),
        st.text(max_size=5),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(st.text(max_size=3), inner, max_size=2)),
    max_leaves=4,
)
FIELDS = st.sampled_from(
    [
        "id",
        "episodeId",
        "medicationId",
        "startTime",
        "endTime",
        "timestamp",
        "date",
        "status",
        "intensity",
        "quantity",
        "notes",
    ]
)
ENTRIES = st.lists(st.one_of(VALUES, st.dictionaries(FIELDS, VALUES, max_size=8)), max_size=3)
SECTIONS = ("episodes", "medications", "medicationDoses", "intensityReadings", "dailyStatusLogs", "episodeNotes")


@given(sections=st.fixed_dictionaries({name: st.one_of(ENTRIES, VALUES) for name in SECTIONS}))
@FEW
def test_any_values_in_a_log_are_accounted_for(sections: dict[str, Any]) -> None:
    attempt(json.dumps(migralog_tree(**sections)).encode())


ATTRIBUTES = st.sampled_from(
    [
        "2026-03-01 09:00:00 +0000",
        "2026-03-01 09:00:00 -1400",
        "0001-01-01 00:00:00 +1400",
        "9999-12-31 23:59:59 -1400",
        "Mild",
        "NotPresent",
        "1",
        "",
        "x",
    ]
)


@given(
    records=st.lists(
        st.tuples(st.sampled_from(["Headache", "SleepAnalysis", "MenstrualFlow"]), ATTRIBUTES, ATTRIBUTES, ATTRIBUTES),
        max_size=6,
    )
)
@FEW
def test_any_records_are_accounted_for(records: list[tuple[str, str, str, str]]) -> None:
    attempt(health(*[record(*values) for values in records], declarations=DECLARATIONS))


def _peak_mebibytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@pytest.mark.parametrize("headings", [b"Date,Headache\n", b"#,Started,Lasted,Pain Level\n"], ids=["table", "buddy"])
def test_a_million_rows_are_refused_without_being_held_in_memory(headings: bytes) -> None:
    line = b"2026-03-13,no\n" if headings.startswith(b"Date") else b"1,3/13/26 10:00,01h 00m,5\n"
    content = headings + line * 1_000_000
    mapping = TableMapping(roles={"Date": Role.DATE, "Headache": Role.HEADACHE})
    before = _peak_mebibytes()
    with pytest.raises(FileRefused, match="more than 100,000 rows"):
        read_file(BytesIO(content), "x", rules=RULES, progress=lambda percent: None, mapping=mapping)
    assert _peak_mebibytes() - before < 120


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE HealthData [<!ENTITY a "aaaaaaaaaa">'
        + b"".join(b'<!ENTITY b%d "&b%d;&b%d;&b%d;">' % (number + 1, number, number, number) for number in range(30))
        + b"]><HealthData>&b30;</HealthData>",
        b'{"metadata":1,"medicationDoses":[],"episodes":' + b"[" * 100_000,
        zipped({"export.xml": b"<HealthData>" + b"<!-- -->" * 1_000_000 + b"</HealthData>"}),
    ],
    ids=["billion laughs", "deep", "bomb"],
)
def test_known_attacks_are_refused_at_once(content: bytes) -> None:
    before = _peak_mebibytes()
    assert attempt(content) is None
    assert _peak_mebibytes() - before < 60
