"""What a rule answers with.

A rule never answers yes or no alone. It answers with a `Finding`: met, not met or cannot tell,
together with what was counted, what is missing and which days decide. A saved finding keeps the
rule version that made it, so that an old printout can still be explained years later.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class Answer(StrEnum):
    """The three possible answers. "Cannot tell" is an honest answer, not an error."""

    MET = "met"
    NOT_MET = "not_met"
    CANNOT_TELL = "cannot_tell"

    @property
    def label(self) -> str:
        """The answer as words for the page."""
        return self.value.replace("_", " ")


class Certainty(StrEnum):
    """How firmly the rule stands on its source."""

    CERTAIN = "certain"
    CHECK = "check"
    CONVENTION = "convention"

    @property
    def label(self) -> str:
        """The certainty as a sentence for the page."""
        return {
            Certainty.CERTAIN: "stated by the source",
            Certainty.CHECK: "to be confirmed in the source",
            Certainty.CONVENTION: "this clinic's convention",
        }[self]


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """A count that is only known to lie between two whole numbers, both included.

    Raises ValueError when the upper end is below the lower one.
    """

    lower: int
    upper: int

    def __post_init__(self) -> None:
        if self.upper < self.lower:
            raise ValueError(f"an interval cannot run from {self.lower} down to {self.upper}")

    @property
    def exact(self) -> bool:
        """True when both ends are the same, that is, nothing is missing."""
        return self.lower == self.upper

    def __contains__(self, count: object) -> bool:
        return isinstance(count, int) and self.lower <= count <= self.upper

    def __str__(self) -> str:
        return str(self.lower) if self.exact else f"{self.lower}–{self.upper}"


def threshold_answer(interval: Interval, at_least: int) -> Answer:
    """Say whether a count reaches a threshold, whatever the missing days turn out to hold.

    Met when even the lower end reaches it, not met when even the upper end stays below it,
    otherwise cannot tell.
    """
    if interval.lower >= at_least:
        return Answer.MET
    if interval.upper < at_least:
        return Answer.NOT_MET
    return Answer.CANNOT_TELL


def all_of(answers: tuple[Answer, ...]) -> Answer:
    """Join answers that must all be met: one "not met" settles it, otherwise doubt remains doubt."""
    if Answer.NOT_MET in answers:
        return Answer.NOT_MET
    return Answer.CANNOT_TELL if Answer.CANNOT_TELL in answers else Answer.MET


def any_of(answers: tuple[Answer, ...]) -> Answer:
    """Join answers of which one is enough: one "met" settles it, otherwise doubt remains doubt."""
    if Answer.MET in answers:
        return Answer.MET
    return Answer.CANNOT_TELL if Answer.CANNOT_TELL in answers else Answer.NOT_MET


def opposite(answer: Answer) -> Answer:
    """Turn met into not met and back; doubt remains doubt."""
    swapped = {Answer.MET: Answer.NOT_MET, Answer.NOT_MET: Answer.MET}
    return swapped.get(answer, Answer.CANNOT_TELL)


def yes_no(known: bool | None) -> Answer:
    """Turn a recorded yes, no or not known into an answer."""
    if known is None:
        return Answer.CANNOT_TELL
    return Answer.MET if known else Answer.NOT_MET


@dataclass(frozen=True, slots=True)
class Fact:
    """One counted thing, as words for the page: label "Triptan days", value "7–11"."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer of one rule about one patient at one date.

    headline: one plain sentence for clinicians.
    interval, threshold: the count that was compared and the number it had to reach, if any.
    facts: everything that was counted. missing: what is not known, as sentences.
    deciding_days: the days that make the answer, or, when it cannot be told, that would decide it.
    """

    rule_id: str
    rule_version: str
    source: str
    certainty: Certainty
    answer: Answer
    headline: str
    interval: Interval | None = None
    threshold: int | None = None
    facts: tuple[Fact, ...] = ()
    missing: tuple[str, ...] = ()
    deciding_days: tuple[date, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Give the finding as plain JSON values, to be saved beside the record it belongs to."""
        return {
            "rule_id": self.rule_id,
            "rule_version": self.rule_version,
            "source": self.source,
            "certainty": self.certainty.value,
            "answer": self.answer.value,
            "headline": self.headline,
            "interval": [self.interval.lower, self.interval.upper] if self.interval else None,
            "threshold": self.threshold,
            "facts": [{"label": fact.label, "value": fact.value} for fact in self.facts],
            "missing": list(self.missing),
            "deciding_days": [day.isoformat() for day in self.deciding_days],
        }

    @classmethod
    def from_dict(cls, saved: Mapping[str, Any]) -> "Finding":
        """Read a saved finding back unchanged; nothing is computed again.

        Raises KeyError or ValueError when the saved value is not a finding.
        """
        interval = saved["interval"]
        return cls(
            rule_id=saved["rule_id"],
            rule_version=saved["rule_version"],
            source=saved["source"],
            certainty=Certainty(saved["certainty"]),
            answer=Answer(saved["answer"]),
            headline=saved["headline"],
            interval=Interval(*interval) if interval is not None else None,
            threshold=saved["threshold"],
            facts=tuple(Fact(fact["label"], fact["value"]) for fact in saved["facts"]),
            missing=tuple(saved["missing"]),
            deciding_days=tuple(date.fromisoformat(day) for day in saved["deciding_days"]),
        )
