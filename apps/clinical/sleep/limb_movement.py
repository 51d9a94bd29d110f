"""Periodic limb movement disorder and restless legs: close to each other, found in different ways.

ICSD-3: a limb-movement index above 15 an hour in adults with disturbed sleep, not explained otherwise; not diagnosed
beside restless legs or untreated apnoea. Restless legs: single question (Ferri 2007), five criteria of the
International Restless Legs Syndrome Study Group; iron by Winkelman 2025 (AASM).
"""

from apps.clinical.findings import Answer, Certainty, all_of, opposite, yes_no
from apps.clinical.rulebook import Rule, Threshold
from apps.clinical.sleep.answers import not_known, sign, speaking_for
from apps.clinical.sleep.facts import Route, SleepFacts, Study

FERRITIN_IRON_UP_TO = 75
TRANSFERRIN_SATURATION_BELOW = 20

LIMB_MOVEMENT = Rule(
    id="sleep.limb_movement",
    version="1.0",
    title="Periodic limb movement disorder",
    source="International Classification of Sleep Disorders, ICSD-3 (2014)",
    certainty=Certainty.CERTAIN,
)

RESTLESS_LEGS = Rule(
    id="sleep.restless_legs",
    version="1.0",
    title="Restless legs",
    source="Ferri 2007 (Eur J Neurol 14:1016); Winkelman 2025 (AASM guideline)",
    certainty=Certainty.CERTAIN,
    thresholds=(
        Threshold("ferritin", "up to 75 µg/L", "iron is recommended: Winkelman 2025"),
        Threshold("transferrin saturation", "below 20 %", "iron is recommended: Winkelman 2025"),
    ),
)


@LIMB_MOVEMENT.defines
def limb_movement(facts: SleepFacts) -> Route:
    """Leg jerks at night that a study should count.

    The partner sees rhythmic leg jerks, sleep does not refresh, there are no restless legs and no untreated apnoea.
    No questionnaire diagnoses it.
    """
    signs = (
        sign("Leg jerks seen by a partner", facts.leg_jerks_seen),
        sign("Sleep does not refresh", facts.unrefreshing_sleep),
    )
    against = (
        sign("Restless legs", facts.restless_legs),
        sign("Untreated sleep apnoea", facts.untreated_apnoea),
    )
    answer = all_of((*(each.answer for each in signs), *(opposite(each.answer) for each in against)))
    finding = LIMB_MOVEMENT.finding(
        answer=answer,
        headline={
            Answer.MET: "Possible periodic limb movement disorder",
            Answer.NOT_MET: "No sign of periodic limb movement disorder of its own",
            Answer.CANNOT_TELL: "Limb movements: cannot tell, answers are missing",
        }[answer],
        facts=(each.fact for each in (*signs, *against)),
        missing=not_known((*signs, *against)) if answer is Answer.CANNOT_TELL else (),
    )
    return Route(
        "Periodic limb movement disorder",
        finding,
        study=Study.POLYSOMNOGRAPHY if answer is Answer.MET else None,
        not_this="No questionnaire diagnoses it.",
        reasons=speaking_for(signs),
    )


@RESTLESS_LEGS.defines
def restless_legs(facts: SleepFacts) -> Route:
    """Restless legs by the single question.

    A positive answer asks for the five clinical criteria and for ferritin and transferrin saturation. Iron is
    recommended when ferritin is at most 75 µg/L or transferrin saturation below 20 %.
    """
    answer = yes_no(facts.restless_legs)
    asked = sign("Single question", facts.restless_legs)
    iron = _iron(facts)
    finding = RESTLESS_LEGS.finding(
        answer=answer,
        headline={
            Answer.MET: f"Restless legs likely{iron}",
            Answer.NOT_MET: "No restless legs",
            Answer.CANNOT_TELL: "Restless legs: not asked",
        }[answer],
        facts=(asked.fact,),
        missing=_blood_not_known(facts) if answer is Answer.MET else not_known((asked,)),
    )
    return Route(
        "Restless legs",
        finding,
        study=Study.CRITERIA_AND_FERRITIN if answer is Answer.MET else None,
        not_this="Polysomnography is not needed for restless legs.",
        reasons=speaking_for((asked,)),
    )


def _iron(facts: SleepFacts) -> str:
    low_ferritin = facts.ferritin is not None and facts.ferritin <= FERRITIN_IRON_UP_TO
    saturation = facts.transferrin_saturation
    low_saturation = saturation is not None and saturation < TRANSFERRIN_SATURATION_BELOW
    return "; iron is recommended" if low_ferritin or low_saturation else ""


def _blood_not_known(facts: SleepFacts) -> tuple[str, ...]:
    measures = (("ferritin", facts.ferritin), ("transferrin saturation", facts.transferrin_saturation))
    return tuple(f"Not known: {name}" for name, value in measures if value is None)
