"""Response to a preventive: how far a count fell from the 28 days before it to 28 days with it."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from apps.clinical.completeness import Completeness, of_count
from apps.clinical.counting import Count
from apps.clinical.diary import DiaryDay
from apps.clinical.findings import Answer, Certainty, Fact, Finding, threshold_answer
from apps.clinical.periods import BLOCK_DAYS, ONE_DAY, Period, block, blocks_from
from apps.clinical.rulebook import Rule, Threshold

STEPS = (30, 50, 75, 100)
RESPONSE_EPISODIC = 50
RESPONSE_CHRONIC = 30

# Below this the same fall of one day is a quarter or a half: clinic convention.
SMALLEST_BASELINE = 4

# How a kind of day is counted over a period, for example migraine days by one of the readings.
Counting = Callable[[Iterable[DiaryDay], Period], Count]

RULE = Rule(
    id="response.reduction",
    version="1.0",
    title="Response to a preventive",
    source=(
        "International Headache Society trial guidelines (Tassorelli 2018, Diener 2020); NICE appraisals; the smallest "
        "baseline is a clinic convention"
    ),
    certainty=Certainty.CHECK,
    thresholds=(
        Threshold("episodic migraine", "50 % fewer days", "responder of the trials"),
        Threshold("chronic migraine", "30 % fewer days", "acceptable with clinical justification"),
        Threshold("steps shown", "30, 50, 75 and 100 %", "as trials report them"),
        Threshold("periods", "28 days", "baseline before the start, blocks from the start on"),
        Threshold("smallest baseline", "4 days", "below it days are shown and no per cent"),
    ),
)


@dataclass(frozen=True, slots=True)
class Response:
    """The change between baseline and one block of treatment.

    number: which block, from 1. lowest, highest: the fall in per cent that the open days allow at least and at most,
    negative when days rose; None when the baseline is, or may be, too small. steps: for 30, 50, 75 and 100 per cent
    whether the fall reaches it. finding: whether it is a response for this kind of migraine.
    """

    number: int
    baseline: Count
    followup: Count
    lowest: Fraction | None
    highest: Fraction | None
    steps: tuple[tuple[int, Answer], ...]
    finding: Finding

    @property
    def reduction(self) -> str:
        """The fall in whole per cent, rounded so that the interval only grows: "50", "38–61"."""
        if self.lowest is None or self.highest is None:
            return "not computed"
        low, high = math.floor(self.lowest), math.ceil(self.highest)
        return f"{low} %" if low == high else f"{low} to {high} %"

    @property
    def baseline_recorded(self) -> Completeness:
        """How much of the baseline is known."""
        return of_count(self.baseline)

    @property
    def followup_recorded(self) -> Completeness:
        """How much of the block is known."""
        return of_count(self.followup)


@RULE.defines
def response(baseline: Count, followup: Count, *, number: int, chronic: bool | None) -> Response:
    """How far the days fell, in per cent of the baseline: the 28 days before the start against 28 days with it.

    The fall is an interval: least with all open days of the block counted and none of the baseline, most the other way
    round. A step is reached when the least fall reaches it, not reached when the most does not, otherwise it can't be
    told. Response: 50 % in episodic, 30 % in chronic migraine; while the kind is not known, both must agree. Below 4
    days at baseline no per cent is computed; when the open days leave that open, it can't be told.

    Raises ValueError when the counts were made by different rules, are not of 28 days, or do not fit the block number.
    """
    _check(baseline, followup, number)
    enough = threshold_answer(baseline.interval, SMALLEST_BASELINE)
    lowest, highest = _fall(baseline, followup) if enough is Answer.MET else (None, None)
    steps = tuple((step, _reaches(lowest, highest, step)) for step in STEPS)
    return Response(number, baseline, followup, lowest, highest, steps, _finding(baseline, followup, steps, chronic))


def responses(
    days: Iterable[DiaryDay],
    counting: Counting,
    *,
    start: date,
    today: date,
    stopped: date | None = None,
    chronic: bool | None,
) -> tuple[Response, ...]:
    """Give the response in each finished 28-day block from the start of the treatment on, oldest first.

    The last one is the follow-up by which a treatment is judged. A block that is not over today, or that holds the day
    of stopping, is left out.
    """
    diary = tuple(days)
    baseline = counting(diary, block(start, 0))
    over = today + ONE_DAY
    treated = (min(over, stopped or over) - start).days
    return tuple(
        response(baseline, counting(diary, period), number=number, chronic=chronic)
        for number, period in enumerate(blocks_from(start, max(0, treated // BLOCK_DAYS)), start=1)
    )


def _check(baseline: Count, followup: Count, number: int) -> None:
    if (baseline.rule_id, baseline.rule_version) != (followup.rule_id, followup.rule_version):
        raise ValueError("only counts of the same rule can be compared")
    if {len(baseline.period), len(followup.period)} != {BLOCK_DAYS}:
        raise ValueError("response compares periods of 28 days")
    if number < 1 or (followup.period.first - baseline.period.first).days != BLOCK_DAYS * number:
        raise ValueError("the block does not lie where its number says")


def _fall(baseline: Count, followup: Count) -> tuple[Fraction, Fraction]:
    before, after = baseline.interval, followup.interval
    return (
        Fraction(100 * (before.lower - after.upper), before.lower),
        Fraction(100 * (before.upper - after.lower), before.upper),
    )


def _reaches(lowest: Fraction | None, highest: Fraction | None, step: int) -> Answer:
    if lowest is not None and lowest >= step:
        return Answer.MET
    return Answer.NOT_MET if highest is not None and highest < step else Answer.CANNOT_TELL


def _finding(baseline: Count, followup: Count, steps: tuple[tuple[int, Answer], ...], chronic: bool | None) -> Finding:
    answer = _answer(dict(steps), chronic)
    return RULE.finding(
        answer=answer,
        headline={
            Answer.MET: "Response",
            Answer.NOT_MET: "No response",
            Answer.CANNOT_TELL: "Response: cannot tell",
        }[answer],
        facts=(
            Fact("Before", f"{baseline} days, {of_count(baseline)}"),
            Fact("With it", f"{followup} days, {of_count(followup)}"),
            *(Fact(f"Fall of {step} %", reached.label) for step, reached in steps),
        ),
        missing=_missing(baseline, followup, chronic) if answer is Answer.CANNOT_TELL else (),
        deciding_days=(*baseline.open_days, *followup.open_days)
        if answer is Answer.CANNOT_TELL
        else (*baseline.counted_days, *followup.counted_days),
    )


def _answer(steps: dict[int, Answer], chronic: bool | None) -> Answer:
    possible = {
        True: {steps[RESPONSE_CHRONIC]},
        False: {steps[RESPONSE_EPISODIC]},
        None: {steps[RESPONSE_CHRONIC], steps[RESPONSE_EPISODIC]},
    }[chronic]
    return possible.pop() if len(possible) == 1 else Answer.CANNOT_TELL


def _missing(baseline: Count, followup: Count, chronic: bool | None) -> list[str]:
    enough = threshold_answer(baseline.interval, SMALLEST_BASELINE)
    asked = (
        (enough is Answer.NOT_MET, "No per cent is computed from fewer than 4 days at baseline"),
        (bool(baseline.open_days), f"{len(baseline.open_days)} of 28 days before the start are not known"),
        (bool(followup.open_days), f"{len(followup.open_days)} of 28 days of the block are not known"),
        (chronic is None, "Cannot assess: whether the migraine is chronic is not recorded"),
    )
    return [words for applies, words in asked if applies]
