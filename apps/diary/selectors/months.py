"""Headache days of many calendar months at once, from the acute months: one row a month instead of its days."""

from collections.abc import Sequence
from dataclasses import dataclass

from apps.clinical.findings import Interval
from apps.clinical.periods import Period
from apps.diary.models import AcuteMonth
from apps.patients.models import Patient


@dataclass(frozen=True, slots=True)
class MonthOfHeadache:
    """Headache days of a calendar month, or of its part so far: at least and at most, and the days recorded."""

    period: Period
    headache: Interval
    recorded: int


def headache_months(patient: Patient, months: Sequence[Period]) -> list[MonthOfHeadache]:
    """Count each month, in the order given; a month may end before its last day, not begin after its first. One query."""
    rows = AcuteMonth.objects.filter(patient=patient, month__in=[month.first for month in months])
    bits = {row.month: row for row in rows.only("month", "recorded", "headache")}
    return [_counted(month, bits.get(month.first)) for month in months]


def _counted(month: Period, row: AcuteMonth | None) -> MonthOfHeadache:
    inside = (1 << len(month)) - 1
    headache = (row.headache & inside).bit_count() if row else 0
    recorded = (row.recorded & inside).bit_count() if row else 0
    return MonthOfHeadache(month, Interval(headache, headache + len(month) - recorded), recorded)
