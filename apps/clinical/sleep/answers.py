"""Turning known and unknown values into answers, and answers into the words a finding gives as its reasons."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import floor

from apps.clinical.findings import Answer, Fact, Interval, threshold_answer, yes_no

MINUTES = 60


@dataclass(frozen=True, slots=True)
class Sign:
    """One indicator: what it is called, what is known about it, and whether it is there."""

    label: str
    value: str
    answer: Answer

    @property
    def fact(self) -> Fact:
        """The indicator as a line of the finding."""
        return Fact(self.label, self.value)


def sign(label: str, known: bool | None) -> Sign:
    """An indicator that is there, absent or not asked."""
    return Sign(label, {True: "yes", False: "no", None: "not asked"}[known], yes_no(known))


def reaches(label: str, value: float | None, at_least: float, *, unit: str = "") -> Sign:
    """A number that has to reach a threshold."""
    answer = Answer.CANNOT_TELL if value is None else yes_no(value >= at_least)
    return Sign(f"{label}, from {at_least:g}{unit}", _shown(value, unit), answer)


def stays_within(label: str, value: float | None, at_most: float, *, unit: str = "") -> Sign:
    """A number that has to stay at or below a threshold."""
    answer = Answer.CANNOT_TELL if value is None else yes_no(value <= at_most)
    return Sign(f"{label}, up to {at_most:g}{unit}", _shown(value, unit), answer)


def days_reach(label: str, days: Interval | None, at_least: int) -> Sign:
    """A count of days that has to reach a threshold, when it may only be known as an interval."""
    answer = Answer.CANNOT_TELL if days is None else threshold_answer(days, at_least)
    return Sign(f"{label}, from {at_least} days", "not known" if days is None else f"{days} days", answer)


def hours_reach(label: str, hours: float | None, at_least: float) -> Sign:
    """A length of time that has to reach a threshold, in hours, shown as hours and minutes."""
    answer = Answer.CANNOT_TELL if hours is None else yes_no(hours >= at_least)
    return Sign(f"{label}, from {hours_words(at_least)}", "not known" if hours is None else hours_words(hours), answer)


def clock_reaches(label: str, hours: float | None, at_least: float) -> Sign:
    """A time of day that has to reach a threshold, in hours from midnight, shown as on a clock."""
    answer = Answer.CANNOT_TELL if hours is None else yes_no(hours >= at_least)
    return Sign(f"{label}, from {clock_words(at_least)}", "not known" if hours is None else clock_words(hours), answer)


def hours_words(hours: float) -> str:
    """Write a length of time like "1 h 59 min"; cut to whole minutes, so that it never seems to reach a limit."""
    whole, minutes = divmod(floor(hours * MINUTES), MINUTES)
    return f"{whole} h {minutes} min" if minutes else f"{whole} h"


def clock_words(hours: float) -> str:
    """Write hours from midnight like "05:29", before midnight too; cut to whole minutes."""
    whole, minutes = divmod(floor(hours * MINUTES) % (24 * MINUTES), MINUTES)
    return f"{whole:02d}:{minutes:02d}"


def at_least_of(signs: Iterable[Sign], needed: int) -> Answer:
    """Whether at least so many of the indicators are there, whatever the unknown ones turn out to be."""
    answers = [each.answer for each in signs]
    certain = answers.count(Answer.MET)
    open_ = answers.count(Answer.CANNOT_TELL)
    return threshold_answer(Interval(certain, certain + open_), needed)


def speaking_for(signs: Iterable[Sign]) -> tuple[Fact, ...]:
    """The indicators that are there, as lines of the finding."""
    return tuple(each.fact for each in signs if each.answer is Answer.MET)


def not_known(signs: Iterable[Sign]) -> tuple[str, ...]:
    """What would have to be asked, as sentences."""
    return tuple(f"Not known: {each.label}" for each in signs if each.answer is Answer.CANNOT_TELL)


def _shown(value: float | None, unit: str) -> str:
    return "not known" if value is None else f"{value:g}{unit}"
