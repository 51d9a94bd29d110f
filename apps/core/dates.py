"""How the clinic writes and reads days and times: 22 Nov 2026, 22 Nov 2026 16:04. The same on screen and on paper."""

import calendar
import datetime
import re
from typing import Final

from django.core.exceptions import ValidationError
from django.utils import timezone

NOT_UNDERSTOOD: Final = "Enter the date like 22/11/2026 or 22 Nov 2026."

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

_NUMBERS = re.compile(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{1,4})", re.ASCII)
_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ /.-]*([a-z]{3,9})\.?,?[ /.-]*(\d{1,4})", re.ASCII | re.IGNORECASE)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)


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


def read_date(text: str) -> datetime.date:
    """Read a typed date.

    Raises ValidationError: the form is not understood, the year is too short, or the calendar has no such day.
    """
    day, month, year = _day_month_year(text.strip())
    if not 1 <= month <= 12:
        raise ValidationError(f"There is no month {month}. Write the day first, then the month.", code="no_month")
    if year < 1000:
        raise ValidationError("Enter the year with four digits, like 2026.", code="short_year")
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        raise ValidationError(
            f"There is no {day} {calendar.month_name[month]} {year}. Check the day and the month.", code="no_day"
        )
    return datetime.date(year, month, day)


def _day_month_year(text: str) -> tuple[int, int, int]:
    if found := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
        return day, month, year
    if found := _NUMBERS.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
        return day, month, year
    if (found := _WORDS.fullmatch(text)) and (month_number := _month_number(found[2])):
        return int(found[1]), month_number, int(found[3])
    raise ValidationError(NOT_UNDERSTOOD, code="invalid")


def _month_number(word: str) -> int | None:
    """1-12 for an English month name or its beginning of at least three letters ("Sept" is one), else None."""
    for number, name in enumerate(MONTH_NAMES, start=1):
        if name.lower().startswith(word.lower()):
            return number
    return None
