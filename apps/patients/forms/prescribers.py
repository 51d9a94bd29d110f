"""Forms around the designated prescriber."""

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms

from apps.accounts.models import User
from apps.core.forms import ClinicDateField, ClinicForm, FormTokenMixin


class _NamesAPrescriber(FormTokenMixin, ClinicForm):
    prescriber = forms.ChoiceField(label="Prescriber")

    def __init__(self, *args: Any, eligible: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._eligible = {str(user.pk): user for user in eligible}
        people = [(pk, user.full_name) for pk, user in self._eligible.items()]
        self.fields["prescriber"].choices = [("", "Select the prescriber"), *people]  # type: ignore[attr-defined]

    def clean_prescriber(self) -> User:
        return self._eligible[self.cleaned_data["prescriber"]]


class NamePrescriberForm(_NamesAPrescriber):
    """Who becomes the designated prescriber from now on, and why."""

    reason = forms.CharField(
        max_length=400, label="Reason", help_text="For example: treating neurologist from the first visit on"
    )

    field_order = ("prescriber", "reason")


class ArrangeCoverForm(_NamesAPrescriber):
    """Who prescribes while the designated prescriber is away: whole days, first and last included."""

    first_day = ClinicDateField(label="First day of cover")
    last_day = ClinicDateField(label="Last day of cover", help_text="Cover ends by itself after this day")
    reason = forms.CharField(max_length=400, label="Reason", help_text="For example: annual leave")

    field_order = ("prescriber", "first_day", "last_day", "reason")

    def __init__(self, *args: Any, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first_day"].earliest = today  # type: ignore[attr-defined]
        self.fields["last_day"].earliest = today  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = given.get("first_day"), given.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", "Enter a last day that is not before the first day.")
        return given
