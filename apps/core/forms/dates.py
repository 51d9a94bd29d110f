"""One date field for all forms: three ways to write a date, and messages that name the day that does not exist."""

import calendar
import datetime
import re
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from apps.core.dates import MONTH_NAMES, short_date

# Somebody alive today is not born before; also keeps a mistyped year ("0202") out.
EARLIEST: Final = datetime.date(1900, 1, 1)
LATEST: Final = datetime.date(2100, 12, 31)

_NUMBERS = re.compile(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{1,4})", re.ASCII)
_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ /.-]*([a-z]{3,9})\.?,?[ /.-]*(\d{1,4})", re.ASCII | re.IGNORECASE)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)


class ClinicDateInput(forms.DateInput):
    """A plain text box: keeps what was typed when it was wrong, and needs no script."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs={"autocomplete": "off", **(attrs or {})}, format="%d/%m/%Y")


class ClinicDateField(forms.DateField):
    """A calendar day, written 22/11/2026, 22 Nov 2026 or 2026-11-22.

    `earliest` and `latest` are inclusive; a form sets them when "today" is a limit, for example
    `self.fields["born"].latest = today`.
    """

    widget = ClinicDateInput
    default_error_messages = {"invalid": "Enter the date like 22/11/2026 or 22 Nov 2026."}

    def __init__(self, *, earliest: datetime.date = EARLIEST, latest: datetime.date = LATEST, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "For example 22/11/2026 or 22 Nov 2026")
        super().__init__(**kwargs)
        self.earliest = earliest
        self.latest = latest

    def to_python(self, value: Any) -> datetime.date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, datetime.datetime):
            return value.date()
        if isinstance(value, datetime.date):
            return value
        return read_date(str(value))

    def validate(self, value: datetime.date | None) -> None:
        super().validate(value)
        if value is None:
            return
        if value < self.earliest:
            raise ValidationError(f"Enter a date from {short_date(self.earliest)} onwards.", code="too_early")
        if value > self.latest:
            raise ValidationError(f"Enter a date up to {short_date(self.latest)}.", code="too_late")


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
    raise ValidationError(ClinicDateField.default_error_messages["invalid"], code="invalid")


def _month_number(word: str) -> int | None:
    """1-12 for an English month name or its beginning of at least three letters ("Sept" is one), else None."""
    for number, name in enumerate(MONTH_NAMES, start=1):
        if name.lower().startswith(word.lower()):
            return number
    return None
