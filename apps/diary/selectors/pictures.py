"""Reads for the year and the list: a stretch of diary, whole, in four queries however long it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from apps.clinical import diary as rules
from apps.clinical.migraine_days import MigraineDayRule
from apps.clinical.periods import Period, calendar_months_back, windows_back
from apps.core.dates import month_title, short_date
from apps.diary.counts import PeriodCounts, classes_taken, period_counts
from apps.diary.facts import clinical_attack, clinical_day
from apps.diary.models import Attack, DayContext, DiaryDay
from apps.diary.selectors.days import attacks_of, contexts_of, rows_of
from apps.patients.models import Patient

MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True)
class Stretch:
    """Everything recorded from one date to another: days with their intakes, attacks oldest first, what else is known.

    A date that is not in `rows` is not recorded.
    """

    period: Period
    rows: Mapping[date, DiaryDay]
    attacks: tuple[Attack, ...]
    contexts: Mapping[date, DayContext]

    def clinical_days(self) -> list[rules.DiaryDay]:
        """The same days as the rules see them, oldest first."""
        attacks = [clinical_attack(row) for row in self.attacks]
        return [clinical_day(row, attacks=attacks, context=self.contexts.get(day)) for day, row in self.rows.items()]


@dataclass(frozen=True)
class YearRecord:
    """Twelve calendar months and the numbers of each, oldest first, ending on `on`.

    months: the running month is counted up to `on`. windows: twelve 30-day windows that end on `on`, oldest first.
    """

    on: date
    stretch: Stretch
    months: tuple[PeriodCounts, ...]
    windows: tuple[PeriodCounts, ...]


def stretch_of(patient: Patient, period: Period) -> Stretch:
    """What is recorded of a period. Four queries."""
    return Stretch(
        period=period,
        rows={row.day: row for row in rows_of(patient, period).select_related("import_batch")},
        attacks=tuple(attacks_of(patient, period).select_related("import_batch")),
        contexts={row.day: row for row in contexts_of(patient, period)},
    )


def year_record(patient: Patient, on: date) -> YearRecord:
    """The twelve calendar months that end with the month of `on`, with their counts. Four queries."""
    *before, running = calendar_months_back(on, MONTHS_OF_A_YEAR)
    months = (*before, Period(running.first, on))
    windows = tuple(reversed(windows_back(on, MONTHS_OF_A_YEAR)))
    stretch = stretch_of(patient, Period(min(months[0].first, windows[0].first), on))
    days = stretch.clinical_days()
    classes = classes_taken(days)
    migraine_rule = MigraineDayRule(settings.DIARY_MIGRAINE_DAY_RULE)

    def counted(period: Period, title: str) -> PeriodCounts:
        within = [each for each in days if each.day in period]
        return period_counts(within, period, title=title, classes=classes, migraine_rule=migraine_rule)

    return YearRecord(
        on=on,
        stretch=stretch,
        months=tuple(counted(month, month_title(month.first)) for month in months),
        windows=tuple(counted(window, f"30 days to {short_date(window.last)}") for window in windows),
    )
