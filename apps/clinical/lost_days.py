"""Days lost to headache, counted from function in the diary: an open measure beside MIDAS, not MIDAS."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from apps.clinical.diary import DayState, DiaryDay, by_date
from apps.clinical.findings import Certainty, Interval
from apps.clinical.periods import Period, window_ending
from apps.clinical.rulebook import Rule, Threshold

# As long as the three months that MIDAS asks about.
LOST_DAYS_WINDOW = 90

# Half days by function: 0 normal, 1 somewhat limited, 2 severely limited, 3 in bed.
HALF_DAYS = {0: 0, 1: 1, 2: 2, 3: 2}
WHOLE_DAY = 2

RULE = Rule(
    id="diary.lost_days",
    version="1.0",
    title="Days lost to headache",
    source="clinic convention: an open measure from the diary, shown beside MIDAS and not in its place",
    certainty=Certainty.CONVENTION,
    thresholds=(
        Threshold("a whole day", "severely limited or in bed", "could not do most usual activities"),
        Threshold("half a day", "somewhat limited", "reduced by about half"),
        Threshold("period", "90 days", "MIDAS asks about three months"),
    ),
)


@dataclass(frozen=True, slots=True)
class LostDays:
    """Days lost within a period, in half days: from the recorded ones up to what the open days may add.

    open_days: dates without an entry, not known, or with a headache whose function is not stated.
    """

    rule_id: str
    rule_version: str
    period: Period
    half_days: Interval
    open_days: tuple[date, ...]

    @property
    def lower(self) -> float:
        """Days certainly lost."""
        return self.half_days.lower / WHOLE_DAY

    @property
    def upper(self) -> float:
        """Days lost if every open day was lost."""
        return self.half_days.upper / WHOLE_DAY

    def __str__(self) -> str:
        ends = (f"{self.lower:g}", f"{self.upper:g}")
        return ends[0] if self.half_days.exact else "–".join(ends)

    def as_dict(self) -> dict[str, Any]:
        """Give the number as plain JSON values, with the rule that made it."""
        return {
            "rule_id": self.rule_id,
            "rule_version": self.rule_version,
            "first": self.period.first.isoformat(),
            "last": self.period.last.isoformat(),
            "lower": self.lower,
            "upper": self.upper,
            "open_days": [day.isoformat() for day in self.open_days],
        }


@RULE.defines
def lost_days(days: Iterable[DiaryDay], on: date) -> LostDays:
    """In the 90 days that end on the report date: one day for each headache day with function severely limited or in
    bed, half a day for each with function somewhat limited.

    A day without headache loses nothing. A day that is not known, or a headache day without a stated function, may have
    been lost: it raises the upper end by one day.

    Raises ValueError when a date has two entries.
    """
    period = window_ending(on, LOST_DAYS_WINDOW)
    diary = by_date(days)
    lost = {day: _half_days(diary.get(day)) for day in period}
    certain = sum(half_days for half_days in lost.values() if half_days is not None)
    open_days = tuple(day for day, half_days in lost.items() if half_days is None)
    return LostDays(RULE.id, RULE.version, period, Interval(certain, certain + WHOLE_DAY * len(open_days)), open_days)


def _half_days(entry: DiaryDay | None) -> int | None:
    if entry is None or entry.state is DayState.NOT_KNOWN:
        return None
    if entry.state is DayState.NONE:
        return 0
    return None if entry.function is None else HALF_DAYS[entry.function]
