"""The answer sheet as a form: made from the instrument's own items, all on one page."""

from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from apps.clinical.instruments import Instrument
from apps.clinical.instruments.base import Item
from apps.core.forms import ClinicDateField, ClinicForm, Conditional, FormTokenMixin, VersionMixin
from apps.patients.choices import LANGUAGES
from apps.patients.models import Patient
from apps.screening.choices import Helper, Mode
from apps.screening.forms.fields import OPEN_QUESTION, item_field, scale_field
from apps.screening.models import Administration, InstrumentWording
from apps.screening.offered import entered_by_scale

SCALE = "scale_"
ASKED = [(mode.value, mode.label) for mode in (Mode.CLINICIAN, Mode.SELF)]
FROM_TABLET = (Mode.TABLET.value, Mode.TABLET.label)


class AnswerForm(FormTokenMixin, ClinicForm):
    """Answers to one instrument. `finishing`: the sheet is to be closed, so what is left open must be said so.

    `correcting`: the form replaces a finished sheet and asks why. `wording`: the clinic's own copy of the questions,
    which is shown in their place and settles the language.
    """

    answered_on = ClinicDateField(label="Answered on")
    mode = forms.ChoiceField(label="How were the questions answered?", choices=ASKED, widget=forms.RadioSelect)
    helper = forms.ChoiceField(
        label="Who was there?",
        choices=[*Helper.choices, ("", "Not said")],
        required=False,
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(label="Language of the questions", choices=LANGUAGES)
    total = forms.IntegerField(
        label="Total, when only the total is known",
        required=False,
        min_value=0,
        help_text="For example from a letter. Leave the numbers above empty then.",
        widget=forms.TextInput(attrs={"class": "w-number", "inputmode": "numeric"}),
    )
    unanswered_stay = forms.BooleanField(
        label="Finish although questions stay unanswered",
        required=False,
        help_text="Tick this when the patient does not want to, or can't, answer the others.",
    )
    reason = forms.CharField(label="Why is it corrected?", max_length=400)
    conditional = (Conditional("helper", "mode", {Mode.SELF, Mode.TABLET}, required=False),)

    def __init__(
        self,
        *args: Any,
        found: Instrument,
        patient: Patient,
        today: date,
        finishing: bool = True,
        sheet: Administration | None = None,
        correcting: bool = False,
        wording: InstrumentWording | None = None,
        **kwargs: Any,
    ) -> None:
        self.found = found
        self.wording = wording
        self.patient = patient
        self.finishing = finishing
        self.today = today
        initial = {"answered_on": today, "mode": Mode.CLINICIAN, "language": "en", **self._typed(found, sheet)}
        super().__init__(*args, initial=initial, **kwargs)
        if correcting and sheet is not None and sheet.mode == Mode.TABLET:
            self.fields["mode"].choices = [*ASKED, FROM_TABLET]  # type: ignore[attr-defined]
        elif self.initial["mode"] == Mode.TABLET:
            # What the patient began on the tablet is gone on with at the desk.
            self.initial["mode"] = Mode.CLINICIAN
        self.asked = self.items_to_ask()
        self._add_results(known_already=sheet is not None and not correcting)
        self._add_items()
        if wording:
            del self.fields["language"]
            self.fields["wording"] = forms.UUIDField(widget=forms.HiddenInput, initial=wording.pk)
        if sheet is not None and not correcting:
            self.fields["version"] = deepcopy(VersionMixin.base_fields["version"])
            # Somebody may have begun the sheet after this page was drawn without a version.
            self.fields["version"].required = False
            self.initial["version"] = sheet.version
        if not correcting:
            del self.fields["reason"]
        self.fields["answered_on"].earliest = patient.date_of_birth  # type: ignore[attr-defined]
        self.fields["answered_on"].latest = today  # type: ignore[attr-defined]
        self.order_fields(self.places())

    def _add_results(self, *, known_already: bool) -> None:
        """A result alone is entered where no wording is shown, and not on a sheet that has answers already."""
        if self.found.shows_items or not self.found.has_total or known_already:
            del self.fields["total"]
        if entered_by_scale(self.found) and not known_already:
            self.fields |= {SCALE + scale.code: scale_field(scale) for scale in self.found.subscales}

    def _add_items(self) -> None:
        copied = self.wording.items if self.wording else {}
        must = self._must_be_answered
        for item in self.asked:
            field = item_field(item)
            field.required = must and item.required and item.asked_when is None
            if item.key in copied:
                field.label = f"{item.label}. {copied[item.key]}"
            self.fields[item.key] = field

    def items_to_ask(self) -> list[Item]:
        """The items that are asked on the form: all that are not known from elsewhere."""
        return list(self.found.items)

    def places(self) -> list[str]:
        """The fields in the order in which they are asked."""
        items = [item.key for item in self.asked]
        scales = [name for name in self.fields if name.startswith(SCALE)]
        return [*items, "total", *scales, "unanswered_stay", "answered_on", "mode", "helper", "language", "reason"]

    @property
    def given(self) -> dict[str, int]:
        """The answers by item key, as stored; what is not answered is not in it."""
        answers = {}
        for item in self.asked:
            typed = self.cleaned_data.get(item.key)
            if typed not in (None, ""):
                answers[item.key] = typed if item.choices else item.stored(typed)
        return answers

    @property
    def expected_version(self) -> int:
        """The version of the unfinished sheet as the page was drawn; 0 when there was none yet."""
        return int(self.cleaned_data.get("version") or 0)

    @property
    def only_result(self) -> int | dict[str, Decimal] | None:
        """The total, or the values of the scales by their codes, when nothing else is known."""
        total: int | None = self.cleaned_data.get("total")
        return total if total is not None else self._scales or None

    @property
    def _scales(self) -> dict[str, Decimal]:
        typed = {name: value for name, value in self.cleaned_data.items() if name.startswith(SCALE)}
        return {name.removeprefix(SCALE): value for name, value in typed.items() if value is not None}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        if self.only_result is not None:
            self._check_result()
        elif not self.given:
            self.add_error(None, "Answer at least one question.")
        elif self._must_be_answered:
            self._check_what_the_answers_lead_to()
        return cleaned

    def _check_what_the_answers_lead_to(self) -> None:
        for item in self.found.unanswered(self.given):
            if item.asked_when is not None:
                self.add_error(item.key, OPEN_QUESTION)

    def _check_result(self) -> None:
        field = "total" if "total" in self.fields else SCALE + next(iter(self._scales))
        if self.given:
            self.add_error(field, "Enter either the total or the numbers it is made of.")
        elif not self.finishing:
            self.add_error(field, "A total is finished. Choose “Save”.")

    @property
    def _must_be_answered(self) -> bool:
        """Whether open questions are an error: not when the sheet goes on later, and not when they are to stay open."""
        results = [name for name in self.fields if name == "total" or name.startswith(SCALE)]
        said_otherwise = any(self.data.get(self.add_prefix(name)) for name in ("unanswered_stay", *results))
        return self.finishing and not said_otherwise

    @staticmethod
    def _typed(found: Instrument, sheet: Administration | None) -> dict[str, Any]:
        """What stands on the sheet already, as it would be typed."""
        if sheet is None:
            return {}
        typed: dict[str, Any] = {"answered_on": sheet.answered_on, "language": sheet.language}
        if sheet.mode == Mode.TOTAL_ONLY:
            scales = {SCALE + scale["code"]: scale["value"] for scale in sheet.subscores}
            return {**typed, "total": sheet.total, **scales}
        stored = {item: sheet.answers[item.key] for item in found.items if item.key in sheet.answers}
        answers = {item.key: value if item.choices else item.shown(value) for item, value in stored.items()}
        return {**typed, **answers, "mode": sheet.mode, "helper": sheet.helper}
