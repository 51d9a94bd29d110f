"""On which days somebody looks how a withdrawal goes, and how relapse is watched for afterwards.

The days of the withdrawal are clinic conventions. The second month has a source: two months off the overused medicine
it is time to judge anew (ICHD-II asked for the headache to resolve within two months).
"""

from datetime import date, timedelta

from apps.clinical.periods import calendar_month

# The worst of the withdrawal headache, its usual end, and two looks at the new pattern.
CHECK_DAYS = (3, 7, 14, 28)
REASSESS_MONTHS = 2


def months_after(day: date, months: int) -> date:
    """Give the same day of the month so many months later, or that month's last day when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar_month(year, month + 1).last
    return last.replace(day=min(day.day, last.day))


def suggested_checks(starts_on: date) -> tuple[date, ...]:
    """Give the days to look at a withdrawal that begins on a day: days 3, 7, 14 and 28, then two months."""
    early = tuple(starts_on + timedelta(days=number) for number in CHECK_DAYS)
    return (*early, months_after(starts_on, REASSESS_MONTHS))


def relapse_checks(ended_on: date, months: int) -> tuple[date, ...]:
    """Give one day a month after the end of a withdrawal, for so many months."""
    return tuple(months_after(ended_on, number) for number in range(1, months + 1))
