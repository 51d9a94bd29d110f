"""Martelletti et al. 2014, European Headache Federation: refractory chronic migraine. J Headache Pain 2014;15:47."""

from dataclasses import dataclass
from datetime import date

from apps.clinical.findings import Certainty
from apps.clinical.refractory.adequacy import DEFAULT_ADEQUACY
from apps.clinical.refractory.classes import Ehf2014Group
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
from apps.clinical.refractory.failure import FailureRule, Reading, outside, read_preventive
from apps.clinical.refractory.tally import class_states, drug_states
from apps.clinical.refractory.trials import Drug
from apps.clinical.rulebook import Rule, Threshold
from apps.clinical.three_valued import at_least, negated, some

# Three months; months are counted as four weeks, clinic convention.
WEEKS_AT_DOSE = 12

# Provisional: one source says 3, another 2 to 4.
NEEDED = 3

RULE = Rule(
    id="refractory.ehf_2014",
    version="1.0",
    title="Refractory chronic migraine, EHF 2014",
    source="Martelletti et al., European Headache Federation, J Headache Pain 2014;15:47",
    certainty=Certainty.CHECK,
    thresholds=(
        Threshold("groups failed", "3 of 5", "sources quote 3 and 2 to 4 drugs: to be confirmed"),
        Threshold("adequate trial", "12 weeks at dose", "3 months each"),
        Threshold("stopped for side effects", "counts", "as early termination: to be confirmed"),
    ),
)


FAILURE = FailureRule(
    intolerance=True,
    contraindicated=True,
    acute_contraindicated=True,
    adequacy=DEFAULT_ADEQUACY.with_oral_weeks(WEEKS_AT_DOSE),
)


@dataclass(frozen=True, slots=True)
class Ehf2014Settings:
    """needed: how many groups, or drugs, must have failed. drugs: count drugs of any of the groups, not groups."""

    needed: int = NEEDED
    drugs: bool = False
    failure: FailureRule = FAILURE


@RULE.defines
def ehf_2014(facts: RefractoryFacts, *, today: date, settings: Ehf2014Settings = Ehf2014Settings()) -> Assessment:
    """Chronic migraine without medication overuse and without a secondary cause, in which preventives of at least 3 of
    the 5 groups had no effect in an adequate dose for 3 months, were not tolerated or are contraindicated.

    Psychiatric and other comorbidity is treated adequately by a multidisciplinary team, where there is one. The groups:
    beta-blockers, anticonvulsants, tricyclics, others (flunarizine, candesartan), onabotulinumtoxinA. One
    contraindicated drug counts for its group. Whether 3 drugs of fewer groups would do is a setting.
    """
    read = (read_preventive(trial, settings.failure, today) for trial in facts.preventives)
    readings = tuple(outside(row) if row.trial.drug.ehf_2014 is None else row for row in read)
    care = some((facts.comorbidity_care, negated(facts.team_available)))
    return assessment(
        Definition.EHF_2014,
        RULE,
        (
            stated("A", "chronic migraine", facts.chronic_migraine),
            stated("A, overuse", "free of medication overuse", negated(facts.medication_overuse)),
            stated("A, causes", "secondary causes excluded", facts.secondary_causes_excluded),
            _failed(readings, facts, settings),
            stated("D", "comorbidity treated by a team, where there is one", care),
        ),
        readings,
    )


def _failed(readings: tuple[Reading, ...], facts: RefractoryFacts, settings: Ehf2014Settings) -> Criterion:
    complete, question = facts.preventives_complete, facts.preventives_question
    if settings.drugs:
        drugs = drug_states(row for row in readings if row.trial.drug.ehf_2014 is not None)
        met = at_least_drugs(settings.needed, drugs, complete=complete)
        return from_states("B, C", f"{settings.needed} drugs of the groups failed", met, drugs, everything=question)
    groups = class_states(Ehf2014Group, readings, _group_of, complete=complete)
    met = at_least(settings.needed, (group.failed for group in groups))
    return from_states("B, C", f"{settings.needed} of 5 groups failed", met, groups, everything=question)


def _group_of(drug: Drug) -> Ehf2014Group | None:
    return drug.ehf_2014
