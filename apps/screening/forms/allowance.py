"""Agreeing on days a month."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms

from apps.clinical.periods import ONE_DAY
from apps.core.forms import ClinicDateField, ClinicForm, Conditional, FormTokenMixin
from apps.screening.choices import RESCUE_ONLY, Ration
from apps.screening.models.overuse import MOST_DAYS_A_MONTH


class AllowanceForm(FormTokenMixin, ClinicForm):
    """For what, how many days, and for opioids and butalbital why. Offers only what is not agreed on already."""

    conditional = (Conditional("justification", when="ration", equals=frozenset(each.value for each in RESCUE_ONLY)),)

    ration = forms.ChoiceField(label="For", widget=forms.RadioSelect)
    days = forms.IntegerField(
        label="At most so many days a month",
        help_text="Days, not tablets. 0 means none at all",
        min_value=0,
        max_value=MOST_DAYS_A_MONTH,
    )
    justification = forms.CharField(
        label="Why it is needed for rescue",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Asked for opioids and butalbital",
        error_messages={"required": "Enter why it is needed for rescue."},
    )
    review_on = ClinicDateField(
        label="Look at it again on",
        required=False,
        help_text="Needed for opioids and butalbital. For example 22/11/2026 or 22 Nov 2026",
    )

    def __init__(self, *args: Any, today: date, offered: Collection[Ration], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ration"].choices = [(each.value, each.label) for each in offered]  # type: ignore[attr-defined]
        self.fields["ration"].error_messages["invalid_choice"] = (
            "Select one of the answers in the list: what is agreed on already has to be ended first, and opioids and "
            "butalbital are for the prescriber."
        )
        self.fields["review_on"].earliest = today + ONE_DAY  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        rescue = given.get("ration") in RESCUE_ONLY
        if rescue and not given.get("review_on") and "review_on" not in self.errors:
            self.add_error("review_on", "Enter the day to look at it again: an opioid or butalbital needs one.")
        return given
