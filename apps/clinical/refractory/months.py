"""Debilitating months in a row, from a diary with gaps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from apps.clinical.completeness import Completeness, completeness
from apps.clinical.counting import Count, days_word
from apps.clinical.debilitating_days import debilitating_days
from apps.clinical.diary import DiaryDay
from apps.clinical.findings import Answer, Certainty, Fact, Finding, all_of, threshold_answer
from apps.clinical.periods import windows_back
from apps.clinical.rulebook import Rule, Threshold

DEBILITATING_DAYS = 8
MONTHS_RESISTANT = 3
MONTHS_REFRACTORY = 6

RULE = Rule(
    id="refractory.debilitating_months",
    version="1.0",
    title="Debilitating months in a row",
    source="Sacco et al., European Headache Federation, J Headache Pain 2020;21:76; windows of 30 days: clinic convention",
    certainty=Certainty.CHECK,
    thresholds=(
        Threshold("debilitating headache days", "8 a month", "Sacco 2020"),
        Threshold("resistant", "3 months in a row", "Sacco 2020"),
        Threshold("refractory", "6 months in a row", "Sacco 2020"),
    ),
)


@dataclass(frozen=True, slots=True)
class DebilitatingMonth:
    """One 30-day window: the count, how complete the diary is, and whether the threshold is reached."""

    count: Count
    recorded: Completeness

    @property
    def answer(self) -> Answer:
        """Whether the window holds at least 8 debilitating days, whatever the open days hold."""
        return threshold_answer(self.count.interval, DEBILITATING_DAYS)


def debilitating_month_list(
    days: Iterable[DiaryDay], *, today: date, how_many: int = MONTHS_REFRACTORY
) -> tuple[DebilitatingMonth, ...]:
    """Count the 30-day windows that end today and before, newest first. Raises ValueError for a date entered twice."""
    diary = tuple(days)
    return tuple(
        DebilitatingMonth(debilitating_days(diary, window), completeness(diary, window))
        for window in windows_back(today, how_many)
    )


@RULE.defines
def debilitating_in_a_row(newest_first: Sequence[DebilitatingMonth], needed: int) -> Finding:
    """Whether each of the latest 30-day windows holds at least 8 debilitating headache days.

    Windows end on the report date and do not overlap. One window that can't reach 8 days settles it; a window that the
    open days could lift to 8, and one that was not looked at, leave it open. The number of open days is never projected.

    Raises ValueError when no month is asked for.
    """
    if needed < 1:
        raise ValueError("ask for at least one month")
    looked_at = newest_first[:needed]
    answers = tuple(month.answer for month in looked_at) + (Answer.CANNOT_TELL,) * (needed - len(looked_at))
    answer = all_of(answers)
    return RULE.finding(
        answer=answer,
        headline=f"{answers.count(Answer.MET)} of the last {needed} months certainly debilitating: {answer.label}",
        threshold=DEBILITATING_DAYS,
        facts=[
            Fact(str(month.count.period), f"{month.count} debilitating days, {month.recorded}: {month.answer.label}")
            for month in looked_at
        ],
        missing=_missing(looked_at, needed) if answer is Answer.CANNOT_TELL else (),
        deciding_days=sorted(day for month in _deciding(looked_at, answer) for day in _days(month, answer)),
    )


def _deciding(looked_at: Sequence[DebilitatingMonth], answer: Answer) -> list[DebilitatingMonth]:
    return [month for month in looked_at if month.answer is answer]


def _days(month: DebilitatingMonth, answer: Answer) -> tuple[date, ...]:
    return month.count.open_days if answer is Answer.CANNOT_TELL else month.count.counted_days


def _missing(looked_at: Sequence[DebilitatingMonth], needed: int) -> list[str]:
    missing = [
        f"{month.count.period}: debilitating or not is open on {days_word(len(month.count.open_days))}"
        for month in looked_at
        if month.answer is Answer.CANNOT_TELL
    ]
    if len(looked_at) < needed:
        missing.append(f"Cannot assess: {needed - len(looked_at)} of {needed} months were not looked at")
    return missing
