"""Opens a zip without trusting it: how much would come out is checked before anything is unpacked."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, BinaryIO, Final

from apps.diary.imports.limits import MEBIBYTE
from apps.diary.imports.parsed import FileRefused

# Exports and workbooks shrink to a tenth or a thirtieth; a bomb to a thousandth and less.
MOST_RATIO: Final = 200
_RATIO_MATTERS_FROM: Final = MEBIBYTE
# The table of contents of a health export with ten thousand routes has about 1.5 MB.
MOST_CONTENTS_BYTES: Final = 4 * MEBIBYTE
_END = b"PK\x05\x06"
_END_LOCATOR_64 = b"PK\x06\x07"
_END_SIZE, _LONGEST_COMMENT = 22, 65_535
_READABLE = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
# What the library raises for broken archives: while it unpacks, and when it opens.
BROKEN_INSIDE: Final = (zipfile.BadZipFile, zlib.error, EOFError)
BROKEN: Final = (
    *BROKEN_INSIDE,
    zipfile.LargeZipFile,
    struct.error,
    KeyError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Limits:
    """total_bytes: all members unpacked. members: how many there may be."""

    total_bytes: int
    members: int = 50_000


@contextmanager
def opened(file: BinaryIO, limits: Limits) -> Iterator[zipfile.ZipFile]:
    """The archive, within the limits. Raises FileRefused when it is broken, locked or would unpack to too much.

    A member never gives more than the size its entry declares, so that checking the declared sizes is enough.
    """
    _check_contents(file)
    try:
        archive = zipfile.ZipFile(file)
    except BROKEN as error:
        raise FileRefused("The zip file is damaged or cut off. Export it again.") from error
    with archive:
        _check_members(archive, limits)
        yield archive


@contextmanager
def member(archive: zipfile.ZipFile, name: str) -> Iterator[IO[bytes]]:
    """One member, unpacked while it is read. Raises FileRefused when it is broken or locked."""
    try:
        stream = archive.open(name)
    except BROKEN as error:
        raise FileRefused("The zip file is damaged, cut off or locked with a password.", place=name[-80:]) from error
    with stream:
        try:
            yield stream
        except BROKEN_INSIDE as error:
            raise FileRefused("The zip file is damaged or cut off. Export it again.", place=name[-80:]) from error


def _check_members(archive: zipfile.ZipFile, limits: Limits) -> None:
    found = archive.infolist()
    if len(found) > limits.members:
        raise FileRefused(f"The zip file holds more than {limits.members:,} files.")
    total = sum(info.file_size for info in found)
    if total > limits.total_bytes:
        raise FileRefused(
            f"Unpacked, the file would have {total // MEBIBYTE:,} MB; the limit is {limits.total_bytes // MEBIBYTE:,} MB."
        )
    for info in found:
        if info.flag_bits & 1:
            raise FileRefused("The zip file is locked with a password. Save it without one.")
        if info.file_size > _RATIO_MATTERS_FROM and info.file_size > MOST_RATIO * max(info.compress_size, 1):
            raise FileRefused("The zip file unpacks to far more than such files do, so it was not opened.")
        if info.compress_type not in _READABLE:
            raise FileRefused("The zip file is packed in an unusual way. Unpack it and upload the file inside.")


def _check_contents(file: BinaryIO) -> None:
    """The library reads the whole table of contents at once, so its size is looked up first."""
    file.seek(0, 2)
    length = file.tell()
    tail_size = min(length, _END_SIZE + _LONGEST_COMMENT + 20)
    file.seek(length - tail_size)
    tail = file.read(tail_size)
    at = tail.rfind(_END)
    if at < 0 or at + _END_SIZE > len(tail):
        raise FileRefused("The zip file is damaged or cut off. Export it again.")
    (size,) = struct.unpack_from("<L", tail, at + 12)
    if at >= 20 and tail[at - 20 : at - 16] == _END_LOCATOR_64:
        size = max(size if size != 0xFFFFFFFF else 0, _contents_size_64(file, tail[at - 20 : at]))
    file.seek(0)
    if size > MOST_CONTENTS_BYTES:
        raise FileRefused("The zip file lists more files than a diary export can have.")


def _contents_size_64(file: BinaryIO, locator: bytes) -> int:
    (position,) = struct.unpack_from("<Q", locator, 8)
    try:
        file.seek(position)
        record = file.read(56)
        return int(struct.unpack_from("<Q", record, 40)[0])
    except (OSError, OverflowError, ValueError, struct.error) as error:
        raise FileRefused("The zip file is damaged or cut off. Export it again.") from error
