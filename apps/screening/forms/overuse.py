"""The review of an overuse: statements, reasons with how certain they are, the patient's words."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField

from apps.clinical.overuse_reasons import OveruseReason
from apps.core.forms import ClinicForm, FormTokenMixin
from apps.core.forms.wording import give_instructions
from apps.screening.choices import Statement, Sureness
from apps.screening.services.overuse import NotedReason

_CERTAIN = [("", "No, or not asked"), *Sureness.choices]
LONGEST_WORDS = 400


class OveruseReviewForm(FormTokenMixin, ClinicForm):
    """Why medicines are taken so often. Each reason has a choice of how certain it is, and room for words."""

    preexisting = forms.ChoiceField(
        label="Was there a headache disorder before the overuse?",
        help_text="Migraine, as a rule. The diary alone can’t tell",
        choices=Statement.choices,
        widget=forms.RadioSelect,
    )
    older = forms.ChoiceField(
        label="Is this pattern older than three months?",
        help_text="Also when the diary does not go back so far. Counts for 90 days, then it is asked again",
        choices=Statement.choices,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label="What the patient says about it",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for reason in OveruseReason:
            self.fields[_sure(reason)] = _select(reason)
            self.fields[_words(reason)] = _text(reason)

    @property
    def rows(self) -> Iterator[tuple[BoundField, BoundField]]:
        """Each reason with its two fields, in the order of the list."""
        return ((self[_sure(reason)], self[_words(reason)]) for reason in OveruseReason)

    @property
    def reasons(self) -> list[NotedReason]:
        """The reasons that hold, once the form is valid."""
        given = self.cleaned_data
        return [
            NotedReason(reason, Sureness(given[_sure(reason)]), given[_words(reason)])
            for reason in OveruseReason
            if given[_sure(reason)]
        ]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for reason in OveruseReason:
            if given.get(_words(reason)) and not given.get(_sure(reason)) and _sure(reason) not in self.errors:
                self.add_error(_sure(reason), f"Select how certain it is: {reason.label}")
        if given.get(_sure(OveruseReason.OTHER)) and not given.get(_words(OveruseReason.OTHER)):
            self._ask_for_words()
        return given

    def _ask_for_words(self) -> None:
        field = _words(OveruseReason.OTHER)
        if field not in self.errors:
            self.add_error(field, "Say in words what the other reason is.")


def _sure(reason: OveruseReason) -> str:
    return f"sure_{reason.value}"


def _words(reason: OveruseReason) -> str:
    return f"words_{reason.value}"


def _select(reason: OveruseReason) -> forms.ChoiceField:
    field = forms.ChoiceField(label=reason.label, choices=_CERTAIN, required=False)
    give_instructions(field, reason.label)
    return field


def _text(reason: OveruseReason) -> forms.CharField:
    # Seen beside the reason, the box needs no name of its own; read aloud it does.
    named = f"In words: {reason.label}"
    widget = forms.TextInput(attrs={"aria-label": named, "placeholder": "In words"})
    field = forms.CharField(label=named, max_length=LONGEST_WORDS, required=False, widget=widget)
    give_instructions(field, named)
    return field
