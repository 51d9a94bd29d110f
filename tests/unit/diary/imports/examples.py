"""Files of diaries as people upload them, made by code. Everybody in them is invented."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from apps.diary.imports.parsed import Reading, ReadingRules
from apps.diary.imports.reading import TableMapping, read_file

LONDON = ZoneInfo("Europe/London")
TODAY = date(2026, 11, 22)
RULES = ReadingRules(zone=LONDON, today=TODAY)

BUDDY_NOW = (
    "#",
    "Started",
    "Lasted",
    "Start UTC Offset (min)",
    "End UTC Offset (min)",
    "Geohash",
    "Attack Types",
    "Attack Location",
    "Pain Level",
    "Affected Activities",
    "Potential Triggers",
    "Symptoms",
    "Most Bothersome Symptom",
    "Premonitory Symptoms",
    "Pain Positions",
    "Helpful Medication",
    "Somewhat Helpful Medication",
    "Unhelpful Medication",
    "Unsure Medication",
    "Helpful Non Drug Relief Methods",
    "Somewhat Helpful Non Drug Relief Methods",
    "Unhelpful Non Drug Relief Methods",
    "Unsure Non Drug Relief Methods",
    "Notes",
)
BUDDY_BEFORE = tuple(
    heading
    for heading in BUDDY_NOW
    if heading not in {"Start UTC Offset (min)", "End UTC Offset (min)", "Geohash", "Attack Types"}
)
NOTHING_ON_TOP = (("There are no events in this period.",),)
EVENTS_ON_TOP = (("Date", "Time Period", "Description", "Notes"), ("3/1/26", "Morning", "Dentist", "Went well"))


def read(content: bytes, *, rules: ReadingRules = RULES, mapping: TableMapping | None = None) -> Reading:
    """What the readers make of a file."""
    return read_file(io.BytesIO(content), "diary", rules=rules, progress=lambda percent: None, mapping=mapping)


def table(rows: Iterable[Sequence[str]], delimiter: str = ",") -> str:
    """Rows as delimited text."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


def buddy(
    attacks: Iterable[Mapping[str, str]],
    *,
    headings: Sequence[str] = BUDDY_NOW,
    top: Sequence[Sequence[str]] = NOTHING_ON_TOP,
) -> bytes:
    """An export of Migraine Buddy; columns that an attack does not name are empty."""
    rows = [[attack.get(heading, "") for heading in headings] for attack in attacks]
    return table([*top, (), headings, *rows]).encode()


def attack(started: str = "3/2/26 14:30", lasted: str = "02h 00m", offset: str = "0", **more: str) -> dict[str, str]:
    """A row of Migraine Buddy; further columns with _ in place of blanks."""
    given = {name.replace("_", " "): value for name, value in more.items()}
    return {
        "#": "1",
        "Started": started,
        "Lasted": lasted,
        "Start UTC Offset (min)": offset,
        "End UTC Offset (min)": offset,
        "Geohash": "u10hfr",
        "Pain Level": "7",
        **given,
    }


DECLARATIONS = """<!DOCTYPE HealthData [
<!-- HealthKit Export Version: 14 -->
<!ELEMENT HealthData (ExportDate,Me,(Record|Workout)*)>
<!ATTLIST HealthData
  locale CDATA #REQUIRED
>
<!ELEMENT Record ((MetadataEntry|HeartRateVariabilityMetadataList)*)>
<!ATTLIST Record
  type CDATA #REQUIRED
  value CDATA #IMPLIED
>
]>
"""


def record(kind: str, value: str, start: str, end: str, *, source: str = "Health", zone: str = "") -> str:
    """A record of Apple Health; kind like "Headache"."""
    opening = (
        f'<Record type="HKCategoryTypeIdentifier{kind}" sourceName="{source}" '
        f'creationDate="2020-01-01 00:00:00 +0000" startDate="{start}" endDate="{end}" value="{value}"'
    )
    if zone:
        return f'{opening}>\n  <MetadataEntry key="HKTimeZone" value="{zone}"/>\n </Record>'
    return f"{opening}/>"


STEPS = (
    ' <Record type="HKQuantityTypeIdentifierStepCount" sourceName="Phone" unit="count" '
    'startDate="2026-03-01 08:00:00 +0000" endDate="2026-03-01 08:10:00 +0000" value="400"/>'
)


def health(*records: str, declarations: str = DECLARATIONS) -> bytes:
    """An export.xml."""
    body = "\n".join((STEPS, *records, STEPS))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{declarations}<HealthData locale="en_GB">\n{body}\n</HealthData>\n'.encode()


def zipped(members: Mapping[str, bytes]) -> bytes:
    """A zip with these files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def milliseconds(*moment: int) -> int:
    """A moment of UTC as MigraLog writes it."""
    return int(datetime(*moment, tzinfo=UTC).timestamp() * 1000)  # type: ignore[misc,arg-type]


def migralog_tree(**sections: list[Any]) -> dict[str, Any]:
    """An export of MigraLog as Python values."""
    return {
        "metadata": {"id": "x", "timestamp": milliseconds(2026, 11, 1), "version": "2.1.0", "schemaVersion": 25},
        "episodes": [],
        "medications": [
            {"id": "suma", "name": "Sumatriptan", "type": "rescue", "category": "triptan"},
            {"id": "prop", "name": "Propranolol", "type": "preventative", "category": "preventive"},
            {"id": "magn", "name": "Magnesium", "type": "other", "category": "supplement"},
        ],
        "medicationDoses": [],
        "medicationSchedules": [],
        **sections,
    }


def migralog(**sections: list[Any]) -> bytes:
    """An export of MigraLog."""
    return json.dumps(migralog_tree(**sections), indent=2).encode()


def episode(identity: str, start: int, end: int | None, **more: Any) -> dict[str, Any]:
    """An episode of MigraLog."""
    return {
        "id": identity,
        "startTime": start,
        "endTime": end,
        "locations": [],
        "qualities": [],
        "symptoms": [],
        "triggers": [],
        "location": {"latitude": 51.5007, "longitude": -0.1246, "timestamp": start},
        **more,
    }


def workbook(sheets: Mapping[str, Sequence[Sequence[Any]]], *, epoch_1904: bool = False) -> bytes:
    """An XLSX."""
    import openpyxl
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    book = openpyxl.Workbook()
    book.remove(book.active)
    if epoch_1904:
        book.epoch = CALENDAR_MAC_1904
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def accounted(reading: Reading) -> None:
    """Every row of the file stands in exactly one place."""
    days = {entry.row for entry in reading.days}
    places = [
        days,
        {entry.row for entry in reading.attacks},
        {note.row for note in reading.repeated},
        {note.row for note in reading.faults},
    ]
    together = set().union(*places)
    assert sum(map(len, places)) == len(together), "a row stands in two places"
    assert len(reading.attacks) + len(reading.repeated) + len(reading.faults) == sum(map(len, places[1:]))
    assert len(together) + reading.merged == reading.rows_read
