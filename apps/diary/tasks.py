"""What workers and beat run for the diary: each takes an id or nothing, the work lies below."""

import uuid

from celery import shared_task

from apps.diary import reading, sweeping, taking
from apps.diary.jobs import READ_TASK, TAKE_TASK

# Half a gigabyte of XML takes minutes. The broker may hand the task out again meanwhile: reading begins with a claim.
_READ_SECONDS = 30 * 60
_TAKE_SECONDS = 10 * 60
_GRACE_SECONDS = 60


@shared_task(name=READ_TASK, soft_time_limit=_READ_SECONDS, time_limit=_READ_SECONDS + _GRACE_SECONDS)
def read_file(file_id: str) -> None:
    """Read one uploaded file, if it still waits."""
    reading.read(uuid.UUID(file_id))


@shared_task(name=TAKE_TASK, soft_time_limit=_TAKE_SECONDS, time_limit=_TAKE_SECONDS + _GRACE_SECONDS)
def take_file(file_id: str) -> None:
    """Take one confirmed file into the diary, if it still waits."""
    taking.take(uuid.UUID(file_id))


@shared_task(name="diary.sweep_files")
def sweep_files() -> None:
    """Look after uploads that nobody works on."""
    sweeping.sweep()
