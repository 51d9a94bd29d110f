"""The filter of the access log."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from apps.audit.choices import Action
from apps.audit.directory import directory
from apps.audit.selectors import LogFilter
from apps.core.forms import ClinicDateField, ClinicForm


class LogFilterForm(ClinicForm):
    """Narrows the access log; everything may stay empty."""

    person = forms.TypedChoiceField(label="Person", required=False, coerce=UUID, empty_value=None)
    patient = forms.CharField(label="Patient's clinic number", max_length=40, required=False)
    action = forms.ChoiceField(label="Action", required=False, choices=[("", "All"), *Action.choices])
    begins = ClinicDateField(label="From", required=False)
    ends = ClinicDateField(label="To", required=False, help_text="This day is included")

    def __init__(self, *args: Any, people: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "Everybody"), *((str(pk), name) for pk, name in people)]  # type: ignore[attr-defined]

    def clean_patient(self) -> UUID | None:
        """The patient's id; the text that was typed stays in the field."""
        typed: str = self.cleaned_data["patient"]
        if not typed:
            return None
        found = directory().find(typed)
        if found is None:
            raise ValidationError("No patient has this clinic number. Enter it as it stands in the banner.")
        return found

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        begins, ends = answers.get("begins"), answers.get("ends")
        if begins and ends and ends < begins:
            self.add_error("ends", "Enter a day on or after the first day.")
        return answers

    @property
    def wanted(self) -> LogFilter:
        """What to look for, of a valid form."""
        answers = self.cleaned_data
        return LogFilter(
            user_id=answers["person"],
            patient_id=answers["patient"],
            action=answers["action"] or None,
            begins=answers["begins"],
            ends=answers["ends"],
        )
