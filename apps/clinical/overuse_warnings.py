"""Early warnings below the limits of ICHD-3 8.2, from one 30-day window.

Amber and red warnings put a patient at risk. A notice only informs: its source gives no number of
intake days, or the number depends on an earlier window that is often missing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from apps.clinical.acute_days import days_with
from apps.clinical.counting import Count, days_word
from apps.clinical.diary import DiaryDay, OveruseClass
from apps.clinical.findings import Answer, Certainty, Interval, all_of, threshold_answer
from apps.clinical.overuse_subtypes import (
    COMBINATION,
    ERGOTAMINE,
    NON_OPIOID,
    NSAID,
    OPIOID,
    TRIPTAN,
    Subtype,
)
from apps.clinical.overuse_window import OveruseWindow
from apps.clinical.rulebook import Rule, Threshold

ALL_TOGETHER_AMBER = 8
ALL_TOGETHER_RED = 10
# More than two days a week on average: 2 × 30 / 7 = 8.6.
PREVENTION_FROM = 9
OPIOID_AMBER = 8
BUTALBITAL_AMBER = 5
# 70 % of the limits of 10 and 15 days.
CLASS_AMBER = 7
NON_OPIOID_AMBER = 11
TREND = 3
TRIPTAN_HEADACHE_FROM, TRIPTAN_HEADACHE_TO = 10, 14
NSAID_HEADACHE_FROM = 10

AHS = "American Headache Society position 2018/2021"
AMPP = "Bigal & Lipton 2009, American Migraine Prevalence and Prevention study"
CONVENTION = "clinic convention"

RULE = Rule(
    id="overuse.early_warning",
    version="1.0",
    title="Early warnings of medication overuse",
    source=f"{AHS}; {AMPP}; {CONVENTION} for the numbers so marked",
    certainty=Certainty.CONVENTION,
    thresholds=(
        Threshold("all acute medicines, amber", "8 days in 30", CONVENTION),
        Threshold("all acute medicines, red", "10 days in 30", CONVENTION),
        Threshold("any acute medicine", "9 days in 30", f"more than 2 a week: {AHS}"),
        Threshold("opioid", "any; amber from 8 days", f"rescue only; {AMPP}"),
        Threshold("butalbital", "5 days in 30", AMPP),
        Threshold("triptan, ergotamine, opioid, combination", "7 days in 30", "70 % of 10"),
        Threshold("non-opioid analgesic", "11 days in 30", "70 % of 15"),
        Threshold("rise of all acute days", "3 days", "between consecutive windows"),
    ),
)


# A warning that says less than another one is not repeated beside it.
SAID_BY = {"all_amber": "all_red", "opioid_any": "opioid_amber"}


class Level(StrEnum):
    """How urgent a warning is."""

    NOTICE = "notice"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True, slots=True)
class EarlyWarning:
    """One warning: whether it is reached, the words for it and where its number comes from."""

    code: str
    level: Level
    answer: Answer
    message: str
    source: str


@RULE.defines
def early_warnings(
    days: Iterable[DiaryDay], latest: OveruseWindow, previous: OveruseWindow
) -> tuple[EarlyWarning, ...]:
    """Signals that overuse is near, from the latest 30 days.

    All acute medicines together: amber from 8 days, red from 10. More than 2 days a week: offer or
    revise prevention. Opioid: rescue only, amber from 8 days. Butalbital: amber from 5 days.
    Triptan, ergotamine, opioid or combination analgesic: amber from 7 days; non-opioid analgesics
    from 11. Notices: triptan at 10 to 14 headache days, NSAID from 10 headache days, and a rise of
    3 or more acute days against the 30 days before. Every warning is met, not met or cannot tell.
    """
    diary = tuple(days)
    return (
        *_all_together(latest),
        *_by_ingredient(diary, latest),
        *_by_class(latest),
        *_with_headache(latest),
        _trend(latest, previous),
    )


def reached_warnings(warnings: Iterable[EarlyWarning]) -> tuple[EarlyWarning, ...]:
    """Give the warnings that are certainly reached, the most urgent first, none said twice."""
    reached = [each for each in warnings if each.answer is Answer.MET]
    codes = {each.code for each in reached}
    urgency = (Level.RED, Level.AMBER, Level.NOTICE)
    told = (each for each in reached if SAID_BY.get(each.code) not in codes)
    return tuple(sorted(told, key=lambda each: urgency.index(each.level)))


def _reached(code: str, level: Level, count: Count, at_least: int, words: str, source: str) -> EarlyWarning:
    answer = threshold_answer(count.interval, at_least)
    message = f"{words} on {_spelt(count.interval)} of 30 (warning from {at_least})"
    return EarlyWarning(code, level, answer, message, source)


def _spelt(interval: Interval) -> str:
    return days_word(interval.lower) if interval.exact else f"{interval} days"


def _all_together(window: OveruseWindow) -> tuple[EarlyWarning, ...]:
    count = window.all_together
    words = "Acute medicines"
    return (
        _reached("all_red", Level.RED, count, ALL_TOGETHER_RED, words, CONVENTION),
        _reached("all_amber", Level.AMBER, count, ALL_TOGETHER_AMBER, words, CONVENTION),
        _reached(
            "prevention",
            Level.NOTICE,
            count,
            PREVENTION_FROM,
            "Offer or revise prevention: acute medicines",
            AHS,
        ),
    )


def _by_ingredient(diary: tuple[DiaryDay, ...], window: OveruseWindow) -> tuple[EarlyWarning, ...]:
    opioid = days_with(
        diary,
        window.period,
        lambda use: use.opioid or use.overuse_class is OveruseClass.OPIOID,
    )
    butalbital = days_with(diary, window.period, lambda use: use.butalbital)
    return (
        _reached("opioid_any", Level.NOTICE, opioid, 1, "Opioid, for rescue only,", AMPP),
        _reached("opioid_amber", Level.AMBER, opioid, OPIOID_AMBER, "Opioid", AMPP),
        _reached("butalbital", Level.AMBER, butalbital, BUTALBITAL_AMBER, "Butalbital", AMPP),
    )


def _by_class(window: OveruseWindow) -> tuple[EarlyWarning, ...]:
    def near(subtype: Subtype, at_least: int) -> EarlyWarning:
        return _reached(
            f"near_{subtype.code}",
            Level.AMBER,
            window.by_subtype[subtype.code],
            at_least,
            subtype.name.capitalize(),
            f"{CONVENTION}, 70 % of the limit",
        )

    return (
        *(near(subtype, CLASS_AMBER) for subtype in (ERGOTAMINE, TRIPTAN, OPIOID, COMBINATION)),
        near(NON_OPIOID, NON_OPIOID_AMBER),
    )


def _with_headache(window: OveruseWindow) -> tuple[EarlyWarning, ...]:
    headache = window.headache.interval
    triptan = threshold_answer(window.by_subtype[TRIPTAN.code].interval, 1)
    nsaid = threshold_answer(window.by_subtype[NSAID.code].interval, 1)
    return (
        EarlyWarning(
            "triptan_progression",
            Level.NOTICE,
            all_of((triptan, _between(headache, TRIPTAN_HEADACHE_FROM, TRIPTAN_HEADACHE_TO))),
            f"Triptan use at {_spelt(headache)} with headache: risk of progression at 10 to 14",
            AMPP,
        ),
        EarlyWarning(
            "nsaid_progression",
            Level.NOTICE,
            all_of((nsaid, threshold_answer(headache, NSAID_HEADACHE_FROM))),
            f"NSAID use at {_spelt(headache)} with headache: risk of progression from 10",
            AMPP,
        ),
    )


def _between(interval: Interval, lowest: int, highest: int) -> Answer:
    if interval.lower >= lowest and interval.upper <= highest:
        return Answer.MET
    if interval.upper < lowest or interval.lower > highest:
        return Answer.NOT_MET
    return Answer.CANNOT_TELL


def _trend(latest: OveruseWindow, previous: OveruseWindow) -> EarlyWarning:
    now, before = latest.all_together.interval, previous.all_together.interval
    rise = Interval(now.lower - before.upper, now.upper - before.lower)
    return EarlyWarning(
        "rise",
        Level.NOTICE,
        threshold_answer(rise, TREND),
        f"Acute medication days rose from {before} to {now}",
        CONVENTION,
    )
