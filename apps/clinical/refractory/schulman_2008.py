"""Schulman et al. 2008: refractory migraine, and refractory chronic migraine.

Headache 2008;48:778-782. Botulinum toxin, SNRIs, sartans and CGRP medicines do not count: they were not on the list.
"""

from dataclasses import dataclass
from datetime import date

from apps.clinical.findings import Certainty
from apps.clinical.refractory.classes import SchulmanClass
from apps.clinical.refractory.criteria import Assessment, Criterion, Definition, assessment, from_states, stated
from apps.clinical.refractory.facts import RefractoryFacts
from apps.clinical.refractory.failure import FailureRule, Reading, outside, read_acute, read_preventive
from apps.clinical.refractory.tally import class_states
from apps.clinical.refractory.trials import Drug
from apps.clinical.rulebook import Rule, Threshold
from apps.clinical.three_valued import at_least, every, some

PREVENTIVE_CLASSES = (
    SchulmanClass.BETA_BLOCKER,
    SchulmanClass.ANTICONVULSANT,
    SchulmanClass.TRICYCLIC,
    SchulmanClass.CALCIUM_CHANNEL_BLOCKER,
)
ACUTE_CLASSES = (
    SchulmanClass.TRIPTAN,
    SchulmanClass.DIHYDROERGOTAMINE,
    SchulmanClass.NSAID,
    SchulmanClass.COMBINATION_ANALGESIC,
)
CLASSES_NEEDED = 2

_SOURCE = "Schulman et al., Headache 2008;48:778-782"
_THRESHOLDS = (
    Threshold("preventive classes failed", "2 of 4", "beta-blockers, anticonvulsants, tricyclics, calcium blockers"),
    Threshold(
        "acute medicines failed", "triptan, dihydroergotamine, and NSAID or combination", "unless contraindicated"
    ),
    Threshold("adequate trial", "8 weeks at dose", "the paper says typically 2 months"),
    Threshold("contraindicated preventive", "does not count", "not stated by the paper: to be confirmed"),
)

RULE = Rule(
    id="refractory.schulman_2008",
    version="1.0",
    title="Refractory migraine, Schulman 2008",
    source=_SOURCE,
    certainty=Certainty.CERTAIN,
    thresholds=_THRESHOLDS,
)

CHRONIC_RULE = Rule(
    id="refractory.schulman_2008_chronic",
    version="1.0",
    title="Refractory chronic migraine, Schulman 2008",
    source=_SOURCE,
    certainty=Certainty.CERTAIN,
    thresholds=_THRESHOLDS,
)


FAILURE = FailureRule(intolerance=True, contraindicated=False, acute_contraindicated=True)


@dataclass(frozen=True, slots=True)
class Schulman2008Settings:
    """failure: whether a contraindicated preventive counts is to be confirmed in the paper; by default it does not."""

    failure: FailureRule = FAILURE


@RULE.defines
def schulman_2008(
    facts: RefractoryFacts, *, today: date, settings: Schulman2008Settings = Schulman2008Settings()
) -> Assessment:
    """Migraine that interferes significantly with function or quality of life, although triggers and lifestyle were
    changed and medicines were tried adequately.

    Preventives failed from at least 2 of the 4 classes. Of the acute medicines, a triptan and dihydroergotamine
    (intranasal or injected) failed, and an NSAID or a combination analgesic; one that is contraindicated counts as
    failed. Stopping for side effects counts as failure whatever the length. Medication overuse and disability are
    reported beside it and change nothing.
    """
    diagnosis = stated("A", "migraine", facts.any_migraine)
    return _assess(Definition.SCHULMAN_2008, RULE, diagnosis, facts, today, settings)


@CHRONIC_RULE.defines
def schulman_2008_chronic(
    facts: RefractoryFacts, *, today: date, settings: Schulman2008Settings = Schulman2008Settings()
) -> Assessment:
    """The criteria of refractory migraine by the same paper, in a person with chronic migraine.

    The paper means the chronic migraine of ICHD-II; the clinic diagnoses by ICHD-3.
    """
    diagnosis = stated("A", "chronic migraine", facts.chronic_migraine)
    return _assess(Definition.SCHULMAN_2008_CHRONIC, CHRONIC_RULE, diagnosis, facts, today, settings)


def _assess(
    definition: Definition,
    rule: Rule,
    diagnosis: Criterion,
    facts: RefractoryFacts,
    today: date,
    settings: Schulman2008Settings,
) -> Assessment:
    read = (read_preventive(trial, settings.failure, today) for trial in facts.preventives)
    readings = tuple(row if row.trial.drug.schulman_2008 in PREVENTIVE_CLASSES else outside(row) for row in read)
    interference = stated("B", "interferes with function or quality of life despite changes", facts.interference)
    criteria = (diagnosis, interference, _preventives(readings, facts), _acutes(facts, settings))
    return assessment(definition, rule, criteria, readings)


def _preventives(readings: tuple[Reading, ...], facts: RefractoryFacts) -> Criterion:
    states = class_states(PREVENTIVE_CLASSES, readings, _class_of, complete=facts.preventives_complete)
    met = at_least(CLASSES_NEEDED, (state.failed for state in states))
    return from_states("B1", "2 of 4 preventive classes failed", met, states, everything=facts.preventives_question)


def _acutes(facts: RefractoryFacts, settings: Schulman2008Settings) -> Criterion:
    readings = tuple(read_acute(trial, settings.failure) for trial in facts.acutes)
    states = class_states(ACUTE_CLASSES, readings, _class_of, complete=facts.acutes_complete)
    triptan, dihydroergotamine, nsaid, combination = (state.failed for state in states)
    met = every((triptan, dihydroergotamine, some((nsaid, combination))))
    asks = "triptan and dihydroergotamine failed, and an NSAID or a combination analgesic"
    return from_states("B2", asks, met, states, everything=facts.acutes_question)


def _class_of(drug: Drug) -> SchulmanClass | None:
    return drug.schulman_2008
