"""Apple Health: headaches, nights and menstruation by local date, several devices never counted twice."""

import tracemalloc
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from io import BytesIO

import pytest

from apps.diary.choices import ImportSource, State
from apps.diary.imports.apple_health import read_apple_health
from apps.diary.imports.parsed import FileRefused, ReadDay, Reading, ReadingRules
from apps.diary.imports.reading import recognise
from tests.unit.diary.imports.examples import LONDON, RULES, STEPS, TODAY, accounted, health, read, record, zipped

SEVERITY = "HKCategoryValueSeverity"
ASLEEP = "HKCategoryValueSleepAnalysisAsleep"
IN_BED = "HKCategoryValueSleepAnalysisInBed"


def headache(value: str, start: str, end: str = "") -> str:
    return record("Headache", value, start, end or start)


def sleep(start: str, end: str, value: str = ASLEEP, **more: str) -> str:
    return record("SleepAnalysis", value, start, end, **more)


def taken(*records: str) -> Reading:
    reading = read(health(*records))
    accounted(reading)
    return reading


def only_day(*records: str) -> ReadDay:
    (day,) = taken(*records).days
    return day


@pytest.mark.parametrize(
    ("value", "severity"),
    [
        (f"{SEVERITY}Unspecified", None),
        (f"{SEVERITY}Mild", 1),
        (f"{SEVERITY}Moderate", 2),
        (f"{SEVERITY}Severe", 3),
        ("Unspecified", None),
        ("Moderate", 2),
        ("0", None),
        ("2", 1),
        ("3", 2),
        ("4", 3),
    ],
)
def test_a_headache_is_an_attack_with_its_severity(value: str, severity: int | None) -> None:
    reading = taken(headache(value, "2026-03-01 09:00:00 +0000", "2026-03-01 12:30:00 +0000"))
    (attack,) = reading.attacks
    assert reading.source is ImportSource.APPLE_HEALTH
    assert (attack.first_day, attack.last_day, attack.severity) == (date(2026, 3, 1), date(2026, 3, 1), severity)
    assert attack.ended is not None
    assert attack.started is not None
    assert attack.ended - attack.started == timedelta(hours=3, minutes=30)
    assert reading.days == ()


@pytest.mark.parametrize("value", [f"{SEVERITY}NotPresent", "NotPresent", "1"])
def test_not_present_is_a_recorded_headache_free_day(value: str) -> None:
    day = only_day(headache(value, "2026-03-01 09:00:00 +0000"))
    assert (day.day, day.state) == (date(2026, 3, 1), State.NONE)


def test_a_headache_on_the_same_date_wins_over_not_present() -> None:
    reading = taken(
        headache("NotPresent", "2026-03-01 09:00:00 +0000"),
        headache("Mild", "2026-03-01 20:00:00 +0000", "2026-03-01 21:00:00 +0000"),
        headache("NotPresent", "2026-03-02 09:00:00 +0000"),
        headache("NotPresent", "2026-03-02 19:00:00 +0000"),
    )
    assert [(day.day, day.state) for day in reading.days] == [(date(2026, 3, 2), State.NONE)]
    assert len(reading.attacks) == 1
    assert sorted(note.row for note in reading.repeated) == [1, 4]


def test_the_same_headache_from_two_sources_counts_once_and_the_worse_severity_wins() -> None:
    times = ("2026-03-01 09:00:00 +0000", "2026-03-01 10:00:00 +0000")
    reading = taken(headache("Mild", *times), headache("Severe", *times), headache("Unspecified", *times))
    (attack,) = reading.attacks
    assert attack.severity == 3
    assert [note.row for note in reading.repeated] == [2, 3]


def test_a_mark_without_length_has_no_end() -> None:
    (attack,) = taken(headache("Mild", "2026-03-01 09:00:00 +0000")).attacks
    assert attack.ended is None


@pytest.mark.parametrize(
    ("start", "end", "first", "last"),
    [
        ("2026-03-28 23:30:00 +0000", "2026-03-29 02:30:00 +0100", date(2026, 3, 28), date(2026, 3, 29)),
        ("2026-10-24 23:30:00 +0100", "2026-10-25 00:00:00 +0100", date(2026, 10, 24), date(2026, 10, 24)),
        ("2026-10-25 00:30:00 +0100", "2026-10-26 00:00:00 +0000", date(2026, 10, 25), date(2026, 10, 25)),
        ("2026-03-02 20:00:00 -0500", "2026-03-03 12:00:00 +0900", date(2026, 3, 2), date(2026, 3, 3)),
    ],
    ids=["spring", "until midnight", "autumn, until midnight", "travel"],
)
def test_dates_are_those_of_the_offsets(start: str, end: str, first: date, last: date) -> None:
    (attack,) = taken(headache("Mild", start, end)).attacks
    assert (attack.first_day, attack.last_day) == (first, last)


def test_a_named_zone_decides_the_date_over_the_phones_offset_at_export() -> None:
    moment = "2026-03-02 03:00:00 +0000"
    (attack,) = taken(record("Headache", "Mild", moment, moment, zone="America/New_York")).attacks
    assert attack.first_day == date(2026, 3, 1)
    (attack,) = taken(record("Headache", "Mild", moment, moment, zone="../../etc/passwd")).attacks
    assert attack.first_day == date(2026, 3, 2)


def test_stages_of_two_devices_are_laid_over_each_other() -> None:
    day = only_day(
        sleep("2026-03-01 23:00:00 +0000", "2026-03-02 01:00:00 +0000"),
        sleep("2026-03-02 01:30:00 +0000", "2026-03-02 06:00:00 +0000"),
        sleep("2026-03-01 23:30:00 +0000", "2026-03-02 06:30:00 +0000", source="Ring"),
        sleep("2026-03-02 01:00:00 +0000", "2026-03-02 01:30:00 +0000", "HKCategoryValueSleepAnalysisAwake"),
    )
    assert (day.day, day.sleep_minutes, day.state) == (date(2026, 3, 2), 450, None)
    assert (day.slept_from, day.slept_to) == (
        datetime(2026, 3, 1, 23, tzinfo=timezone(timedelta())),
        datetime(2026, 3, 2, 6, 30, tzinfo=timezone(timedelta())),
    )


def test_waking_for_less_than_an_hour_does_not_break_the_night_and_a_nap_adds_to_its_date() -> None:
    day = only_day(
        sleep("2026-03-01 22:00:00 +0000", "2026-03-01 23:50:00 +0000"),
        sleep("2026-03-02 00:20:00 +0000", "2026-03-02 05:00:00 +0000"),
        sleep("2026-03-02 14:00:00 +0000", "2026-03-02 14:30:00 +0000"),
    )
    assert (day.day, day.sleep_minutes) == (date(2026, 3, 2), 110 + 280 + 30)
    assert day.slept_from is not None
    assert day.slept_from.hour == 22


def test_time_in_bed_counts_only_when_no_device_saw_sleep() -> None:
    reading = taken(
        sleep("2026-03-01 22:00:00 +0000", "2026-03-02 07:00:00 +0000", IN_BED),
        sleep("2026-03-01 23:00:00 +0000", "2026-03-02 06:00:00 +0000"),
        sleep("2026-03-02 22:00:00 +0000", "2026-03-03 07:00:00 +0000", IN_BED),
    )
    assert [(day.day.day, day.sleep_minutes) for day in reading.days] == [(2, 420), (3, 540)]
    assert any("For 1 nights only the time in bed" in remark for remark in reading.remarks)


@pytest.mark.parametrize(
    ("start", "end", "day", "minutes"),
    [
        ("2026-03-28 23:00:00 +0000", "2026-03-29 07:00:00 +0100", date(2026, 3, 29), 420),
        ("2026-10-24 23:00:00 +0100", "2026-10-25 07:00:00 +0000", date(2026, 10, 25), 540),
    ],
    ids=["spring", "autumn"],
)
def test_nights_of_a_clock_change_have_their_real_length(start: str, end: str, day: date, minutes: int) -> None:
    found = only_day(sleep(start, end))
    assert (found.day, found.sleep_minutes) == (day, minutes)


@pytest.mark.parametrize(
    ("value", "flows"),
    [
        ("HKCategoryValueMenstrualFlowLight", True),
        ("HKCategoryValueMenstrualFlowUnspecified", True),
        ("HKCategoryValueVaginalBleedingHeavy", True),
        ("HKCategoryValueVaginalBleedingNone", False),
        ("HKCategoryValueMenstrualFlowNone", False),
        ("HKCategoryValueNotApplicable", False),
        ("3", True),
        ("5", False),
    ],
)
def test_menstruation(value: str, flows: bool) -> None:
    moment = "2026-03-01 08:00:00 +0000"
    day = only_day(record("MenstrualFlow", value, moment, moment))
    assert (day.day, day.menstruation, day.state) == (date(2026, 3, 1), flows, None)


def test_all_that_is_said_about_a_date_stands_in_one_entry() -> None:
    moment = "2026-03-02 08:00:00 +0000"
    reading = taken(
        record("MenstrualFlow", "None", moment, moment),
        record("MenstrualFlow", "Light", moment, moment),
        headache("NotPresent", moment),
        sleep("2026-03-01 23:00:00 +0000", "2026-03-02 06:00:00 +0000"),
    )
    (day,) = reading.days
    assert (day.state, day.menstruation, day.sleep_minutes) == (State.NONE, True, 420)
    assert (reading.rows_read, reading.merged) == (4, 3)


@pytest.mark.parametrize(
    ("faulty", "words"),
    [
        (headache("Terrible", "2026-03-01 09:00:00 +0000"), "“Terrible”"),
        (headache("Mild", "yesterday"), "“yesterday”"),
        (headache("Mild", "2026-02-30 09:00:00 +0000"), "2026-02-30"),
        (headache("Mild", "2026-03-01 09:00:00"), "UTC offset"),
        (headache("Mild", "2026-03-01 09:00:00 +2300"), "UTC offset"),
        (headache("Mild", "1900-03-01 09:00:00 +0000"), "before 1990"),
        (headache("Mild", "2100-03-01 09:00:00 +0000"), "in the future"),
        (headache("Mild", "0001-01-01 00:00:00 +1400", "0001-01-01 00:00:00 -1400"), "before 1990"),
        (headache("Mild", "9999-12-31 23:59:59 -1400"), "in the future"),
        (headache("Mild", "2026-03-01 09:00:00 +0000", "2026-02-28 09:00:00 +0000"), "ends before"),
        (headache("Mild", "2026-03-01 09:00:00 +0000", "2026-06-01 09:00:00 +0000"), "31 days"),
        (sleep("2026-03-01 09:00:00 +0000", "2026-03-03 09:00:00 +0000"), "24 hours"),
        (sleep("2026-03-01 01:00:00 +0000", "2026-03-01 09:00:00 +0000", "Dreaming"), "“Dreaming”"),
        (record("MenstrualFlow", "Some", "2026-03-01 09:00:00 +0000", "2026-03-01 09:00:00 +0000"), "“Some”"),
    ],
)
def test_a_fault_is_bound_to_its_record_and_line(faulty: str, words: str) -> None:
    reading = taken(headache("Mild", "2026-03-05 09:00:00 +0000"), faulty)
    (fault,) = reading.faults
    assert fault.row == 2
    assert fault.sentence.startswith("Line 17: ")
    assert words in fault.sentence
    assert len(reading.attacks) == 1


@pytest.mark.parametrize(
    "folder", ["apple_health_export/export.xml", "apple_health_export/Exportación.xml", "导出/导出.xml"]
)
def test_a_zip_of_the_phone_is_read_in_whatever_language(folder: str) -> None:
    other = b'<?xml version="1.0"?><ClinicalDocument/>' + b" " * 9000
    content = zipped({"x/export_cda.xml": other, folder: health(headache("Mild", "2026-03-01 09:00:00 +0000"))})
    assert recognise(BytesIO(content), "x.zip") is ImportSource.APPLE_HEALTH
    assert len(read(content).attacks) == 1


@pytest.mark.parametrize(
    "declarations",
    [
        '<!DOCTYPE HealthData [<!ENTITY a "b">]>\n',
        '<!DOCTYPE HealthData [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>\n',
        '<!DOCTYPE HealthData [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>\n',
        '<!DOCTYPE HealthData [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n',
        '<!DOCTYPE HealthData SYSTEM "http://example.org/x.dtd">\n',
        '<!DOCTYPE HealthData PUBLIC "a" "http://example.org/x.dtd" [<!ELEMENT Record ANY>]>\n',
        '<!DOCTYPE HealthData [<!-- x --><!ENTITY a "b"><!-- y -->]>\n',
        '<!DOCTYPE  Other [<!ENTITY a "b">]>\n',
        '<!DOCTYPE HealthData [<!NOTATION n SYSTEM "x">]>\n',
    ],
)
def test_entities_and_references_are_refused_with_their_line(declarations: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        read(health(declarations=declarations))
    assert refusal.value.place.startswith("line ")


def test_a_faulty_list_of_declarations_as_some_phones_write_it_is_passed_over() -> None:
    declarations = (
        "<!DOCTYPE HealthData [\n<!ELEMENT Record (a|b)>\n<!ATTLIST Record\n  startDate CDATA #IMPLIED\n  <]>\n"
    )
    reading = read(health(headache("Mild", "2026-03-01 09:00:00 +0000"), declarations=declarations))
    assert len(reading.attacks) == 1


def test_an_undefined_entity_is_refused() -> None:
    content = (
        health(headache("Mild", "2026-03-01 09:00:00 +0000")).replace(b"Health</", b"").replace(b"Phone", b"&x;", 1)
    )
    with pytest.raises(FileRefused):
        read(content)


def test_a_file_that_is_cut_off_is_refused_as_a_whole() -> None:
    content = health(headache("Mild", "2026-03-01 09:00:00 +0000"))
    with pytest.raises(FileRefused, match="cut off"):
        read(content[:-20])


def test_too_many_records_are_refused_with_the_limit() -> None:
    records = [headache("Mild", f"2026-03-{day:02} 09:00:00 +0000") for day in range(1, 7)]
    few = ReadingRules(zone=LONDON, today=TODAY, most_rows=5)
    with pytest.raises(FileRefused, match="more than 5 rows"):
        read(health(*records), rules=few)
    assert read(health(*records[:5]), rules=few).rows_read == 5


class _Endless:
    """A stream that is made while it is read."""

    def __init__(self, head: bytes, body: bytes, times: int, tail: bytes) -> None:
        self._pieces: Iterator[bytes] = iter([head, *([body] * times), tail])

    def read(self, size: int = -1) -> bytes:
        return next(self._pieces, b"")


def test_memory_does_not_grow_with_the_file() -> None:
    head, tail = b"<HealthData>", b"</HealthData>"
    body = (STEPS + "\n").encode() * 500
    tracemalloc.start()
    try:
        stream = _Endless(head, body, 60, tail)
        reading = read_apple_health(stream, 1, rules=RULES, progress=lambda percent: None)  # type: ignore[arg-type]
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert reading.rows_read == 0
    assert peak < 3 * 1024 * 1024, f"{peak} bytes for a file of {len(body) * 60}"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (b"<HealthData>", b"<a>" * 10_000),
        (b'<HealthData><Record a="', b"x" * 1_000_000),
        (b"<HealthData><!--", b"x" * 1_000_000),
    ],
    ids=["endless depth", "endless value", "endless comment"],
)
def test_a_file_built_to_fill_the_memory_is_refused(head: bytes, body: bytes) -> None:
    with pytest.raises(FileRefused) as refusal:
        read_apple_health(_Endless(head, body, 50, b""), 1, rules=RULES, progress=lambda percent: None)  # type: ignore[arg-type]
    assert "not built like" in refusal.value.sentence


def test_ever_new_names_are_refused() -> None:
    body = b"".join(b"<n%d/>" % number for number in range(20_000))
    with pytest.raises(FileRefused, match="not built like"):
        read(b"<HealthData>" + body + b"</HealthData>")


def test_progress_rises_to_a_hundred() -> None:
    seen: list[int] = []
    content = health(*[headache("Mild", "2026-03-01 09:00:00 +0000")] * 5_000)
    read_apple_health(BytesIO(content), len(content), rules=RULES, progress=seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == 100
    assert len(seen) > 1
