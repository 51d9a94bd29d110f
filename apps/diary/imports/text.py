"""Bytes to text: the encoding is decided over the whole file, and lines come one at a time in bounded memory."""

import codecs
import io
import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from apps.diary.imports.limits import MEBIBYTE
from apps.diary.imports.parsed import FileRefused

UTF_8: Final = "UTF-8"
UTF_8_MARKED: Final = "UTF-8 with byte order mark"
UTF_16_LE: Final = "UTF-16 LE"
UTF_16_BE: Final = "UTF-16 BE"
WINDOWS: Final = "Windows-1252"

CODECS: Final = {
    UTF_8: "utf-8",
    UTF_8_MARKED: "utf-8-sig",
    UTF_16_LE: "utf-16-le",
    UTF_16_BE: "utf-16-be",
    WINDOWS: "cp1252",
}

_CHUNK = 256 * 1024
LONGEST_LINE = MEBIBYTE
_MARKS = ((codecs.BOM_UTF8, UTF_8_MARKED), (codecs.BOM_UTF16_LE, UTF_16_LE), (codecs.BOM_UTF16_BE, UTF_16_BE))
_WIDE_LETTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def decide_encoding(file: BinaryIO) -> str:
    """One of `CODECS`, the one that all bytes of the file fit.

    Raises FileRefused when the bytes fit none, fit two in part, or are no text.
    """
    head = _head(file, 4096)
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            _check(file, encoding)
            return encoding
    if wide := _wide_without_mark(head):
        _check(file, wide)
        return wide
    at = _first_misfit(file, UTF_8)
    if at is None:
        return UTF_8
    _refuse_mixture(file, at)
    _check(file, WINDOWS)
    return WINDOWS


def lines(file: BinaryIO, encoding: str) -> Iterator[str]:
    """The lines with their end as \\n, whatever ends them in the file. The file has been through `decide_encoding`.

    Raises FileRefused for a byte that does not fit, and for a line of more than a million characters.
    """
    number, rest = 1, ""
    for text in _decoded(file, encoding):
        *whole, rest = (rest + text).split("\n")
        for line in whole:
            yield line + "\n"
        number += len(whole)
        if len(rest) > LONGEST_LINE:
            raise FileRefused("This line is too long for a table. Export the file again.", place=f"line {number}")
    if rest:
        yield rest


def _decoded(file: BinaryIO, encoding: str) -> Iterator[str]:
    file.seek(0)
    decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(CODECS[encoding])(), translate=True)
    try:
        while chunk := file.read(_CHUNK):
            yield decoder.decode(chunk).removeprefix("\ufeff")
        yield decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise FileRefused(f"The text is not {encoding} throughout.") from error


def _head(file: BinaryIO, size: int) -> bytes:
    file.seek(0)
    return file.read(size)


def _wide_without_mark(head: bytes) -> str:
    """UTF-16 without its mark shows by the empty half of each Latin letter."""
    pairs = len(head) // 2
    if pairs < 2:
        return ""
    if head[1::2].count(0) > pairs * 0.6 and head[0::2].count(0) < pairs * 0.1:
        return UTF_16_LE
    if head[0::2].count(0) > pairs * 0.6 and head[1::2].count(0) < pairs * 0.1:
        return UTF_16_BE
    return ""


def _check(file: BinaryIO, encoding: str) -> None:
    at = _first_misfit(file, encoding)
    if at is not None:
        raise FileRefused(
            f"This byte is not text in {encoding}. Save the file as CSV in UTF-8.", place=_place(file, at)
        )


def _first_misfit(file: BinaryIO, encoding: str) -> int | None:
    """Position of the first byte that is not in the encoding or is NUL, which no text has; None when all fit."""
    file.seek(0)
    decoder = codecs.getincrementaldecoder(CODECS[encoding])()
    position = 0
    while True:
        chunk = file.read(_CHUNK)
        pending = len(decoder.getstate()[0])
        try:
            text = decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            return position - pending + error.start
        if "\x00" in text:
            raise FileRefused("The file holds NUL bytes, so it is not text.", place=_nul_place(file, position, chunk))
        if not chunk:
            return None
        position += len(chunk)


def _nul_place(file: BinaryIO, position: int, chunk: bytes) -> str:
    return _place(file, position + max(chunk.find(b"\x00"), 0))


def _refuse_mixture(file: BinaryIO, misfit: int) -> None:
    """A file that is UTF-8 in one place and not in another was put together from two; nobody can tell its letters."""
    file.seek(0)
    carried = b""
    while chunk := file.read(_CHUNK):
        if _WIDE_LETTER.search(carried + chunk):
            raise FileRefused(
                "The file mixes two encodings. Open it in a spreadsheet program and save it as CSV in UTF-8.",
                place=_place(file, misfit),
            )
        carried = chunk[-3:]


def _place(file: BinaryIO, position: int) -> str:
    """Byte and line, both from 1."""
    file.seek(0)
    line, left = 1, position
    while left > 0 and (chunk := file.read(min(_CHUNK, left))):
        line += chunk.count(b"\n")
        left -= len(chunk)
    return f"byte {position + 1}, line {line}"
