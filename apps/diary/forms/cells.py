"""The fields of the month's cells, with messages that name the day."""

from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from apps.core.dates import short_date
from apps.core.forms.wording import give_instructions
from apps.diary.answers import FUNCTION, HEADACHE, Answers
from apps.diary.sheet import day_field

# Longer than any month of medicines that can be read; the database holds the reading, not the text.
LONGEST_SHORTHAND: Final = 200
_LONGEST_WORD: Final = 60
_DAMAGED: Final = "This page is damaged. Open it again; what you typed is still here to copy."


class AnswerField(forms.CharField):
    """One key, or a word that means the same. Keeps what was typed when it can't be read."""

    def __init__(self, answers: Answers, instruction: str) -> None:
        super().__init__(required=False, max_length=_LONGEST_WORD)
        self.answers = answers
        self.instruction = instruction

    def clean(self, value: Any) -> str:
        key = self.answers.read(super().clean(value))
        if key is None:
            raise ValidationError(self.instruction, code="not_an_answer")
        return key


def cells_of(day: date) -> dict[str, forms.Field]:
    """The fields of one day by their names in the form ("d03-headache")."""
    said = short_date(day)
    fields: dict[str, forms.Field] = {
        "headache": AnswerField(HEADACHE, f"{said}: {HEADACHE.instruction}"),
        "function": AnswerField(FUNCTION, f"{said}: {FUNCTION.instruction}"),
        "medicines": forms.CharField(required=False, max_length=LONGEST_SHORTHAND),
        "note": forms.CharField(required=False),
        "version": forms.IntegerField(
            min_value=0, required=False, widget=forms.HiddenInput, error_messages={"invalid": _DAMAGED}
        ),
    }
    for name, field in fields.items():
        give_instructions(field, f"{said}, {name}")
    fields["version"].error_messages |= {"invalid": _DAMAGED, "min_value": _DAMAGED}
    return {day_field(day, name): field for name, field in fields.items()}
