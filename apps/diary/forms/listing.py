"""What of the diary's list is to be shown."""

from django import forms

from apps.core.forms import ClinicForm
from apps.diary.choices import Source
from apps.diary.list_choices import Show


class ListFilterForm(ClinicForm):
    """Narrows the list; both may stay as they are."""

    show = forms.ChoiceField(label="Show", required=False, choices=Show.choices)
    source = forms.ChoiceField(label="Where from", required=False, choices=[("", "Anywhere"), *Source.choices])
