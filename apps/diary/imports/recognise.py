"""Tells the kind of a file by what stands in it; its name is only what a person called it."""

import re
import zipfile
from typing import BinaryIO, Final

from apps.diary.choices import ImportSource
from apps.diary.imports.apple_archive import HEALTH_LIMITS, HEALTH_ROOT, health_member
from apps.diary.imports.archive import opened
from apps.diary.imports.delimited import decide_delimiter, records
from apps.diary.imports.migraine_buddy import find_headings
from apps.diary.imports.migralog import NEEDED, ONE_OF
from apps.diary.imports.parsed import MOST_ROWS, FileRefused
from apps.diary.imports.text import decide_encoding

READABLE: Final = (
    "What can be read: the CSV of Migraine Buddy, the export of Apple Health (export.xml or its zip), the JSON of MigraLog, "
    "and tables as CSV or XLSX."
)
KOSTECKI_HEADINGS: Final = frozenset({"id", "time", "age", "sex", "headache"})

_HEAD: Final = 64 * 1024
# More than the longest name of a section, which may be cut in two by reading in pieces.
_LONGEST_NAME: Final = 64
_ZIP: Final = b"PK\x03\x04"
# What people upload by mistake: how it begins, and what to do.
_OTHERS: Final = (
    (b"%PDF", "This is a PDF. Export the diary as CSV, XML or JSON."),
    (
        b"\xd0\xcf\x11\xe0",
        "This is an old or password-protected Excel file. Save it as XLSX or CSV without a password.",
    ),
    (b"\x1f\x8b", "This file is packed with gzip. Unpack it first."),
    (b"\x89PNG", "This is a picture. Export the diary as CSV, XML or JSON."),
    (b"\xff\xd8\xff", "This is a picture. Export the diary as CSV, XML or JSON."),
    (b"SQLite format 3", "This is a database backup. Use the app's export instead."),
)


def recognise_kind(file: BinaryIO) -> ImportSource:
    """The kind of the file, which is left at its beginning. Raises FileRefused when it is none that can be read."""
    try:
        return _kind(file)
    finally:
        file.seek(0)


def is_zip(file: BinaryIO) -> bool:
    """The file begins like a zip, which a workbook is too."""
    file.seek(0)
    return file.read(len(_ZIP)) == _ZIP


def _kind(file: BinaryIO) -> ImportSource:
    file.seek(0)
    head = file.read(_HEAD)
    if not head.strip():
        raise FileRefused(f"The file is empty. {READABLE}")
    for beginning, sentence in _OTHERS:
        if head.startswith(beginning):
            raise FileRefused(f"{sentence} {READABLE}")
    if head.startswith(_ZIP):
        return _kind_of_zip(file)
    start = _first_characters(head)
    if start.startswith("<"):
        return _kind_of_markup(head)
    if start.startswith(("{", "[")):
        return _kind_of_json(file)
    return _kind_of_text(file)


def _first_characters(head: bytes) -> str:
    """The beginning as far as ASCII goes, without marks, blanks and the empty halves of UTF-16."""
    return re.sub(rb"[\x00\xef\xbb\xbf\xff\xfe]", b"", head[:400]).decode("ascii", "ignore").lstrip()


def _kind_of_zip(file: BinaryIO) -> ImportSource:
    with opened(file, HEALTH_LIMITS) as archive:
        names = archive.namelist()
        if "xl/workbook.xml" in names:
            return ImportSource.TABLE
        if health_member(archive) is not None:
            return ImportSource.APPLE_HEALTH
        raise FileRefused(f"{_about_zip(archive)} {READABLE}")


def _about_zip(archive: zipfile.ZipFile) -> str:
    if "mimetype" in archive.namelist():
        return "This looks like an OpenDocument file. Save it as XLSX or CSV."
    return "This zip file holds no export of Apple Health. Upload other files unpacked."


def _kind_of_markup(head: bytes) -> ImportSource:
    if HEALTH_ROOT.search(head):
        return ImportSource.APPLE_HEALTH
    raise FileRefused(f"This is XML or a web page, but no export of Apple Health. {READABLE}")


def _kind_of_json(file: BinaryIO) -> ImportSource:
    """By the names of its sections, wherever they stand; whether it is sound shows when it is read."""
    file.seek(0)
    wanted = {name.encode() for name in (*NEEDED, *ONE_OF)}
    found: set[bytes] = set()
    carried = b""
    while (chunk := file.read(_HEAD)) and found < wanted:
        piece = (carried + chunk).replace(b"\x00", b"")
        found |= {name for name in wanted if b'"' + name + b'"' in piece}
        carried = piece[-_LONGEST_NAME:]
    names = {name.decode() for name in found}
    if names.issuperset(NEEDED) and names.intersection(ONE_OF):
        return ImportSource.MIGRALOG
    raise FileRefused(f"This is JSON, but no export of MigraLog. {READABLE}")


def _kind_of_text(file: BinaryIO) -> ImportSource:
    encoding = decide_encoding(file)
    if find_headings(file, encoding) is not None:
        return ImportSource.MIGRAINE_BUDDY
    try:
        delimiter = decide_delimiter(file, encoding, MOST_ROWS)
    except FileRefused as refusal:
        raise FileRefused(f"{refusal.sentence} {READABLE}", place=refusal.place) from refusal
    headings = {cell.strip().casefold() for cell in next(records(file, encoding, delimiter))[1]}
    return ImportSource.KOSTECKI_DILLON if headings >= KOSTECKI_HEADINGS else ImportSource.TABLE
