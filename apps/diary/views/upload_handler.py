"""Takes an upload apart while it arrives and puts the pieces into the database: nothing is written to a disk."""

import hashlib
import io
from typing import Any, Final

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from apps.accounts.models import User
from apps.diary import services
from apps.diary.models import DiaryFile
from apps.diary.models.file import PART_BYTES
from apps.patients.models import Patient

FIELD: Final = "file"
_MEGABYTE: Final = 1024 * 1024


class StoredUpload(UploadedFile):
    """A file of the form whose contents lie in the database already."""

    def __init__(self, name: str, size: int) -> None:
        super().__init__(file=io.BytesIO(), name=name, size=size)


class IntoDatabase(FileUploadHandler):
    """One file a form. `stored` is its row, `size` and `checksum` what arrived; `complete`: it arrived to its end.

    too_large: more than the clinic takes; nothing of it was kept.
    """

    chunk_size = PART_BYTES

    def __init__(self, request: HttpRequest, patient: Patient, by: User) -> None:
        super().__init__(request)
        self.stored: DiaryFile | None = None
        self.size = 0
        self.complete = False
        self.too_large = False
        self._patient = patient
        self._by = by
        self._sha256 = hashlib.sha256()
        self._buffer = bytearray()
        self._parts = 0

    @property
    def checksum(self) -> str:
        """SHA-256 of what arrived, as hexadecimal digits."""
        return self._sha256.hexdigest()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self.stored is not None or self.field_name != FIELD:
            raise SkipFile
        self.stored = services.begin_upload(patient=self._patient, name=self.file_name or "", by=self._by)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.size += len(raw_data)
        if self.size > settings.DIARY_IMPORT_LARGEST_MB * _MEGABYTE:
            self.too_large = True
            self.forget()
            raise SkipFile
        self._sha256.update(raw_data)
        self._buffer += raw_data
        while len(self._buffer) >= PART_BYTES:
            self._add(bytes(self._buffer[:PART_BYTES]))
            del self._buffer[:PART_BYTES]

    def file_complete(self, file_size: int) -> StoredUpload:
        if self._buffer:
            self._add(bytes(self._buffer))
            self._buffer.clear()
        self.complete = True
        return StoredUpload(self.file_name or "", file_size)

    def forget(self) -> None:
        """Throw away what arrived, unless it was finished."""
        if self.stored is not None:
            services.drop_upload(file=self.stored, by=self._by)

    def _add(self, content: bytes) -> None:
        if self.stored is not None:
            services.add_part(file=self.stored, number=self._parts, content=content, by=self._by)
            self._parts += 1
