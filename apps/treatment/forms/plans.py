"""The form of a plan's draft. A draft may be unfinished; signing asks for the next step."""

from collections.abc import Iterable
from typing import Any

from django import forms

from apps.accounts.models import User
from apps.core.forms import ClinicDateField, ClinicForm, VersionMixin


def _text(label: str, *, rows: int, longest: int, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=longest,
        required=False,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class PlanForm(VersionMixin, ClinicForm):
    """What is written in a draft of the treatment plan."""

    diagnosis = _text("Diagnosis and where we stand", rows=2, longest=2000)
    goal = _text("Goal", rows=2, longest=2000, help_text="What should be different, by when, measured how")
    preventive = _text("Preventive treatment", rows=3, longest=4000)
    acute = _text("Acute and rescue treatment, with limits", rows=3, longest=4000)
    other_care = _text("Mood, sleep, neck, daily life", rows=2, longest=4000)
    next_step = _text(
        "Next plan if this one fails", rows=2, longest=2000, help_text="Always another plan. Needed before signing."
    )
    next_trigger = forms.CharField(
        label="When we go on to it",
        max_length=300,
        required=False,
        help_text="For example: less than 30 % fewer migraine days after 12 weeks at dose",
    )
    review_on = ClinicDateField(label="Review on", required=False)
    owner = forms.ChoiceField(label="Who sees to it", required=False)

    def __init__(self, *args: Any, team: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._team = {str(member.pk): member for member in team}
        people = [(pk, member.full_name) for pk, member in self._team.items()]
        self.fields["owner"].choices = [("", "Nobody yet"), *people]  # type: ignore[attr-defined]

    def clean_owner(self) -> User | None:
        return self._team.get(self.cleaned_data["owner"])
