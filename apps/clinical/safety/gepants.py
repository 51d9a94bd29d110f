"""Lasmiditan, gepants and CGRP antibodies: S-12 to S-22."""

from collections.abc import Iterator
from datetime import timedelta

from apps.clinical.rulebook import Threshold
from apps.clinical.safety.book import Check, block, info, major, moderate, safety_rule
from apps.clinical.safety.case import Case
from apps.clinical.safety.conditions import Condition
from apps.clinical.safety.evidence import Evidence, both, compared, either
from apps.clinical.safety.facts import Liver, RegimenLine
from apps.clinical.safety.severity import Severity
from apps.clinical.safety.substances import (
    ANTICHOLINERGICS,
    CGRP_ANTAGONISTS,
    CGRP_ANTIBODIES,
    CNS_DEPRESSANTS,
    GEPANTS,
    HEART_RATE_LOWERING,
    MODERATE_CYP3A4_INHIBITORS,
    MODERATE_INDUCERS,
    NASAL_DECONGESTANTS,
    OATP1B3_NTCP,
    OATP_INHIBITORS,
    OPIOIDS,
    PGP_INHIBITORS,
    PGP_SUBSTRATES,
    POTENT_PGP_INHIBITORS,
    SEROTONERGIC,
    STRONG_CYP3A4_INHIBITORS,
    STRONG_INDUCERS,
    TRICYCLICS,
    WEAK_CYP3A4_INHIBITORS,
    WEAK_INDUCERS,
    Group,
    one,
)
from apps.clinical.safety.timing import among, doses_of, gaps, pair_within

LASMIDITAN, UBROGEPANT, RIMEGEPANT = one("lasmiditan"), one("ubrogepant"), one("rimegepant")
ATOGEPANT, ZAVEGEPANT, ERENUMAB = one("atogepant"), one("zavegepant"), one("erenumab")
TWO_DAYS = timedelta(hours=48)
SEVERE_RENAL, END_STAGE = 30, 15
UBROGEPANT_LOW, UBROGEPANT_HIGH = 50, 100
ATOGEPANT_LOW, ATOGEPANT_MIDDLE = 10, 30


@safety_rule(
    12, Severity.MAJOR, "Lasmiditan", source="lasmiditan label",
    thresholds=(Threshold("driving", "8 hours", "label"), Threshold("doses in 24 hours", "1", "label")),
)  # fmt: skip
def s12(case: Case) -> Iterator[Check]:
    """MAJOR: lasmiditan when the patient drives or works with machines within 8 hours; with CNS depressants or alcohol;
    more than one dose in 24 hours; liver impairment Child-Pugh C; with P-gp or BCRP substrates; with heart-rate-lowering
    or serotonergic medicines.
    """
    subject = case.on(LASMIDITAN)
    yield major(both(subject, case.has(Condition.DRIVES_WITHIN_8_HOURS)), "no driving or machinery for 8 hours")
    depressed = either(case.also(CNS_DEPRESSANTS), case.has(Condition.ALCOHOL))
    yield major(both(subject, depressed), "adds to sedation")
    yield major(pair_within(among(case, LASMIDITAN)), "one dose in 24 hours")
    yield major(both(subject, gaps(case)), "doses may be too close")
    yield major(both(subject, case.liver_from(Liver.CHILD_PUGH_C)), "avoid in severe liver impairment")
    yield major(both(subject, case.also(PGP_SUBSTRATES)), "avoid with P-gp or BCRP substrates")
    yield major(both(subject, case.also(HEART_RATE_LOWERING)), "lowers the heart rate further")
    yield major(both(subject, case.also(SEROTONERGIC)), "serotonin syndrome is possible")


@safety_rule(13, Severity.BLOCK, "Ubrogepant and strong CYP3A4 inhibitor", source="ubrogepant label")
def s13(case: Case) -> Iterator[Check]:
    """BLOCK: ubrogepant with a strong CYP3A4 inhibitor (protease inhibitors, macrolides, azoles)."""
    yield block(both(case.on(UBROGEPANT), case.also(STRONG_CYP3A4_INHIBITORS)), "contraindicated")


@safety_rule(14, Severity.MAJOR, "Ubrogepant and strong CYP3A4 inducer", source="ubrogepant label")
def s14(case: Case) -> Iterator[Check]:
    """MAJOR: ubrogepant with a strong CYP3A4 inducer (rifampicin, carbamazepine, phenytoin, St John's wort): avoid."""
    yield major(both(case.on(UBROGEPANT), case.also(STRONG_INDUCERS)), "loses its effect; avoid")


@safety_rule(
    15, Severity.MODERATE, "Ubrogepant dose", source="ubrogepant label",
    thresholds=(
        Threshold("creatinine clearance", "15 to 29 mL/min", "50 mg, a second 50 mg"),
        Threshold("creatinine clearance", "below 15 mL/min", "avoid; end-stage disease"),
    ),
)  # fmt: skip
def s15(case: Case) -> Iterator[Check]:
    """MODERATE: ubrogepant above the dose its companions allow.

    With a moderate CYP3A4 inhibitor 50 mg and no second dose in 24 hours; with a weak inhibitor, an inhibitor of P-gp or
    BCRP, severe liver impairment or a creatinine clearance of 15 to 29: 50 mg, a second 50 mg; with a weak or moderate
    inducer 100 mg, a second 100 mg; end-stage kidney disease: avoid.
    """
    subject = case.on(UBROGEPANT)
    inhibited = both(subject, case.also(MODERATE_CYP3A4_INHIBITORS))
    second = either(_above(case, UBROGEPANT, UBROGEPANT_LOW), pair_within(among(case, UBROGEPANT)))
    yield moderate(both(inhibited, second), "50 mg, no second dose in 24 hours")
    yield moderate(both(inhibited, gaps(case)), "a second dose may have been taken")
    lower = either(
        case.also(WEAK_CYP3A4_INHIBITORS),
        case.also(PGP_INHIBITORS),
        case.liver_from(Liver.CHILD_PUGH_C),
        case.kidney_below(SEVERE_RENAL),
    )
    yield moderate(both(subject, lower, _above(case, UBROGEPANT, UBROGEPANT_LOW)), "50 mg, a second 50 mg at most")
    induced = either(case.also(WEAK_INDUCERS), case.also(MODERATE_INDUCERS))
    yield moderate(both(subject, induced, _other_than(case, UBROGEPANT, UBROGEPANT_HIGH)), "100 mg, a second 100 mg")
    yield moderate(both(subject, case.severe_renal(END_STAGE)), "avoid in end-stage kidney disease")


@safety_rule(
    16, Severity.MAJOR, "Rimegepant and CYP3A4 or P-gp", source="rimegepant label",
    thresholds=(Threshold("second dose", "48 hours", "with a moderate CYP3A4 or potent P-gp inhibitor"),),
)  # fmt: skip
def s16(case: Case) -> Iterator[Check]:
    """MAJOR: rimegepant with a strong CYP3A4 inhibitor or a strong or moderate inducer: avoid.

    With a moderate CYP3A4 inhibitor or a potent P-gp inhibitor: no second dose within 48 hours.
    """
    subject = case.on(RIMEGEPANT)
    avoid = either(case.also(STRONG_CYP3A4_INHIBITORS), case.also(STRONG_INDUCERS), case.also(MODERATE_INDUCERS))
    yield major(both(subject, avoid), "avoid")
    slowed = both(subject, either(case.also(MODERATE_CYP3A4_INHIBITORS), case.also(POTENT_PGP_INHIBITORS)))
    too_soon = either(pair_within(among(case, RIMEGEPANT), TWO_DAYS), gaps(case))
    yield major(both(slowed, too_soon), "no second dose within 48 hours")


@safety_rule(
    17, Severity.MAJOR, "Atogepant dose", source="atogepant label",
    thresholds=(Threshold("creatinine clearance", "below 30 mL/min", "10 mg in episodic migraine, avoid in chronic"),),
)  # fmt: skip
def s17(case: Case) -> Iterator[Check]:
    """MAJOR: atogepant outside the doses its companions allow.

    Strong CYP3A4 inhibitor or creatinine clearance below 30: 10 mg a day in episodic migraine, avoid in chronic. Strong,
    moderate or weak inducer: 30 or 60 mg in episodic, avoid in chronic. OATP inhibitor: 10 or 30 mg in episodic, 30 mg in
    chronic. Severe liver impairment: avoid.
    """
    subject = case.on(ATOGEPANT)
    chronic = case.has(Condition.CHRONIC_MIGRAINE)
    raised = either(case.also(STRONG_CYP3A4_INHIBITORS), case.severe_renal(SEVERE_RENAL))
    yield major(both(subject, raised, chronic), "avoid in chronic migraine")
    yield major(both(subject, raised, _daily(case, ATOGEPANT, above=ATOGEPANT_LOW)), "10 mg a day")
    induced = either(case.also(STRONG_INDUCERS), case.also(MODERATE_INDUCERS), case.also(WEAK_INDUCERS))
    yield major(both(subject, induced, chronic), "avoid in chronic migraine")
    yield major(both(subject, induced, _daily(case, ATOGEPANT, below=ATOGEPANT_MIDDLE)), "30 or 60 mg a day")
    transported = both(subject, case.also(OATP_INHIBITORS))
    yield major(both(transported, _daily(case, ATOGEPANT, above=ATOGEPANT_MIDDLE)), "at most 30 mg a day")
    low = _daily(case, ATOGEPANT, below=ATOGEPANT_MIDDLE)
    yield major(both(transported, chronic, low), "30 mg a day in chronic migraine")
    yield major(both(subject, case.liver_from(Liver.CHILD_PUGH_C)), "avoid in severe liver impairment")


@safety_rule(
    18, Severity.MAJOR, "Rimegepant and zavegepant: organs and transport", source="rimegepant and zavegepant labels",
    thresholds=(Threshold("creatinine clearance", "below 15 mL/min", "label"),),
)  # fmt: skip
def s18(case: Case) -> Iterator[Check]:
    """MAJOR: rimegepant in severe liver impairment or with a creatinine clearance below 15.

    Zavegepant with an inhibitor or inducer of OATP1B3 or NTCP: avoid; a nasal decongestant at least 1 hour after it.
    """
    organs = either(case.liver_from(Liver.CHILD_PUGH_C), case.severe_renal(END_STAGE))
    yield major(both(case.on(RIMEGEPANT), organs), "avoid")
    zavegepant = case.on(ZAVEGEPANT)
    yield major(both(zavegepant, case.also(OATP1B3_NTCP)), "avoid")
    yield major(both(zavegepant, case.also(NASAL_DECONGESTANTS)), "decongestant at least 1 hour after")


@safety_rule(19, Severity.MODERATE, "CGRP antagonist: vessels and pressure", source="class warning of the labels")
def s19(case: Case) -> Iterator[Check]:
    """MODERATE: a CGRP antibody or gepant with Raynaud phenomenon, or hypertension that is new or worse since the start."""
    risk = case.has(Condition.RAYNAUD, Condition.NEW_OR_WORSE_HYPERTENSION)
    yield moderate(both(case.on(CGRP_ANTAGONISTS), risk), "watch fingers and blood pressure; consider stopping")


@safety_rule(20, Severity.MAJOR, "CGRP antibody and diseases left out of the trials", source="Eigenbrodt 2021")
def s20(case: Case) -> Iterator[Check]:
    """MAJOR: a CGRP antibody with a recent stroke, subarachnoid haemorrhage, coronary disease, inflammatory bowel
    disease, COPD or impaired wound healing.
    """
    ill = case.has(
        Condition.RECENT_STROKE, Condition.SUBARACHNOID_HAEMORRHAGE, Condition.ISCHAEMIC_HEART_DISEASE,
        Condition.INFLAMMATORY_BOWEL_DISEASE, Condition.COPD, Condition.IMPAIRED_WOUND_HEALING,
    )  # fmt: skip
    yield major(both(case.on(CGRP_ANTIBODIES), ill), "not advised; excluded from trials")


@safety_rule(21, Severity.MODERATE, "Erenumab and constipation", source="erenumab label")
def s21(case: Case) -> Iterator[Check]:
    """MODERATE: erenumab with a history of constipation, or with an opioid, anticholinergic, tricyclic or verapamil."""
    partners = (OPIOIDS, ANTICHOLINERGICS, TRICYCLICS, one("verapamil"))
    slow = either(case.has(Condition.CONSTIPATION), *(case.also(group) for group in partners))
    yield moderate(both(case.on(ERENUMAB), slow), "serious constipation is possible; consider a ligand antibody")


@safety_rule(22, Severity.MODERATE, "Two CGRP medicines together", source="limited data on combinations")
def s22(case: Case) -> Iterator[Check]:
    """MODERATE: two preventives of the CGRP pathway together, such as two antibodies, or an antibody with atogepant or
    rimegepant every other day: data are limited, a reason is asked for. INFO: an antibody with a gepant for attacks.
    """
    antibody = case.on(CGRP_ANTIBODIES)
    preventive_gepant = case.on(GEPANTS, where=lambda line: line.preventive)
    preventives = (*antibody.lines, *preventive_gepant.lines)
    together = Evidence(True, tuple(line.name for line in preventives), lines=preventives)
    another = both(either(antibody, preventive_gepant), case.also(CGRP_ANTIBODIES, beside=preventives))
    yield moderate(together if len(preventives) > 1 else another, "limited data; give the reason")
    yield info(both(antibody, case.on(GEPANTS, where=lambda line: not line.preventive)), "limited data")


def _above(case: Case, group: Group, limit: float) -> Evidence:
    lines = case.lines(group)
    return either(*(_dose(line, line.single_dose, above=limit) for line in lines), _taken_above(case, group, limit))


def _taken_above(case: Case, group: Group, limit: float) -> Evidence:
    high = tuple(each for each in doses_of(case, group) if each.dose is not None and each.dose > limit)
    return Evidence(
        bool(high),
        tuple(f"{each.line.name} {each.dose:g} mg taken" for each in high),
        days=tuple(each.day for each in high),
    )


def _other_than(case: Case, group: Group, amount: float) -> Evidence:
    return either(*(_dose(line, line.single_dose, below=amount, above=amount) for line in case.lines(group)))


def _daily(case: Case, group: Group, *, above: float | None = None, below: float | None = None) -> Evidence:
    return either(*(_dose(line, line.daily_dose, above=above, below=below) for line in case.lines(group)))


def _dose(line: RegimenLine, dose: float | None, *, above: float | None = None, below: float | None = None) -> Evidence:
    def outside(amount: float) -> bool:
        return (above is not None and amount > above) or (below is not None and amount < below)

    return compared(dose, outside, f"dose.{line.code}", f"dose of {line.name}, mg")
