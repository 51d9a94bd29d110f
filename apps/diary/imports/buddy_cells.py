"""Cells of an export of Migraine Buddy: times, lengths, offsets, lists, what was taken."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from apps.clinical.diary import Relief
from apps.diary.imports.limits import LONGEST_NAME
from apps.diary.imports.parsed import ReadIntake
from apps.diary.imports.times import MOST_OFFSET_MINUTES
from apps.diary.imports.words import items, one_line, quoted

_RELIEF: Final[Mapping[str, Relief | None]] = {
    # "Helpful" does not say that the headache went away.
    "helpful medication": Relief.SOME,
    "somewhat helpful medication": Relief.SOME,
    "unhelpful medication": Relief.NONE,
    "unsure medication": None,
}
_METHODS: Final = tuple(
    f"{kind}non drug relief methods" for kind in ("helpful ", "somewhat helpful ", "unhelpful ", "unsure ")
)
_NO_WORDS: Final = frozenset({"none", "no medication", "no relief method", "no relief methods", "no symptoms"})

_STARTED: Final = re.compile(
    r"(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4}),?[ T]+(\d{1,2}):(\d{2})(?::\d{2})?\s*([ap])?\.?(?:m\.?)?",
    re.ASCII | re.IGNORECASE,
)
_LASTED: Final = re.compile(r"(?:(\d{1,3})\s*d)?\s*(?:(\d{1,4})\s*h)?\s*(?:(\d{1,5})\s*m)?", re.ASCII | re.IGNORECASE)


class RowFault(Exception):
    """The row can't be taken; the message says why."""


@dataclass(frozen=True, slots=True)
class DateWriting:
    """How the dates stand. The app writes the month first; a spreadsheet program may have turned them round."""

    day_first: bool = False

    def read(self, text: str) -> datetime:
        """Raises ValueError when it is no such time."""
        found = _STARTED.fullmatch(text.strip())
        if not found:
            raise ValueError(text)
        first, second, third, hour, minute = (int(found[group]) for group in range(1, 6))
        half = (found[6] or "").lower()
        if half and not 1 <= hour <= 12:
            raise ValueError(text)
        hour = hour % 12 + (12 if half == "p" else 0) if half else hour
        if first > 99:
            return datetime(first, second, third, hour, minute)  # noqa: DTZ001  the wall clock; the zone comes after
        day, month = (first, second) if self.day_first else (second, first)
        return datetime(third + 2000 if third < 100 else third, month, day, hour, minute)  # noqa: DTZ001  as above


def fits(text: str, order: DateWriting) -> bool:
    """The text is a time when its numbers stand in this order."""
    try:
        order.read(text)
    except ValueError:
        return False
    return True


def length(text: str) -> timedelta | None:
    """How long it lasted; None when the attack had not ended. Raises RowFault."""
    if not text.strip():
        return None
    found = _LASTED.fullmatch(text.strip())
    if not found or not any(found.groups()):
        raise RowFault(f"Lasted is {quoted(text)}; a length like 01h 00m or 1d 02h 15m was expected.")
    days, hours, minutes = (int(part or 0) for part in found.groups())
    return timedelta(days=days, hours=hours, minutes=minutes)


def offset(row: Mapping[str, str], heading: str) -> int | None:
    """Minutes east of UTC; None when the column is missing or empty. Raises RowFault."""
    text = row.get(heading, "").strip()
    if not text:
        return None
    if not re.fullmatch(r"[+-]?\d{1,4}", text, re.ASCII) or abs(int(text)) > MOST_OFFSET_MINUTES:
        raise RowFault(f"The UTC offset is {quoted(text)}; minutes from −840 to 840 were expected.")
    return int(text)


def words(row: Mapping[str, str], heading: str) -> tuple[str, ...]:
    """What is named in the cell, without ways to say "nothing"."""
    return tuple(word for word in items(row.get(heading, "")) if word.casefold() not in _NO_WORDS)


def methods(row: Mapping[str, str]) -> tuple[str, ...]:
    """What was done without medicine, helpful or not."""
    return tuple(dict.fromkeys(word for heading in _METHODS for word in words(row, heading)))


def medicines(row: Mapping[str, str]) -> tuple[tuple[ReadIntake, ...], bool]:
    """What was taken, each medicine once, and whether the file says so or leaves it open."""
    found: dict[str, ReadIntake] = {}
    answered = False
    for heading, relief in _RELIEF.items():
        for item in items(row.get(heading, "")):
            answered = True
            name, key = one_line(item, LONGEST_NAME), item.casefold()
            if key in _NO_WORDS:
                continue
            # Named in two columns: what it did is then not known.
            agreed = relief if key not in found or found[key].relief is relief else None
            found[key] = ReadIntake(name, relief=agreed)
    return tuple(found.values()), answered
