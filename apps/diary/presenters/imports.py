"""A diary file on its way: its state in words, what to do next, and what became of it."""

import datetime
from dataclasses import dataclass
from typing import Any, Final

from django.template.defaultfilters import filesizeformat
from django.urls import reverse

from apps.core.dates import short_time
from apps.core.day_lists import days_in_words
from apps.diary.choices import BatchState, ImportSource
from apps.diary.import_choices import IN_WORK, FileState, Overlap
from apps.diary.models import DiaryFile, ImportBatch
from apps.diary.services import Undone

# After this the page says that something may be wrong; a worker takes a file within a second or two.
LONG_WAIT: Final = datetime.timedelta(seconds=60)
MOST_LINES: Final = 300

_TONES: Final = {
    FileState.IMPORTED: "good",
    FileState.FAILED: "danger",
    FileState.DISCARDED: "plain",
}
_NEXT: Final = {
    FileState.COLUMNS: "Say what the columns mean",
    FileState.READ: "Check it and confirm",
    FileState.FAILED: "See why",
    FileState.IMPORTED: "See what came in",
}
# One line an app. The menus are the apps' own and may have moved.
HOW_TO_EXPORT: Final = (
    (
        "Migraine Buddy",
        "Menu, then Export, as CSV. The whole file, without opening it in a spreadsheet program before.",
    ),
    ("Apple Health", "Picture of the profile, then Export All Health Data. The zip file as it is."),
    ("MigraLog", "Settings, then Export, as JSON."),
    ("Any table", "CSV or XLSX with one row a day or one row an attack. You say what its columns mean."),
)


@dataclass(frozen=True)
class FileView:
    """One file for the list and for its own page. next_step: what its link says; undone: by whom and when."""

    file: DiaryFile
    label: str
    tone: str
    kind: str
    size: str
    detail: str
    in_work: bool
    url: str
    poll_url: str
    next_step: str
    undone: str


def present(file: DiaryFile, *, now: datetime.datetime) -> FileView:
    """A file as the page shows it at a moment."""
    address = {"patient_id": file.patient_id, "file_id": file.pk}
    state = FileState(file.state)
    undone = file.batch is not None and file.batch.state == BatchState.UNDONE
    return FileView(
        file=file,
        label="Taken back" if undone else state.label,
        tone="plain" if undone else _TONES.get(state, "warn"),
        kind=ImportSource(file.source).label if file.source else "",
        size=filesizeformat(file.size),
        detail=_detail(file, now),
        in_work=state in IN_WORK,
        url=reverse("diary:import_file", kwargs=address),
        poll_url=reverse("diary:import_state", kwargs=address),
        next_step=_NEXT.get(state, "See how far it is"),
        undone=_undone(file.batch) if file.batch else "",
    )


def _detail(file: DiaryFile, now: datetime.datetime) -> str:
    if file.state in (FileState.READING, FileState.TAKING):
        again = f", attempt {file.tries}" if file.tries > 1 else ""
        return f"{file.progress} %, since {short_time(file.moved_at)}{again}"
    if file.state not in IN_WORK:
        return f"since {short_time(file.moved_at)}"
    if file.offered_at is None:
        return "The queue can't be reached at the moment. Nothing is lost: it goes on as soon as the queue is back."
    if now - file.moved_at > LONG_WAIT:
        return (
            f"since {short_time(file.moved_at)}. This takes longer than usual: another file may be in work, or the "
            "worker is stopped. Nothing is lost; if it stays like this, tell the clinic's IT."
        )
    return f"since {short_time(file.moved_at)}"


def _undone(batch: ImportBatch) -> str:
    if batch.state != BatchState.UNDONE or batch.undone_at is None:
        return ""
    return f"Taken back by {batch.undone_by}, {short_time(batch.undone_at)}."


@dataclass(frozen=True)
class ResultView:
    """What came of an import. lines: row number, what became of it, why; more: how many lines are not shown."""

    counts: tuple[tuple[str, int], ...]
    rows: tuple[tuple[str, int], ...]
    lines: tuple[tuple[int, str, str], ...]
    more: int
    about_the_file: tuple[str, ...]
    rule: str
    merged: int


def result(batch: ImportBatch) -> ResultView:
    """The account of an import, for its page."""
    report: dict[str, Any] = batch.report
    counts: dict[str, int] = report.get("counts", {})
    lines = sorted(
        (note["row"], word, note["sentence"])
        for key, word in (("refused", "not taken"), ("remarks", "taken, but"), ("duplicate", "repetition"))
        for note in report.get(key, [])
    )
    return ResultView(
        counts=(
            ("Days recorded", counts.get("days", 0)),
            ("Days replaced", counts.get("replaced", 0)),
            ("Attacks", counts.get("attacks", 0)),
            ("Medicines taken", counts.get("intakes", 0)),
            ("Sleep, menstruation: dates", counts.get("besides", 0)),
        ),
        rows=(
            ("Rows read", batch.rows_read),
            ("Taken", batch.rows_imported),
            ("Repetitions", batch.rows_duplicate),
            ("Not taken", batch.rows_refused),
        ),
        lines=tuple(lines[:MOST_LINES]),
        more=max(0, len(lines) - MOST_LINES),
        about_the_file=tuple(report.get("about_the_file", ())),
        rule=Overlap(report.get("overlap", Overlap.KEEP)).label,
        merged=report.get("merged", 0),
    )


def undone_sentence(undone: Undone) -> str:
    """What undoing did, for the message afterwards."""
    gone = [
        f"{number} {one if number == 1 else one + 's'}"
        for number, one in (
            (undone.days, "day"),
            (undone.attacks, "attack"),
            (undone.besides, "date with sleep or menstruation"),
        )
        if number
    ]
    pieces = [f"The import was taken back: {', '.join(gone) or 'nothing'} removed."]
    if undone.restored:
        pieces.append(
            f"{undone.restored} {'day holds' if undone.restored == 1 else 'days hold'} again what they held before."
        )
    if undone.kept:
        pieces.append(f"Changed since, so kept: {days_in_words(undone.kept)}.")
    return " ".join(pieces)
