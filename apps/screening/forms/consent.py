"""What the patient says when asked for consent."""

from datetime import date
from typing import Any

from django import forms

from apps.core.forms import ClinicDateField, ClinicForm, FormTokenMixin
from apps.screening.choices import ConsentAnswer


class ConsentForm(FormTokenMixin, ClinicForm):
    """The answer, the day and a note. Taking back is offered only to somebody who has agreed."""

    answer = forms.ChoiceField(
        label="What does the patient say?",
        choices=ConsentAnswer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what the patient says."},
    )
    asked_on = ClinicDateField(label="Asked on")
    note = forms.CharField(label="Note", required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, agreed: bool, born: date, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"asked_on": today}, **kwargs)
        left_out = ConsentAnswer.GIVEN if agreed else ConsentAnswer.WITHDRAWN
        choices = [(value, label) for value, label in ConsentAnswer.choices if value != left_out]
        self.fields["answer"].choices = choices  # type: ignore[attr-defined]
        self.fields["asked_on"].earliest = born  # type: ignore[attr-defined]
        self.fields["asked_on"].latest = today  # type: ignore[attr-defined]
