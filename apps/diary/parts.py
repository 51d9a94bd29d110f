"""An uploaded file as a stream, read piece by piece out of the database: nothing of it is ever written to a disk."""

import io
import os
import uuid
from typing import Any

from apps.diary.models import DiaryFile, DiaryFilePart
from apps.diary.models.file import PART_BYTES


def open_parts(file: DiaryFile) -> io.BufferedReader:
    """The file's contents, to be read and sought in like a file on disk. Holds one piece in memory at a time."""
    return io.BufferedReader(_PartsStream(file.pk, file.size), buffer_size=256 * 1024)


class _PartsStream(io.RawIOBase):
    def __init__(self, file_id: uuid.UUID, size: int) -> None:
        super().__init__()
        self._file_id = file_id
        self._size = size
        self._position = 0
        self._number = -1
        self._content = b""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self._size}[whence]
        if start + offset < 0:
            raise OSError("a file has no position before its beginning")
        self._position = start + offset
        return self._position

    def readinto(self, buffer: Any) -> int:
        if self._position >= self._size:
            return 0
        number, within = divmod(self._position, PART_BYTES)
        piece = self._part(number)[within : within + len(buffer)]
        buffer[: len(piece)] = piece
        self._position += len(piece)
        return len(piece)

    def _part(self, number: int) -> bytes:
        if number != self._number:
            part = DiaryFilePart.objects.filter(file_id=self._file_id, number=number)
            content = part.values_list("content", flat=True).first()
            if content is None:
                raise OSError("a piece of the uploaded file is missing")
            self._number, self._content = number, bytes(content)
        return self._content
