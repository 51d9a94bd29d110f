"""Words as files have them: cleaned of what can't be stored, split where a list stands in one cell, shortened."""

import re
from collections import defaultdict
from collections.abc import Iterable

from apps.diary.imports.limits import LONGEST_NOTE, LONGEST_WORD, MOST_WORDS

# Control characters but line feed and tab, and halves of character pairs: a database of text refuses them.
_UNSTORABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
# A comma, semicolon or new line between items, but not inside brackets: "Combination (aspirin, caffeine)" is one.
_ITEMS = re.compile(r"[^,;\n(]*(?:\([^)]*\)?[^,;\n(]*)*")
_SHOWN_ROWS = 5


def storable(text: str) -> str:
    """The text without characters that can't be stored, line ends as \\n, no blanks around it."""
    return _UNSTORABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def one_line(text: str, longest: int = LONGEST_WORD) -> str:
    """The text on one line, single blanks, cut to `longest` characters."""
    return " ".join(storable(text).split())[:longest].rstrip()


def items(cell: str) -> tuple[str, ...]:
    """The items of a list in one cell, in order, each once whatever its capitals, at most 40."""
    found: dict[str, str] = {}
    for piece in _ITEMS.findall(storable(cell)):
        if word := one_line(piece):
            found.setdefault(word.casefold(), word)
        if len(found) == MOST_WORDS:
            break
    return tuple(found.values())


def quoted(value: object) -> str:
    """A value of the file as a sentence shows it: at most 40 characters, in quotation marks."""
    text = one_line(str(value), 41)
    return f"“{text[:39]}…”" if len(text) > 40 else f"“{text}”"


class Remarks:
    """Collects what is to be said about rows that were taken all the same; one sentence for many rows."""

    def __init__(self) -> None:
        self._rows: dict[str, list[int]] = defaultdict(list)

    def add(self, sentence: str, row: int) -> None:
        """The sentence is about this row."""
        self._rows[sentence].append(row)

    def say(self, sentence: str) -> None:
        """The sentence is about the whole file."""
        self._rows.setdefault(sentence, [])

    def note(self, text: str, row: int) -> str:
        """A note as it can be kept; that it was shortened is remarked."""
        whole = storable(text)
        if len(whole) > LONGEST_NOTE:
            self.add(f"Notes longer than {LONGEST_NOTE} characters were shortened.", row)
            return whole[: LONGEST_NOTE - 1].rstrip() + "…"
        return whole

    def sentences(self) -> tuple[str, ...]:
        return tuple(
            f"{sentence[:-1]} ({_rows_named(rows)})." if rows else sentence for sentence, rows in self._rows.items()
        )


def _rows_named(rows: Iterable[int]) -> str:
    numbers = sorted(set(rows))
    shown = ", ".join(str(number) for number in numbers[:_SHOWN_ROWS])
    more = f" and {len(numbers) - _SHOWN_ROWS} more" if len(numbers) > _SHOWN_ROWS else ""
    return f"row{'s' if len(numbers) > 1 else ''} {shown}{more}"
