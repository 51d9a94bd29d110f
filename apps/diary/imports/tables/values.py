"""What the cells of a column say, by the column's role. Raises CellFault for what can't be meant."""

import re
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Final

from apps.diary.choices import Function, State
from apps.diary.imports.limits import LONGEST_NAME, MOST_DOSES
from apps.diary.imports.parsed import ReadIntake
from apps.diary.imports.tables.cells import Cell, CellFault, is_empty, number_of, shown, text_of
from apps.diary.imports.tables.mapping import HeadacheScale, Words
from apps.diary.imports.times import severity_of_pain, whole_pain
from apps.diary.imports.words import items, one_line, quoted

_TIMES: Final = re.compile(
    r"(?:(?P<before>\d{1,2})\s*[x×*]\s+(?P<name>.+)|(?P<named>.+?)\s*(?:[x×*]\s*(?P<after>\d{1,2})|\((?P<in>\d{1,2})\)))",
    re.IGNORECASE | re.ASCII,
)
_LENGTH: Final = re.compile(
    r"(?:(?P<days>\d{1,2})\s*d(?:ays?)?)?\s*(?:(?P<hours>\d{1,3}(?:[.,]\d{1,3})?)\s*h(?:(?:ou)?rs?)?)?"
    r"\s*(?:(?P<minutes>\d{1,4})\s*m(?:in(?:ute)?s?)?)?",
    re.IGNORECASE | re.ASCII,
)
_CLOCK: Final = re.compile(r"(\d{1,3}):(\d{2})(?::\d{2})?", re.ASCII)
_FUNCTION_WORDS: Final = {
    "normal": Function.NORMAL,
    "none": Function.NORMAL,
    "somewhat": Function.SOMEWHAT,
    "somewhat limited": Function.SOMEWHAT,
    "limited": Function.SOMEWHAT,
    "severely": Function.SEVERELY,
    "severely limited": Function.SEVERELY,
    "bed": Function.IN_BED,
    "in bed": Function.IN_BED,
    "bedridden": Function.IN_BED,
}


@dataclass(frozen=True, slots=True)
class Headache:
    """What one cell says about headache. severity: 1 to 3. pain: 0 to 10. None when it does not say."""

    state: State
    severity: int | None = None
    pain: int | None = None


def word_of(cell: Cell) -> str:
    """The cell as a word to compare, in lower case."""
    return " ".join(text_of(cell).casefold().split())


def yes_or_no(cell: Cell, words: Words) -> bool | None:
    """None when the cell is empty or says that it is not known."""
    if is_empty(cell) or word_of(cell) in words.not_known:
        return None
    if isinstance(cell, bool):
        return cell
    word, number = word_of(cell), number_of(cell)
    if number in {0, 1}:
        return number == 1
    if word in words.yes or word in words.no:
        return word in words.yes
    raise CellFault(f"{quoted(word)} is neither yes nor no.")


def headache(cell: Cell, scale: HeadacheScale, words: Words) -> Headache | None:
    """Yes, no, a word for the severity, or a number on the scale; None when the cell is empty."""
    if is_empty(cell):
        return None
    word, number = word_of(cell), number_of(cell)
    if word in words.not_known:
        return Headache(State.NOT_KNOWN)
    if word in words.severity:
        return Headache(State.HEADACHE, words.severity[word])
    if number is None or scale is HeadacheScale.YES_NO:
        return Headache(State.HEADACHE if yes_or_no(cell, words) else State.NONE)
    if scale is HeadacheScale.ZERO_TO_TEN:
        return of_pain(cell)
    if number not in {0, 1, 2, 3}:
        raise CellFault(f"Headache is {quoted(shown(cell))}; 0 to 3 was expected.")
    return Headache(State.HEADACHE, int(number)) if number else Headache(State.NONE)


def of_severity(cell: Cell, words: Words) -> Headache | None:
    """Mild, moderate, severe or 0 to 3, where 0 is no headache; None when the cell is empty or not known."""
    if is_empty(cell) or word_of(cell) in words.not_known:
        return None
    word, number = word_of(cell), number_of(cell)
    if word in words.severity:
        return Headache(State.HEADACHE, words.severity[word])
    if number == 0 or word in words.no:
        return Headache(State.NONE)
    if number in {1, 2, 3}:
        return Headache(State.HEADACHE, int(number))
    raise CellFault(f"Severity is {quoted(shown(cell))}; mild, moderate, severe or 0 to 3 was expected.")


def of_pain(cell: Cell) -> Headache | None:
    """0 to 10, where 0 is no headache; None when the cell is empty."""
    if is_empty(cell):
        return None
    number = number_of(cell)
    pain = None if number is None else whole_pain(number)
    if pain is None:
        # Says first when it is a formula.
        text_of(cell)
        raise CellFault(f"Pain is {quoted(shown(cell))}; 0 to 10 was expected.")
    return Headache(State.HEADACHE, severity_of_pain(pain), pain) if pain else Headache(State.NONE, pain=0)


def function(cell: Cell, words: Words) -> int | None:
    """0 normal to 3 in bed; None when the cell is empty or not known."""
    if is_empty(cell) or word_of(cell) in words.not_known:
        return None
    number = number_of(cell)
    if number in {0, 1, 2, 3}:
        return int(number)
    found = _FUNCTION_WORDS.get(word_of(cell))
    if found is None:
        raise CellFault(f"Function is {quoted(shown(cell))}; 0 normal to 3 in bed was expected.")
    return int(found)


def doses(cell: Cell) -> int | None:
    """1 to 20; None when the cell is empty."""
    if is_empty(cell):
        return None
    number = number_of(cell)
    if number is None or number != int(number) or not 1 <= number <= MOST_DOSES:
        text_of(cell)
        raise CellFault(f"Doses are {quoted(shown(cell))}; 1 to {MOST_DOSES} was expected.")
    return int(number)


def medicines(cell: Cell, heading: str, words: Words) -> tuple[ReadIntake, ...] | None:
    """What was taken; empty when the cell says "none"; None when it is empty or not known.

    Names with or without a number of doses ("Sumatriptan x 2, Ibuprofen"), or a number or a "yes" in a column whose
    heading is the medicine.
    """
    if is_empty(cell) or word_of(cell) in words.not_known:
        return None
    number, word = number_of(cell), word_of(cell)
    if number == 0 or word in words.no or cell is False:
        return ()
    if number is not None:
        return (ReadIntake(one_line(heading, LONGEST_NAME), doses(cell) or 1),)
    if cell is True or word in words.yes:
        return (ReadIntake(one_line(heading, LONGEST_NAME)),)
    found: dict[str, ReadIntake] = {}
    for item in items(text_of(cell)):
        intake = _intake(item)
        found.setdefault(intake.name.casefold(), intake)
    return tuple(found.values())


def names_medicines(cell: Cell, words: Words) -> bool:
    """The cell names what was taken, and does not only say how much of what its heading names."""
    if not isinstance(cell, str) or is_empty(cell) or number_of(cell) is not None:
        return False
    return word_of(cell) not in (*words.yes, *words.no, *words.not_known)


def _intake(item: str) -> ReadIntake:
    found = _TIMES.fullmatch(item)
    count = int(found["before"] or found["after"] or found["in"]) if found else 1
    if found is None or not 1 <= count <= MOST_DOSES:
        return ReadIntake(one_line(item, LONGEST_NAME))
    return ReadIntake(one_line(found["name"] or found["named"], LONGEST_NAME), count)


def length(cell: Cell) -> timedelta | None:
    """A length of time like 7.5, 7:30, 7h 30m or 1d 02h; a bare number is hours. None when the cell is empty."""
    if is_empty(cell):
        return None
    if isinstance(cell, timedelta):
        return cell
    if isinstance(cell, time):
        return timedelta(hours=cell.hour, minutes=cell.minute)
    number = number_of(cell)
    if number is not None and number >= 0:
        return timedelta(hours=min(number, 10_000))
    text = text_of(cell)
    if found := _CLOCK.fullmatch(text):
        return timedelta(hours=int(found[1]), minutes=int(found[2]))
    found = _LENGTH.fullmatch(text)
    if not found or not any(found.groups()):
        raise CellFault(f"{quoted(text)} is no length of time; one like 7.5 or 7h 30m was expected.")
    hours = float((found["hours"] or "0").replace(",", "."))
    return timedelta(days=int(found["days"] or 0), hours=hours, minutes=int(found["minutes"] or 0))


def sleep_minutes(cell: Cell) -> int | None:
    """0 to 1440; None when the cell is empty."""
    slept = length(cell)
    if slept is None:
        return None
    if not timedelta() <= slept <= timedelta(hours=24):
        raise CellFault(f"Sleep is {quoted(shown(cell))}; 0 to 24 hours was expected.")
    return round(slept.total_seconds() / 60)
