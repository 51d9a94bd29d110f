"""Giving a safety task to somebody, and closing it."""

from collections.abc import Iterable
from typing import Any

from django import forms

from apps.accounts.models import User
from apps.core.forms import ClinicForm


class CloseTaskForm(ClinicForm):
    """What was done and what came of it; neither may be left out."""

    action = forms.CharField(
        label="What was done",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Who spoke with the patient, when, and what was agreed",
        error_messages={"required": "Enter what was done."},
    )
    outcome = forms.CharField(
        label="What came of it",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter what came of it."},
    )


class AssignTaskForm(ClinicForm):
    """Who sees to it from now on; only those who may close it."""

    owner = forms.ChoiceField(label="Who sees to it from now on?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        self.fields["owner"].choices = [  # type: ignore[attr-defined]
            (key, f"{person}, {person.get_role_display()}") for key, person in self.people.items()
        ]

    @property
    def chosen(self) -> User:
        """The person who was chosen."""
        return self.people[self.cleaned_data["owner"]]
