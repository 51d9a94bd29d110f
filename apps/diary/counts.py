"""The numbers that the month page, the summary and the overview all show: counted once, here, by the rule book."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from apps.clinical.acute_days import acute_medication_days, class_days
from apps.clinical.completeness import Completeness, completeness
from apps.clinical.counting import Count
from apps.clinical.debilitating_days import debilitating_days
from apps.clinical.diary import DiaryDay
from apps.clinical.headache_days import headache_days, moderate_or_severe_days
from apps.clinical.lost_days import LostDays, lost_days
from apps.clinical.migraine_days import MigraineDayRule, by_treatment_alone, migraine_days
from apps.clinical.overuse import OveruseAssessment, assess_overuse
from apps.clinical.overuse_subtypes import (
    COMBINATION,
    ERGOTAMINE,
    NON_OPIOID,
    OPIOID,
    OTHER,
    TRIPTAN,
    Subtype,
)
from apps.clinical.periods import BLOCK_DAYS, Period, calendar_months_back, windows_back
from apps.clinical.severity import Severity, severity
from apps.clinical.trend import Trend, trend
from apps.core.dates import month_title, short_date

MONTHS_SHOWN = 3
WINDOWS_SHOWN = 4
BLOCKS_SHOWN = 4

# The classes side by side; their subdivisions (paracetamol, aspirin, …) stand in the overuse finding.
CLASSES = (TRIPTAN, NON_OPIOID, COMBINATION, OPIOID, ERGOTAMINE, OTHER)


@dataclass(frozen=True, slots=True)
class ClassCount:
    """Intake days of one class: ICHD-3 code, name, the limit in days a month, and the count."""

    code: str
    name: str
    limit: int
    count: Count


@dataclass(frozen=True, slots=True)
class PeriodCounts:
    """Everything counted over one stretch of days. Counts are intervals: days not recorded can only raise them.

    migraine: by the clinic's variant, named by `migraine_rule`. by_treatment: migraine days by the medicine alone.
    debilitating: at most so many, until the clinician has confirmed how the medicine was taken.
    """

    title: str
    period: Period
    completeness: Completeness
    headache: Count
    moderate_or_severe: Count
    migraine_rule: MigraineDayRule
    migraine: Count
    migraine_ichd3: Count
    by_treatment: Count
    debilitating: Count
    severity: Severity
    acute: Count
    by_class: tuple[ClassCount, ...]

    def as_dict(self) -> dict[str, Any]:
        """The counts as plain JSON values, for a frozen snapshot."""
        return {
            "title": self.title,
            "first": self.period.first.isoformat(),
            "last": self.period.last.isoformat(),
            "recorded": self.completeness.recorded,
            "of": self.completeness.of,
            "completeness_percent": self.completeness.percent,
            "quality": self.completeness.quality.value,
            "headache": self.headache.as_dict(),
            "moderate_or_severe": self.moderate_or_severe.as_dict(),
            "migraine_rule": self.migraine_rule.value,
            "migraine": self.migraine.as_dict(),
            "migraine_ichd3": self.migraine_ichd3.as_dict(),
            "by_treatment": self.by_treatment.as_dict(),
            "debilitating": self.debilitating.as_dict(),
            "severity": self.severity.as_dict(),
            "acute": self.acute.as_dict(),
            "by_class": [
                {"code": each.code, "name": each.name, "limit": each.limit, "count": each.count.as_dict()}
                for each in self.by_class
            ],
        }


@dataclass(frozen=True, slots=True)
class Change:
    """The change of one count from the period before to the latest. name: what is counted, as in `PeriodCounts`."""

    name: str
    trend: Trend

    def as_dict(self) -> dict[str, Any]:
        """The change as plain JSON values, for a frozen snapshot."""
        return {"name": self.name, **self.trend.as_dict()}


# Of these a change is given; the others follow from them.
CHANGES_OF = ("headache", "migraine", "migraine_ichd3", "moderate_or_severe", "debilitating", "acute")


def changes(latest: PeriodCounts, before: PeriodCounts) -> tuple[Change, ...]:
    """What became more or fewer from one period to the next."""
    return tuple(Change(name, trend(getattr(latest, name), getattr(before, name))) for name in CHANGES_OF)


@dataclass(frozen=True, slots=True)
class DiaryCounts:
    """A patient's diary as numbers, ending on `on`.

    months: the last three calendar months, oldest first, the running one up to `on`. windows, blocks: four stretches
    of 30 and of 28 days that end on `on`, newest first. lost: days lost to headache in the last 90 days. days: the
    recorded days behind them, oldest first.
    """

    on: date
    months: tuple[PeriodCounts, ...]
    windows: tuple[PeriodCounts, ...]
    blocks: tuple[PeriodCounts, ...]
    lost: LostDays
    overuse: OveruseAssessment
    days: tuple[DiaryDay, ...]

    @property
    def changes(self) -> tuple[Change, ...]:
        """From the 30 days before to the last 30 days."""
        return changes(self.windows[0], self.windows[1])


def period_needed(on: date) -> Period:
    """The days that `diary_counts` looks at."""
    return Period(min(_months(on)[0].first, windows_back(on, WINDOWS_SHOWN)[-1].first), on)


def diary_counts(
    days: Sequence[DiaryDay],
    *,
    on: date,
    migraine_rule: MigraineDayRule = MigraineDayRule.DIARY,
    pre_existing_headache_disorder: bool | None = None,
    older_than_three_months: bool = False,
) -> DiaryCounts:
    """Count a diary that covers `period_needed(on)`.

    migraine_rule: the variant of "migraine day" that the clinic uses. The two statements are the clinician's: whether there was a headache disorder before, and whether the present
    pattern is older than three months.
    """
    diary = tuple(days)
    classes = classes_taken(diary)

    def counted(period: Period, title: str) -> PeriodCounts:
        return period_counts(diary, period, title=title, classes=classes, migraine_rule=migraine_rule)

    return DiaryCounts(
        on=on,
        months=tuple(counted(month, month_title(month.first)) for month in _months(on)),
        windows=tuple(counted(window, _days_to(window)) for window in windows_back(on, WINDOWS_SHOWN)),
        blocks=tuple(counted(block, _days_to(block)) for block in windows_back(on, BLOCKS_SHOWN, BLOCK_DAYS)),
        lost=lost_days(diary, on),
        overuse=assess_overuse(
            diary,
            on=on,
            pre_existing_headache_disorder=pre_existing_headache_disorder,
            older_than_three_months=older_than_three_months,
        ),
        days=diary,
    )


def period_counts(
    days: Sequence[DiaryDay],
    period: Period,
    *,
    title: str,
    classes: Sequence[Subtype] | None = None,
    migraine_rule: MigraineDayRule = MigraineDayRule.DIARY,
) -> PeriodCounts:
    """Count one stretch; `classes` are the ones to show, otherwise those that were taken within `days`."""
    # Every rule looks up its own days: years of diary around a month would be gone through again for each.
    inside = tuple(entry for entry in days if entry.day in period)
    return PeriodCounts(
        title=title,
        period=period,
        completeness=completeness(inside, period),
        headache=headache_days(inside, period),
        moderate_or_severe=moderate_or_severe_days(inside, period),
        migraine_rule=migraine_rule,
        migraine=migraine_days(inside, period, migraine_rule),
        migraine_ichd3=migraine_days(inside, period, MigraineDayRule.ICHD3),
        by_treatment=by_treatment_alone(inside, period),
        debilitating=debilitating_days(inside, period),
        severity=severity(inside, period),
        acute=acute_medication_days(inside, period),
        by_class=tuple(
            ClassCount(subtype.code, subtype.name, subtype.limit, class_days(inside, period, subtype.classes))
            for subtype in (classes_taken(days) if classes is None else classes)
        ),
    )


def classes_taken(days: Sequence[DiaryDay]) -> tuple[Subtype, ...]:
    """The classes with at least one recorded intake: a table of classes nobody took says nothing."""
    taken = {group for day in days for use in day.taken_for_headache for group in (use.overuse_class, use.also_class)}
    return tuple(subtype for subtype in CLASSES if subtype.classes & taken)


def _months(on: date) -> tuple[Period, ...]:
    """The running month ends with `on`: days that have not come yet are not missing."""
    *before, running = calendar_months_back(on, MONTHS_SHOWN)
    return (*before, Period(running.first, on))


def _days_to(period: Period) -> str:
    return f"{len(period)} days to {short_date(period.last)}"
