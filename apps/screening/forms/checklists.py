"""A list that is answered as a whole: yes, no or not asked for each question, and a note."""

from datetime import date
from typing import Any, ClassVar

from django import forms

from apps.core.forms import ClinicDateField, ClinicForm, FormTokenMixin
from apps.screening.models import ChecklistReview

NOTE = "note_"
ANSWERS = [("yes", "Yes"), ("no", "No"), ("", "Not asked")]


class QuestionField(forms.ChoiceField):
    """Yes, no or not asked. To be answered, so it is not called optional; not asked is an answer too."""

    def validate(self, value: str) -> None:
        if value:
            super().validate(value)


def question_field(label: str, hint: str) -> QuestionField:
    """The field of one question; not asked is the answer of a question that nobody touched."""
    return QuestionField(label=label, choices=ANSWERS, help_text=hint, widget=forms.RadioSelect)


def note_field(label: str) -> forms.CharField:
    """A few words beside a question."""
    return forms.CharField(label=label, required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 2}))


class ChecklistForm(FormTokenMixin, ClinicForm):
    """The questions in the order of their list. `begun`: a list with open questions that is gone on with.

    Subclasses give the fields and name the questions.
    """

    codes: ClassVar[tuple[str, ...]]

    def __init__(self, *args: Any, patient_born: date, today: date, begun: ChecklistReview | None, **kwargs: Any):
        # Each form has its own copy of these, as of fields that are written out.
        self.base_fields = {  # type: ignore[misc]
            **type(self).base_fields,
            **self.list_fields(),
            "answered_on": ClinicDateField(label="Asked on"),
        }
        super().__init__(*args, initial={"answered_on": today, **self._typed(begun)}, **kwargs)
        self.fields["answered_on"].earliest = patient_born  # type: ignore[attr-defined]
        self.fields["answered_on"].latest = today  # type: ignore[attr-defined]

    def list_fields(self) -> dict[str, forms.Field]:
        """The fields of the questions, by name, in their order."""
        raise NotImplementedError

    @property
    def given(self) -> dict[str, bool]:
        """The questions that were asked: whether the answer is yes, by code."""
        typed = {code: self.cleaned_data.get(code) for code in self.codes}
        return {code: answer == "yes" for code, answer in typed.items() if answer}

    @property
    def notes(self) -> dict[str, str]:
        """What was written beside the questions, by code."""
        return {code: self.cleaned_data.get(NOTE + code) or "" for code in self.codes}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not self.given:
            self.add_error(None, "Answer at least one question.")
        return cleaned

    def _typed(self, begun: ChecklistReview | None) -> dict[str, Any]:
        if begun is None:
            return {}
        return {**begun.answers, **{NOTE + code: text for code, text in begun.notes.items()}}
