"""How the clinic writes days and times: 22 Nov 2026, 22 Nov 2026 16:04. The same on screen and on paper."""

import datetime
from typing import Final

from django.utils import timezone

MONTH_NAMES: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def short_date(day: datetime.date) -> str:
    """Like "22 Nov 2026". Month names are written out so that no reader mistakes the day for the month."""
    return f"{day.day} {MONTH_NAMES[day.month - 1][:3]} {day.year}"


def long_date(day: datetime.date) -> str:
    """Like "22 November 2026", for letters and titles."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def month_title(day: datetime.date) -> str:
    """Like "November 2026"."""
    return f"{MONTH_NAMES[day.month - 1]} {day.year}"


def short_time(moment: datetime.datetime) -> str:
    """Like "22 Nov 2026 16:04" in the clinic's time zone."""
    local = timezone.localtime(moment) if timezone.is_aware(moment) else moment
    return f"{short_date(local.date())} {local:%H:%M}"
