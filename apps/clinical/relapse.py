"""Whether acute medicines are above the limit again after a withdrawal."""

from collections.abc import Iterable
from datetime import date, timedelta

from apps.clinical.acute_days import acute_medication_days
from apps.clinical.counting import Count, days_word
from apps.clinical.diary import DiaryDay
from apps.clinical.findings import Answer, Certainty, Fact, Finding, threshold_answer
from apps.clinical.overuse_headline import ALL_TOGETHER_LIMIT, missing_intake
from apps.clinical.periods import ONE_DAY, WINDOW_DAYS, Period, day_text, window_ending
from apps.clinical.rulebook import Rule, Threshold

RULE = Rule(
    id="overuse.relapse",
    version="1.0",
    title="Above the limit again after a withdrawal",
    source="clinic convention; that relapse is common: Norwegian cohort, 34 % met the criteria again at 4 years",
    certainty=Certainty.CONVENTION,
    thresholds=(
        Threshold("limit", "10 days in 30", "the headline limit; no class has a lower one in ICHD-3 8.2"),
        Threshold("window", "30 days", "only days after the end of the withdrawal count"),
    ),
)


@RULE.defines
def relapse(days: Iterable[DiaryDay], *, ended_on: date, on: date) -> Finding:
    """Any acute or rescue medicine on at least 10 of the last 30 days, counting only days after the withdrawal ended.

    "Since" is the first day on which the 30 days that ended there reached the limit and from which they have stayed
    there. Each stretch of 30 days since the end is shown with its count. Days on which it is not known whether anything
    was taken can only raise a count.

    Raises ValueError when the day asked about does not come after the end.
    """
    if on <= ended_on:
        raise ValueError("relapse is counted from the day after the end")
    watch = Period(ended_on + ONE_DAY, on)
    whole = acute_medication_days(tuple(days), watch)
    latest = _within(whole, window_ending(on))
    answer = threshold_answer(latest.interval, ALL_TOGETHER_LIMIT)
    return RULE.finding(
        answer=answer,
        headline=_headline(whole, latest, answer),
        interval=latest.interval,
        threshold=ALL_TOGETHER_LIMIT,
        facts=[
            Fact(str(each.period), f"acute medicines on {each} of {days_word(len(each.period))}")
            for each in stretches(whole)
        ],
        missing=missing_intake(latest),
        deciding_days={Answer.MET: latest.counted_days, Answer.CANNOT_TELL: latest.open_days}.get(answer, ()),
    )


def stretches(whole: Count) -> list[Count]:
    """Cut a count into 30 days each from its first day on, oldest first; the last one may be shorter."""
    first, last = whole.period.first, whole.period.last
    starts = (first + timedelta(days=offset) for offset in range(0, len(whole.period), WINDOW_DAYS))
    return [_within(whole, Period(start, min(start + timedelta(days=WINDOW_DAYS - 1), last))) for start in starts]


def _headline(whole: Count, latest: Count, answer: Answer) -> str:
    if answer is Answer.MET:
        return f"Above the limit again since {day_text(_since(whole))}"
    counted = f"acute medicines on {latest} of the last {days_word(len(latest.period))}"
    if answer is Answer.NOT_MET:
        return f"Not above the limit: {counted}"
    return f"Cannot tell whether it is above the limit again: {counted}"


def _since(whole: Count) -> date:
    """The first day of the run, up to the last day, on each of which the 30 days before reached the limit."""
    day = whole.period.last
    while day > whole.period.first and _reached(whole, day - ONE_DAY):
        day -= ONE_DAY
    return day


def _reached(whole: Count, day: date) -> bool:
    return len(_within(whole, window_ending(day)).counted_days) >= ALL_TOGETHER_LIMIT


def _within(whole: Count, window: Period) -> Count:
    """The part of a count that lies in a window, which may begin before it."""
    period = Period(max(window.first, whole.period.first), window.last)
    return Count(
        whole.rule_id,
        whole.rule_version,
        period,
        tuple(day for day in whole.counted_days if day in period),
        tuple(day for day in whole.open_days if day in period),
    )
