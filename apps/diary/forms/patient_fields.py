"""Fields of the patient's telephone page: days, clock times, moments, and questions that may be skipped."""

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import get_default_timezone

YES_NO: Final = (("", "Skip"), ("yes", "Yes"), ("no", "No"))
# No place on earth is further from UTC.
MOST_OFFSET: Final = 14 * 60
DAMAGED: Final = "This page is damaged. Open it again."


class DayField(forms.Field):
    """A date as an address or a phone writes it, 2026-11-22."""

    def to_python(self, value: Any) -> date | None:
        try:
            return date.fromisoformat(str(value)) if value else None
        except ValueError:
            raise ValidationError(DAMAGED, code="invalid") from None


class ClockTimeField(forms.Field):
    """A local date and time without zone, as `<input type="datetime-local">` writes it."""

    def to_python(self, value: Any) -> datetime | None:
        if not value:
            return None
        try:
            moment = datetime.fromisoformat(str(value).strip())
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is not None:
            raise ValidationError("Enter a date and a time, like 2026-11-22 14:30.", code="invalid")
        return moment.replace(second=0, microsecond=0)


class MomentField(forms.Field):
    """An instant in UTC, as a phone's clock says it."""

    def to_python(self, value: Any) -> datetime | None:
        try:
            moment = datetime.fromisoformat(str(value)) if value else None
            # A moment without a zone says nothing; ours counts then.
            return moment.astimezone(UTC) if moment and moment.tzinfo else None
        except (ValueError, OverflowError):
            raise ValidationError(DAMAGED, code="invalid") from None


class YesNoField(forms.ChoiceField):
    """Yes, no, or skipped (None)."""

    def __init__(self, label: str) -> None:
        super().__init__(label=label, choices=YES_NO, required=False, widget=forms.RadioSelect)

    def clean(self, value: Any) -> bool | None:
        return {"yes": True, "no": False}.get(super().clean(value))


def one_of(label: str, choices: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, choices=choices, required=False, coerce=int, empty_value=None, widget=forms.RadioSelect
    )


def some_of(label: str, choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_list": DAMAGED},
    )


def clock_of(zone: str, offset: int | None) -> tzinfo:
    """The zone of this name; else the fixed distance from UTC in minutes; else the clinic's zone."""
    try:
        if zone:
            return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        # A name that our list of zones does not have: the distance says enough.
        pass
    if offset is not None and abs(offset) <= MOST_OFFSET:
        return timezone(timedelta(minutes=offset))
    return get_default_timezone()
