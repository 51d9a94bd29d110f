"""Hypersomnia: sleepy in spite of enough sleep.

International Classification of Sleep Disorders (ICSD-3, 2014): narcolepsy with a mean latency up to 8 minutes and at
least two sleep-onset REM periods; idiopathic hypersomnia with fewer, or 660 minutes of sleep in 24 hours.
"""

from apps.clinical.findings import Answer, Certainty, all_of, any_of
from apps.clinical.rulebook import Rule, Threshold
from apps.clinical.sleep.answers import not_known, reaches, sign, speaking_for
from apps.clinical.sleep.apnoea import EPWORTH_ABOVE_10
from apps.clinical.sleep.facts import Route, SleepFacts, Study

ENOUGH_SLEEP_HOURS = 7
MONTHS = 3

RULE = Rule(
    id="sleep.hypersomnia",
    version="1.0",
    title="Hypersomnia",
    source="International Classification of Sleep Disorders, ICSD-3 (2014)",
    certainty=Certainty.CERTAIN,
    thresholds=(
        Threshold("sleepiness", "Epworth above 10", "Johns 1991"),
        Threshold("sleep opportunity", "7 hours or more", "otherwise too little sleep explains it"),
        Threshold("duration", "3 months", "ICSD-3"),
    ),
)


@RULE.defines
def hypersomnia(facts: SleepFacts) -> Route:
    """Excessive sleepiness that short sleep does not explain.

    Epworth above 10 for at least three months with at least seven hours of sleep opportunity; or any of: sleep of 11
    hours or more in 24, sleep attacks, cataplexy, sleep paralysis.
    """
    sleepy = (
        reaches("Epworth", facts.epworth, EPWORTH_ABOVE_10),
        reaches("Sleep opportunity", facts.sleep_opportunity_hours, ENOUGH_SLEEP_HOURS, unit=" h"),
        reaches("Sleepy for months", facts.sleepy_for_months, MONTHS),
    )
    alone = (
        sign("Sleep of 11 hours or more in 24", facts.long_sleep),
        sign("Sleep attacks", facts.sleep_attacks),
        sign("Cataplexy", facts.cataplexy),
        sign("Sleep paralysis", facts.sleep_paralysis),
    )
    answer = any_of((all_of(tuple(each.answer for each in sleepy)), *(each.answer for each in alone)))
    signs = (*sleepy, *alone)
    finding = RULE.finding(
        answer=answer,
        headline={
            Answer.MET: "Possible hypersomnia",
            Answer.NOT_MET: "No sign of hypersomnia",
            Answer.CANNOT_TELL: "Hypersomnia: cannot tell, answers are missing",
        }[answer],
        facts=(each.fact for each in signs),
        missing=not_known(signs) if answer is Answer.CANNOT_TELL else (),
    )
    return Route(
        "Hypersomnia",
        finding,
        study=Study.LOG_THEN_MSLT if answer is Answer.MET else None,
        not_this="A home sleep apnoea test can't show it.",
        reasons=speaking_for(signs),
    )
