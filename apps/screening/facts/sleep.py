"""Answers, scores and recorded nights as the facts of the sleep rules."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import datetime, time, timedelta
from typing import Any, Final

from django.utils import timezone

from apps.clinical.findings import Interval
from apps.clinical.sleep.facts import SleepFacts
from apps.clinical.sleep.log import LEAST_NIGHTS
from apps.clinical.sleep.timing import DAYS_A_WEEK, Night, SleepTiming, sleep_timing
from apps.diary.models import DayContext
from apps.screening.sleep_questions import FREE_DAYS, WEEKEND

SECONDS_AN_HOUR = 3600
_NAMES: Final = frozenset(field.name for field in fields(SleepFacts))


def sleep_facts(answers: Mapping[str, Any], known: Mapping[str, Any]) -> SleepFacts:
    """The answers of the screen and what the chart knows, as the rules see them; the chart's values count.

    answers: by the names of the questions, without those that were not answered.
    """
    given = {name: value for name, value in answers.items() if name in _NAMES}
    if "waking_headache_days" in given:
        days = int(given["waking_headache_days"])
        given["waking_headache_days"] = Interval(days, days)
    return SleepFacts(**(given | {name: value for name, value in known.items() if value is not None}))


def free_days_of(answers: Mapping[str, Any]) -> tuple[int, ...]:
    """The days of the week without work, Monday is 0; the weekend unless told."""
    return tuple(answers.get(FREE_DAYS, WEEKEND))


def timing_of(contexts: Iterable[DayContext], answers: Mapping[str, Any]) -> SleepTiming | None:
    """Mid-sleep and social jetlag of recorded nights.

    None with fewer nights than a sleep log has, and for shift workers whose free days are not known: their week has
    no weekend.
    """
    if answers.get("shift_work") and FREE_DAYS not in answers:
        return None
    free = free_days_of(answers)
    nights = [night for row in contexts if (night := _night(row, free)) is not None]
    if len(nights) < LEAST_NIGHTS:
        return None
    return sleep_timing(nights, work_days_a_week=DAYS_A_WEEK - len(free))


def minutes_of(contexts: Iterable[DayContext]) -> list[int]:
    """The length of each recorded night in minutes, oldest first."""
    return [minutes for row in contexts if (minutes := length_of(row)) is not None]


def length_of(row: DayContext) -> int | None:
    """The length of the night that ended on a date: as recorded, else from falling asleep to waking."""
    if row.sleep_minutes is not None:
        return row.sleep_minutes
    if row.slept_from is None or row.slept_to is None:
        return None
    return round((row.slept_to - row.slept_from).total_seconds() / 60)


def _night(row: DayContext, free_days: tuple[int, ...]) -> Night | None:
    if row.slept_from is None or row.slept_to is None:
        return None
    # The clock on the wall says when somebody goes to bed; how long the night is, the clock does not change.
    fell_asleep = timezone.localtime(row.slept_from).replace(tzinfo=None)
    onset = (fell_asleep - datetime.combine(row.day, time())) / timedelta(hours=1)
    hours = (row.slept_to - row.slept_from).total_seconds() / SECONDS_AN_HOUR
    try:
        return Night(onset, hours, free=row.day.weekday() in free_days)
    except ValueError:
        # A nap by day, or a slip of the pen: nothing that a night's timing could be read from.
        return None
