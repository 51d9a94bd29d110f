"""How regular the intake of acute medicines is: the share of weeks with intake on two or more days."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from apps.clinical.counting import Count
from apps.clinical.findings import Certainty, Interval
from apps.clinical.periods import ONE_DAY, Period, window_ending
from apps.clinical.rulebook import Rule, Threshold

WEEK_DAYS = 7
REGULAR_FROM = 2

RULE = Rule(
    id="overuse.regularity",
    version="1.0",
    title="Regular intake: weeks with acute medicines on 2 or more days",
    source="comment in ICHD-II on regular intake: 2 to 3 days each week",
    certainty=Certainty.CERTAIN,
    thresholds=(
        Threshold("regular week", "2 days", "the lower end of 2 to 3 days each week"),
        Threshold("week", "7 days, counted back from the report date", "clinic convention"),
    ),
)


@dataclass(frozen=True, slots=True)
class Regularity:
    """How many of the weeks of a period have intake on two or more days; days that do not fill a week are left out."""

    rule_id: str
    rule_version: str
    period: Period
    weeks: int
    regular: Interval

    @property
    def percent(self) -> Interval:
        """The share of regular weeks in per cent, 0 to 100, rounded."""
        return Interval(*(round(100 * number / self.weeks) for number in (self.regular.lower, self.regular.upper)))

    def __str__(self) -> str:
        return f"{self.regular} of {self.weeks} weeks ({self.percent} %)"


@RULE.defines
def regularity(newest_first: Sequence[Count]) -> Regularity:
    """The share of weeks in which any acute medicine was taken on at least 2 days.

    Clusters of intake with long stretches without medicines are less typical of medication-overuse
    headache than the same number of days spread over every week. The source gives no share above
    which intake is regular: the number is shown and no answer is drawn from it. Days on which the
    medicines are not known can only raise it.

    Raises ValueError without windows, or when they hold less than a week.
    """
    looked_at = Period(newest_first[-1].period.first, newest_first[0].period.last) if newest_first else None
    if looked_at is None or len(looked_at) < WEEK_DAYS:
        raise ValueError("regular intake needs at least a week to look at")
    counted = {day for count in newest_first for day in count.counted_days}
    open_days = {day for count in newest_first for day in count.open_days}
    weeks = list(_weeks_back(looked_at))
    certain = sum(_days_in(week, counted) >= REGULAR_FROM for week in weeks)
    possible = sum(_days_in(week, counted | open_days) >= REGULAR_FROM for week in weeks)
    return Regularity(RULE.id, RULE.version, looked_at, len(weeks), Interval(certain, possible))


def _days_in(week: Period, days: set[date]) -> int:
    return sum(day in days for day in week)


def _weeks_back(looked_at: Period) -> Iterator[Period]:
    last = looked_at.last
    while (week := window_ending(last, WEEK_DAYS)).first >= looked_at.first:
        yield week
        last = week.first - ONE_DAY
