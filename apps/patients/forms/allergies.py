"""Allergies: recording, confirming that there are no others, withdrawing."""

from django import forms

from apps.core.forms import ClinicDateField, ClinicForm, FormTokenMixin, VersionMixin
from apps.patients.choices import ReactionSeverity
from apps.patients.forms.fields import DatedForm


class AllergyForm(FormTokenMixin, DatedForm):
    """What the patient must not be given, and what it did."""

    up_to_today = ("noted_on",)

    substance = forms.CharField(label="Substance", max_length=120, help_text="Medicine, class or other substance")
    reaction = forms.CharField(
        label="What happened", max_length=200, required=False, help_text="For example: rash, swollen face"
    )
    severity = forms.ChoiceField(
        label="How serious", choices=ReactionSeverity.choices, initial=ReactionSeverity.NOT_KNOWN
    )
    noted_on = ClinicDateField(label="Told on")

    field_order = ("substance", "reaction", "severity", "noted_on")


class AskedForm(DatedForm):
    """When the patient was asked about allergies."""

    up_to_today = ("asked_on",)

    asked_on = ClinicDateField(label="Asked on")


class WithdrawForm(VersionMixin, ClinicForm):
    """Why an entry is withdrawn."""

    reason = forms.CharField(
        label="Why is it withdrawn?", max_length=200, help_text="For example: was nausea, not an allergy"
    )

    field_order = ("reason",)
