"""Finds the health export inside the zip as the phone makes it; its folders are named in the phone's language."""

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, BinaryIO, Final

from apps.diary.imports.archive import Limits, member, opened
from apps.diary.imports.limits import MEBIBYTE
from apps.diary.imports.parsed import FileRefused

# Read as a stream, so that the limit is about time: some minutes.
HEALTH_LIMITS: Final = Limits(total_bytes=6 * 1024 * MEBIBYTE)
HEALTH_ROOT: Final = re.compile(rb"<(?:!DOCTYPE\s+)?HealthData\b")
_HEAD: Final = 64 * 1024
_CANDIDATES: Final = 5


def health_member(archive: zipfile.ZipFile) -> zipfile.ZipInfo | None:
    """The largest XML file that begins like a health export; None when there is none.

    The phone adds a second XML file in another format (CDA), and names both in its language.
    """
    found = [info for info in archive.infolist() if info.filename.casefold().endswith(".xml") and not info.is_dir()]
    found.sort(key=lambda info: info.file_size, reverse=True)
    for info in found[:_CANDIDATES]:
        with member(archive, info.filename) as stream:
            if HEALTH_ROOT.search(stream.read(_HEAD)):
                return info
    return None


@contextmanager
def health_export(file: BinaryIO, *, zipped: bool) -> Iterator[tuple[IO[bytes], int]]:
    """The stream of the export and its length in bytes. Raises FileRefused when a zip has none or can't be trusted."""
    if not zipped:
        length = file.seek(0, 2)
        file.seek(0)
        yield file, length
        return
    with opened(file, HEALTH_LIMITS) as archive:
        info = health_member(archive)
        if info is None:
            raise FileRefused("This zip file holds no export of Apple Health.")
        with member(archive, info.filename) as stream:
            yield stream, info.file_size
