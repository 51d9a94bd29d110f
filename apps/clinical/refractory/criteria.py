"""What an assessment is made of: criteria, each with the rows and months that prove it, and what would decide it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from apps.clinical.findings import Answer, Fact, Finding, all_of, yes_no
from apps.clinical.periods import Period
from apps.clinical.refractory.failure import Reading
from apps.clinical.refractory.tally import ClassState
from apps.clinical.rulebook import Rule
from apps.clinical.three_valued import at_least


class Definition(StrEnum):
    """The published definitions."""

    EHF_2020_REFRACTORY = "ehf_2020_refractory"
    EHF_2020_RESISTANT = "ehf_2020_resistant"
    EHF_2014 = "ehf_2014"
    DANTONA_2019 = "dantona_2019"
    SILBERSTEIN_2010 = "silberstein_2010"
    SCHULMAN_2008_CHRONIC = "schulman_2008_chronic"
    SCHULMAN_2008 = "schulman_2008"
    GOADSBY_2006 = "goadsby_2006"

    @property
    def label(self) -> str:
        """The definition as words for the page."""
        return {
            Definition.EHF_2020_REFRACTORY: "EHF 2020, refractory",
            Definition.EHF_2020_RESISTANT: "EHF 2020, resistant",
            Definition.EHF_2014: "EHF 2014, refractory chronic migraine",
            Definition.DANTONA_2019: "D'Antona & Matharu 2019",
            Definition.SILBERSTEIN_2010: "Silberstein 2010",
            Definition.SCHULMAN_2008_CHRONIC: "Schulman 2008, chronic",
            Definition.SCHULMAN_2008: "Schulman 2008",
            Definition.GOADSBY_2006: "Goadsby 2006",
        }[self]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion of a definition.

    code: as the source or this rule book numbers it. asks: what is asked. says: what was found. rows: keys of the
    ledger rows that prove it. months, days: the windows and days that prove it or would decide it. would_decide: what
    is not known and would settle it, as sentences; empty when it is settled.
    """

    code: str
    asks: str
    answer: Answer
    says: str
    rows: tuple[str, ...] = ()
    months: tuple[Period, ...] = ()
    days: tuple[date, ...] = ()
    would_decide: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    """What one definition says about one patient at one date.

    readings: how the definition reads each preventive of the ledger. grade: the grade reached, for graded definitions.
    """

    definition: Definition
    criteria: tuple[Criterion, ...]
    finding: Finding
    readings: tuple[Reading, ...]
    grade: str = ""

    @property
    def answer(self) -> Answer:
        """Met, not met or cannot tell."""
        return self.finding.answer

    @property
    def against(self) -> tuple[Criterion, ...]:
        """The criteria that are not met."""
        return tuple(each for each in self.criteria if each.answer is Answer.NOT_MET)


def stated(code: str, asks: str, known: bool | None) -> Criterion:
    """A criterion that a clinician answers with yes or no."""
    answer = yes_no(known)
    says = {Answer.MET: "yes", Answer.NOT_MET: "no", Answer.CANNOT_TELL: "not recorded"}[answer]
    missing = () if known is not None else (f"Cannot assess: “{asks}” is not recorded",)
    return Criterion(code, asks, answer, says, would_decide=missing)


def at_least_drugs(number: int, states: Iterable[ClassState], *, complete: bool) -> bool | None:
    """Whether so many drugs failed; until the list is complete, drugs that are not on it may have failed too."""
    return at_least(number, (*(each.failed for each in states), *(() if complete else (None,) * number)))


def from_states(
    code: str,
    asks: str,
    met: bool | None,
    states: Iterable[ClassState],
    *,
    everything: str = "",
    besides: Iterable[str] = (),
) -> Criterion:
    """A criterion on classes or drugs, with the rows that prove it.

    everything: the question whether the list is complete; empty when it is. besides: further questions.
    """
    known = tuple(states)
    failed = [each for each in known if each.failed]
    asked = (*(question for each in known for question in each.missing), *besides, everything)
    unsettled = tuple(dict.fromkeys(question for question in asked if question)) if met is None else ()
    return Criterion(
        code,
        asks,
        yes_no(met),
        f"{len(failed)} failed: {'; '.join(each.words for each in failed)}" if failed else "none failed",
        rows=tuple(dict.fromkeys(row.trial.row for each in failed for row in each.proof)),
        would_decide=unsettled,
    )


def assessment(
    definition: Definition,
    rule: Rule,
    criteria: Iterable[Criterion],
    readings: Iterable[Reading],
    *,
    required: Iterable[Criterion] | None = None,
    grade: str = "",
) -> Assessment:
    """Join the criteria into the definition's answer; all must be met, unless only some are required."""
    listed = tuple(criteria)
    needed = listed if required is None else tuple(required)
    answer = all_of(tuple(each.answer for each in needed))
    finding = rule.finding(
        answer=answer,
        headline=_headline(definition, answer, needed, grade),
        facts=[Fact(f"{each.code} {each.asks}", f"{each.answer.label}: {each.says}") for each in listed],
        missing=dict.fromkeys(question for each in needed for question in each.would_decide)
        if answer is Answer.CANNOT_TELL
        else (),
        deciding_days=sorted({day for each in needed if each.answer is answer for day in each.days}),
    )
    return Assessment(definition, listed, finding, tuple(readings), grade)


def _headline(definition: Definition, answer: Answer, needed: tuple[Criterion, ...], grade: str) -> str:
    words = f"{definition.label}: {answer.label}"
    if grade:
        words = f"{words}, {grade}"
    doubtful = [each.asks for each in needed if each.answer is answer]
    return words if answer is Answer.MET or not doubtful else f"{words} ({'; '.join(doubtful)})"
