"""Half a year of diary in which things go together, written straight into the tables: a hundred saves would take long."""

from collections.abc import Callable
from datetime import date, timedelta

from apps.clinical.periods import Period, window_ending
from apps.diary.choices import Exposure, State
from apps.diary.models import Attack, DayContext, DiaryDay
from apps.patients.models import Patient

# Every fourth week, so that the last three first days lie within any half year.
CYCLE = timedelta(days=28)


def first_days(on: date, cycles: int = 5) -> list[date]:
    """The first days of the last cycles, oldest first."""
    return [on - timedelta(days=10) - CYCLE * back for back in reversed(range(cycles))]


def around_menstruation(on: date) -> Callable[[date], bool]:
    """Whether a day lies in the window of one of those cycles."""
    windows = [Period(first - timedelta(days=2), first + timedelta(days=2)) for first in first_days(on)]
    return lambda day: any(day in window for window in windows)


def record_half_a_year(patient: Patient, on: date, *, days: int = 183) -> None:
    """Headache around menstruation and on Saturdays; short nights before Saturdays, alcohol on Fridays."""
    around, starts = around_menstruation(on), first_days(on)
    period = window_ending(on, days).days
    DiaryDay.objects.bulk_create(
        DiaryDay(
            patient=patient,
            day=day,
            state=State.HEADACHE if around(day) or day.weekday() == 5 else State.NONE,
            severity=2 if around(day) or day.weekday() == 5 else None,
            function=2 if around(day) else 1 if day.weekday() == 5 else None,
            intakes_known=True,
        )
        for day in period
    )
    DayContext.objects.bulk_create(
        DayContext(
            patient=patient,
            day=day,
            menstruation=any(timedelta() <= day - first < timedelta(days=4) for first in starts),
            sleep_minutes=300 if day.weekday() == 5 else 450,
            exposures=[Exposure.ALCOHOL] if day.weekday() == 4 else [],
        )
        for day in period
    )
    Attack.objects.bulk_create(
        Attack(patient=patient, first_day=day, last_day=day, severity=2, unilateral=True, nausea=True, aura=False)
        for day in period
        if around(day)
    )
