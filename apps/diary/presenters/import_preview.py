"""What a file holds and what would happen if it were taken: before anything is written."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from apps.core.dates import short_date, short_time
from apps.diary.choices import ImportSource, State
from apps.diary.imports.delimited import DELIMITERS
from apps.diary.imports.settling import Differing
from apps.diary.presenters.month import entry_words
from apps.diary.selectors.files import FileNames, FilePreview
from apps.diary.selectors.names import NameMeaning

MOST_LINES: Final = 200


@dataclass(frozen=True)
class NameLine:
    """A name of the file: on how many rows, what it stands for, and who says so."""

    name: str
    times: int
    stands_for: str
    because: str


@dataclass(frozen=True)
class OverlapLine:
    day: str
    recorded: str
    said: str
    outcome: str


@dataclass(frozen=True)
class PreviewView:
    """facts: label and value. taken: days with a medicine that come in. faults: rows that are not taken, or not whole.

    more_*: how many lines are not shown.
    """

    facts: tuple[tuple[str, str], ...]
    decided: tuple[tuple[str, str], ...]
    taken: tuple[tuple[str, int], ...]
    names: tuple[NameLine, ...]
    overlaps: tuple[OverlapLine, ...]
    more_overlaps: int
    faults: tuple[tuple[int, str], ...]
    more_faults: int
    same: int
    repetitions: int
    remarks: tuple[str, ...]
    can_replace: bool
    changes_nothing: bool


def preview(found: FilePreview, names: FileNames, medicines: Mapping[str, str]) -> PreviewView:
    """medicines: catalogue code -> name."""
    settled = found.settled
    overlaps = sorted(settled.differing, key=lambda each: each.day)
    faults = sorted((*settled.account.refused, *settled.account.remarks), key=lambda note: note.row)
    return PreviewView(
        facts=_facts(found),
        decided=tuple(found.reading.decided.items()),
        taken=_taken(found, medicines),
        names=name_lines(names, medicines),
        overlaps=tuple(_overlap(each, medicines) for each in overlaps[:MOST_LINES]),
        more_overlaps=max(0, len(overlaps) - MOST_LINES),
        faults=tuple((note.row, note.sentence) for note in faults[:MOST_LINES]),
        more_faults=max(0, len(faults) - MOST_LINES),
        same=settled.same,
        repetitions=len(settled.account.duplicate),
        remarks=found.reading.remarks,
        can_replace=bool(overlaps),
        changes_nothing=settled.changes_nothing,
    )


def name_lines(names: FileNames, medicines: Mapping[str, str]) -> tuple[NameLine, ...]:
    """The names of a file, the most frequent first."""
    return tuple(
        NameLine(name, times, stands_for(names.meanings[name], medicines), because(names.meanings[name]))
        for name, times in names.times.most_common()
    )


def stands_for(name: NameMeaning, medicines: Mapping[str, str]) -> str:
    """What a name means, in words."""
    if name.meant is None:
        return "not said yet"
    if not name.meant.acute:
        return "not an acute medicine, left out"
    return medicines.get(name.meant.code, name.meant.code) if name.meant.code else "something, not known what"


def because(name: NameMeaning) -> str:
    """Who says what a name means, and when; empty when nobody does."""
    if name.decision is not None:
        whose = "for every patient" if name.decision.patient_id is None else "for this patient"
        return f"{name.decision.decided_by}, {short_time(name.decision.decided_at)}, {whose}"
    return "the catalogue has exactly this name" if name.meant else ""


def separator_name(delimiter: str) -> str:
    """What stands between the columns of a text file, in words; empty for a workbook."""
    return DELIMITERS.get(delimiter, delimiter)


def _facts(found: FilePreview) -> tuple[tuple[str, str], ...]:
    settled, reading = found.settled, found.reading
    entries = [*settled.added.values(), *settled.replaced.values()]
    headache = sum(1 for entry in entries if entry.state is State.HEADACHE)
    free = sum(1 for entry in entries if entry.state is State.NONE)
    dates = f"{short_date(found.period.first)} to {short_date(found.period.last)}" if found.period else "none"
    rows = f"{reading.rows_read}" + (f", of which {reading.merged} belong to another row" if reading.merged else "")
    return (
        ("Kind of file", ImportSource(reading.source).label),
        ("Dates", dates),
        ("Rows in the file", rows),
        (
            "Days",
            f"{len(entries)} ({headache} with headache, {free} without, {_other(entries, headache, free)})",
        ),
        ("Attacks", _attacks(found)),
        ("Sleep, menstruation", f"{len(settled.besides)} dates"),
    )


def _attacks(found: FilePreview) -> str:
    left_out = len(found.settled.attacks_left_out)
    return f"{len(found.settled.attacks)}" + (f"; {left_out} not kept, see below" if left_out else "")


def _other(entries: Sequence[object], headache: int, free: int) -> str:
    return f"{len(entries) - headache - free} not known"


def _taken(found: FilePreview, medicines: Mapping[str, str]) -> tuple[tuple[str, int], ...]:
    entries = [*found.settled.added.values(), *found.settled.replaced.values()]
    days = Counter(intake.code for entry in entries for intake in entry.intakes)
    return tuple(
        (medicines.get(code, code) if code else "something, not known what", number)
        for code, number in days.most_common()
    )


def _overlap(each: Differing, medicines: Mapping[str, str]) -> OverlapLine:
    return OverlapLine(
        day=short_date(each.day),
        recorded=entry_words(each.recorded, medicines),
        said=entry_words(each.said, medicines),
        outcome="the file replaces it" if each.replaced else "stays as recorded",
    )
