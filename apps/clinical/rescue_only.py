"""Opioids and butalbital are for rescue only: few days, agreed beforehand, with a reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from apps.clinical.acute_days import days_with
from apps.clinical.counting import Count, days_word
from apps.clinical.diary import AcuteUse, DiaryDay, OveruseClass
from apps.clinical.findings import Answer, Certainty, Fact, Finding, any_of, threshold_answer
from apps.clinical.overuse_headline import missing_intake
from apps.clinical.periods import Period
from apps.clinical.rulebook import Rule, Threshold
from apps.clinical.withdrawal import NEAR_DAILY_DAYS


class RescueMedicine(StrEnum):
    """What is for rescue only, as ingredient: also inside a combination."""

    OPIOID = "opioid"
    BUTALBITAL = "butalbital"

    @property
    def label(self) -> str:
        """The medicine as words for the page."""
        return self.value.capitalize()

    def is_in(self, use: AcuteUse) -> bool:
        """Say whether an intake is or contains it."""
        if self is RescueMedicine.BUTALBITAL:
            return use.butalbital
        return use.opioid or use.overuse_class is OveruseClass.OPIOID


@dataclass(frozen=True, slots=True)
class RescueLimit:
    """What the prescriber has recorded: at most so many days a month, why, and when to look at it again."""

    days: int
    justification: str
    review_on: date | None = None


RULE = Rule(
    id="overuse.rescue_only",
    version="1.0",
    title="Opioid and butalbital: for rescue only",
    source=(
        "Founding review of the clinic (Robert, after Schulman): opioids for rescue only; Bigal & Lipton 2009 for "
        "the risk of opioids and butalbital; limit and justification: clinic convention"
    ),
    certainty=Certainty.CONVENTION,
    thresholds=(
        Threshold("without a limit and a justification", "any day", "rescue only is agreed beforehand"),
        Threshold("with a limit", "more days in 30 than agreed", "the prescriber's number"),
        Threshold(
            "near-daily", f"{NEAR_DAILY_DAYS} days in 30", "clinic convention: no rescue any more, whatever the limit"
        ),
    ),
)


@RULE.defines
def rescue_only_broken(
    days: Iterable[DiaryDay], window: Period, medicine: RescueMedicine, limit: RescueLimit | None
) -> Finding:
    """Whether the use of an opioid or of butalbital is more than rescue, in the 30 days that end on the report date.

    Met with any day of use while no limit or no justification is recorded; with more days than the
    limit; and with 20 days or more, which is near-daily use and no rescue whatever was agreed.
    Medicines that contain it count. Days on which the medicines are not known can only raise the
    number: when they could make the difference, the answer is cannot tell.
    """
    diary = tuple(days)
    count = days_with(diary, window, medicine.is_in)
    agreed = limit if limit is not None and limit.justification.strip() else None
    allowed = agreed.days if agreed else 0
    near_daily = threshold_answer(count.interval, NEAR_DAILY_DAYS)
    answer = any_of((threshold_answer(count.interval, allowed + 1), near_daily))
    return RULE.finding(
        answer=answer,
        headline=_headline(medicine, count, agreed, answer),
        interval=count.interval,
        threshold=min(allowed + 1, NEAR_DAILY_DAYS),
        facts=_facts(medicine, count, limit),
        missing=missing_intake(count),
        deciding_days={Answer.MET: count.counted_days, Answer.CANNOT_TELL: count.open_days}.get(answer, ()),
    )


def _headline(medicine: RescueMedicine, count: Count, agreed: RescueLimit | None, answer: Answer) -> str:
    number = days_word(count.interval.lower) if count.interval.exact else f"{count} days"
    return f"{medicine.label} on {number} of the last {len(count.period)}: {_verdict(count, agreed, answer)}"


def _verdict(count: Count, agreed: RescueLimit | None, answer: Answer) -> str:
    if count.interval.lower >= NEAR_DAILY_DAYS:
        return "near-daily use is not rescue"
    if agreed is None:
        missing = "no limit with a justification is recorded"
        return {Answer.MET: missing, Answer.NOT_MET: "nothing to agree on"}.get(answer, f"cannot tell; {missing}")
    allowed = f"the {days_word(agreed.days)} a month that are agreed for rescue"
    words = {Answer.MET: "more than", Answer.NOT_MET: "within", Answer.CANNOT_TELL: "cannot tell whether it is within"}
    return f"{words[answer]} {allowed}"


def _facts(medicine: RescueMedicine, count: Count, limit: RescueLimit | None) -> Iterable[Fact]:
    yield Fact(f"{medicine.label} days", str(count))
    yield Fact("Agreed at most", f"{days_word(limit.days)} a month" if limit else "nothing recorded")
    yield Fact("Justification", limit.justification.strip() or "none recorded" if limit else "none recorded")
    if limit and limit.review_on:
        yield Fact("To be looked at again", f"{limit.review_on.day} {limit.review_on:%b %Y}")
