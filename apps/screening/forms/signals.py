"""The answer to a signal."""

import datetime
from typing import Any, Final

from django import forms

from apps.core.forms import ClinicDateField, ClinicForm, Conditional
from apps.screening.models.overuse import LONGEST_SILENCE_DAYS

ACTED: Final = "acted"
SILENCE: Final = "silence"


class AnswerSignalForm(ClinicForm):
    """Somebody acted on it, or it is to be silent until a day."""

    conditional = (
        Conditional("action", "answer", {ACTED}),
        Conditional("until", "answer", {SILENCE}),
        Conditional("reason", "answer", {SILENCE}),
    )
    answer = forms.ChoiceField(
        label="What becomes of this signal?",
        choices=[(ACTED, "Something was done about it"), (SILENCE, "Silence it for a while")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select what becomes of this signal."},
    )
    action = forms.CharField(
        label="What was done",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="For example: talked about the limit, preventive raised, next look in 4 weeks",
    )
    until = ClinicDateField(label="Silent until", help_text="That day included; a year at most")
    reason = forms.CharField(
        label="Why nobody needs to be told",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="For example: withdrawal planned for December, the days are known and agreed",
    )

    def __init__(self, *args: Any, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, sentence in (
            ("action", "Enter what was done."),
            ("until", "Enter until when it is silent."),
            ("reason", "Say why you do not want to be told."),
        ):
            self.fields[name].error_messages["required"] = sentence
        until: Any = self.fields["until"]
        until.earliest, until.latest = today, today + datetime.timedelta(days=LONGEST_SILENCE_DAYS)
