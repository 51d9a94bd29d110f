"""What the columns of a table mean: proposed by the program, confirmed by a person, remembered per source."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from django.db import models


class Role(models.TextChoices):
    """What a column tells about the day or the attack of its row."""

    IGNORE = "ignore", "Leave out"
    DATE = "date", "Date"
    HEADACHE = "headache", "Headache (yes or no, or how strong)"
    SEVERITY = "severity", "Severity (mild, moderate, severe or 0 to 3)"
    PAIN = "pain", "Worst pain, 0 to 10"
    FUNCTION = "function", "Function (0 normal to 3 in bed)"
    MEDICINE = "medicine", "Medicine taken"
    DOSES = "doses", "Doses of the medicine in the column before"
    NOTE = "note", "Note"
    MENSTRUATION = "menstruation", "Menstruation (yes or no)"
    SLEEP_HOURS = "sleep_hours", "Sleep in hours"
    ATTACK_START = "attack_start", "Attack: start"
    ATTACK_END = "attack_end", "Attack: end"
    ATTACK_DURATION = "attack_duration", "Attack: how long it lasted"


# A row has one of each; there may be several columns of medicines, doses and notes.
SEVERAL = frozenset({Role.IGNORE, Role.MEDICINE, Role.DOSES, Role.NOTE})


class DateOrder(models.TextChoices):
    """In which order the numbers of a date like 03/04/2026 stand."""

    DAY_FIRST = "day_first", "Day first (3 Apr 2026 is 03/04/2026)"
    MONTH_FIRST = "month_first", "Month first (3 Apr 2026 is 04/03/2026)"
    YEAR_FIRST = "year_first", "Year first (3 Apr 2026 is 2026-04-03)"


class HeadacheScale(models.TextChoices):
    """What the numbers in a headache column mean. 0 is "no headache" in both."""

    ZERO_TO_THREE = "0-3", "0 none, 1 mild, 2 moderate, 3 severe"
    ZERO_TO_TEN = "0-10", "0 none to 10 worst pain"
    YES_NO = "0-1", "0 no, 1 yes"


@dataclass(frozen=True, slots=True)
class Words:
    """Words of the table in lower case. severity: word -> 1 mild, 2 moderate, 3 severe."""

    yes: tuple[str, ...] = ("yes", "y", "true", "x", "✓", "headache", "migraine")
    no: tuple[str, ...] = ("no", "n", "false", "none", "-", "no headache")
    not_known: tuple[str, ...] = ("?", "not known", "unknown", "n/a", "na")
    severity: Mapping[str, int] = field(
        default_factory=lambda: {"mild": 1, "light": 1, "moderate": 2, "medium": 2, "severe": 3, "strong": 3}
    )


@dataclass(frozen=True, slots=True)
class TableMapping:
    """What a person confirmed about a table. Plain values, kept as JSON per source.

    roles: heading -> role, headings as `TableProposal.headings` has them; a heading that is missing is left out.
    date_order: needed unless every date is a real date cell. sheet: of a workbook. encoding, delimiter: empty when
    what was decided over the whole file holds.
    """

    roles: Mapping[str, Role]
    date_order: DateOrder | None = None
    headache_scale: HeadacheScale = HeadacheScale.ZERO_TO_THREE
    sheet: str = ""
    has_headings: bool = True
    encoding: str = ""
    delimiter: str = ""
    words: Words = field(default_factory=Words)

    @property
    def of_attacks(self) -> bool:
        """The rows are attacks with a start, and so never say that a day was free of headache."""
        return Role.ATTACK_START in self.roles.values()

    def faults(self) -> dict[str, str]:
        """What keeps the table from being read, as field name -> sentence; empty when it can be read."""
        given = list(self.roles.values())
        faults: dict[str, str] = {}
        if Role.DATE in given and self.of_attacks:
            faults["roles"] = "Choose either a date (a row is a day) or the start of an attack (a row is an attack)."
        elif Role.DATE not in given and not self.of_attacks:
            faults["roles"] = "Choose which column holds the date, or the start of the attack."
        elif twice := sorted({role.label for role in given if role not in SEVERAL and given.count(role) > 1}):
            faults["roles"] = f"Choose one column only for: {', '.join(twice)}."
        elif not self.of_attacks and {Role.ATTACK_END, Role.ATTACK_DURATION} & set(given):
            faults["roles"] = "An end or a length of attacks needs the column with their start."
        elif Role.DOSES in given and Role.MEDICINE not in given:
            faults["roles"] = "Doses need a column with the medicine."
        return faults

    def as_dict(self) -> dict[str, Any]:
        """JSON-able; `from_dict` reads it back."""
        return {
            "roles": {heading: role.value for heading, role in self.roles.items()},
            "date_order": self.date_order.value if self.date_order else None,
            "headache_scale": self.headache_scale.value,
            "sheet": self.sheet,
            "has_headings": self.has_headings,
            "encoding": self.encoding,
            "delimiter": self.delimiter,
            "words": {
                "yes": list(self.words.yes),
                "no": list(self.words.no),
                "not_known": list(self.words.not_known),
                "severity": dict(self.words.severity),
            },
        }

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> Self:
        """Raises KeyError or ValueError when it was not written by `as_dict`."""
        words = kept["words"]
        return cls(
            roles={heading: Role(role) for heading, role in kept["roles"].items()},
            date_order=DateOrder(kept["date_order"]) if kept["date_order"] else None,
            headache_scale=HeadacheScale(kept["headache_scale"]),
            sheet=kept["sheet"],
            has_headings=kept["has_headings"],
            encoding=kept["encoding"],
            delimiter=kept["delimiter"],
            words=Words(
                yes=tuple(words["yes"]),
                no=tuple(words["no"]),
                not_known=tuple(words["not_known"]),
                severity=dict(words["severity"]),
            ),
        )


@dataclass(frozen=True, slots=True)
class TableProposal:
    """What was found out about a table over all of its rows, for a person to confirm.

    headings: unique, as the columns stand; an empty one is "Column 3", a repeated one "Medicine (2)". sample: the
    first ten rows, as many cells as headings. rows: rows below the headings that are not empty. encoding, delimiter:
    empty for a workbook. sheets: empty for a text file. mapping: the guess. ambiguous: what has to be answered, field
    of `TableMapping` -> sentence; a date order that can't be told is None in the mapping and stands here.
    """

    headings: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]
    rows: int
    encoding: str
    delimiter: str
    sheets: tuple[str, ...]
    mapping: TableMapping
    ambiguous: Mapping[str, str] = field(default_factory=dict)


def unique_headings(cells: Sequence[str]) -> tuple[str, ...]:
    """Headings that can be told apart: empty ones get the column's number, repeated ones are counted."""
    found: list[str] = []
    for number, cell in enumerate(cells, start=1):
        heading = " ".join(cell.split()) or f"Column {number}"
        candidate, count = heading, 1
        while candidate in found:
            count += 1
            candidate = f"{heading} ({count})"
        found.append(candidate)
    return tuple(found)


def signature(headings: Iterable[str]) -> str:
    """Recognises a source by its headings: 64 hexadecimal digits, the same for the same headings in the same order."""
    return hashlib.sha256("\x1f".join(heading.casefold() for heading in headings).encode()).hexdigest()
