"""QT, dopamine, heart and pressure: S-29 to S-35."""

from collections.abc import Iterator
from itertools import chain

from apps.clinical.findings import Certainty
from apps.clinical.rulebook import Threshold
from apps.clinical.safety.book import Check, block, major, moderate, safety_rule
from apps.clinical.safety.case import Case
from apps.clinical.safety.conditions import Condition
from apps.clinical.safety.evidence import NO, Evidence, both, compared, either
from apps.clinical.safety.facts import Measure
from apps.clinical.safety.severity import Severity
from apps.clinical.safety.substances import (
    BETA_BLOCKERS,
    CALCIUM_BLOCKERS_OF_THE_BRAIN,
    CARDIOSELECTIVE,
    DIURETICS,
    DOPAMINE_ANTAGONISTS,
    NSAIDS,
    POTASSIUM_RAISERS,
    QT_DRUGS,
    RATE_SLOWING_CALCIUM_BLOCKERS,
    RENIN_BLOCKERS,
    STRONG_CYP3A4_INHIBITORS,
    Group,
    one,
)

# 470 ms for everybody, the lower of the two figures named; provisional, to be confirmed.
QTC_LONG, QTC_VERY_LONG = 470, 500
# mmol/L; provisional, to be confirmed.
LOW_POTASSIUM = 3.5
DOMPERIDONE, METOCLOPRAMIDE = one("domperidone"), one("metoclopramide")
DOMPERIDONE_DAY, DOMPERIDONE_DAYS = 30, 7
METOCLOPRAMIDE_DAY, METOCLOPRAMIDE_DAYS, ADULT = 30, 5, 18
LOW_HEART_RATE, RENAL_FOR_ALISKIREN = 50, 60


@safety_rule(
    29, Severity.MAJOR, "QT stacking", source="CredibleMeds categories", certainty=Certainty.CHECK,
    thresholds=(
        Threshold("QTc", "470 ms", "the lower figure named; provisional, to be confirmed"),
        Threshold("QTc", "500 ms: major", "provisional, to be confirmed"),
        Threshold("potassium", "below 3.5 mmol/L", "provisional, to be confirmed"),
    ),
)  # fmt: skip
def s29(case: Case) -> Iterator[Check]:
    """MAJOR: a medicine that prolongs QT and QTc of 500 ms or more.

    MODERATE: two such medicines, or one with QTc of 470 ms or more, or with low potassium.
    """
    subject = case.on(QT_DRUGS)
    very_long = case.measured(Measure.QTC, lambda ms: ms >= QTC_VERY_LONG)
    yield major(both(subject, very_long), "stop what prolongs QT; cardiology")
    long = case.measured(Measure.QTC, lambda ms: ms >= QTC_LONG)
    low = case.measured(Measure.POTASSIUM, lambda mmol: mmol < LOW_POTASSIUM)
    second = _two_of(case, QT_DRUGS)
    yield moderate(both(subject, either(second, long, low)), "ECG and electrolytes; fewer such medicines")


@safety_rule(
    30, Severity.BLOCK, "Domperidone", source="EMA 2014",
    thresholds=(Threshold("dose", "30 mg a day", "EMA 2014"), Threshold("duration", "7 days", "EMA 2014")),
)  # fmt: skip
def s30(case: Case) -> Iterator[Check]:
    """BLOCK: domperidone with a strong CYP3A4 inhibitor, another medicine that prolongs QT, or known long QT.

    MAJOR: more than 30 mg a day, or for more than 7 days.
    """
    subject = case.on(DOMPERIDONE)
    other = case.also(QT_DRUGS, beside=subject.lines)
    known = case.has(Condition.LONG_QT)
    yield block(both(subject, either(case.also(STRONG_CYP3A4_INHIBITORS), other, known)), "contraindicated: QT")
    yield major(
        both(subject, _long_or_high(case, DOMPERIDONE, DOMPERIDONE_DAY, DOMPERIDONE_DAYS)),
        "30 mg a day, 7 days at most",
    )


@safety_rule(
    31, Severity.MAJOR, "Metoclopramide", source="EMA 2013",
    thresholds=(Threshold("dose", "30 mg a day", "adult, 10 mg three times"), Threshold("duration", "5 days", "EMA 2013")),
)  # fmt: skip
def s31(case: Case) -> Iterator[Check]:
    """MAJOR: metoclopramide for more than 5 days or above 30 mg a day; below 18 years (second line only); with
    parkinsonism or another dopamine antagonist.
    """
    subject = case.on(METOCLOPRAMIDE)
    yield major(
        both(subject, _long_or_high(case, METOCLOPRAMIDE, METOCLOPRAMIDE_DAY, METOCLOPRAMIDE_DAYS)),
        "30 mg a day, 5 days at most",
    )
    yield major(
        both(subject, compared(case.facts.age, lambda age: age < ADULT, "age", "age")), "second line below 18 years"
    )
    movement = either(case.has(Condition.PARKINSONISM), case.also(DOPAMINE_ANTAGONISTS, beside=subject.lines))
    yield major(both(subject, movement), "movement disorder; avoid")


@safety_rule(32, Severity.MODERATE, "Dopamine antagonists and movement", source="labels")
def s32(case: Case) -> Iterator[Check]:
    """MODERATE: two dopamine antagonists, flunarizine or cinnarizine with a dopamine antagonist, or any of them in
    parkinsonism: extrapyramidal effects.
    """
    subject = case.on(DOPAMINE_ANTAGONISTS)
    brain = case.on(CALCIUM_BLOCKERS_OF_THE_BRAIN)
    yield moderate(_two_of(case, DOPAMINE_ANTAGONISTS), "extrapyramidal effects")
    yield moderate(both(brain, case.also(DOPAMINE_ANTAGONISTS)), "extrapyramidal effects")
    yield moderate(both(either(subject, brain), case.has(Condition.PARKINSONISM)), "parkinsonism gets worse")


@safety_rule(
    33, Severity.BLOCK, "Beta-blocker: heart and lungs", source="labels",
    thresholds=(Threshold("heart rate", "below 50 a minute", "labels"),),
)  # fmt: skip
def s33(case: Case) -> Iterator[Check]:
    """BLOCK: a beta-blocker in second- or third-degree AV block, heart rate below 50, decompensated heart failure or
    untreated phaeochromocytoma; a non-selective one in asthma or severe COPD. MAJOR: a cardioselective one in asthma.

    MODERATE: Raynaud phenomenon or depression.
    """
    subject = case.on(BETA_BLOCKERS)
    selective = case.on(CARDIOSELECTIVE)
    non_selective = case.on(BETA_BLOCKERS, where=lambda line: not CARDIOSELECTIVE.holds(line))
    heart = case.has(Condition.AV_BLOCK, Condition.DECOMPENSATED_HEART_FAILURE, Condition.PHAEOCHROMOCYTOMA)
    slow = case.measured(Measure.HEART_RATE, lambda rate: rate < LOW_HEART_RATE)
    yield block(both(subject, either(heart, slow)), "contraindicated")
    yield block(both(non_selective, case.has(Condition.ASTHMA, Condition.SEVERE_COPD)), "contraindicated: airways")
    yield major(both(selective, case.has(Condition.ASTHMA)), "airways may narrow")
    yield moderate(both(subject, case.has(Condition.RAYNAUD, Condition.DEPRESSION)), "may get worse; watch")


@safety_rule(34, Severity.BLOCK, "Beta-blocker with verapamil, diltiazem or clonidine", source="labels")
def s34(case: Case) -> Iterator[Check]:
    """MAJOR: a beta-blocker with verapamil or diltiazem (into the vein: BLOCK), or with clonidine: blood pressure may
    rebound when it is withdrawn.
    """
    subject = case.on(BETA_BLOCKERS)
    vein = case.on(RATE_SLOWING_CALCIUM_BLOCKERS, where=lambda line: line.route == "intravenous")
    yield block(both(subject, vein), "contraindicated: heart block")
    yield major(both(subject, case.also(RATE_SLOWING_CALCIUM_BLOCKERS)), "heart block; ECG, avoid")
    yield major(both(subject, case.also(one("clonidine"))), "rebound hypertension when clonidine is withdrawn")


@safety_rule(
    35, Severity.BLOCK, "ACE inhibitor or ARB", source="labels",
    thresholds=(Threshold("eGFR", "below 60 with aliskiren", "label"),),
)  # fmt: skip
def s35(case: Case) -> Iterator[Check]:
    """BLOCK: candesartan, lisinopril and the like with aliskiren in diabetes or with eGFR below 60.

    MAJOR: with an NSAID and a diuretic together. MODERATE: with potassium or a potassium-sparing diuretic.
    """
    subject = case.on(RENIN_BLOCKERS)
    kidney = either(case.has(Condition.DIABETES), case.measured(Measure.EGFR, lambda egfr: egfr < RENAL_FOR_ALISKIREN))
    yield block(both(subject, case.also(one("aliskiren")), kidney), "contraindicated")
    yield major(both(subject, case.also(NSAIDS), case.also(DIURETICS)), "kidney failure: the three together")
    yield moderate(both(subject, case.also(POTASSIUM_RAISERS)), "check potassium")


def _two_of(case: Case, group: Group) -> Evidence:
    lines = case.lines(group)
    if not lines:
        return NO
    if len({frozenset(group.members.intersection(line.ingredients or ())) or line.code for line in lines}) > 1:
        return Evidence(True, tuple(line.name for line in lines), lines=lines)
    return case.also(group, beside=lines)


def _long_or_high(case: Case, group: Group, milligrams: float, days: int) -> Evidence:
    lines = case.lines(group)
    high = (
        compared(line.daily_dose, lambda dose: dose > milligrams, f"dose.{line.code}", f"{line.name} a day, mg")
        for line in lines
    )
    long = (
        compared(line.days_used, lambda used: used > days, f"days_used.{line.code}", f"days in a row of {line.name}")
        for line in lines
    )
    return either(*chain(high, long))
