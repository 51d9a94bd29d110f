"""Circadian rhythm disorders: the clock of the body against the clock of work.

Flags from the sleep log; ICSD-3 asks for a pattern of at least three months and a log of 7, better 14 days, free days
included. The flags' thresholds are a clinic convention.
"""

from apps.clinical.findings import Answer, Certainty, all_of, any_of, yes_no
from apps.clinical.rulebook import Rule, Threshold
from apps.clinical.sleep.answers import Sign, clock_reaches, hours_reach, not_known, sign, speaking_for
from apps.clinical.sleep.facts import Route, SleepFacts, Study
from apps.clinical.sleep.timing import LATE_MID_SLEEP, LATE_ONSET, MARKED_SOCIAL_JETLAG_HOURS

# Free-day sleep of ordinary length: whoever is only late sleeps enough when left alone.
NORMAL_FREE_HOURS = (6.0, 10.0)

RULE = Rule(
    id="sleep.circadian",
    version="2.0",
    title="Circadian rhythm disorder",
    source="ICSD-3 (2014) for pattern and log; clinic convention for the flags",
    certainty=Certainty.CONVENTION,
    thresholds=(
        Threshold("social jetlag", "2 hours or more", "marked; clinic convention"),
        Threshold("corrected mid-sleep", "05:30 or later", "late; clinic convention"),
        Threshold("delayed phase", "free-day onset 02:00 or later", "with trouble falling asleep on work days"),
    ),
)


@RULE.defines
def circadian(facts: SleepFacts) -> Route:
    """Sleep at the wrong time.

    Any one opens the suggestion: social jetlag of two hours or more; corrected mid-sleep on free days at 05:30 or
    later; shift work; sleep that moves later from day to day (free-running); or a free-day onset at 02:00 or later with trouble sleeping on work days and sleep of normal
    length on free days (possible delayed phase).
    """
    timing = facts.timing
    signs = (
        hours_reach("Social jetlag", timing.social_jetlag if timing else None, MARKED_SOCIAL_JETLAG_HOURS),
        clock_reaches("Corrected mid-sleep on free days", timing.corrected_middle if timing else None, LATE_MID_SLEEP),
        sign("Shift work", facts.shift_work),
        sign("Sleep moves later from day to day", facts.free_running),
        _delayed(facts),
    )
    answer = any_of(tuple(each.answer for each in signs))
    finding = RULE.finding(
        answer=answer,
        headline=_headline(answer, signs),
        facts=(each.fact for each in signs),
        missing=not_known(signs) if answer is Answer.CANNOT_TELL else (),
    )
    return Route(
        "Circadian rhythm disorder",
        finding,
        study=Study.LOG_WITH_ACTIGRAPHY if answer is Answer.MET else None,
        not_this="Polysomnography only when another disorder is suspected.",
        reasons=speaking_for(signs),
    )


def _delayed(facts: SleepFacts) -> Sign:
    timing = facts.timing
    if timing is None:
        return Sign("Delayed phase", "no sleep log", Answer.CANNOT_TELL)
    shortest, longest = NORMAL_FREE_HOURS
    answer = all_of(
        (
            yes_no(timing.free_onset >= LATE_ONSET),
            yes_no(facts.trouble_sleeping),
            yes_no(shortest <= timing.free_hours <= longest),
        )
    )
    return Sign("Delayed phase", answer.label, answer)


def _headline(answer: Answer, signs: tuple[Sign, ...]) -> str:
    if answer is Answer.MET:
        reasons = ", ".join(each.label.partition(",")[0].lower() for each in signs if each.answer is Answer.MET)
        return f"Possible circadian rhythm disorder: {reasons}"
    if answer is Answer.NOT_MET:
        return "No sign of a circadian rhythm disorder"
    return "Circadian rhythm: cannot tell, a sleep log is missing"
