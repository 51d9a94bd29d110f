"""What somebody remembers beside what the diary says, over the same days."""

from dataclasses import dataclass

from apps.clinical.counting import Count
from apps.clinical.findings import Certainty, Fact, Finding, Interval, threshold_answer
from apps.clinical.rulebook import Rule, Threshold

# A tenth of 90 days; smaller differences are what memory does.
DIFFERENT_FROM = 9

RULE = Rule(
    id="diary.recall",
    version="1.0",
    title="Recall beside diary",
    source="clinic convention",
    certainty=Certainty.CONVENTION,
    thresholds=(Threshold("differs", "9 days in 90", "a tenth of the window"),),
)


@dataclass(frozen=True, slots=True)
class RecallDifference:
    """Remembered minus recorded days: the smallest and the largest difference that the open days allow."""

    remembered: int
    recorded: Interval
    difference: Interval


def recall_difference(remembered: int, recorded: Count) -> RecallDifference:
    """Set a remembered number of days beside a diary count of the same window.

    Raises ValueError for a number that the window can't hold.
    """
    if not 0 <= remembered <= len(recorded.period):
        raise ValueError(f"{remembered} days do not fit into {len(recorded.period)}")
    interval = recorded.interval
    return RecallDifference(remembered, interval, Interval(remembered - interval.upper, remembered - interval.lower))


@RULE.defines
def recall_differs(remembered: int, recorded: Count) -> Finding:
    """Whether memory and diary of the same window are at least nine days apart.

    The diary's open days may explain a difference: then it can't be told.

    Raises ValueError for a number that the window can't hold.
    """
    found = recall_difference(remembered, recorded)
    answer = threshold_answer(_distance(found.difference), DIFFERENT_FROM)
    return RULE.finding(
        answer=answer,
        headline=f"Remembered {remembered} days, recorded {found.recorded} days",
        interval=found.difference,
        threshold=DIFFERENT_FROM,
        facts=[Fact("Remembered", str(remembered)), Fact("Recorded", str(found.recorded))],
        missing=[f"{len(recorded.open_days)} days are not known"] if recorded.open_days else [],
    )


def _distance(difference: Interval) -> Interval:
    """How far apart, whichever is larger."""
    if difference.lower <= 0 <= difference.upper:
        return Interval(0, max(-difference.lower, difference.upper))
    ends = sorted((abs(difference.lower), abs(difference.upper)))
    return Interval(ends[0], ends[1])
