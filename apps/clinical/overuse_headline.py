"""The headline figure: all acute medicines together in the latest 30 days, against 10 days."""

from collections.abc import Iterable
from datetime import date

from apps.clinical.acute_days import acute_medication_days
from apps.clinical.completeness import completeness
from apps.clinical.counting import Count, days_word
from apps.clinical.diary import DiaryDay
from apps.clinical.findings import Answer, Certainty, Fact, Finding, threshold_answer
from apps.clinical.periods import Period
from apps.clinical.rulebook import Rule, Threshold

ALL_TOGETHER_LIMIT = 10

RULE = Rule(
    id="overuse.all_acute_days",
    version="1.0",
    title="All acute medicines together: limit of 10 days",
    source=(
        "Schulman 2013 as summarised by Robert (all abortive and rescue medicines count together); "
        "the number of days is a clinic convention after ICHD-3 8.2.6"
    ),
    certainty=Certainty.CONVENTION,
    thresholds=(Threshold("limit", "10 days in 30", "the limit of most classes in ICHD-3 8.2"),),
)


@RULE.defines
def all_acute_days_finding(days: Iterable[DiaryDay], window: Period) -> Finding:
    """Any acute or rescue medicine on at least 10 of the 30 days that end on the report date.

    Rotating between medicines does not lower this count. Days on which it is not known whether
    anything was taken can only raise it.
    """
    diary = tuple(days)
    count = acute_medication_days(diary, window)
    answer = threshold_answer(count.interval, ALL_TOGETHER_LIMIT)
    facts = [
        Fact("Acute medication days, all together", str(count)),
        Fact("Limit", str(ALL_TOGETHER_LIMIT)),
        Fact("Period", str(window)),
        Fact("Diary", str(completeness(diary, window))),
    ]
    if count.estimate is not None:
        facts.append(Fact("Estimated", f"about {count.estimate} of {len(window)} days"))
    return RULE.finding(
        answer=answer,
        headline=_headline(count, answer),
        interval=count.interval,
        threshold=ALL_TOGETHER_LIMIT,
        facts=facts,
        missing=missing_intake(count),
        deciding_days=_deciding(count, answer),
    )


def missing_intake(count: Count) -> tuple[str, ...]:
    """Say for how many days of a count the medicines taken are not known."""
    if not count.open_days:
        return ()
    return (f"{count.period}: medicines not known for {days_word(len(count.open_days))}",)


def _headline(count: Count, answer: Answer) -> str:
    length = len(count.period)
    number = days_word(len(count.counted_days)) if count.interval.exact else f"{count} days"
    start = f"Acute medicines on {number} of the last {length}"
    if answer is Answer.MET:
        return f"{start}: the limit of {ALL_TOGETHER_LIMIT} is reached"
    if answer is Answer.NOT_MET:
        return f"{start}: below the limit of {ALL_TOGETHER_LIMIT}"
    return (
        f"{start}: cannot tell, {days_word(len(count.open_days))} not known would decide "
        f"whether the limit of {ALL_TOGETHER_LIMIT} is reached"
    )


def _deciding(count: Count, answer: Answer) -> tuple[date, ...]:
    return {Answer.MET: count.counted_days, Answer.CANNOT_TELL: count.open_days}.get(answer, ())
