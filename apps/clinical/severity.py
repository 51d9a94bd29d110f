"""How strong the headaches of a period were: the mean and the worst of the days' severities."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from apps.clinical.diary import DayState, DiaryDay, by_date
from apps.clinical.findings import Certainty, Interval
from apps.clinical.periods import Period
from apps.clinical.rulebook import Rule

MILD, SEVERE = 1, 3

RULE = Rule(
    id="diary.severity",
    version="1.0",
    title="Mean and worst severity",
    source="International Headache Society trial guidelines; the scale 1 mild, 2 moderate, 3 severe",
    certainty=Certainty.CERTAIN,
)


@dataclass(frozen=True, slots=True)
class Severity:
    """Severity over a period.

    stated: headache days with a severity, of `headache` recorded headache days. mean: over the stated ones, None
    without any. lowest, highest: the mean for the mildest and the strongest filling of what is open; None when nothing
    is recorded or open. worst: 0 when there was no headache.
    """

    rule_id: str
    rule_version: str
    period: Period
    stated: int
    headache: int
    mean: Fraction | None
    lowest: Fraction | None
    highest: Fraction | None
    worst: Interval

    def __str__(self) -> str:
        if self.mean is None:
            return "no severity stated"
        return (
            f"mean {float(self.mean):.1f}, worst {self.worst}, stated on {self.stated} of {self.headache} headache days"
        )

    def as_dict(self) -> dict[str, Any]:
        """Give the values as plain JSON, with the rule that made them."""
        return {
            "rule_id": self.rule_id,
            "rule_version": self.rule_version,
            "stated": self.stated,
            "headache": self.headache,
            "mean": None if self.mean is None else round(float(self.mean), 2),
            "lowest": None if self.lowest is None else round(float(self.lowest), 2),
            "highest": None if self.highest is None else round(float(self.highest), 2),
            "worst": [self.worst.lower, self.worst.upper],
        }


@RULE.defines
def severity(days: Iterable[DiaryDay], period: Period) -> Severity:
    """The mean of the worst pain of each headache day whose severity is stated, and the worst of them.

    Headache days without a severity, and days that are not known, leave both open within the limits of the scale. Doses
    are not counted.

    Raises ValueError when a date has two entries.
    """
    diary = by_date(days)
    entries = [diary.get(day) for day in period]
    headache = [entry for entry in entries if entry is not None and entry.state is DayState.HEADACHE]
    stated = [entry.severity for entry in headache if entry.severity is not None]
    free = sum(1 for entry in entries if entry is not None and entry.state is DayState.NONE)
    still_open = len(period) - free - len(stated)
    return Severity(
        RULE.id,
        RULE.version,
        period,
        stated=len(stated),
        headache=len(headache),
        mean=_mean(sum(stated), len(stated)),
        lowest=_mean(sum(stated) + still_open * MILD, len(stated) + still_open),
        highest=_mean(sum(stated) + still_open * SEVERE, len(stated) + still_open),
        worst=_worst(stated, without=len(headache) - len(stated), still_open=still_open),
    )


def _mean(total: int, number: int) -> Fraction | None:
    return Fraction(total, number) if number else None


def _worst(stated: list[int], *, without: int, still_open: int) -> Interval:
    # A headache day without a severity was at least mild.
    lower = max(stated, default=MILD if without else 0)
    return Interval(lower, SEVERE if still_open else lower)
