"""The access log in words, on the page and as a table for other programs."""

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils import timezone

from apps.audit.choices import Action
from apps.audit.directory import directory
from apps.audit.models import AccessEntry
from apps.core.spreadsheets import safe_cell

TONES: Final = {Action.READ: "plain", Action.DOWNLOAD: "warn", Action.REFUSED: "danger"}
COLUMNS: Final = ("when", "who", "person id", "action", "what", "patient", "patient id", "path", "from address")


@dataclass(frozen=True)
class LogLine:
    """One row of the page."""

    at: datetime
    who: str
    action: str
    tone: str
    what: str
    patient: str
    address: str


def log_lines(entries: Iterable[AccessEntry]) -> list[LogLine]:
    """The rows of a page; one query for all patients on it."""
    entries = list(entries)
    numbers = _numbers(entries)
    return [
        LogLine(
            at=entry.at,
            who=entry.user_label,
            action=entry.get_action_display(),
            tone=TONES[Action(entry.action)],
            what=what(entry.subject),
            patient=numbers(entry),
            address=entry.address or "",
        )
        for entry in entries
    ]


def what(subject: str) -> str:
    """A page's name in words ("diary:month" -> "Diary: month"); a document's title stays as it is."""
    app, separator, page = subject.partition(":")
    is_page_name = bool(separator) and " " not in subject
    return f"{app.capitalize()}: {page.replace('-', ' ').replace('_', ' ')}" if is_page_name else subject


def csv_lines(chunks: Iterable[list[AccessEntry]]) -> Iterator[str]:
    """The log as CSV text, a line at a time."""
    writer = csv.writer(_Echo())
    yield writer.writerow(COLUMNS)
    for chunk in chunks:
        numbers = _numbers(chunk)
        for entry in chunk:
            yield writer.writerow(_cells(entry, numbers(entry)))


class _Echo:
    """A file that hands back what is written to it, so that a response can stream it."""

    def write(self, line: str) -> str:
        return line


def _cells(entry: AccessEntry, number: str) -> list[str]:
    cells = [
        timezone.localtime(entry.at).isoformat(timespec="seconds"),
        entry.user_label,
        str(entry.user_id or ""),
        entry.get_action_display(),
        what(entry.subject),
        number,
        str(entry.patient_id or ""),
        entry.path,
        entry.address or "",
    ]
    return [safe_cell(cell) for cell in cells]


def _numbers(entries: Iterable[AccessEntry]) -> Callable[[AccessEntry], str]:
    """A function that gives each entry's clinic number; an id nobody has stays an id."""
    labels = directory().labels({entry.patient_id for entry in entries if entry.patient_id})

    def number(entry: AccessEntry) -> str:
        if entry.patient_id is None:
            return ""
        return labels.get(entry.patient_id, f"no patient ({entry.patient_id})")

    return number
