"""Infusions and procedures: S-26 to S-28, S-47 to S-49."""

from collections.abc import Callable, Iterator

from apps.clinical.rulebook import Threshold
from apps.clinical.safety.book import Check, block, major, moderate, safety_rule
from apps.clinical.safety.case import Case
from apps.clinical.safety.conditions import Condition
from apps.clinical.safety.evidence import Evidence, both, compared, either, fact, lacking
from apps.clinical.safety.facts import Liver, RegimenLine
from apps.clinical.safety.severity import Severity
from apps.clinical.safety.substances import (
    AMIDES,
    AMINOGLYCOSIDES,
    ANTIARRHYTHMICS,
    ANTICOAGULANTS,
    BENZODIAZEPINES,
    BETA_BLOCKERS,
    BOOSTERS,
    CYP1A2_INHIBITORS,
    MAOI_A,
    MODERATE_CYP3A4_INHIBITORS,
    NMDA_PARTNERS,
    OPIOIDS,
    STEROIDS,
    STRONG_CYP3A4_INHIBITORS,
    THYROID,
    URINE_ALKALINISERS,
    one,
)

LIDOCAINE, KETAMINE, PROPOFOL = one("lidocaine"), one("ketamine"), one("propofol")
MEMANTINE, BOTULINUM = one("memantine"), one("onabotulinumtoxina")
SEVERE_RENAL = 30
BOTULINUM_WEEKS, BOTULINUM_UNITS = 12, 195


@safety_rule(26, Severity.BLOCK, "Lidocaine into the vein", source="label; antiarrhythmic data")
def s26(case: Case) -> Iterator[Check]:
    """BLOCK: lidocaine into the vein with second- or third-degree AV block, severe sinus node disease, Stokes-Adams
    attacks, an accessory pathway (each without pacemaker), or allergy to amide anaesthetics.

    MAJOR: with a class I or III antiarrhythmic, seizure disorder, severe liver impairment, heart failure, a beta-blocker,
    or an inhibitor of CYP1A2 or CYP3A4.
    """
    subject = case.on(LIDOCAINE, where=_into_the_vein)
    rhythm = case.has(
        Condition.AV_BLOCK, Condition.SINUS_NODE_DISEASE, Condition.STOKES_ADAMS, Condition.ACCESSORY_PATHWAY
    )  # fmt: skip
    no_pacemaker = lacking(case.has(Condition.PACEMAKER), "no pacemaker")
    yield block(both(subject, rhythm, no_pacemaker), "contraindicated without a pacemaker")
    yield block(both(subject, case.allergic(AMIDES)), "contraindicated")
    partners = (ANTIARRHYTHMICS, BETA_BLOCKERS, CYP1A2_INHIBITORS, STRONG_CYP3A4_INHIBITORS, MODERATE_CYP3A4_INHIBITORS)
    ill = (case.has(Condition.SEIZURE_DISORDER, Condition.HEART_FAILURE), case.liver_from(Liver.CHILD_PUGH_C))
    risk = either(*ill, *(case.also(group) for group in partners))
    yield major(both(subject, risk), "higher level or added effect on the heart: ECG and levels")


@safety_rule(27, Severity.BLOCK, "Ketamine into the vein", source="ASRA/AAPM consensus 2018 (Cohen)")
def s27(case: Case) -> Iterator[Check]:
    """BLOCK: ketamine into the vein outside a monitored setting; a setting that is not confirmed is not assessed.

    MAJOR: uncontrolled hypertension, unstable coronary disease, aortic disease, recent stroke, raised intracranial
    pressure, glaucoma, psychosis or mania, substance use disorder, liver disease, pregnancy, an MAO inhibitor or thyroid
    hormone.
    """
    subject = case.on(KETAMINE, where=_into_the_vein)
    yield block(both(subject, _unmonitored(subject.lines)), "only in a monitored setting")
    ill = case.has(
        Condition.UNSTABLE_CORONARY_DISEASE, Condition.AORTIC_DISEASE, Condition.RECENT_STROKE,
        Condition.RAISED_INTRACRANIAL_PRESSURE, Condition.GLAUCOMA, Condition.PSYCHOSIS, Condition.MANIA,
        Condition.SUBSTANCE_USE_DISORDER, Condition.LIVER_DISEASE,
    )  # fmt: skip
    partners = either(case.also(MAOI_A), case.also(THYROID))
    risk = either(ill, case.uncontrolled_hypertension(), case.pregnant(), partners)
    yield major(both(subject, risk), "weigh against the benefit; liver disease: no repeated use")


@safety_rule(28, Severity.BLOCK, "Propofol", source="label")
def s28(case: Case) -> Iterator[Check]:
    """BLOCK: propofol without monitoring as for anaesthesia and airway skills.

    MAJOR: with an opioid or benzodiazepine. MODERATE: lipid disorder, allergy to egg or soy (by local label).
    """
    subject = case.on(PROPOFOL)
    yield block(both(subject, _unmonitored(subject.lines)), "only with anaesthesia-level monitoring and airway skills")
    yield major(both(subject, either(case.also(OPIOIDS), case.also(BENZODIAZEPINES))), "breathing may stop")
    food = either(case.allergic(one("egg")), case.allergic(one("soy")))
    yield moderate(both(subject, either(case.has(Condition.LIPID_DISORDER), food)), "see the local label")


@safety_rule(
    47, Severity.MODERATE, "Memantine", source="memantine label",
    thresholds=(Threshold("creatinine clearance", "below 30 mL/min", "dose is capped"),),
)  # fmt: skip
def s47(case: Case) -> Iterator[Check]:
    """MODERATE: memantine with ketamine, amantadine or dextromethorphan; with what makes urine alkaline, topiramate and
    acetazolamide among it; with a creatinine clearance below 30.
    """
    subject = case.on(MEMANTINE)
    yield moderate(both(subject, case.also(NMDA_PARTNERS)), "effects on the mind add up")
    yield moderate(both(subject, case.also(URINE_ALKALINISERS)), "its level may rise")
    yield moderate(both(subject, case.severe_renal(SEVERE_RENAL)), "the dose is capped")


@safety_rule(
    48, Severity.MAJOR, "OnabotulinumtoxinA", source="label",
    thresholds=(Threshold("interval", "12 weeks", "label"), Threshold("dose", "195 units", "label")),
)  # fmt: skip
def s48(case: Case) -> Iterator[Check]:
    """MAJOR: onabotulinumtoxinA in disease of the neuromuscular junction.

    MODERATE: with an aminoglycoside or anticoagulant, dysphagia, an interval below 12 weeks, more than 195 units.
    """
    subject = case.on(BOTULINUM)
    yield major(both(subject, case.has(Condition.NEUROMUSCULAR_JUNCTION_DISEASE)), "severe weakness is possible")
    others = either(case.has(Condition.DYSPHAGIA), case.also(AMINOGLYCOSIDES), case.also(ANTICOAGULANTS))
    yield moderate(both(subject, others), "weakness, trouble swallowing or bleeding")
    early = either(
        *(_number(line, line.every_weeks, "interval", lambda weeks: weeks < BOTULINUM_WEEKS) for line in subject.lines)
    )
    yield moderate(both(subject, early), "not earlier than after 12 weeks")
    much = either(
        *(_number(line, line.single_dose, "dose", lambda units: units > BOTULINUM_UNITS) for line in subject.lines)
    )
    yield moderate(both(subject, much), "at most 195 units")


@safety_rule(49, Severity.MAJOR, "Nerve block and steroid", source="labels")
def s49(case: Case) -> Iterator[Check]:
    """MAJOR: a steroid, by mouth or in a nerve block, with ritonavir or cobicistat (Cushing syndrome), infection or
    diabetes; a nerve block with allergy to amide anaesthetics or a skull defect. MODERATE: a nerve block with an
    anticoagulant.
    """
    nerve_block = case.on(AMIDES, where=lambda line: line.route == "local_injection")
    in_block = either(
        *(
            fact(line.with_steroid, f"with_steroid.{line.code}", "steroid in the nerve block")
            for line in nerve_block.lines
        )
    )
    steroid = either(case.on(STEROIDS), both(nerve_block, in_block))
    yield major(both(steroid, case.also(BOOSTERS)), "Cushing syndrome; avoid the steroid")
    yield major(
        both(steroid, case.has(Condition.INFECTION, Condition.DIABETES)), "infection or blood sugar may get worse"
    )
    yield major(both(nerve_block, either(case.allergic(AMIDES), case.has(Condition.SKULL_DEFECT))), "do not inject")
    yield moderate(both(nerve_block, case.also(ANTICOAGULANTS)), "bleeding at the site")


def _into_the_vein(line: RegimenLine) -> bool:
    return line.route == "intravenous"


def _unmonitored(lines: tuple[RegimenLine, ...]) -> Evidence:
    return either(
        *(
            lacking(fact(line.monitored, f"monitored.{line.code}", "monitored setting"), "setting not monitored")
            for line in lines
        )
    )


def _number(line: RegimenLine, value: float | None, what: str, holds: Callable[[float], bool]) -> Evidence:
    return compared(value, holds, f"{what}.{line.code}", f"{what} of {line.name}")
