"""Forms of a visit."""

import datetime
from typing import Any

from django import forms

from apps.core.forms import ClinicDateField, ClinicForm, FormTokenMixin, VersionMixin
from apps.patients.choices import VisitKind


class OpenVisitForm(FormTokenMixin, ClinicForm):
    """Begin a visit, today or on a day that was not written up yet."""

    kind = forms.ChoiceField(choices=VisitKind.choices, label="Kind of visit")
    visit_on = ClinicDateField(label="Date of the visit")

    def __init__(self, *args: Any, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visit_on"].latest = today  # type: ignore[attr-defined]


def _text(label: str, help_text: str) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=20_000, required=False, help_text=help_text, widget=forms.Textarea(attrs={"rows": 5})
    )


class WriteVisitForm(VersionMixin, ClinicForm):
    """What the clinician writes. Findings are needed before signing, not before saving."""

    findings = _text("Findings", "What you heard, saw and measured. Needed before signing")
    changes = _text("What changes today, and why", "Medicines themselves are changed in the ledger and listed by it")
    plan = _text("Until the next visit", "What the patient does, what the clinic does")
    next_visit_on = ClinicDateField(label="Next visit", required=False)

    def __init__(self, *args: Any, visit_on: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["next_visit_on"].earliest = visit_on + datetime.timedelta(days=1)  # type: ignore[attr-defined]


class AddendumForm(FormTokenMixin, ClinicForm):
    """Something to add to a signed visit."""

    text = forms.CharField(label="Addendum", max_length=8000, widget=forms.Textarea(attrs={"rows": 4}))
