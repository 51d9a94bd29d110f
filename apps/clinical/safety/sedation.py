"""Opioids, sedatives, overuse and stopping: S-51 to S-53, S-57, S-58."""

from collections.abc import Iterator

from apps.clinical.findings import Certainty
from apps.clinical.overuse_subtypes import LIMIT
from apps.clinical.rulebook import Threshold
from apps.clinical.safety.book import Check, block, major, moderate, safety_rule
from apps.clinical.safety.case import Case, days_reach
from apps.clinical.safety.conditions import Condition
from apps.clinical.safety.evidence import NO, Evidence, both, compared, either, fact, lacking
from apps.clinical.safety.facts import RegimenLine, Stop
from apps.clinical.safety.severity import Severity
from apps.clinical.safety.substances import (
    ANTISEIZURE,
    BARBITURATES,
    BENZODIAZEPINES,
    BETA_BLOCKERS,
    GABAPENTINOIDS,
    OPIOIDS,
    SEDATION_LOAD,
    SEDATIVES_BESIDE_OPIOID,
    Group,
    one,
)
from apps.clinical.withdrawal import NEAR_DAILY_DAYS

SEDATION_LOAD_LIMIT, NOSAS_POSITIVE = 3, 8
OPIOID_DAYS, BUTALBITAL_DAYS = 8, 5
BUTALBITAL = one("butalbital")
CONVENTION = "clinic convention, to be confirmed"


@safety_rule(
    51, Severity.BLOCK, "Opioid and sedative", source="FDA boxed warning 2016; FDA 2019 (gabapentinoids)",
    thresholds=(Threshold("sleep apnoea", "without a documented plan: block", CONVENTION),),
)  # fmt: skip
def s51(case: Case) -> Iterator[Check]:
    """MAJOR: an opioid with a benzodiazepine, gabapentinoid or another sedative.

    BLOCK: an opioid with a benzodiazepine and a positive risk of sleep apnoea, without a documented plan (clinic
    convention).
    """
    subject = case.on(OPIOIDS)
    apnoea = fact(case.facts.apnoea_risk, "apnoea_risk", "risk of sleep apnoea")
    plan = lacking(fact(case.facts.sedation_plan, "sedation_plan", "documented plan"), "no documented plan")
    yield block(both(subject, case.also(BENZODIAZEPINES), apnoea, plan), "breathing may stop in sleep; document a plan")
    yield major(both(subject, case.also(SEDATIVES_BESIDE_OPIOID)), "breathing is suppressed; avoid")


@safety_rule(
    52, Severity.MODERATE, "Sedation load", source="clinic convention", certainty=Certainty.CONVENTION,
    thresholds=(Threshold("sedating medicines", "3", CONVENTION), Threshold("NoSAS", "8 with any", "Marti-Soler 2016")),
)  # fmt: skip
def s52(case: Case) -> Iterator[Check]:
    """MODERATE: three or more sedating medicines (opioid, benzodiazepine, Z-drug, quetiapine, tricyclic, mirtazapine,
    antihistamine, gabapentinoid, topiramate), or any of them with NoSAS of 8 or more.
    """
    subject = case.on(SEDATION_LOAD)
    enough = Evidence(True, subject.reasons, lines=subject.lines)
    loaded = (
        enough if len(subject.lines) >= SEDATION_LOAD_LIMIT else both(subject, _more_sedation(case, len(subject.lines)))
    )
    yield moderate(loaded, "sedation adds up: driving, falls, breathing")
    positive = compared(case.facts.nosas, lambda score: score >= NOSAS_POSITIVE, "nosas", "NoSAS")
    yield moderate(both(subject, positive), "sleep apnoea is likely")


@safety_rule(
    53, Severity.MAJOR, "Opioids for rescue only", source="Schulman 2013 as summarised by Robert; Bigal & Lipton 2009",
    thresholds=(
        Threshold("opioid", "8 days in 30", "Bigal & Lipton 2009"),
        Threshold("butalbital", "5 days in 30", "Bigal & Lipton 2009"),
    ),
)  # fmt: skip
def s53(case: Case) -> Iterator[Check]:
    """MAJOR: an opioid entered as scheduled or preventive; opioid on 8 days or more of 30; butalbital on 5 or more."""
    planned = case.on(OPIOIDS, where=lambda line: line.scheduled or line.preventive)
    yield major(planned, "opioids are for rescue only")
    facts = case.facts
    opioid = days_reach(facts.opioid_days, OPIOID_DAYS, "opioid_days", "opioid days in 30")
    yield major(_if_used(case, OPIOIDS, opioid), "raises the risk of chronic migraine")
    butalbital = days_reach(facts.butalbital_days, BUTALBITAL_DAYS, "butalbital_days", "butalbital days in 30")
    yield major(_if_used(case, BUTALBITAL, butalbital), "raises the risk of chronic migraine")


@safety_rule(
    57, Severity.MAJOR, "Medication overuse", source="Schulman 2013 as summarised by Robert; ICHD-3 section 8.2",
    thresholds=(Threshold("all acute medicines", "10 days in 30", "all together"), Threshold("class", "its own limit", "ICHD-3")),
)  # fmt: skip
def s57(case: Case) -> Iterator[Check]:
    """MAJOR: acute medicines, all together, on 10 days or more of the last 30, or any class at its own limit: the reason
    is asked for.
    """
    facts = case.facts
    together = days_reach(facts.acute_days, LIMIT, "acute_days", "acute medication days in 30")
    alone = fact(facts.class_limit_reached, "class_limit_reached", "days of a class at its limit")
    # A class reaches its limit only when all acute medicines together reach the lowest of the limits.
    yield major(NO if together.answer is False else either(together, alone), "record the reason; limit acute medicines")


@safety_rule(
    58, Severity.BLOCK, "Abrupt stop", source="EAN guideline (Diener 2020); EFNS (Evers & Jensen 2011); general pharmacology",
    thresholds=(Threshold("daily", "20 of 30 days", CONVENTION),),
)  # fmt: skip
def s58(case: Case) -> Iterator[Check]:
    """BLOCK: an abrupt stop of an opioid, barbiturate or benzodiazepine that is taken daily or nearly so.

    MAJOR: an abrupt stop of a beta-blocker, venlafaxine, clonidine, gabapentinoid, baclofen or amitriptyline, or of an
    antiseizure medicine in epilepsy.
    """
    for stop in case.change.stops if case.change else ():
        abrupt = fact(stop.abrupt, f"abrupt.{stop.line.code}", f"abrupt stop of {stop.line.name}")
        habit = _is_any(stop.line, OPIOIDS, BARBITURATES, BENZODIAZEPINES)
        yield block(both(habit, _daily(stop), abrupt), "taper; withdrawal is dangerous")
        steady = _is_any(
            stop.line,
            BETA_BLOCKERS,
            GABAPENTINOIDS,
            *(one(each) for each in ("venlafaxine", "clonidine", "baclofen", "amitriptyline")),
        )
        yield major(both(steady, abrupt), "taper")
        antiseizure = _is_any(stop.line, ANTISEIZURE)
        yield major(both(antiseizure, abrupt, case.has(Condition.SEIZURE_DISORDER)), "taper; seizures")


def _more_sedation(case: Case, found: int) -> Evidence:
    """Open when medicines nobody could identify, or others not asked about, could make up the load."""
    unread = tuple(line for line in case.running if SEDATION_LOAD.holds(line) is None)
    if case.facts.medicine_list_complete and found + len(unread) < SEDATION_LOAD_LIMIT:
        return NO
    return case.also(SEDATION_LOAD, beside=case.lines(SEDATION_LOAD))


def _if_used(case: Case, group: Group, days: Evidence) -> Evidence:
    """The days count when the medicine stands on the list or is certainly in the diary."""
    return days if days.answer or case.on(group).answer else NO


def _is_any(line: RegimenLine, *groups: Group) -> Evidence:
    belongs = [group.holds(line) for group in groups]
    if True in belongs:
        return Evidence(True, (line.name,), lines=(line,))
    return fact(None if None in belongs else False, f"ingredients.{line.code}", f"what {line.name} contains")


def _daily(stop: Stop) -> Evidence:
    if stop.line.scheduled:
        return Evidence(True)
    return days_reach(stop.days, NEAR_DAILY_DAYS, f"days.{stop.line.code}", f"days with {stop.line.name} in 30")
