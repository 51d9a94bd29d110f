"""Goadsby et al. 2006: intractable headache. Only the numbers of classes are known here; the rest is provisional."""

from dataclasses import dataclass
from datetime import date

from apps.clinical.findings import Certainty
from apps.clinical.refractory.classes import DrugClass, GoadsbyClass
from apps.clinical.refractory.criteria import Assessment, Definition, assessment, from_states, stated
from apps.clinical.refractory.facts import RefractoryFacts
from apps.clinical.refractory.failure import FailureRule, Reading, outside, read_preventive, unconfirmed
from apps.clinical.refractory.tally import class_states
from apps.clinical.refractory.trials import Drug
from apps.clinical.rulebook import Rule, Threshold
from apps.clinical.three_valued import at_least

CLASSES_NEEDED = 4
CORE_NEEDED = 3
_CORE = {
    DrugClass.BETA_BLOCKER: GoadsbyClass.BETA_BLOCKER,
    DrugClass.ANTICONVULSANT: GoadsbyClass.ANTICONVULSANT,
    DrugClass.CALCIUM_CHANNEL_BLOCKER: GoadsbyClass.CALCIUM_CHANNEL_BLOCKER,
    DrugClass.TRICYCLIC: GoadsbyClass.TRICYCLIC,
}

RULE = Rule(
    id="refractory.goadsby_2006",
    version="1.0",
    title="Intractable headache, Goadsby 2006 (provisional)",
    source="Goadsby et al. 2006, as quoted in later reviews; outcomes and other drugs are to be confirmed in the paper",
    certainty=Certainty.CHECK,
    thresholds=(
        Threshold("classes failed", "4", "of them 3 core classes"),
        Threshold("core", "3 of 4", "beta-blockers, anticonvulsants, calcium-channel blockers, tricyclics"),
        Threshold(
            "others", "named by the clinic", "with a positive trial, NSAIDs, metabolic enhancers: to be confirmed"
        ),
        Threshold("adequate trial", "the clinic's defaults", "not seen in the paper"),
    ),
)


FAILURE = FailureRule(intolerance=None, contraindicated=None, acute_contraindicated=None)


@dataclass(frozen=True, slots=True)
class Goadsby2006Settings:
    """other_drugs: ingredients outside the core classes that count, as the clinic has confirmed them; None while it has
    not. failure: whether side effects and contraindications count is open until it is confirmed in the paper."""

    other_drugs: frozenset[str] | None = None
    failure: FailureRule = FAILURE


@RULE.defines
def goadsby_2006(
    facts: RefractoryFacts, *, today: date, settings: Goadsby2006Settings = Goadsby2006Settings()
) -> Assessment:
    """At least 4 classes failed, 3 of them out of beta-blockers, anticonvulsants, calcium-channel blockers and
    tricyclics.

    The other classes are treatments with a positive trial, NSAIDs and metabolic enhancers; together they can add one.
    Which medicines they are, and whether side effects and contraindications count as failure, is open until the clinic
    has confirmed it in the paper.
    """
    readings = tuple(
        _confirmed_only(read_preventive(trial, settings.failure, today), settings) for trial in facts.preventives
    )
    states = class_states(
        GoadsbyClass, readings, lambda drug: _class_of(drug, settings), complete=facts.preventives_complete
    )
    core = states[: len(_CORE)]
    question = facts.preventives_question
    return assessment(
        Definition.GOADSBY_2006,
        RULE,
        (
            stated("diagnosis", "migraine", facts.any_migraine),
            from_states(
                "classes",
                "4 classes failed",
                at_least(CLASSES_NEEDED, (each.failed for each in states)),
                states,
                everything=question,
            ),
            from_states(
                "core",
                "3 of 4 core classes failed",
                at_least(CORE_NEEDED, (each.failed for each in core)),
                core,
                everything=question,
            ),
        ),
        readings,
    )


def _class_of(drug: Drug, settings: Goadsby2006Settings) -> GoadsbyClass | None:
    core = _CORE.get(drug.drug_class)
    if core is not None:
        return core
    counts = settings.other_drugs is None or drug.ingredient in settings.other_drugs
    return GoadsbyClass.OTHER if counts else None


def _confirmed_only(reading: Reading, settings: Goadsby2006Settings) -> Reading:
    drawn = _class_of(reading.trial.drug, settings)
    if drawn is None:
        return outside(reading)
    return unconfirmed(reading) if drawn is GoadsbyClass.OTHER and settings.other_drugs is None else reading
