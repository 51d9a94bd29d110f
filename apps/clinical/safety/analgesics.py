"""Analgesics, duplicates, herbs and who signs: S-54 to S-56, S-59, S-60, S-62."""

from collections.abc import Iterator
from itertools import combinations

from apps.clinical.rulebook import Threshold
from apps.clinical.safety.book import Check, block, info, major, moderate, safety_rule
from apps.clinical.safety.case import Case
from apps.clinical.safety.conditions import Condition
from apps.clinical.safety.evidence import NO, Evidence, both, compared, either, fact, lacking
from apps.clinical.safety.facts import Liver, Measure, RegimenLine
from apps.clinical.safety.severity import Severity
from apps.clinical.safety.substances import (
    ANTICOAGULANTS,
    NSAIDS,
    NSAIDS_AND_ASPIRIN,
    SSRIS,
    one,
)
from apps.clinical.safety.timing import doses_of, gaps, more_than_in_a_day

EGFR_FOR_NSAID = 30
# "28–30 weeks": the earlier week is used.
WEEKS_AVOID, WEEKS_BLOCK = 20, 28
KETOROLAC_DAYS = 5
PARACETAMOL, PARACETAMOL_DAY, PARACETAMOL_LOW_DAY, LOW_WEIGHT = one("paracetamol"), 4000, 3000, 50
ASPIRIN_AGE = 16


@safety_rule(
    54, Severity.BLOCK, "NSAID", source="FDA 2020 (pregnancy); labels",
    thresholds=(
        Threshold("eGFR", "below 30", "label"),
        Threshold("pregnancy", "avoid from 20 weeks, block from 28", "FDA 2020; 28 to 30 named, the earlier is used"),
        Threshold("ketorolac", "5 days", "label"),
    ),
)  # fmt: skip
def s54(case: Case) -> Iterator[Check]:
    """BLOCK: an NSAID (aspirin too) with eGFR below 30, in aspirin-sensitive asthma, or from 28 weeks of pregnancy;
    ketorolac for more than 5 days.

    MAJOR: peptic ulcer or bleeding; an anticoagulant or SSRI without gastroprotection; cardiovascular disease; heart
    failure; pregnancy from 20 weeks; two NSAIDs together.
    """
    subject = case.on(NSAIDS_AND_ASPIRIN)
    yield block(
        both(subject, case.measured(Measure.EGFR, lambda egfr: egfr < EGFR_FOR_NSAID)), "contraindicated: kidneys"
    )
    yield block(both(subject, case.has(Condition.ASPIRIN_SENSITIVE_ASTHMA)), "contraindicated: asthma")
    yield block(both(subject, _weeks_from(case, WEEKS_BLOCK)), "contraindicated late in pregnancy")
    yield block(_ketorolac(case), "5 days at most")
    yield major(both(subject, _weeks_from(case, WEEKS_AVOID)), "avoid from 20 weeks of pregnancy")
    ill = case.has(
        Condition.PEPTIC_ULCER_OR_BLEEDING, Condition.HEART_FAILURE, Condition.ISCHAEMIC_HEART_DISEASE,
        Condition.STROKE_OR_TIA, Condition.PERIPHERAL_VASCULAR_DISEASE,
    )  # fmt: skip
    yield major(both(subject, ill), "another analgesic")
    unprotected = lacking(case.has(Condition.GASTROPROTECTION), "no gastroprotection")
    yield major(
        both(subject, either(case.also(ANTICOAGULANTS), case.also(SSRIS)), unprotected), "bleeding; protect the stomach"
    )
    yield major(_two_nsaids(case), "one NSAID only")


@safety_rule(
    55, Severity.MAJOR, "Paracetamol from all products", source="labels",
    thresholds=(Threshold("in 24 hours", "4 g", "labels"), Threshold("in 24 hours", "3 g", "below 50 kg, alcohol, liver disease")),
)  # fmt: skip
def s55(case: Case) -> Iterator[Check]:
    """MAJOR: more than 4 g of paracetamol in 24 hours from all products together; more than 3 g below 50 kg of weight,
    with regular alcohol or in liver disease. The doses of the diary count, and the doses planned for a day.
    """
    yield major(_paracetamol_above(case, PARACETAMOL_DAY), "at most 4 g in 24 hours from all products")
    liver = case.liver_from(Liver.CHILD_PUGH_A)
    light = case.measured(Measure.WEIGHT, lambda kilograms: kilograms < LOW_WEIGHT)
    low = either(light, case.has(Condition.ALCOHOL, Condition.LIVER_DISEASE), liver)
    yield major(both(_paracetamol_above(case, PARACETAMOL_LOW_DAY), low), "at most 3 g in 24 hours from all products")
    yield major(both(case.on(PARACETAMOL), gaps(case)), "doses may be above the maximum")


@safety_rule(
    56, Severity.BLOCK, "Aspirin below 16 years", source="labels", thresholds=(Threshold("age", "below 16 years", "labels"),)
)  # fmt: skip
def s56(case: Case) -> Iterator[Check]:
    """BLOCK: aspirin, in any product that contains it, in a patient below 16 years of age: Reye syndrome."""
    young = compared(case.facts.age, lambda age: age < ASPIRIN_AGE, "age", "age")
    yield block(both(case.on(one("aspirin")), young), "Reye syndrome")


@safety_rule(59, Severity.BLOCK, "One prescriber", source="Schulman 2013 as summarised by Robert")
def s59(case: Case) -> Iterator[Check]:
    """BLOCK: a prescription or change of dose by somebody who is not the designated prescriber and does not cover with a
    logged reason. Without a change there is nothing to sign.
    """
    change = case.change
    if change is None:
        return
    designated = fact(change.by_designated_prescriber, "by_designated_prescriber", "who signs")
    covering = fact(change.covering_with_reason, "covering_with_reason", "cover with a logged reason")
    stranger = lacking(designated, "not the designated prescriber")
    yield block(both(stranger, lacking(covering, "no cover")), "propose it to the designated prescriber")


@safety_rule(60, Severity.MODERATE, "Same ingredient or class twice", source="general pharmacology")
def s60(case: Case) -> Iterator[Check]:
    """MODERATE: the same ingredient in two medicines (a triptan under two names too), or two preventives of the same
    class, such as two beta-blockers or two tricyclics.
    """
    for first, second in combinations(case.running, 2):
        pair = (first.name, second.name)
        same = set(first.ingredients or ()) & set(second.ingredients or ())
        twice = Evidence(bool(same), (*pair, *sorted(same)), lines=(first, second))
        unread = [line for line in (first, second) if line.ingredients is None]
        yield moderate(
            fact(None, f"ingredients.{unread[0].code}", f"what {unread[0].name} contains") if unread else twice,
            "the same ingredient twice",
        )
        preventive = first.preventive and second.preventive and bool(first.drug_class)
        alike = preventive and first.drug_class == second.drug_class and first.drug_class not in MIXED_CLASSES
        yield moderate(Evidence(alike, pair, lines=(first, second)), "two preventives of the same class")


@safety_rule(62, Severity.INFO, "Herbs", source="AAN 2015 (butterbur); labels")
def s62(case: Case) -> Iterator[Check]:
    """INFO: butterbur (liver: avoid); St John's wort (serotonergic, weakens other medicines, contraceptives fail);
    feverfew (bleeding, not in pregnancy). Open until supplements were asked about.
    """
    yield info(case.also(one("butterbur")), "toxic to the liver; avoid")
    yield info(case.also(one("st-johns-wort")), "serotonergic; weakens other medicines, contraceptives among them")
    yield info(case.also(one("feverfew")), "bleeding; not in pregnancy")


# Classes of the catalogue that hold medicines of different kinds.
MIXED_CLASSES = frozenset({"anticonvulsant", "supplement", "other", "calcium_channel_blocker", "other_antidepressant"})


def _weeks_from(case: Case, weeks: int) -> Evidence:
    reached = compared(case.facts.pregnancy_weeks, lambda now: now >= weeks, "pregnancy_weeks", "weeks of pregnancy")
    return both(case.pregnant(), reached)


def _ketorolac(case: Case) -> Evidence:
    lines = case.lines(one("ketorolac"))
    return either(
        *(
            compared(
                line.days_used,
                lambda days: days > KETOROLAC_DAYS,
                f"days_used.{line.code}",
                f"days in a row of {line.name}",
            )
            for line in lines
        )
    )


def _two_nsaids(case: Case) -> Evidence:
    lines = case.lines(NSAIDS)
    kinds = {name for line in lines for name in NSAIDS.members.intersection(line.ingredients or ())}
    if len(kinds) > 1:
        return Evidence(True, tuple(line.name for line in lines), lines=lines)
    return case.also(NSAIDS, beside=lines) if lines else NO


def _paracetamol_above(case: Case, limit: float) -> Evidence:
    lines = case.lines(PARACETAMOL)
    planned = sum(line.daily_dose or 0 for line in lines)
    if planned > limit:
        return Evidence(True, (f"{planned:g} mg of paracetamol a day planned",), lines=lines)
    open_ = [_not_recorded(line) for line in lines if line.daily_dose is None]
    taken = more_than_in_a_day(doses_of(case, PARACETAMOL), lambda dose: dose.dose, limit, "paracetamol in 24 hours")
    return either(taken, *open_)


def _not_recorded(line: RegimenLine) -> Evidence:
    return fact(None, f"dose.{line.code}", f"paracetamol a day in {line.name}")
