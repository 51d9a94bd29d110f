"""When somebody sleeps: mid-sleep, social jetlag and the corrected mid-sleep of free days.

Munich ChronoType Questionnaire formulas: Roenneberg 2003; Wittmann 2006 (social jetlag); Roenneberg 2012 (correction
for sleep that is made up for on free days). Times are hours from midnight; a mid-sleep before midnight is below zero,
so that nothing jumps at twelve.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from apps.clinical.findings import Certainty
from apps.clinical.rulebook import Rule, Threshold

DAYS_A_WEEK = 7
HOURS_A_DAY = 24.0
NOON = 12.0
# Fewer nights of a kind say little; a sleep log is asked for on at least seven days, free days among them.
NIGHTS_OF_A_KIND = 2

MARKED_SOCIAL_JETLAG_HOURS = 2.0
LATE_MID_SLEEP = 5.5
LATE_ONSET = 2.0

TIMING = Rule(
    id="sleep.timing",
    version="1.0",
    title="Mid-sleep and social jetlag",
    source="Roenneberg 2003, Wittmann 2006, Roenneberg 2012 (Munich ChronoType Questionnaire)",
    certainty=Certainty.CERTAIN,
    thresholds=(Threshold("nights of a kind", "at least 2", "work and free nights each; clinic convention"),),
)


@dataclass(frozen=True, slots=True)
class Night:
    """One sleep: its begin in hours from the midnight before waking (23:00 is −1), its length in hours.

    free: no work and no alarm on waking. Raises ValueError for a begin more than half a day away or an impossible
    length.
    """

    onset: float
    hours: float
    free: bool

    def __post_init__(self) -> None:
        if not -NOON <= self.onset < NOON:
            raise ValueError("a night begins between noon before and noon after midnight")
        if not 0 < self.hours <= HOURS_A_DAY:
            raise ValueError("a night lasts up to 24 hours")

    @property
    def middle(self) -> float:
        """Mid-sleep in hours from midnight."""
        return self.onset + self.hours / 2


@dataclass(frozen=True, slots=True)
class SleepTiming:
    """Mid-sleep of work and free days, social jetlag, and corrected mid-sleep, in hours.

    relative_jetlag: free minus work, negative when free days are earlier. free_onset: mean begin on free days.
    work_hours, free_hours, week_hours: sleep length on work days, free days and over the week.
    """

    work_middle: float
    free_middle: float
    relative_jetlag: float
    corrected_middle: float
    free_onset: float
    work_hours: float
    free_hours: float
    week_hours: float

    @property
    def social_jetlag(self) -> float:
        """Distance between free and work mid-sleep, in hours."""
        return abs(self.relative_jetlag)


@TIMING.defines
def sleep_timing(nights: Sequence[Night], *, work_days_a_week: int) -> SleepTiming | None:
    """Mid-sleep on work and on free days, and the difference between them.

    Mid-sleep is the begin of sleep plus half its length. Social jetlag is mid-sleep on free days minus mid-sleep on
    work days. When somebody sleeps longer on free days, mid-sleep of free days is corrected by half of what exceeds
    the weekly mean. Without at least two nights of each kind, or when every day is of one kind, there is no figure.

    Raises ValueError for a week of more than seven or fewer than no work days.
    """
    if not 0 <= work_days_a_week <= DAYS_A_WEEK:
        raise ValueError("a week has 0 to 7 work days")
    work = [night for night in nights if not night.free]
    free = [night for night in nights if night.free]
    if min(len(work), len(free)) < NIGHTS_OF_A_KIND or work_days_a_week in {0, DAYS_A_WEEK}:
        return None
    work_hours, free_hours = fmean(night.hours for night in work), fmean(night.hours for night in free)
    week = (work_hours * work_days_a_week + free_hours * (DAYS_A_WEEK - work_days_a_week)) / DAYS_A_WEEK
    work_middle, free_middle = fmean(night.middle for night in work), fmean(night.middle for night in free)
    made_up = max(0.0, free_hours - week) / 2 if free_hours > work_hours else 0.0
    return SleepTiming(
        work_middle=work_middle,
        free_middle=free_middle,
        relative_jetlag=free_middle - work_middle,
        corrected_middle=free_middle - made_up,
        free_onset=fmean(night.onset for night in free),
        work_hours=work_hours,
        free_hours=free_hours,
        week_hours=week,
    )
