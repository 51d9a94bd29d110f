"""The next status of a patient."""

from datetime import date
from typing import Any

from django import forms

from apps.core.forms import ClinicDateField, ClinicForm, FormTokenMixin
from apps.treatment.choices import RefractoryStanding, RefractoryState


class StatusForm(FormTokenMixin, ClinicForm):
    """Confirmed is offered only when no line is open."""

    state = forms.ChoiceField(
        label="Status",
        choices=RefractoryState.choices,
        widget=forms.RadioSelect,
        help_text="After the European Headache Federation, Sacco et al. 2020",
        error_messages={"required": "Select the status."},
    )
    standing = forms.ChoiceField(
        label="How sure?",
        choices=RefractoryStanding.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select how sure it is."},
    )
    decided_on = ClinicDateField(label="Decided on")
    reasons = forms.CharField(
        label="On what grounds?",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Days, classes that failed, what was ruled out",
        error_messages={"required": "Write on what grounds."},
    )

    def __init__(self, *args: Any, may_confirm: bool, born: date, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"decided_on": today}, **kwargs)
        if not may_confirm:
            standing: Any = self.fields["standing"]
            standing.choices = [(RefractoryStanding.PROVISIONAL.value, RefractoryStanding.PROVISIONAL.label)]
            standing.help_text = "“Confirmed” can be chosen once no line is open."
            standing.error_messages["invalid_choice"] = (
                "This can't be confirmed yet: other causes are still open. Select “Provisional”."
            )
        self.fields["decided_on"].earliest = born  # type: ignore[attr-defined]
        self.fields["decided_on"].latest = today  # type: ignore[attr-defined]
