"""Closing a safety task."""

from django import forms

from apps.core.forms import ClinicForm


class CloseTaskForm(ClinicForm):
    """What was done and what came of it; neither may be left out."""

    action = forms.CharField(
        label="What was done",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Who spoke with the patient, when, and what was agreed",
        error_messages={"required": "Enter what was done."},
    )
    outcome = forms.CharField(
        label="What came of it",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter what came of it."},
    )
