"""Noting a referral, and what becomes of it."""

from collections.abc import Iterable
from typing import Any, ClassVar, Final

from crispy_forms.layout import Div, Field, Fieldset
from django import forms

from apps.core.forms import ClinicDateField, ClinicForm, Conditional, FormTokenMixin, VersionMixin
from apps.patients.choices import ReferralState, Urgency
from apps.patients.forms.fields import DatedForm
from apps.patients.forms.registration import RegistrationForm

# The step as an order, from the state it leads to.
STEPS: Final = {
    ReferralState.ACCEPTED: "Accept the referral",
    ReferralState.WAITING_FOR_INFORMATION: "Wait for information",
    ReferralState.DECLINED: "Decline the referral",
    ReferralState.RECEIVED: "Take the answer back",
}


class ReferralFields(DatedForm):
    """Who asks the clinic to see the patient, when, why, and how urgently."""

    up_to_today: ClassVar[tuple[str, ...]] = ("received_on",)

    referrer_name = forms.CharField(label="Referred by", max_length=120)
    referrer_organisation = forms.CharField(label="Practice or department", max_length=160, required=False)
    received_on = ClinicDateField(label="Received on")
    urgency = forms.ChoiceField(label="Urgency", choices=Urgency.choices, initial=Urgency.ROUTINE)
    reason = forms.CharField(
        label="Reason for referral",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="As the letter says: how long, what was tried, what is asked",
    )


class ReferralForm(FormTokenMixin, ReferralFields):
    """A new referral of a registered patient."""


class CorrectReferralForm(VersionMixin, ReferralFields):
    """A referral's particulars, corrected."""


class ReferredRegistrationForm(ReferralFields, RegistrationForm):
    """A new patient and the referral that brings them, on one page."""

    up_to_today = ("date_of_birth", "received_on")

    def groups(self) -> list[Any]:
        referral = Fieldset(
            "Referral",
            Div(Field("referrer_name"), Field("referrer_organisation"), css_class="fields-row"),
            Div(Field("received_on"), Field("urgency"), css_class="fields-row"),
            Field("reason"),
            css_class="group",
        )
        return [*super().groups(), referral]


class AnswerForm(VersionMixin, ClinicForm):
    """What becomes of a referral. Whoever waits, declines or takes an answer back says why."""

    conditional = (
        Conditional(
            "note",
            when="state",
            equals=(ReferralState.WAITING_FOR_INFORMATION, ReferralState.DECLINED, ReferralState.RECEIVED),
        ),
    )

    state = forms.ChoiceField(label="What happens next?", widget=forms.RadioSelect)
    note = forms.CharField(
        label="What is missing, or why?",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="The referrer may be told this",
    )

    field_order = ("state", "note")

    def __init__(self, *args: Any, next_states: Iterable[ReferralState], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [(state, STEPS[state]) for state in next_states]  # type: ignore[attr-defined]
