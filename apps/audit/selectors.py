"""Reading the access log: a page at a time, or all of it as a stream."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.utils import timezone

from apps.audit.models import AccessEntry

PAGE_SIZE: Final = 50
CHUNK: Final = 1000


@dataclass(frozen=True)
class LogFilter:
    """What is looked for; what is None does not narrow. Both days are included, in the clinic's time zone."""

    user_id: UUID | None = None
    patient_id: UUID | None = None
    action: str | None = None
    begins: date | None = None
    ends: date | None = None


@dataclass(frozen=True)
class LogPage:
    """Entries, newest first. `newer` and `older` are the ids to continue from, None at either end."""

    entries: list[AccessEntry]
    newer: int | None
    older: int | None


def matching(wanted: LogFilter) -> QuerySet[AccessEntry]:
    """The entries that fit, newest first."""
    entries = AccessEntry.objects.order_by("-id")
    if wanted.user_id:
        entries = entries.filter(user_id=wanted.user_id)
    if wanted.patient_id:
        entries = entries.filter(patient_id=wanted.patient_id)
    if wanted.action:
        entries = entries.filter(action=wanted.action)
    if wanted.begins:
        entries = entries.filter(at__gte=_start_of(wanted.begins))
    if wanted.ends:
        entries = entries.filter(at__lt=_start_of(wanted.ends + timedelta(days=1)))
    return entries


def log_page(wanted: LogFilter, *, older_than: int | None = None, newer_than: int | None = None) -> LogPage:
    """The newest page, or the page before or after an id; one query whatever the log's size."""
    entries = matching(wanted)
    if newer_than is not None:
        found = list(entries.filter(id__gt=newer_than).order_by("id")[: PAGE_SIZE + 1])
        shown, is_more = found[:PAGE_SIZE][::-1], len(found) > PAGE_SIZE
        return LogPage(shown, newer=shown[0].pk if is_more else None, older=shown[-1].pk if shown else None)
    if older_than is not None:
        entries = entries.filter(id__lt=older_than)
    found = list(entries[: PAGE_SIZE + 1])
    shown, is_more = found[:PAGE_SIZE], len(found) > PAGE_SIZE
    came_from = older_than is not None and bool(shown)
    return LogPage(shown, newer=shown[0].pk if came_from else None, older=shown[-1].pk if is_more else None)


def in_chunks(wanted: LogFilter, *, up_to: int) -> Iterator[list[AccessEntry]]:
    """Every entry that fits up to an id, newest first, read by a cursor so that memory stays small."""
    chunk: list[AccessEntry] = []
    for entry in matching(wanted).filter(id__lte=up_to).iterator(chunk_size=CHUNK):
        chunk.append(entry)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def people() -> list[tuple[UUID, str]]:
    """Everybody who works or worked here, by name; one query."""
    return list(get_user_model().objects.order_by("full_name").values_list("pk", "full_name"))


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
