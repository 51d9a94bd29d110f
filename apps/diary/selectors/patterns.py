"""What goes with headache in a patient's diary: read once, compared by the rule book."""

from dataclasses import dataclass
from datetime import date, timedelta

from apps.clinical.diary import DayState, DiaryDay
from apps.clinical.patterns.comparison import LEAST_DAYS, Comparison, expected_by_chance
from apps.clinical.patterns.exposures import exposure_pattern
from apps.clinical.patterns.medicine_changes import REACH_DAYS, medicine_change_pattern
from apps.clinical.patterns.menstruation import MenstrualPattern, menstrual_pattern
from apps.clinical.patterns.pattern import Pattern
from apps.clinical.patterns.sleep import sleep_pattern
from apps.clinical.patterns.weekdays import weekday_pattern
from apps.clinical.periods import Period, window_ending
from apps.diary.choices import Exposure
from apps.diary.medication_dates import medication_dates_of
from apps.diary.selectors.days import diary_days
from apps.patients.models import Patient

# How many days the page looks back, by the number of months it offers.
RANGES = {3: 91, 6: 183, 12: 365}
USUAL_MONTHS = 6


@dataclass(frozen=True)
class Patterns:
    """Every pattern of a stretch of diary.

    recorded: days with a headache yes or no. enough: they reach the least number below which nothing is said.
    """

    period: Period
    recorded: int
    weekdays: Pattern
    menstruation: MenstrualPattern
    sleep: Pattern
    exposures: Pattern
    medicines: Pattern

    @property
    def enough(self) -> bool:
        return self.recorded >= LEAST_DAYS

    @property
    def all(self) -> tuple[Pattern, ...]:
        """All of them, in the order of the page."""
        return (self.weekdays, self.menstruation.pattern, self.sleep, self.exposures, self.medicines)

    @property
    def comparisons(self) -> tuple[Comparison, ...]:
        """Every comparison of every pattern."""
        return tuple(comparison for pattern in self.all for comparison in pattern.comparisons)

    @property
    def by_chance(self) -> tuple[int, float]:
        """How many comparisons could be made, and how many of these would look like a pattern by chance alone."""
        return expected_by_chance(self.comparisons)


def patterns_for(patient: Patient, on: date, *, months: int = USUAL_MONTHS) -> Patterns:
    """The patterns of the last months up to a day. Six queries.

    Raises KeyError when the page does not offer so many months.
    """
    period = window_ending(on, RANGES[months])
    # A change on the first days of the period is compared with the days before it.
    reached = Period(period.first - timedelta(days=REACH_DAYS), on)
    every = diary_days(patient, reached)
    days = [entry for entry in every if entry.day in period]
    return Patterns(
        period=period,
        recorded=_recorded(days),
        weekdays=weekday_pattern(days, period),
        menstruation=menstrual_pattern(days, period),
        sleep=sleep_pattern(days, period),
        exposures=exposure_pattern(days, period, dict(Exposure.choices)),
        medicines=medicine_change_pattern(every, reached, medication_dates_of(patient, period)),
    )


def _recorded(days: list[DiaryDay]) -> int:
    return sum(1 for entry in days if entry.state is not DayState.NOT_KNOWN)
