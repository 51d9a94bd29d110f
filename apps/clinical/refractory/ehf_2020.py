"""Sacco et al. 2020, European Headache Federation: resistant and refractory migraine. J Headache Pain 2020;21:76."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from apps.clinical.findings import Answer, Certainty
from apps.clinical.refractory.classes import EHF_2020_MEMBERS, DrugClass, Ehf2020Class
from apps.clinical.refractory.criteria import (
    Assessment,
    Criterion,
    Definition,
    assessment,
    at_least_drugs,
    from_states,
    stated,
)
from apps.clinical.refractory.facts import RefractoryFacts
from apps.clinical.refractory.failure import FailureRule, Reading, outside, read_acute, read_preventive
from apps.clinical.refractory.months import MONTHS_REFRACTORY, MONTHS_RESISTANT, debilitating_in_a_row
from apps.clinical.refractory.tally import ClassState, class_states, drug_states
from apps.clinical.refractory.trials import Drug
from apps.clinical.rulebook import Rule, Threshold
from apps.clinical.three_valued import at_least, every, some

CLASSES_RESISTANT = 3
TRIPTANS_NEEDED = 2

_SOURCE = "Sacco et al., European Headache Federation, J Headache Pain 2020;21:76"
_COMMON = (
    Threshold("debilitating headache days", "8 a month", "despite acute medicine, taken early in the right dose"),
    Threshold("triptans failed", "2 different ones", "a contraindicated one counts: to be confirmed"),
    Threshold("adequate trial", "the clinic's defaults", "the paper says appropriate dose and duration"),
    Threshold("contraindicated class", "every named member", "clinic convention; a setting takes any member"),
)

RESISTANT = Rule(
    id="refractory.ehf_2020_resistant",
    version="1.0",
    title="Resistant migraine, EHF 2020",
    source=_SOURCE,
    certainty=Certainty.CHECK,
    thresholds=(Threshold("classes failed", "3 of 8", _SOURCE), Threshold("months in a row", "3", _SOURCE), *_COMMON),
)

REFRACTORY = Rule(
    id="refractory.ehf_2020_refractory",
    version="1.0",
    title="Refractory migraine, EHF 2020",
    source=_SOURCE,
    certainty=Certainty.CHECK,
    thresholds=(
        Threshold("classes failed", "all that are available", "the clinic names them for its country"),
        Threshold("months in a row", "6", _SOURCE),
        Threshold("CGRP class", "confirmed as exhausted", "whether one antibody is enough is to be confirmed"),
        *_COMMON,
    ),
)


class Status(StrEnum):
    """What EHF 2020 calls the migraine; the higher of two is shown."""

    REFRACTORY = "refractory"
    RESISTANT = "resistant"
    NEITHER = "neither"
    CANNOT_TELL = "cannot_tell"

    @property
    def label(self) -> str:
        """The status as words for the page."""
        return self.value.replace("_", " ").capitalize()


FAILURE = FailureRule(intolerance=True, contraindicated=True, acute_contraindicated=True, acute_early=True)


@dataclass(frozen=True, slots=True)
class Ehf2020Settings:
    """available: classes that can be had in this country; None while the clinic has not said so. members: ingredients
    of each class, for the question whether the whole class is contraindicated; class 8 is asked for only when the
    clinic names a member. any_member: one contraindicated member is enough. cgrp_confirmed: the clinician must call
    the CGRP class exhausted.

    Raises ValueError when no class at all is available.
    """

    available: frozenset[Ehf2020Class] | None = None
    members: Mapping[Ehf2020Class, frozenset[str]] = field(default_factory=lambda: EHF_2020_MEMBERS)
    any_member: bool = False
    cgrp_confirmed: bool = True
    failure: FailureRule = FAILURE

    def __post_init__(self) -> None:
        if self.available is not None and not self.available:
            raise ValueError("name at least one available class")

    @property
    def asked_for(self) -> tuple[Ehf2020Class, ...]:
        """The classes that refractory asks for: the available ones, all eight while availability is not known."""
        classes = Ehf2020Class if self.available is None else sorted(self.available)
        return tuple(each for each in classes if each is not Ehf2020Class.OTHERS or self.members.get(each))


@RESISTANT.defines
def ehf_2020_resistant(
    facts: RefractoryFacts, *, today: date, settings: Ehf2020Settings = Ehf2020Settings()
) -> Assessment:
    """Migraine with or without aura, or chronic migraine, with at least 8 debilitating headache days in each of the
    last 3 months, in which preventives of at least 3 of the 8 classes failed and at least 2 different triptans did.

    A clinician confirms that acute medicine of established efficacy was taken early and in the recommended dose.

    A preventive fails by lack of effect in an adequate trial, by lack of tolerability, or because it is contraindicated;
    a class is contraindicated when every named member is. Two drugs of one class count once. Where the diary can't tell
    about the months, a review of the charts may. Whoever is refractory is resistant too; the higher status is shown.
    Medication overuse is reported beside it and excludes nothing.
    """
    readings, states = _classes(facts, today, settings)
    met = at_least(CLASSES_RESISTANT, (state.failed for state in states))
    failed = from_states("classes", "3 of 8 classes failed", met, states, everything=facts.preventives_question)
    criteria = (*_shared(facts, settings), _months(facts, MONTHS_RESISTANT, facts.charts_show_three_months), failed)
    return assessment(Definition.EHF_2020_RESISTANT, RESISTANT, criteria, readings)


@REFRACTORY.defines
def ehf_2020_refractory(
    facts: RefractoryFacts, *, today: date, settings: Ehf2020Settings = Ehf2020Settings()
) -> Assessment:
    """Diagnosis, acute medicine and triptans as for resistant migraine, with at least 8 debilitating headache days in
    each of the last 6 months and failure in every class that is available.

    The clinic names the classes available in its country; until it has, only failure in all classes is enough. A class
    that is not available is skipped, and so is class 8 unless a medicine is named in it. The class of the CGRP pathway
    counts when the clinician confirms that it is exhausted, or when it is contraindicated. The months come from the
    diary; a review of the charts is not enough.
    """
    readings, states = _classes(facts, today, settings)
    asked_for = [_exhausted(state, drawn, facts, settings) for drawn, state in zip(Ehf2020Class, states, strict=True)]
    needed = tuple(asked_for[each - 1] for each in settings.asked_for)
    met = every(state.failed for state in needed)
    known = settings.available is not None
    failed = from_states(
        "classes",
        f"all {len(needed)} available classes failed" if known else "all available classes failed",
        met if known or met else None,
        needed,
        everything=facts.preventives_question,
        besides=() if known else ("Cannot assess: which classes are available in this country is not recorded",),
    )
    criteria = (*_shared(facts, settings), _months(facts, MONTHS_REFRACTORY, None), _with_open_classes(failed, needed))
    return assessment(Definition.EHF_2020_REFRACTORY, REFRACTORY, criteria, readings)


def ehf_2020_status(resistant: Assessment, refractory: Assessment) -> Status:
    """The higher of the two labels; cannot tell while a higher one than the certain one is open."""
    if refractory.answer is Answer.MET:
        return Status.REFRACTORY
    if Answer.CANNOT_TELL in (refractory.answer, resistant.answer):
        return Status.CANNOT_TELL
    return Status.RESISTANT if resistant.answer is Answer.MET else Status.NEITHER


def _classes(
    facts: RefractoryFacts, today: date, settings: Ehf2020Settings
) -> tuple[tuple[Reading, ...], tuple[ClassState, ...]]:
    read = (read_preventive(trial, settings.failure, today) for trial in facts.preventives)
    readings = tuple(outside(row) if row.trial.drug.ehf_2020 is None else row for row in read)
    states = class_states(
        Ehf2020Class,
        readings,
        _class_of,
        complete=facts.preventives_complete,
        members=settings.members,
        any_member=settings.any_member,
    )
    return readings, states


def _class_of(drug: Drug) -> Ehf2020Class | None:
    return drug.ehf_2020


def _exhausted(state: ClassState, drawn: Ehf2020Class, facts: RefractoryFacts, settings: Ehf2020Settings) -> ClassState:
    """For refractory, the CGRP class fails only when the clinician says that nothing of it is left."""
    barred = state.failed and all(row.contraindicated for row in state.proof)
    if drawn is not Ehf2020Class.CGRP_PATHWAY or not settings.cgrp_confirmed or barred:
        return state
    confirmed = every((state.failed, facts.cgrp_class_exhausted))
    question = "Cannot assess: whether the CGRP class is exhausted is not recorded"
    asked = (question,) if confirmed is None and facts.cgrp_class_exhausted is None else ()
    return replace(state, failed=confirmed, missing=(*state.missing, *asked))


def _with_open_classes(criterion: Criterion, needed: tuple[ClassState, ...]) -> Criterion:
    left = [state.label for state in needed if not state.failed]
    return (
        replace(criterion, says=f"{criterion.says}; not failed or not known: {', '.join(left)}") if left else criterion
    )


def _shared(facts: RefractoryFacts, settings: Ehf2020Settings) -> tuple[Criterion, ...]:
    return (
        stated("diagnosis", "migraine", facts.any_migraine),
        _triptans(facts, settings),
        stated(
            "acute medicine", "of established efficacy, early and in the recommended dose", facts.acute_use_confirmed
        ),
    )


def _triptans(facts: RefractoryFacts, settings: Ehf2020Settings) -> Criterion:
    triptans = [
        read_acute(trial, settings.failure) for trial in facts.acutes if trial.drug.drug_class is DrugClass.TRIPTAN
    ]
    drugs = drug_states(triptans)
    all_barred = some(row.failed for row in triptans if row.trial.whole_class)
    met = some((at_least_drugs(TRIPTANS_NEEDED, drugs, complete=facts.acutes_complete), all_barred))
    return from_states("triptans", "2 different triptans failed", met, drugs, everything=facts.acutes_question)


def _months(facts: RefractoryFacts, needed: int, charts: bool | None) -> Criterion:
    found = debilitating_in_a_row(facts.months, needed)
    by_charts = found.answer is Answer.CANNOT_TELL and charts is not None
    answer = (Answer.MET if charts else Answer.NOT_MET) if by_charts else found.answer
    return Criterion(
        "months",
        f"8 debilitating days in each of the last {needed} months",
        answer,
        f"{found.headline}; {'by review of the charts' if by_charts else 'by the diary'}",
        months=tuple(month.count.period for month in facts.months[:needed]),
        days=found.deciding_days,
        would_decide=found.missing if answer is Answer.CANNOT_TELL else (),
    )
