"""Making and revoking a patient's personal diary link."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from apps.core.dates import short_date
from apps.core.forms import ClinicDateField, ClinicForm, FormTokenMixin
from apps.diary.models.link import LONGEST_REASON
from apps.medicines.models import Medicine


class LinkForm(FormTokenMixin, ClinicForm):
    """How long the link works, and which medicines become buttons. `replaces`: the link that the person saw."""

    ends_on = ClinicDateField(label="Works until")
    offered = forms.MultipleChoiceField(
        label="Medicines to choose from",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Each becomes a button on the patient’s phone, beside those that are in the diary already.",
    )
    replaces = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, medicines: Sequence[Medicine], earliest: date, latest: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ends_on: Any = self.fields["ends_on"]
        ends_on.earliest, ends_on.latest = earliest, latest
        ends_on.help_text = f"At most until {short_date(latest)}"
        offered: Any = self.fields["offered"]
        offered.choices = [(medicine.code, medicine.generic_name) for medicine in medicines]


class RevokeForm(ClinicForm):
    reason = forms.CharField(
        label="Why is it revoked?", max_length=LONGEST_REASON, help_text="For example: the phone was lost"
    )
