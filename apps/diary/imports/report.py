"""The account of an import: what became of each row of the file."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from apps.core.dates import short_date
from apps.diary.entries import DayEntry, entry_faults


@dataclass(frozen=True, slots=True)
class ImportRow:
    """A row that was understood: its number in the file (from 1), whose day it is, and what it says."""

    row: int
    patient_id: UUID
    entry: DayEntry


@dataclass(frozen=True, slots=True)
class RowNote:
    """What is to be said about a row that was not taken."""

    row: int
    sentence: str

    def as_dict(self) -> dict[str, Any]:
        return {"row": self.row, "sentence": self.sentence}


@dataclass
class Account:
    """Every row lands in exactly one of the three lists."""

    imported: list[ImportRow] = field(default_factory=list)
    duplicate: list[RowNote] = field(default_factory=list)
    refused: list[RowNote] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """The account as it is kept with the import."""
        return {
            "imported": sorted(row.row for row in self.imported),
            "duplicate": [note.as_dict() for note in sorted(self.duplicate, key=lambda note: note.row)],
            "refused": [note.as_dict() for note in sorted(self.refused, key=lambda note: note.row)],
        }


Recorded = Mapping[tuple[UUID, date], DayEntry]


def account_for(rows: Iterable[ImportRow], unreadable: Iterable[RowNote], recorded: Recorded, today: date) -> Account:
    """Decide about each row: gaps are not filled, repetitions count once, contradictions are not decided here.

    recorded: what the diary holds already. Of rows that say the same, the first is taken. Rows that contradict each
    other are all refused: nobody can tell which one is right, so that day stays not recorded.
    """
    account = Account(refused=list(unreadable))
    groups: dict[tuple[UUID, date], list[ImportRow]] = defaultdict(list)
    for row in rows:
        if faults := entry_faults(row.entry, today=today):
            account.refused.append(RowNote(row.row, " ".join(faults.values())))
        else:
            groups[row.patient_id, row.entry.day].append(row)
    for key, group in groups.items():
        _decide(account, group, recorded.get(key))
    return account


def _decide(account: Account, group: list[ImportRow], recorded: DayEntry | None) -> None:
    first, *others = group
    if any(row.entry != first.entry for row in others):
        numbers = " and ".join(str(row.row) for row in group)
        sentence = f"Rows {numbers} contradict each other about {short_date(first.entry.day)}. None was taken."
        account.refused += [RowNote(row.row, sentence) for row in group]
        return
    if recorded is None:
        account.imported.append(first)
    elif recorded == first.entry:
        account.duplicate.append(
            RowNote(first.row, f"{short_date(first.entry.day)} is recorded with this entry already.")
        )
    else:
        account.refused.append(
            RowNote(first.row, f"{short_date(first.entry.day)} is recorded with another entry. The recorded one stays.")
        )
    account.duplicate += [
        RowNote(row.row, f"Repeats row {first.row}: the same person, the same day, the same entry. Counted once.")
        for row in others
    ]
