"""Valproate, topiramate, flunarizine: S-36 to S-40."""

from collections.abc import Iterator

from apps.clinical.rulebook import Threshold
from apps.clinical.safety.book import Check, block, major, moderate, safety_rule
from apps.clinical.safety.case import Case
from apps.clinical.safety.conditions import Condition
from apps.clinical.safety.evidence import both, compared, either
from apps.clinical.safety.facts import Liver
from apps.clinical.safety.severity import Severity
from apps.clinical.safety.substances import (
    CALCIUM_BLOCKERS_OF_THE_BRAIN,
    CARBAPENEMS,
    CNS_DEPRESSANTS,
    one,
)

VALPROATE, TOPIRAMATE = one("valproate"), one("topiramate")
# mg a day; the source says "high dose" and names no figure: provisional, to be confirmed.
HIGH_DOSE_ASPIRIN = 1000


@safety_rule(36, Severity.MAJOR, "Valproate and topiramate", source="labels")
def s36(case: Case) -> Iterator[Check]:
    """MAJOR: together they can raise ammonia, with or without encephalopathy, and lower body temperature: measure
    ammonia on confusion or vomiting.
    """
    pair = either(
        both(case.on(VALPROATE), case.also(TOPIRAMATE)),
        both(case.on(TOPIRAMATE), case.also(VALPROATE)),
    )
    yield major(pair, "ammonia may rise, temperature may fall; measure ammonia on confusion or vomiting")


@safety_rule(
    37, Severity.MAJOR, "Valproate with lamotrigine, carbapenem or aspirin", source="labels",
    thresholds=(Threshold("high-dose aspirin", "1000 mg a day", "provisional, to be confirmed"),),
)  # fmt: skip
def s37(case: Case) -> Iterator[Check]:
    """MAJOR: valproate with lamotrigine (halve lamotrigine: rash), with a carbapenem (valproate falls sharply: avoid) or
    with high-dose aspirin (free valproate rises).
    """
    subject = case.on(VALPROATE)
    yield major(both(subject, case.also(one("lamotrigine"))), "halve lamotrigine; rash, Stevens-Johnson syndrome")
    yield major(both(subject, case.also(CARBAPENEMS)), "valproate falls sharply; avoid")
    aspirin = case.also(one("aspirin"))
    high = either(
        *(
            compared(line.daily_dose, lambda mg: mg >= HIGH_DOSE_ASPIRIN, f"dose.{line.code}", f"{line.name} a day, mg")
            for line in aspirin.lines
        )
    )
    yield major(both(subject, high if aspirin.answer else aspirin), "free valproate rises")


@safety_rule(38, Severity.BLOCK, "Valproate: liver and metabolism", source="labels")
def s38(case: Case) -> Iterator[Check]:
    """BLOCK: valproate in liver disease, POLG mutation, urea-cycle disorder or porphyria.

    MODERATE: thrombocytopenia, or before surgery.
    """
    subject = case.on(VALPROATE)
    metabolic = case.has(
        Condition.LIVER_DISEASE, Condition.POLG_MUTATION, Condition.UREA_CYCLE_DISORDER, Condition.PORPHYRIA
    )
    impaired = case.liver_from(Liver.CHILD_PUGH_A)
    yield block(both(subject, impaired if impaired.answer else metabolic), "contraindicated")
    bleeding = case.has(Condition.THROMBOCYTOPENIA, Condition.SURGERY_PLANNED)
    yield moderate(both(subject, bleeding), "bleeding: check platelets and clotting")


@safety_rule(39, Severity.MAJOR, "Topiramate: stones, eyes, acid", source="labels")
def s39(case: Case) -> Iterator[Check]:
    """MAJOR: topiramate with kidney stones, angle closure or metabolic acidosis; with acetazolamide, zonisamide or CNS
    depressants.
    """
    subject = case.on(TOPIRAMATE)
    ill = case.has(Condition.KIDNEY_STONES, Condition.NARROW_ANGLE_GLAUCOMA, Condition.METABOLIC_ACIDOSIS)
    yield major(both(subject, ill), "another preventive")
    yield major(
        both(subject, either(case.also(one("acetazolamide")), case.also(one("zonisamide")))), "stones and acidosis"
    )
    yield major(both(subject, case.also(CNS_DEPRESSANTS)), "adds to sedation")


@safety_rule(40, Severity.MAJOR, "Flunarizine or cinnarizine: mood and movement", source="labels")
def s40(case: Case) -> Iterator[Check]:
    """MAJOR: flunarizine or cinnarizine in depression, now or in the past, or in parkinsonism."""
    ill = case.has(Condition.DEPRESSION, Condition.PARKINSONISM)
    yield major(both(case.on(CALCIUM_BLOCKERS_OF_THE_BRAIN), ill), "may get worse; another preventive")
