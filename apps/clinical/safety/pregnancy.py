"""Pregnancy, contraception and breastfeeding: S-23 to S-25, S-50, S-61."""

from collections.abc import Iterator
from datetime import timedelta

from apps.clinical.findings import Certainty
from apps.clinical.rulebook import Threshold
from apps.clinical.safety.book import Check, block, major, moderate, safety_rule
from apps.clinical.safety.case import Case
from apps.clinical.safety.conditions import Condition
from apps.clinical.safety.evidence import Evidence, both, compared, either, fact, lacking
from apps.clinical.safety.facts import Purpose
from apps.clinical.safety.severity import Severity
from apps.clinical.safety.substances import (
    CALCIUM_BLOCKERS_OF_THE_BRAIN,
    CGRP_ANTIBODIES,
    COMBINED_OESTROGEN,
    ERGOTS,
    RENIN_BLOCKERS,
    one,
)

VALPROATE, TOPIRAMATE, LITHIUM, ASPIRIN = one("valproate"), one("topiramate"), one("lithium"), one("aspirin")
# The programme is signed every year.
PROGRAMME_DAYS = 365
AGE_WITHOUT_AURA = 35
# Three months after treatment; a month is counted as 31 days, on the safe side.
AFTER_VALPROATE_DAYS = 93
SIGN_OFF = Threshold("programme", "signed within 365 days", "annual review")


@safety_rule(
    23, Severity.BLOCK, "Valproate and pregnancy", source="MHRA 2024; NICE; label",
    thresholds=(SIGN_OFF, Threshold("two specialists", "below 55 years, any sex", "UK; a setting")),
)  # fmt: skip
def s23(case: Case) -> Iterator[Check]:
    """BLOCK: valproate in pregnancy, or in a patient who could become pregnant without the national prevention
    programme signed within the last year. A programme that is not signed is not in place. UK: a start below 55 years,
    whatever the sex, only with two specialists.

    MAJOR: a patient who could father a child uses contraception during treatment and for 3 months after it.
    """
    facts, subject = case.facts, case.on(VALPROATE)
    yield block(both(subject, case.pregnant()), "contraindicated in pregnancy")
    yield block(both(subject, _could(case), _programme_lacking(case)), "only within the pregnancy prevention programme")
    limit = case.settings.valproate_two_specialists_below
    starting = case.on(VALPROATE, where=lambda line: line.proposed)
    if limit is not None:
        young = compared(facts.age, lambda age: age < limit, "age", "age")
        agreed = fact(facts.two_specialists, "two_specialists", "agreement of two specialists")
        yield block(
            both(starting, young, lacking(agreed, "no agreement of two specialists")), "two specialists have to agree"
        )
    exposed = case.ended_within(VALPROATE, AFTER_VALPROATE_DAYS)
    father = fact(facts.can_father, "can_father", "whether the patient could father a child")
    uses = fact(facts.male_contraception, "male_contraception", "the patient's own contraception")
    yield major(
        both(exposed, father, lacking(uses, "no contraception")), "contraception during and 3 months after treatment"
    )


@safety_rule(
    24, Severity.BLOCK, "Topiramate and pregnancy", source="MHRA June 2024; label",
    thresholds=(SIGN_OFF, Threshold("weakens oral contraceptives", "200 mg a day", "label; EU: consider at any dose; a setting")),
)  # fmt: skip
def s24(case: Case) -> Iterator[Check]:
    """BLOCK: topiramate for migraine in pregnancy, or in a patient who could become pregnant without highly effective
    contraception and a review signed within the last year.

    MAJOR: from 200 mg a day, where the clinic does not set it lower, oral contraceptives become less reliable.
    """
    facts, migraine = case.facts, case.on(TOPIRAMATE, where=lambda line: line.purpose is not Purpose.COMORBIDITY)
    yield block(both(migraine, case.pregnant()), "contraindicated in pregnancy")
    effective = fact(
        facts.contraception_highly_effective, "contraception_highly_effective", "highly effective contraception"
    )
    without = either(lacking(effective, "no highly effective contraception"), _programme_lacking(case))
    yield block(both(migraine, _could(case), without), "needs highly effective contraception and a yearly review")
    subject, limit = case.on(TOPIRAMATE), case.settings.topiramate_contraceptive_from
    dose = either(
        *(
            compared(line.daily_dose, lambda mg: mg >= limit, f"dose.{line.code}", "topiramate a day, mg")
            for line in subject.lines
        )
    )
    pill = fact(facts.oral_contraceptive, "oral_contraceptive", "oral contraceptive")
    yield major(both(subject, _could(case), pill, dose), "the oral contraceptive becomes less reliable")


@safety_rule(25, Severity.MAJOR, "Preventive in pregnancy or when it is planned", source="SIGN 155")
def s25(case: Case) -> Iterator[Check]:
    """MAJOR: candesartan, lisinopril, flunarizine, a CGRP antibody, valproate or topiramate in pregnancy or when it is
    planned. Without medicines first, then paracetamol; sumatriptan can be considered.
    """
    groups = (RENIN_BLOCKERS, CALCIUM_BLOCKERS_OF_THE_BRAIN, CGRP_ANTIBODIES, VALPROATE, TOPIRAMATE)
    subject = either(*(case.on(group) for group in groups))
    planning = fact(case.facts.planning_pregnancy, "planning_pregnancy", "Planned pregnancy")
    yield major(
        both(subject, either(case.pregnant(), both(_could(case), planning))),
        "avoid; non-drug treatment first, paracetamol; sumatriptan can be considered",
    )


@safety_rule(
    50, Severity.BLOCK, "Combined oestrogen contraceptive", source="WHO MEC 2015, 5th edition; UKMEC 2016",
    thresholds=(Threshold("without aura", "35 years", "WHO category 3 when starting, 4 when migraine develops"),),
)  # fmt: skip
def s50(case: Case) -> Iterator[Check]:
    """BLOCK: a combined oestrogen contraceptive in migraine with aura, at any age (category 4).

    MAJOR: without aura from 35 years (WHO: category 3 to start, 4 when migraine develops; UK: 2 to start, 3 to go on).
    """
    listed = case.on(COMBINED_OESTROGEN)
    stated = fact(
        case.facts.combined_oestrogen_contraceptive, "combined_oestrogen_contraceptive", COMBINED_OESTROGEN.name
    )
    # Who can't become pregnant is not asked about contraception; what is recorded or on the list counts for everybody.
    asked = stated if stated.answer else both(_could(case), stated)
    taken = listed if listed.answer else asked
    aura = case.has(Condition.MIGRAINE_WITH_AURA)
    yield block(both(taken, aura), "stroke risk: another contraceptive")
    old = compared(case.facts.age, lambda age: age >= AGE_WITHOUT_AURA, "age", "age")
    yield major(both(taken, lacking(aura, "no aura"), old), "risks usually outweigh: another contraceptive")


@safety_rule(61, Severity.BLOCK, "Breastfeeding", source="national lactation sources; label", certainty=Certainty.CHECK)
def s61(case: Case) -> Iterator[Check]:
    """BLOCK: an ergot while breastfeeding. MODERATE: topiramate, lithium, or aspirin taken repeatedly: avoid or monitor.

    MODERATE for every other medicine: look into the national lactation source; sumatriptan and eletriptan pass over
    little.
    """
    breastfeeding = fact(case.facts.breastfeeding, "breastfeeding", "Breastfeeding")
    yield block(both(breastfeeding, case.on(ERGOTS)), "contraindicated while breastfeeding")
    named = either(case.on(TOPIRAMATE), case.on(LITHIUM), case.on(ASPIRIN))
    yield moderate(both(breastfeeding, named), "avoid, or monitor the child; not in a premature child")
    anything = Evidence(bool(case.running), lines=case.running)
    yield moderate(both(breastfeeding, anything), "look into the national lactation source")


def _could(case: Case) -> Evidence:
    return fact(case.facts.can_become_pregnant, "can_become_pregnant", "Could become pregnant")


def _programme_lacking(case: Case) -> Evidence:
    signed = case.facts.ppp_signed_on
    current = signed is not None and timedelta(0) <= case.today - signed <= timedelta(days=PROGRAMME_DAYS)
    return lacking(Evidence(current), "pregnancy prevention programme not signed within the year")
