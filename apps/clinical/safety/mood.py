"""Antidepressants, serotonin, mood and lithium: S-41 to S-46."""

from collections.abc import Iterator

from apps.clinical.findings import Certainty
from apps.clinical.rulebook import Threshold
from apps.clinical.safety.book import Check, block, major, moderate, safety_rule
from apps.clinical.safety.case import Case
from apps.clinical.safety.conditions import Condition
from apps.clinical.safety.evidence import Evidence, both, compared, either, fact
from apps.clinical.safety.facts import Measure
from apps.clinical.safety.severity import Severity
from apps.clinical.safety.substances import (
    ANTIDEPRESSANTS,
    BARBITURATES,
    BETA_BLOCKERS,
    CYP2D6_RAISERS,
    MAOI_A,
    NSAIDS,
    OPIOIDS,
    RENIN_BLOCKERS,
    SEROTONERGIC_ANTIDEPRESSANTS,
    SEROTONERGIC_OPIOIDS,
    SNRIS,
    SSRIS,
    THIAZIDES,
    TRICYCLICS,
    TRIPTANS,
    one,
)

LITHIUM = one("lithium")
MAOI_DAYS = 14
# Clinic convention, to be confirmed.
PHQ9_RAISED, PHQ9_RISE, ITEM9_ANY = 10, 5, 1
QTC_LONG = 470
CONVENTION = "clinic convention, to be confirmed"


@safety_rule(
    41, Severity.BLOCK, "Antidepressant and MAO inhibitor", source="labels",
    thresholds=(Threshold("after an MAO inhibitor", "14 days", "labels"),),
)  # fmt: skip
def s41(case: Case) -> Iterator[Check]:
    """BLOCK: a tricyclic, SNRI or SSRI with an MAO inhibitor (linezolid and methylthioninium too) within 14 days.

    MAJOR: an SSRI or SNRI with a tricyclic; paroxetine, fluoxetine and duloxetine raise the tricyclic.
    """
    inhibitor = either(case.recently(MAOI_A, MAOI_DAYS), case.recently(one("selegiline"), MAOI_DAYS))
    yield block(both(case.on(ANTIDEPRESSANTS), inhibitor), "serotonin syndrome; not within 14 days")
    yield block(
        both(case.on(MAOI_A), case.ended_within(ANTIDEPRESSANTS, MAOI_DAYS)), "serotonin syndrome; not within 14 days"
    )
    pair = both(case.on(TRICYCLICS), case.also(SEROTONERGIC_ANTIDEPRESSANTS))
    raised = case.on(CYP2D6_RAISERS).answer
    yield major(pair, "the tricyclic's level rises" if raised else "serotonin syndrome is possible")


@safety_rule(42, Severity.BLOCK, "Serotonergic opioid", source="labels")
def s42(case: Case) -> Iterator[Check]:
    """BLOCK: pethidine with an MAO inhibitor. MAJOR: tramadol, pethidine, dextromethorphan or tapentadol with an MAO
    inhibitor, SSRI, SNRI or tricyclic.
    """
    inhibitor = case.recently(MAOI_A, MAOI_DAYS)
    yield block(both(case.on(one("pethidine")), inhibitor), "contraindicated")
    partner = either(inhibitor, case.also(ANTIDEPRESSANTS))
    yield major(both(case.on(SEROTONERGIC_OPIOIDS), partner), "serotonin syndrome, seizures")


@safety_rule(
    43, Severity.MAJOR, "Tricyclic or SNRI and the body", source="labels",
    thresholds=(Threshold("QTc", "470 ms", "provisional, to be confirmed"),),
)  # fmt: skip
def s43(case: Case) -> Iterator[Check]:
    """MAJOR: a tricyclic in narrow-angle glaucoma, after a recent infarction, in conduction disease, long QT, prostate
    obstruction or mania; venlafaxine or duloxetine in uncontrolled hypertension.
    """
    ill = case.has(
        Condition.NARROW_ANGLE_GLAUCOMA, Condition.RECENT_INFARCTION, Condition.CONDUCTION_DISEASE, Condition.LONG_QT,
        Condition.PROSTATE_OBSTRUCTION, Condition.MANIA,
    )  # fmt: skip
    long = case.measured(Measure.QTC, lambda ms: ms >= QTC_LONG)
    yield major(both(case.on(TRICYCLICS), either(ill, long)), "avoid the tricyclic")
    yield major(both(case.on(SNRIS), case.uncontrolled_hypertension()), "control the blood pressure first")


@safety_rule(
    44, Severity.MAJOR, "Dangerous in overdose", source="overdose toxicity; the threshold is a clinic convention",
    certainty=Certainty.CONVENTION,
    thresholds=(Threshold("PHQ-9 item 9", "1 or more", CONVENTION), Threshold("C-SSRS", "moderate or high", CONVENTION)),
)  # fmt: skip
def s44(case: Case) -> Iterator[Check]:
    """MAJOR: a tricyclic, opioid, lithium or barbiturate while PHQ-9 item 9 is 1 or more or C-SSRS moderate or high:
    limited supply, a safer alternative.
    """
    subject = either(*(case.on(group) for group in (TRICYCLICS, OPIOIDS, LITHIUM, BARBITURATES)))
    risk = either(_item9(case), fact(case.facts.suicide_risk, "suicide_risk", "C-SSRS moderate or high"))
    yield major(both(subject, risk), "limited supply; safer alternative")


@safety_rule(
    45, Severity.MODERATE, "Medicine that can lower mood", source="label warnings; the thresholds are a clinic convention",
    certainty=Certainty.CONVENTION,
    thresholds=(Threshold("PHQ-9", "10 or more, or 5 more than at the start", CONVENTION),),
)  # fmt: skip
def s45(case: Case) -> Iterator[Check]:
    """MODERATE: topiramate, levetiracetam, flunarizine or a beta-blocker while PHQ-9 is 10 or more, its item 9 is 1 or
    more, or the total has risen by 5 since the start.
    """
    groups = (one("topiramate"), one("levetiracetam"), one("flunarizine"), BETA_BLOCKERS)
    subject = either(*(case.on(group) for group in groups))
    low = either(
        compared(case.facts.phq9, lambda total: total >= PHQ9_RAISED, "phq9", "PHQ-9"),
        _item9(case),
        compared(case.facts.phq9_rise, lambda rise: rise >= PHQ9_RISE, "phq9_rise", "change of PHQ-9 since the start"),
    )
    yield moderate(both(subject, low), "mood may be the medicine's effect; look at it")


@safety_rule(46, Severity.MAJOR, "Lithium", source="labels")
def s46(case: Case) -> Iterator[Check]:
    """MAJOR: lithium with an NSAID (not aspirin or paracetamol), ACE inhibitor, ARB, thiazide or topiramate: check the
    level; with a triptan or SSRI: serotonin.
    """
    subject = case.on(LITHIUM)
    levels = (NSAIDS, RENIN_BLOCKERS, THIAZIDES, one("topiramate"))
    yield major(both(subject, either(*(case.also(group) for group in levels))), "check the lithium level")
    yield major(both(subject, either(case.also(TRIPTANS), case.also(SSRIS))), "serotonin syndrome; check the level")


def _item9(case: Case) -> Evidence:
    return compared(case.facts.phq9_item9, lambda item: item >= ITEM9_ANY, "phq9_item9", "PHQ-9 item 9")
