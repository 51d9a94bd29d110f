"""D'Antona & Matharu 2019, J Headache Pain 20:89, Table 2: the most explicit of the published rules."""

from dataclasses import dataclass
from datetime import date

from apps.clinical.findings import Certainty
from apps.clinical.refractory.adequacy import DEFAULT_ADEQUACY
from apps.clinical.refractory.classes import DANTONA_MEMBERS, DAntonaClass
from apps.clinical.refractory.criteria import Assessment, Criterion, Definition, assessment, from_states, stated
from apps.clinical.refractory.facts import RefractoryFacts
from apps.clinical.refractory.failure import FailureRule, Reading, outside, read_preventive, unconfirmed
from apps.clinical.refractory.tally import ClassState, class_states
from apps.clinical.refractory.trials import Drug
from apps.clinical.rulebook import Rule, Threshold
from apps.clinical.three_valued import at_least, negated, some

CLASSES_NEEDED = 5
KEY_CLASSES_NEEDED = 2
KEY_CLASSES = (DAntonaClass.TOPIRAMATE, DAntonaClass.ONABOTULINUMTOXINA, DAntonaClass.CGRP_ANTIBODY)
WEEKS_AT_DOSE = 8
RESPONSE_FROM = 50

RULE = Rule(
    id="refractory.dantona_2019",
    version="1.0",
    title="Refractory chronic migraine, D'Antona & Matharu 2019",
    source="D'Antona & Matharu, J Headache Pain 2019;20:89, Table 2; what is not settled there: clinic convention",
    certainty=Certainty.CHECK,
    thresholds=(
        Threshold("classes failed", "5", "the other drugs with trials count as one class: clinic convention"),
        Threshold("of them key classes", "2 of topiramate, onabotulinumtoxinA, CGRP antibody", "as far as available"),
        Threshold("adequate trial", "8 weeks at dose", "the paper says 2 months without titration"),
        Threshold("onabotulinumtoxinA", "2 quarterly treatments", "the paper"),
        Threshold("response", "50 %", "a smaller fall of monthly migraine days is failure"),
    ),
)


FAILURE = FailureRule(
    intolerance=True,
    contraindicated=True,
    acute_contraindicated=True,
    adequacy=DEFAULT_ADEQUACY.with_oral_weeks(WEEKS_AT_DOSE),
    response_from=RESPONSE_FROM,
)


@dataclass(frozen=True, slots=True)
class DAntona2019Settings:
    """key_available: which key classes can be had here; None while the clinic has not said so. other_drugs: ingredients
    with two class I or two class II trials, as the clinic has confirmed them; None while it has not. any_member: one
    contraindicated member makes its class fail.
    """

    key_available: frozenset[DAntonaClass] | None = None
    other_drugs: frozenset[str] | None = None
    any_member: bool = False
    failure: FailureRule = FAILURE


@RULE.defines
def dantona_2019(
    facts: RefractoryFacts, *, today: date, settings: DAntona2019Settings = DAntona2019Settings()
) -> Assessment:
    """Chronic migraine in which 5 classes failed, 2 of them out of topiramate, onabotulinumtoxinA and CGRP antibodies,
    and in which medication-overuse headache is excluded. Overuse alone does not exclude.

    Failed: less than half the monthly migraine days gone after an adequate trial, side effects that could not be
    tolerated, or contraindication. The clause on the three key classes holds for what can be had locally: with fewer
    than two of them available, only the available ones are asked for. The other classes: beta-blockers (propranolol,
    metoprolol, timolol), amitriptyline, venlafaxine, valproate, and other drugs with good trials, which the clinic names.
    """
    readings = tuple(
        _confirmed_only(read_preventive(trial, settings.failure, today), settings) for trial in facts.preventives
    )
    states = class_states(
        DAntonaClass,
        readings,
        lambda drug: _class_of(drug, settings),
        complete=facts.preventives_complete,
        members={**DANTONA_MEMBERS, DAntonaClass.OTHER: settings.other_drugs or frozenset()},
        any_member=settings.any_member,
    )
    five = at_least(CLASSES_NEEDED, (state.failed for state in states))
    no_overuse_headache = some((negated(facts.medication_overuse), negated(facts.overuse_headache)))
    return assessment(
        Definition.DANTONA_2019,
        RULE,
        (
            stated("A", "chronic migraine", facts.chronic_migraine),
            stated("A, overuse", "medication-overuse headache excluded", no_overuse_headache),
            from_states("B", "5 classes failed", five, states, everything=facts.preventives_question),
            _key_criterion(states, facts, settings),
        ),
        readings,
    )


def _key_criterion(states: tuple[ClassState, ...], facts: RefractoryFacts, settings: DAntona2019Settings) -> Criterion:
    key = tuple(state for drawn, state in zip(DAntonaClass, states, strict=True) if drawn in KEY_CLASSES)
    known = settings.key_available is not None
    available = KEY_CLASSES if settings.key_available is None else settings.key_available
    needed = min(KEY_CLASSES_NEEDED, len([drawn for drawn in KEY_CLASSES if drawn in available]))
    met = at_least(needed, (state.failed for state in key))
    return from_states(
        "B, key classes",
        f"{needed} of topiramate, onabotulinumtoxinA and CGRP antibody failed",
        met if known or met else None,
        key,
        everything=facts.preventives_question,
        besides=() if known else ("Cannot assess: which of the key classes are available is not recorded",),
    )


def _class_of(drug: Drug, settings: DAntona2019Settings) -> DAntonaClass | None:
    for drawn, members in DANTONA_MEMBERS.items():
        if drug.ingredient in members:
            return drawn
    counts = settings.other_drugs is None or drug.ingredient in settings.other_drugs
    return DAntonaClass.OTHER if counts else None


def _confirmed_only(reading: Reading, settings: DAntona2019Settings) -> Reading:
    """A drug beside the named classes is certain only when the clinic has confirmed the list of other drugs."""
    drawn = _class_of(reading.trial.drug, settings)
    if drawn is None:
        return outside(reading)
    return unconfirmed(reading) if drawn is DAntonaClass.OTHER and settings.other_drugs is None else reading
