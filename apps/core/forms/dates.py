"""One date field for all forms: three ways to write a date, and messages that name the day that does not exist."""

import datetime
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from apps.core.dates import NOT_UNDERSTOOD, read_date, short_date

# Somebody alive today is not born before; also keeps a mistyped year ("0202") out.
EARLIEST: Final = datetime.date(1900, 1, 1)
LATEST: Final = datetime.date(2100, 12, 31)


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
    default_error_messages = {"invalid": NOT_UNDERSTOOD}

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
