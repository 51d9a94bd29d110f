"""What becomes of each row of a file while its days and attacks are settled."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from apps.diary.imports.report import RowNote


@dataclass(frozen=True, slots=True)
class RowAccount:
    """Every row in exactly one of the first three. remarks: what is to be said about rows that were taken."""

    imported: tuple[int, ...]
    duplicate: tuple[RowNote, ...]
    refused: tuple[RowNote, ...]
    remarks: tuple[RowNote, ...]


class RowBook:
    """Collects what happens to rows; a row of which anything is taken counts as taken, whatever else was said."""

    def __init__(self) -> None:
        self._taken: set[int] = set()
        self._refused: dict[int, list[str]] = defaultdict(list)
        self._repeated: dict[int, list[str]] = defaultdict(list)
        self._remarks: dict[int, list[str]] = defaultdict(list)
        self._seen: set[int] = set()

    def saw(self, row: int) -> None:
        """The row exists; without any other word it said nothing."""
        self._seen.add(row)

    def take(self, rows: Iterable[int]) -> None:
        """Something of these rows comes into the diary."""
        self._taken.update(rows)

    def refuse(self, rows: Iterable[int], sentence: str) -> None:
        """Something of these rows does not come into the diary, for this reason."""
        _note(self._refused, rows, sentence)

    def repeat(self, rows: Iterable[int], sentence: str) -> None:
        """Something of these rows is recorded already, in the same words."""
        _note(self._repeated, rows, sentence)

    def remark(self, rows: Iterable[int], sentence: str) -> None:
        """Something that is taken, but not quite as it stands in the file."""
        _note(self._remarks, rows, sentence)

    def account(self) -> RowAccount:
        """The outcome of every row that was mentioned."""
        every = sorted(self._seen | self._taken | set(self._refused) | set(self._repeated))
        refused = [row for row in every if row not in self._taken and row in self._refused]
        repeated = [row for row in every if row not in self._taken and row not in self._refused]
        return RowAccount(
            imported=tuple(sorted(self._taken)),
            duplicate=tuple(RowNote(row, _words(self._repeated.get(row)) or _SAYS_NOTHING) for row in repeated),
            refused=tuple(RowNote(row, _words(self._refused[row])) for row in refused),
            remarks=tuple(
                RowNote(row, _words([*self._refused.get(row, ()), *self._remarks.get(row, ())]))
                for row in sorted(self._taken)
                if row in self._refused or row in self._remarks
            ),
        )


_SAYS_NOTHING = "This row says nothing about headache, medicines, sleep or menstruation."


def _note(notes: dict[int, list[str]], rows: Iterable[int], sentence: str) -> None:
    for row in rows:
        if sentence not in notes[row]:
            notes[row].append(sentence)


def _words(sentences: Iterable[str] | None) -> str:
    return " ".join(sentences or ())
