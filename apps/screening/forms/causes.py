"""Where the work-up of one cause stands; several causes that are not needed."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from apps.core.forms import ClinicDateField, ClinicForm, Conditional, FormTokenMixin
from apps.screening.choices import CauseState
from apps.screening.models import CauseReview
from apps.screening.services.causes import Review

EXPLAINS = [("yes", "Yes, it explains the headache"), ("no", "No")]


class CauseForm(FormTokenMixin, ClinicForm):
    """One review: the state, and what belongs to it."""

    conditional = (
        Conditional("asked_for", when="state", equals={CauseState.ORDERED}),
        Conditional("due_on", when="state", equals={CauseState.ORDERED}),
        Conditional("result", when="state", equals={CauseState.RESULT}),
        Conditional("explains", when="state", equals={CauseState.RESULT}),
        Conditional("reason", when="state", equals={CauseState.NOT_NEEDED}),
    )

    state = forms.ChoiceField(
        label="Where does it stand?",
        choices=CauseState.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select where it stands."},
    )
    asked_for = forms.CharField(
        label="Test asked for", max_length=300, error_messages={"required": "Enter which test was asked for."}
    )
    due_on = ClinicDateField(
        label="Result expected by", error_messages={"required": "Enter by when the result is expected."}
    )
    result = forms.CharField(
        label="Result",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter the result in words."},
    )
    explains = forms.ChoiceField(
        label="Does it explain the headache?",
        choices=EXPLAINS,
        widget=forms.RadioSelect,
        help_text="A cause that explains the headache stays open: it is treated first.",
        error_messages={"required": "Select whether it explains the headache."},
    )
    reason = forms.CharField(
        label="Why is it not needed?", max_length=600, error_messages={"required": "Enter why it is not needed."}
    )
    reviewed_on = ClinicDateField(label="Reviewed on")
    # The review this page was drawn from; empty when there was none.
    seen = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, last: CauseReview | None, today: date, **kwargs: Any) -> None:
        initial: dict[str, Any] = {"reviewed_on": today}
        if last:
            # The state is chosen anew; an order that only moves keeps its words.
            initial |= {"seen": last.pk, "asked_for": last.asked_for, "due_on": last.due_on}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["reviewed_on"].latest = today  # type: ignore[attr-defined]

    @property
    def seen_review(self) -> UUID | None:
        """The newest review the person has seen."""
        seen: UUID | None = self.cleaned_data.get("seen")
        return seen

    @property
    def review(self) -> Review:
        """What is to be recorded."""
        given = self.cleaned_data
        explains = {"yes": True, "no": False}.get(given.get("explains") or "")
        return Review(
            state=CauseState(given["state"]),
            reviewed_on=given["reviewed_on"],
            asked_for=given.get("asked_for") or "",
            due_on=given.get("due_on"),
            result=given.get("result") or "",
            explains=explains,
            reason=given.get("reason") or "",
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        due, reviewed = cleaned.get("due_on"), cleaned.get("reviewed_on")
        if due and reviewed and due < reviewed:
            self.add_error("due_on", "Enter a day that is not before the review.")
        return cleaned


class NotNeededForm(FormTokenMixin, ClinicForm):
    """Several causes at once, for one reason. `to_do`: code and name of those that nobody works on."""

    causes = forms.MultipleChoiceField(
        label="Causes",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Tick at least one cause.",
            "invalid_choice": "Somebody reviewed one of these meanwhile. Look at the list again.",
        },
    )
    reason = forms.CharField(
        label="Why they are not needed",
        max_length=600,
        help_text="One reason for all that are ticked",
        error_messages={"required": "Enter why they are not needed."},
    )

    def __init__(self, *args: Any, to_do: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["causes"].choices = list(to_do)  # type: ignore[attr-defined]
        self.fields["causes"].error_messages["invalid_choice"] = (
            "Somebody reviewed one of these meanwhile. Look at the list again."
        )
