"""Headache and function as they are typed: one key each, or the words and numbers that spreadsheets hold."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from apps.diary.choices import Function, Severity, State
from apps.diary.entries import DayEntry

# A spreadsheet writes 2 as "2.0" or, where the comma is the decimal sign, as "2,0".
_NUMBER = re.compile(r"([0-3])(?:[.,]0+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Answers:
    """What one column takes. keys: key -> its meaning in a word. words: other lower-case spellings -> key."""

    keys: Mapping[str, str]
    words: Mapping[str, str]
    instruction: str

    def read(self, text: str) -> str | None:
        """The key that is meant; "" for nothing, None when it can't be read."""
        plain = " ".join(text.lower().split())
        if not plain or plain in self.keys:
            return plain
        if (number := _NUMBER.fullmatch(plain)) and number[1] in self.keys:
            return number[1]
        return self.words.get(plain)


_YES: Final = ("yes", "true", "x", "ja", "oui", "si", "sí", "headache")
_NO: Final = ("no", "false", "none", "nein", "nee", "non", "no headache")

HEADACHE: Final = Answers(
    keys={
        "0": "none",
        **{str(each.value): each.label.lower() for each in Severity},
        "y": "headache",
        "?": "not known",
    },
    words={
        **dict.fromkeys(_NO, "0"),
        **dict.fromkeys(_YES, "y"),
        **dict.fromkeys(("not known", "unknown", "u"), "?"),
        **{each.label.lower(): str(each.value) for each in Severity},
    },
    instruction="write 0, 1, 2, 3, y or ?.",
)

FUNCTION: Final = Answers(
    keys={str(each.value): each.label.lower() for each in Function},
    words={each.label.lower(): str(each.value) for each in Function},
    instruction="write 0, 1, 2 or 3, or leave it empty.",
)


def headache_key(entry: DayEntry | None) -> str:
    """The key that stands for what is recorded about headache; "" when the day is not recorded."""
    if entry is None:
        return ""
    if entry.state is State.HEADACHE:
        return str(entry.severity or "y")
    return "0" if entry.state is State.NONE else "?"


def headache_meaning(key: str) -> tuple[State, int | None]:
    """State and severity behind a key that is not empty."""
    if key in {"1", "2", "3"}:
        return State.HEADACHE, int(key)
    return {"0": State.NONE, "y": State.HEADACHE, "?": State.NOT_KNOWN}[key], None
