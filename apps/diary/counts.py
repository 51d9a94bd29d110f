"""The numbers that the month page, the summary and the overview all show: counted once, here, by the rule book."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from apps.clinical.acute_days import acute_medication_days, class_days
from apps.clinical.completeness import Completeness, completeness
from apps.clinical.counting import Count
from apps.clinical.diary import DiaryDay
from apps.clinical.headache_days import headache_days, moderate_or_severe_days
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
from apps.clinical.periods import Period, calendar_months_back, windows_back
from apps.core.dates import month_title, short_date

MONTHS_SHOWN = 3
WINDOWS_SHOWN = 4

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
    """Everything counted over one stretch of days. Counts are intervals: days not recorded can only raise them."""

    title: str
    period: Period
    completeness: Completeness
    headache: Count
    moderate_or_severe: Count
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
            "acute": self.acute.as_dict(),
            "by_class": [
                {"code": each.code, "name": each.name, "limit": each.limit, "count": each.count.as_dict()}
                for each in self.by_class
            ],
        }


@dataclass(frozen=True, slots=True)
class DiaryCounts:
    """A patient's diary as numbers, ending on `on`.

    months: the last three calendar months, oldest first, the running one up to `on`. windows: four 30-day windows
    that end on `on`, newest first. days: the recorded days behind them, oldest first.
    """

    on: date
    months: tuple[PeriodCounts, ...]
    windows: tuple[PeriodCounts, ...]
    overuse: OveruseAssessment
    days: tuple[DiaryDay, ...]


def period_needed(on: date) -> Period:
    """The days that `diary_counts` looks at."""
    return Period(min(_months(on)[0].first, windows_back(on, WINDOWS_SHOWN)[-1].first), on)


def diary_counts(
    days: Sequence[DiaryDay],
    *,
    on: date,
    pre_existing_headache_disorder: bool | None = None,
    older_than_three_months: bool = False,
) -> DiaryCounts:
    """Count a diary that covers `period_needed(on)`.

    The two statements are the clinician's: whether there was a headache disorder before, and whether the present
    pattern is older than three months.
    """
    diary = tuple(days)
    classes = classes_taken(diary)
    return DiaryCounts(
        on=on,
        months=tuple(period_counts(diary, month, title=_month_title(month), classes=classes) for month in _months(on)),
        windows=tuple(
            period_counts(diary, window, title=f"30 days to {short_date(window.last)}", classes=classes)
            for window in windows_back(on, WINDOWS_SHOWN)
        ),
        overuse=assess_overuse(
            diary,
            on=on,
            pre_existing_headache_disorder=pre_existing_headache_disorder,
            older_than_three_months=older_than_three_months,
        ),
        days=diary,
    )


def period_counts(
    days: Sequence[DiaryDay], period: Period, *, title: str, classes: Sequence[Subtype] | None = None
) -> PeriodCounts:
    """Count one stretch; `classes` are the ones to show, otherwise those that were taken within `days`."""
    return PeriodCounts(
        title=title,
        period=period,
        completeness=completeness(days, period),
        headache=headache_days(days, period),
        moderate_or_severe=moderate_or_severe_days(days, period),
        acute=acute_medication_days(days, period),
        by_class=tuple(
            ClassCount(subtype.code, subtype.name, subtype.limit, class_days(days, period, subtype.classes))
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


def _month_title(month: Period) -> str:
    return month_title(month.first)
