"""Acute medicines as a nurse types them from paper: "R1 I2", "riza 2, ibu", "R1!", "0", "?".

Plain functions. A letter stands for a medicine of the patient's own; any medicine may be written by the beginning of
its name. A number after it is the doses; without one it is one dose. "!" after that: taken before the pain. "0" says
that nothing was taken, "?" that it is not known whether this is all, "X" that something was taken and nobody knows
what.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from apps.diary.entries import IntakeEntry
from apps.diary.facts import sorted_intakes
from apps.diary.models.intake import MOST_DOSES

NOTHING = "0"
UNSURE = "?"
SOMETHING = "X"
BEFORE_PAIN = "!"

_SEPARATORS = re.compile(r"[\s,;+]+")
_PIECE = re.compile(r"([a-z][a-z-]*?)(?:[x×*]?(\d{1,6}))?(!?)", re.IGNORECASE | re.ASCII)
_DOSES = re.compile(r"(\d{1,6})(!?)", re.ASCII)
_ALONE = {"0", "-", "–", "none", "nothing"}


class ShorthandError(ValueError):
    """What was typed can't be read; the text is an instruction."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The medicines of one day. `known`: the list is complete, also when it is empty."""

    intakes: tuple[IntakeEntry, ...]
    known: bool


@dataclass(frozen=True, slots=True)
class Words:
    """What can be typed. letters: capital letters -> code. names: code -> name, for the beginnings of names."""

    letters: Mapping[str, str]
    names: Mapping[str, str]


def letters_for(codes: Iterable[str], *, printed: Mapping[str, str] | None = None) -> dict[str, str]:
    """Give each medicine its letter, in the order given: R, else the initials of its words, else more letters.

    printed: letters that are out on paper; they stay what they are. "X" is never given out: it stands for "something".
    """
    letters = dict(printed or {})
    for code in codes:
        if code not in letters.values():
            letters[next(each for each in _proposals(code) if each not in letters and each != SOMETHING)] = code
    return letters


def write_legend(letters: Mapping[str, str]) -> str:
    """The letters as one line, "R=rizatriptan;I=ibuprofen", as pages and printed sheets carry them."""
    return ";".join(f"{letter}={code}" for letter, code in letters.items())


def read_legend(text: str, names: Mapping[str, str]) -> dict[str, str]:
    """The letters of a legend, those of medicines that are not in `names` left out."""
    pairs = (pair.partition("=") for pair in text.split(";"))
    return {letter.upper(): code for letter, _, code in pairs if letter and code in names}


def read_intakes(text: str, words: Words) -> Reading:
    """Read one field. Empty text means that nothing is known. Raises ShorthandError with an instruction."""
    pieces = [piece for piece in _SEPARATORS.split(re.sub(r"\s+!", BEFORE_PAIN, text.strip())) if piece]
    if len(pieces) == 1 and pieces[0].lower() in _ALONE:
        return Reading((), known=True)
    unsure = UNSURE in pieces
    doses: dict[str | None, int] = {}
    before_pain: set[str | None] = set()
    for piece, number, before in _with_numbers([piece for piece in pieces if piece != UNSURE]):
        code = _code(piece, words)
        doses[code] = doses.get(code, 0) + _doses(number, piece)
        if doses[code] > MOST_DOSES:
            raise ShorthandError(f"Check “{piece}”: more than {MOST_DOSES} doses on one day.")
        if before:
            before_pain.add(code)
    intakes = sorted_intakes(
        IntakeEntry(code, number, taken_before_pain=code in before_pain or None) for code, number in doses.items()
    )
    return Reading(intakes, known=bool(intakes) and not unsure)


def write_intakes(intakes: Iterable[IntakeEntry], *, known: bool, letters: Mapping[str, str]) -> str:
    """Write the medicines of a day so that `read_intakes` reads them back."""
    by_code = {code: letter for letter, code in letters.items()}
    pieces = [
        f"{_shown(intake, by_code)}{intake.doses}{BEFORE_PAIN if intake.taken_before_pain else ''}"
        for intake in intakes
    ]
    if pieces:
        return " ".join(pieces if known else [*pieces, UNSURE])
    return NOTHING if known else ""


def _proposals(code: str) -> Iterable[str]:
    parts = [part for part in code.upper().split("-") if part]
    yield parts[0][0]
    if len(parts) > 1:
        yield "".join(part[0] for part in parts)
    for length in range(2, len(parts[0]) + 1):
        yield parts[0][:length]
    yield code.upper()


def _with_numbers(pieces: list[str]) -> Iterable[tuple[str, str, bool]]:
    """Join "R" and a following "2"; (name, number or "", taken before the pain)."""
    place = 0
    while place < len(pieces):
        found = _PIECE.fullmatch(pieces[place])
        if found is None:
            raise ShorthandError(f"Write the medicine first, then the doses, like R1: “{pieces[place]}” is not clear.")
        name, number, before = found[1], found[2] or "", bool(found[3])
        doses = _DOSES.fullmatch(pieces[place + 1]) if place + 1 < len(pieces) else None
        if doses and not number and not before:
            place += 1
            number, before = doses[1], bool(doses[2])
        yield name, number, before
        place += 1


def _code(name: str, words: Words) -> str | None:
    typed = name.upper()
    if typed == SOMETHING:
        return None
    if typed in words.letters:
        return words.letters[typed]
    # The patient's own medicine is meant when the beginning fits one of those, whatever else is in the catalogue.
    own = _beginning_with(name, words.letters.values())
    fitting = own if len(own) == 1 else _beginning_with(name, words.names)
    if not fitting:
        raise ShorthandError(
            f"Write a letter from the list above or the beginning of a medicine's name: “{name}” is neither."
        )
    if len(fitting) > 1:
        some = ", ".join(fitting[:4])
        raise ShorthandError(
            f"Write more of the name: “{name}” could be {some}{' or others' if len(fitting) > 4 else ''}."
        )
    return fitting[0]


def _beginning_with(name: str, codes: Iterable[str]) -> list[str]:
    codes = list(codes)
    if name.lower() in codes:
        return [name.lower()]
    return sorted({code for code in codes if code.startswith(name.lower())})


def _doses(number: str, name: str) -> int:
    doses = int(number) if number else 1
    if not 1 <= doses <= MOST_DOSES:
        raise ShorthandError(f"Enter how many doses were taken, 1 to {MOST_DOSES}, not milligrams: “{name}{number}”.")
    return doses


def _shown(intake: IntakeEntry, letters: Mapping[str, str]) -> str:
    if intake.code is None:
        return SOMETHING
    return letters.get(intake.code) or f"{intake.code} "
