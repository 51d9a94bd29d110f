"""Forms of the medication ledger. They have no field for the prescriber: that is the person signed in."""

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms

from apps.core.forms import ClinicDateField, ClinicForm, Conditional, FormTokenMixin
from apps.medicines.models import Medicine
from apps.medicines.selectors import as_grouped_choices
from apps.treatment.choices import ChangeReason, DoseUnit, Indication, Purpose
from apps.treatment.services.medication import Dose, Why

PLANNING_HORIZON = datetime.timedelta(days=366)
WITH_LIMIT = (Purpose.ACUTE, Purpose.RESCUE, Purpose.BRIDGE)


class WhyMixin(forms.Form):
    """Indication, coded reason, own words. "Another reason" has to be explained."""

    indication = forms.ChoiceField(choices=[("", "Select the indication"), *Indication.choices], label="Indication")
    reason = forms.ChoiceField(choices=[("", "Select the reason"), *ChangeReason.choices], label="Reason")
    reason_text = forms.CharField(
        max_length=400, required=False, label="In your own words", widget=forms.Textarea(attrs={"rows": 2})
    )

    @property
    def why(self) -> Why:
        given = self.cleaned_data
        return Why(given["indication"], given["reason"], given["reason_text"])

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        unexplained = ChangeReason.OTHER in (given.get("reason"), given.get("indication"))
        if unexplained and not given.get("reason_text"):
            self.add_error("reason_text", "Enter what the reason or indication is.")
        return given


class DoseMixin(forms.Form):
    """How much and how often."""

    dose_amount = forms.DecimalField(
        min_value=Decimal("0.001"), max_digits=9, decimal_places=3, label="Dose", help_text="Each time it is taken"
    )
    dose_unit = forms.ChoiceField(choices=[("", "Select the unit"), *DoseUnit.choices], label="Unit")
    frequency = forms.CharField(
        max_length=120,
        label="How often",
        help_text="For example: once daily at night; at onset, at most 2 in 24 hours",
        error_messages={"required": "Enter how often it is taken"},
    )
    limit_days_per_month = forms.IntegerField(
        min_value=0,
        max_value=31,
        required=False,
        label="Limit of days a month",
        help_text="For acute and rescue medicines: what you agree with the patient",
    )

    @property
    def dose(self) -> Dose:
        given = self.cleaned_data
        return Dose(given["dose_amount"], given["dose_unit"], given["frequency"], given.get("limit_days_per_month"))


class StartMedicineForm(FormTokenMixin, WhyMixin, DoseMixin, ClinicForm):
    """Begin a medicine."""

    conditional = (
        Conditional("limit_days_per_month", "purpose", WITH_LIMIT, required=False),
        Conditional("stop_rule", "purpose", {Purpose.PREVENTIVE}, required=False),
    )
    medicine = forms.ChoiceField(label="Medicine")
    purpose = forms.ChoiceField(choices=[("", "Select what it is for"), *Purpose.choices], label="Purpose")
    effective_on = ClinicDateField(label="From", error_messages={"required": "Enter the day it holds from"})
    review_on = ClinicDateField(label="Review on", required=False)
    stop_rule = forms.CharField(
        max_length=300,
        required=False,
        label="Stop if",
        help_text="For preventives, for example: less than 30 % fewer migraine days after 12 weeks at dose",
    )

    field_order = (
        "medicine",
        "purpose",
        "dose_amount",
        "dose_unit",
        "frequency",
        "limit_days_per_month",
        "indication",
        "reason",
        "reason_text",
        "effective_on",
        "review_on",
        "stop_rule",
    )

    def __init__(self, *args: Any, medicines: Iterable[Medicine], today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._medicines = {medicine.code: medicine for medicine in medicines}
        groups = as_grouped_choices(self._medicines.values())
        self.fields["medicine"].choices = [("", "Select the medicine"), *groups]  # type: ignore[attr-defined]
        _bound_days(self, earliest=None, today=today)

    def clean_medicine(self) -> Medicine:
        return self._medicines[self.cleaned_data["medicine"]]


class ChangeForm(FormTokenMixin, WhyMixin, ClinicForm):
    """Hold, resume or stop a running medicine."""

    effective_on = ClinicDateField(label="From", error_messages={"required": "Enter the day it holds from"})

    def __init__(self, *args: Any, earliest: datetime.date, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _bound_days(self, earliest=earliest, today=today)


class DoseChangeForm(DoseMixin, ChangeForm):
    """Another dose, or the next step of a taper. Only acute medicines are asked for a limit of days."""

    review_on = ClinicDateField(label="Review on", required=False)

    field_order = (
        "dose_amount",
        "dose_unit",
        "frequency",
        "limit_days_per_month",
        "indication",
        "reason",
        "reason_text",
        "effective_on",
        "review_on",
    )

    def __init__(self, *args: Any, purpose: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if purpose not in WITH_LIMIT:
            del self.fields["limit_days_per_month"]


def _bound_days(form: forms.Form, *, earliest: datetime.date | None, today: datetime.date) -> None:
    effective = form.fields["effective_on"]
    effective.latest = today + PLANNING_HORIZON  # type: ignore[attr-defined]
    if earliest:
        effective.earliest = earliest  # type: ignore[attr-defined]
    if review := form.fields.get("review_on"):
        review.earliest = today  # type: ignore[attr-defined]
