"""Which files are read, which are refused and with what advice; zips and text that are not to be trusted."""

import struct
import zipfile
from io import BytesIO

import pytest

from apps.diary.choices import ImportSource
from apps.diary.imports import limits, times
from apps.diary.imports.archive import Limits, opened
from apps.diary.imports.parsed import FileRefused
from apps.diary.imports.reading import recognise
from apps.diary.models import attack as attack_model
from apps.diary.models import day as day_model
from apps.diary.models import intake as intake_model
from tests.unit.diary.imports.examples import (
    BUDDY_BEFORE,
    DECLARATIONS,
    attack,
    buddy,
    health,
    migralog,
    read,
    table,
    workbook,
    zipped,
)

KOSTECKI = table([("", "id", "time", "dos", "hatype", "age", "airq", "medication", "headache", "sex")])


@pytest.mark.parametrize(
    ("content", "source"),
    [
        (buddy([attack()]), ImportSource.MIGRAINE_BUDDY),
        (buddy([attack()], headings=BUDDY_BEFORE), ImportSource.MIGRAINE_BUDDY),
        (buddy([attack()]).decode().encode("utf-16"), ImportSource.MIGRAINE_BUDDY),
        (health(), ImportSource.APPLE_HEALTH),
        (b"\xef\xbb\xbf" + health(), ImportSource.APPLE_HEALTH),
        (zipped({"apple_health_export/export.xml": health()}), ImportSource.APPLE_HEALTH),
        (migralog(), ImportSource.MIGRALOG),
        (migralog().decode().encode("utf-16-le"), ImportSource.MIGRALOG),
        (table([("Date", "Headache"), ("2026-03-13", "no")]).encode(), ImportSource.TABLE),
        (workbook({"x": [("Date", "Headache")]}), ImportSource.TABLE),
        ((KOSTECKI + "1,1,-11,753,Aura,30,9,continuing,yes,female\n").encode(), ImportSource.KOSTECKI_DILLON),
    ],
    ids=lambda value: value.value if isinstance(value, ImportSource) else "",
)
def test_a_file_is_known_by_what_stands_in_it(content: bytes, source: ImportSource) -> None:
    file = BytesIO(content)
    assert recognise(file, "whatever.bin") is source
    assert file.tell() == 0


@pytest.mark.parametrize(
    ("content", "advice"),
    [
        (b"", "empty"),
        (b"  \r\n ", "empty"),
        (b"%PDF-1.7", "PDF"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 100, "password-protected Excel"),
        (b"\x1f\x8b" + b"x" * 100, "gzip"),
        (b"<html><body>Hello</body></html>", "web page"),
        (b'<?xml version="1.0"?><gpx/>', "no export of Apple Health"),
        (b'{"a": 1}', "no export of MigraLog"),
        (b"[1, 2]", "no export of MigraLog"),
        (b"just one column\nand nothing else\n", "one column"),
        (zipped({"photo.jpg": b"x"}), "no export of Apple Health"),
        (zipped({"mimetype": b"application/vnd.oasis", "content.xml": b"<a/>"}), "OpenDocument"),
        (bytes(range(256)) * 20, ""),
    ],
    ids=lambda value: "" if isinstance(value, bytes) else value,
)
def test_what_cannot_be_read_is_refused_with_advice(content: bytes, advice: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        recognise(BytesIO(content), "x.csv")
    assert advice in refusal.value.sentence


def test_the_published_log_of_many_people_is_not_read_as_one_diary() -> None:
    with pytest.raises(FileRefused, match="demo clinic"):
        read((KOSTECKI + "1,1,-11,753,Aura,30,9,continuing,yes,female\n").encode())


def test_nul_bytes_are_refused_with_their_place() -> None:
    with pytest.raises(FileRefused) as refusal:
        recognise(BytesIO(b"Date,Headache\n2026-03-13,n\x00o\n" + b"x" * 5000), "x.csv")
    assert refusal.value.place == "byte 27, line 2"


def test_a_line_or_a_cell_without_end_is_refused() -> None:
    for content in (b'Date,Note\n"' + b"x" * 3_000_000, b"Date,Note\n2026-03-13," + b"x" * 200_000 + b"\n"):
        with pytest.raises(FileRefused):
            recognise(BytesIO(content), "x.csv")


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = zipped({"apple_health_export/export.xml": b"<HealthData>" + b" " * 30_000_000})
    assert len(bomb) < 100_000
    with pytest.raises(FileRefused, match="far more than"):
        recognise(BytesIO(bomb), "x.zip")


def test_the_whole_size_and_the_number_of_files_are_limited() -> None:
    content = BytesIO(zipped({f"{number}.xml": b"x" * 1000 for number in range(10)}))
    with pytest.raises(FileRefused, match="the limit is"), opened(content, Limits(total_bytes=5_000)):
        pass
    with pytest.raises(FileRefused, match="more than 9 files"), opened(content, Limits(10**9, members=9)):
        pass


def test_a_table_of_contents_beyond_measure_is_not_read() -> None:
    content = bytearray(zipped({"a.xml": b"x"}))
    struct.pack_into("<L", content, content.rindex(b"PK\x05\x06") + 12, 50_000_000)
    with pytest.raises(FileRefused, match="lists more files"):
        recognise(BytesIO(bytes(content)), "x.zip")


def test_a_member_that_holds_more_than_it_declares_gives_no_more() -> None:
    """Two sizes stand in a zip; what is unpacked stays within the one that was checked."""
    payload = health()
    content = bytearray(zipped({"export.xml": payload}))
    directory = content.rindex(b"PK\x01\x02")
    struct.pack_into("<L", content, directory + 24, 100)
    with pytest.raises(FileRefused):
        read(bytes(content))


@pytest.mark.parametrize("cut", [4, 40, -30, -10])
def test_a_zip_that_is_cut_off_is_refused(cut: int) -> None:
    content = zipped({"apple_health_export/export.xml": health()})
    with pytest.raises(FileRefused, match=r"damaged|cut off"):
        recognise(BytesIO(content[:cut]), "x.zip")


def test_a_locked_zip_is_refused() -> None:
    content = bytearray(zipped({"export.xml": health()}))
    with zipfile.ZipFile(BytesIO(bytes(content))) as archive:
        assert archive.infolist()
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(FileRefused, match="password"):
        recognise(BytesIO(bytes(content)), "x.zip")


def test_limits_are_those_of_the_database() -> None:
    assert limits.EARLIEST_DAY == day_model.EARLIEST_DAY
    assert limits.LONGEST_NOTE == day_model.LONGEST_NOTE
    assert limits.MOST_DOSES == intake_model.MOST_DOSES
    assert limits.LONGEST_WORD == attack_model.LONGEST_WORD
    assert limits.LONGEST_ATTACK_DAYS == attack_model.LONGEST_ATTACK_DAYS
    assert limits.MOST_PAIN == attack_model.MOST_PAIN
    assert times.MOST_OFFSET_MINUTES == 840
    assert len(f"migralog:{'0' * 32}") <= attack_model.LONGEST_KEY
    assert "<!ENTITY" not in DECLARATIONS
