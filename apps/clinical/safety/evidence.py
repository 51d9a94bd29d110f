"""Three-valued answers that carry their reasons: what speaks for them and what is not recorded."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from apps.clinical.safety.facts import RegimenLine
from apps.clinical.three_valued import at_least, every, some

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, order=True)
class Missing:
    """Something that is not recorded: the key of the fact, so that a page can link to it, and the words for it."""

    key: str
    words: str

    @property
    def sentence(self) -> str:
        """The gap as a sentence for the page."""
        return f"cannot assess: {self.words} is not recorded"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Yes, no or not known; why, with which medicines and days, and what is missing."""

    answer: bool | None
    reasons: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()
    lines: tuple[RegimenLine, ...] = ()
    days: tuple[date, ...] = ()


NO = Evidence(False)


def unknown(key: str, words: str) -> Evidence:
    """Not known, because one fact is not recorded."""
    return Evidence(None, missing=(Missing(key, words),))


def fact(known: bool | None, key: str, words: str) -> Evidence:
    """A recorded yes or no, or that it is not recorded."""
    return unknown(key, words) if known is None else Evidence(known, (words,) if known else ())


def compared(value: float | None, holds: Callable[[float], bool], key: str, words: str) -> Evidence:
    """Whether a recorded number fulfils a comparison. words: what the number is."""
    if value is None:
        return unknown(key, words)
    return Evidence(True, (f"{words} {value:g}",)) if holds(value) else NO


def both(*parts: Evidence) -> Evidence:
    """All parts must hold: one no settles it."""
    answer = every(each.answer for each in parts)
    return NO if answer is False else _joined(answer, (each for each in parts if each.answer is not False))


def either(*parts: Evidence) -> Evidence:
    """One part is enough; when one holds, what is missing for the others does not matter."""
    return _chosen(some(each.answer for each in parts), parts)


def several(number: int, parts: Iterable[Evidence]) -> Evidence:
    """At least so many parts must hold."""
    found = tuple(parts)
    return _chosen(at_least(number, (each.answer for each in found)), found)


def lacking(part: Evidence, words: str) -> Evidence:
    """The opposite of a part; words say what is lacking."""
    if part.answer is None:
        return part
    return NO if part.answer else Evidence(True, (words,))


def _chosen(answer: bool | None, parts: tuple[Evidence, ...]) -> Evidence:
    if answer is False:
        return NO
    return _joined(answer, (each for each in parts if each.answer is not False and (not answer or each.answer)))


def _joined(answer: bool | None, parts: Iterable[Evidence]) -> Evidence:
    found = tuple(parts)
    return Evidence(
        answer,
        reasons=_once(reason for each in found for reason in each.reasons),
        missing=_once(gap for each in found for gap in each.missing) if answer is None else (),
        lines=tuple(dict.fromkeys(line for each in found for line in each.lines)),
        days=tuple(sorted({day for each in found for day in each.days})),
    )


def _once(items: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(dict.fromkeys(items))
