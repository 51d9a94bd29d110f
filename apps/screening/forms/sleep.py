"""The short sleep screen: yes, no or not known, and a few numbers, in plain words."""

from collections.abc import Collection
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Fieldset, Layout
from django import forms

from apps.core.forms import ClinicDateField, ClinicForm, Conditional, FormTokenMixin
from apps.patients.models import Patient
from apps.screening.models import SleepScreen
from apps.screening.sleep_questions import FREE_DAYS, QUESTIONS, WEEKDAYS, Measure, Question

YES, NO, NOT_KNOWN = "yes", "no", "not_known"
ANSWERS = ((YES, "Yes"), (NO, "No"), (NOT_KNOWN, "Not known"))
MEANING = {YES: True, NO: False, NOT_KNOWN: None, "": None}
DAYS = [(str(number), name) for number, name in enumerate(WEEKDAYS)]
TIMES = "Times of sleep"


class SleepScreenForm(FormTokenMixin, ClinicForm):
    """The questions that the chart can't answer, filled in as they were answered last time.

    known: names of questions that are not asked, because the chart knows the answer.
    """

    conditional = (Conditional("free_days", "free_days_told", {"told"}, required=False),)

    answered_on = ClinicDateField(label="Answered on")
    note = forms.CharField(label="Note", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    free_days_told = forms.ChoiceField(
        label="On which days does nobody have to get up?",
        choices=[("", "Not asked: the weekend counts"), ("told", "On these days:")],
        required=False,
        widget=forms.RadioSelect,
    )
    free_days = forms.MultipleChoiceField(
        label="Days without work or alarm; tick none when there is none",
        choices=DAYS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        *args: Any,
        patient: Patient,
        today: date,
        known: Collection[str] = (),
        last: SleepScreen | None = None,
        **kwargs: Any,
    ) -> None:
        initial = {"answered_on": today, **_as_answered(last)}
        super().__init__(*args, initial=initial, **kwargs)
        self.asked = {
            title: [question for question in questions if question.name not in known]
            for title, questions in QUESTIONS.items()
        }
        for questions in self.asked.values():
            for question in questions:
                self.fields[question.name] = _field(question)
        answered_on: Any = self.fields["answered_on"]
        answered_on.earliest, answered_on.latest = patient.date_of_birth, today

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        groups = [
            Fieldset(title, *(Field(question.name) for question in questions), *self._days(title), css_class="group")
            for title, questions in self.asked.items()
            if questions
        ]
        helper.layout = Layout("answered_on", *groups, "note")
        helper.render_hidden_fields = True
        return helper

    @property
    def given(self) -> dict[str, Any]:
        """The answers that were given, by the names of the questions; numbers as plain numbers."""
        given = {
            question.name: _plain(self.cleaned_data.get(question.name))
            for questions in self.asked.values()
            for question in questions
        }
        if self.cleaned_data.get("free_days_told"):
            given[FREE_DAYS] = [int(day) for day in self.cleaned_data["free_days"]]
        return {name: value for name, value in given.items() if value is not None}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, whole, words in (
            ("resistant_hypertension", "hypertension", "high blood pressure"),
            ("heart_failure", "heart_or_lung_disease", "heart or lung disease"),
        ):
            if cleaned.get(name) is True and cleaned.get(whole) is False:
                self.add_error(name, f"You answered no to {words} above. Change one of the two.")
        if not self.errors and not self.given.keys() - {FREE_DAYS}:
            self.add_error(None, "Answer at least one question.")
        return cleaned

    def _days(self, title: str) -> list[Field]:
        return [Field("free_days_told"), Field("free_days")] if title == TIMES else []


class _YesNoField(forms.ChoiceField):
    """Yes, no, or not known, which is what an answer that is not there means too: never "no"."""

    widget = forms.RadioSelect

    def clean(self, value: Any) -> bool | None:
        return MEANING[super().clean(value or NOT_KNOWN)]


def _field(question: Question) -> forms.Field:
    if isinstance(question, Measure):
        return _measure(question)
    field = _YesNoField(label=question.label, help_text=question.help, choices=ANSWERS, initial=NOT_KNOWN)
    field.error_messages["invalid_choice"] = "Select one of the answers in the list."
    return field


def _measure(question: Measure) -> forms.DecimalField:
    field = forms.DecimalField(
        label=question.label,
        help_text=question.help,
        required=False,
        min_value=question.lowest,
        max_value=question.highest,
        decimal_places=question.decimals,
        widget=forms.TextInput(attrs={"class": "w-number", "inputmode": "decimal" if question.decimals else "numeric"}),
    )
    sentence = f"Enter a number from {question.lowest} to {question.highest}"
    sentence += " with at most 1 decimal." if question.decimals else ", without decimals."
    for reason in ("invalid", "min_value", "max_value", "max_decimal_places", "max_digits", "max_whole_digits"):
        field.error_messages[reason] = sentence
    return field


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return value
    return int(value) if value == int(value) else float(value)


def _as_answered(last: SleepScreen | None) -> dict[str, Any]:
    if last is None:
        return {}
    initial = {name: _shown(value) for name, value in last.answers.items() if name != FREE_DAYS}
    if FREE_DAYS in last.answers:
        initial |= {"free_days_told": "told", "free_days": [str(day) for day in last.answers[FREE_DAYS]]}
    return initial


def _shown(value: Any) -> Any:
    if isinstance(value, bool):
        return YES if value else NO
    return f"{value:g}" if isinstance(value, float) else value
