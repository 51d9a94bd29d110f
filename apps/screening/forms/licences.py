"""What the manager enters about the wording of a protected questionnaire."""

from datetime import date
from typing import Any

from django import forms

from apps.clinical.instruments import Instrument
from apps.core.forms import ClinicDateField, ClinicForm, FormTokenMixin
from apps.patients.choices import LANGUAGES
from apps.screening.models import InstrumentWording

ITEM = "item_"


class ConfirmLicenceForm(FormTokenMixin, ClinicForm):
    """The clinic holds the permission: for which language, by which paper, seen when."""

    language = forms.ChoiceField(label="Language of the wording", choices=LANGUAGES)
    reference = forms.CharField(
        label="Reference of the permission",
        max_length=200,
        help_text="The contract, licence or letter, and where it is kept",
        error_messages={"required": "Enter the reference of the permission."},
    )
    confirmed_on = ClinicDateField(label="When did you see it?")
    seen = forms.BooleanField(
        label="I have seen the permission, and it covers showing the questions in this software",
        error_messages={"required": "Tick this when you have seen the permission; without it nothing is saved."},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"confirmed_on": today, "language": "en"}, **kwargs)
        self.fields["confirmed_on"].latest = today  # type: ignore[attr-defined]


class WordingForm(ClinicForm):
    """The clinic's own copy of the questions, copied from the licensed form; one box for each item."""

    number = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    stem = forms.CharField(
        label="Text above the questions", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, found: Instrument, last: InstrumentWording | None, **kwargs: Any) -> None:
        texts = last.items if last else {}
        initial = {ITEM + key: text for key, text in texts.items()}
        before = {"number": last.number if last else 0, "stem": last.stem if last else ""}
        super().__init__(*args, initial={**before, **initial}, **kwargs)
        for item in found.items:
            self.fields[ITEM + item.key] = forms.CharField(
                label=item.label,
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2}),
                error_messages={"max_length": "Shorten this to at most 2000 characters."},
            )

    @property
    def texts(self) -> dict[str, str]:
        """The wording by item key."""
        given = {name: text for name, text in self.cleaned_data.items() if name.startswith(ITEM)}
        return {name.removeprefix(ITEM): text for name, text in given.items()}


class WithdrawLicenceForm(ClinicForm):
    """Why the questions may not be shown any more."""

    reason = forms.CharField(
        label="Why is it withdrawn?", max_length=400, error_messages={"required": "Enter why it is withdrawn."}
    )
