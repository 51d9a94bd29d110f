"""Childhood adversity: the total alone is asked first, because it is better kept than the answers."""

from typing import Any

from apps.screening.choices import Mode
from apps.screening.forms.sheet import AnswerForm


class AdversityForm(AnswerForm):
    """The sheet with its total on top; each question can be declined."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["total"].label = "Total, when the patient prefers to say only the number"
        self.fields[
            "total"
        ].help_text = "Preferred: 0 to 10, without the answers. Leave the questions below empty then."
        self.initial["mode"] = Mode.CLINICIAN

    def places(self) -> list[str]:
        return ["total", *(name for name in super().places() if name != "total")]
