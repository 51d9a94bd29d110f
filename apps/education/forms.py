"""Choosing leaflets, and what was understood."""

from datetime import date
from typing import Any

from django import forms

from apps.core.forms import ClinicDateField, ClinicForm, FormTokenMixin, VersionMixin
from apps.education.choices import How, Understanding


class GiveForm(FormTokenMixin, ClinicForm):
    """Which leaflets, how, and on which day up to today. `choices` are (key, label) pairs."""

    leaflets = forms.MultipleChoiceField(
        label="Leaflets",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select at least one leaflet."},
    )
    how = forms.ChoiceField(label="How", choices=How.choices, widget=forms.RadioSelect, initial=How.PAPER)
    given_on = ClinicDateField(label="Given on")

    def __init__(self, *args: Any, choices: list[tuple[str, str]], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leaflets"].choices = choices  # type: ignore[attr-defined]
        self.fields["given_on"].latest = today  # type: ignore[attr-defined]


class UnderstandingForm(VersionMixin, ClinicForm):
    """What came back when the patient was asked."""

    understanding = forms.ChoiceField(
        label="What came back",
        choices=Understanding.choices,
        widget=forms.RadioSelect,
        help_text="Ask: “Tell me in your own words what you will do now.”",
    )
    teach_back = forms.CharField(
        label="In the patient's own words",
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=2000,
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        if answers.get("teach_back") and answers.get("understanding") == Understanding.NOT_ASKED:
            self.add_error("understanding", "Select what came back: words of the patient are written below.")
        return answers
