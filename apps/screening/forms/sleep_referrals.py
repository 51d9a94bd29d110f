"""The small forms of a sleep referral: one for each step, each asking only what that step needs."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.conf import settings

from apps.clinical.sleep.facts import Study
from apps.core.forms import ClinicDateField, ClinicForm, FormTokenMixin, VersionMixin
from apps.screening.choices import ReferralState
from apps.screening.models import SleepReferral

# An appointment further away than this is a slip of the pen.
FURTHEST = timedelta(days=730)
ADHERENCE = ("cpap_hours", "cpap_nights")


def _number(label: str, help_text: str, *, lowest: int, highest: int, decimals: int = 1) -> forms.DecimalField:
    field = forms.DecimalField(
        label=label,
        help_text=help_text,
        required=False,
        min_value=lowest,
        max_value=highest,
        decimal_places=decimals,
        widget=forms.TextInput(attrs={"class": "w-number", "inputmode": "decimal" if decimals else "numeric"}),
    )
    sentence = f"Enter a number from {lowest} to {highest}"
    sentence += " with at most 1 decimal." if decimals else ", without decimals."
    for reason in ("invalid", "min_value", "max_value", "max_decimal_places", "max_digits", "max_whole_digits"):
        field.error_messages[reason] = sentence
    return field


def _cpap_hours() -> forms.DecimalField:
    return _number("Hours a night that CPAP is used", "From 0 to 24; leave empty without CPAP", lowest=0, highest=24)


def _cpap_nights() -> forms.DecimalField:
    return _number(
        "Nights with at least 4 hours of CPAP",
        "In per cent. Often reported as 4 hours on 70 % of nights: a payer’s rule, not a goal of treatment.",
        lowest=0,
        highest=100,
        decimals=0,
    )


def _day_field(label: str, instruction: str) -> ClinicDateField:
    return ClinicDateField(label=label, error_messages={"required": instruction})


def _due_field(help_text: str) -> ClinicDateField:
    return ClinicDateField(label="Next step due on", required=False, help_text=help_text)


class WantStudyForm(FormTokenMixin, ClinicForm):
    """What is wanted and why; the reasons stand there as the finding gives them."""

    study = forms.ChoiceField(
        label="What is asked for", choices=[(study.value, study.label) for study in Study], widget=forms.RadioSelect
    )
    indicators = forms.CharField(
        label="Why",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="As it will stand in the order",
        error_messages={"required": "Write why the study is wanted."},
    )
    due_on = ClinicDateField(label="To be ordered by", help_text="For example 22/11/2026. Clinic convention.")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"due_on": today + timedelta(days=settings.SLEEP_STEP_DAYS), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        due_on: Any = self.fields["due_on"]
        due_on.earliest, due_on.latest = today, today + FURTHEST


class StepForm(VersionMixin, ClinicForm):
    """One step: its day, what belongs to it, and by when the next one is expected."""

    step: ClassVar[ReferralState]
    on = _day_field("Day", "Enter the day.")

    def __init__(self, *args: Any, referral: SleepReferral, today: date, **kwargs: Any) -> None:
        self.referral = referral
        super().__init__(*args, initial=self.starting_with(referral, today), **kwargs)
        on: Any = self.fields["on"]
        on.earliest, on.latest = self.earliest(), self.latest(today)
        if "due_on" in self.fields:
            due_on: Any = self.fields["due_on"]
            due_on.earliest, due_on.latest = today, today + FURTHEST

    def starting_with(self, referral: SleepReferral, today: date) -> dict[str, Any]:
        """What stands in the form at first."""
        return {
            "version": referral.version,
            "on": today,
            "referred_to": referral.referred_to,
            "due_on": today + timedelta(days=settings.SLEEP_STEP_DAYS),
        }

    def earliest(self) -> date:
        """The day of the step before: dates never run backwards."""
        earlier = (self.referral.result_on, self.referral.done_on, self.referral.ordered_on)
        return next((day for day in earlier if day), self.referral.patient.date_of_birth)

    def latest(self, today: date) -> date:
        """The last day the step may have; only an appointment may be to come."""
        return today

    @property
    def given(self) -> dict[str, Any]:
        """What belongs to the step besides its days."""
        return {name: value for name, value in self.answers.items() if name not in ("on", "due_on")}


class OrderForm(StepForm):
    step = ReferralState.ORDERED
    on = _day_field("Ordered on", "Enter the day it was ordered.")
    referred_to = forms.CharField(label="Where to", max_length=200, required=False)
    due_on = _due_field("By when it should be booked or done")


class BookForm(StepForm):
    step = ReferralState.BOOKED
    on = _day_field("Appointment on", "Enter the day of the appointment.")
    referred_to = forms.CharField(label="Where", max_length=200, required=False)
    due_on = _due_field("Left empty, it is the day of the appointment")

    def starting_with(self, referral: SleepReferral, today: date) -> dict[str, Any]:
        return {**super().starting_with(referral, today), "on": None, "due_on": None}

    def latest(self, today: date) -> date:
        return today + FURTHEST


class DoneForm(StepForm):
    step = ReferralState.DONE
    on = _day_field("Done on", "Enter the day it was done.")
    due_on = _due_field("By when the result should be here")


class ResultForm(StepForm):
    """The result in words, and the numbers that the report has."""

    step = ReferralState.RESULT
    on = _day_field("Result of", "Enter the day of the result.")
    result = forms.CharField(
        label="Result in words",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write what the result is."},
    )
    ahi = _number("Apnoea-hypopnoea index (AHI)", "Events an hour, 0 to 200", lowest=0, highest=200)
    plmi = _number("Periodic limb movement index (PLMI)", "Movements an hour, 0 to 300", lowest=0, highest=300)
    spo2_nadir = _number("Lowest oxygen saturation", "In per cent, 30 to 100", lowest=30, highest=100, decimals=0)
    mslt_minutes = _number("Mean sleep latency (MSLT)", "In minutes, 0 to 20", lowest=0, highest=20)
    due_on = _due_field("By when somebody should act on it")


class ActForm(StepForm):
    """What was done about the result, and how much a treatment is used so far."""

    step = ReferralState.ACTED_ON
    on = _day_field("Acted on it on", "Enter the day somebody acted on it.")
    action = forms.CharField(
        label="What was done about it",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For example: CPAP begun; referral for CBT-I; nothing needed, with the reason",
        error_messages={"required": "Write what was done about the result."},
    )
    cpap_hours = _cpap_hours()
    cpap_nights = _cpap_nights()


class AdherenceForm(VersionMixin, ClinicForm):
    """How much CPAP is used, as it becomes known later."""

    cpap_hours = _cpap_hours()
    cpap_nights = _cpap_nights()

    def __init__(self, *args: Any, referral: SleepReferral, **kwargs: Any) -> None:
        initial = {"version": referral.version, **{name: getattr(referral, name) for name in ADHERENCE}}
        super().__init__(*args, initial=initial, **kwargs)


class DueForm(VersionMixin, ClinicForm):
    """By when the next step is expected now."""

    due_on = _day_field("Next step due on", "Enter the day by which the next step is expected.")

    def __init__(self, *args: Any, referral: SleepReferral, today: date, **kwargs: Any) -> None:
        initial = {"version": referral.version, "due_on": today + timedelta(days=settings.SLEEP_STEP_DAYS)}
        super().__init__(*args, initial=initial, **kwargs)
        due_on: Any = self.fields["due_on"]
        due_on.earliest, due_on.latest = today, today + FURTHEST


class DropForm(VersionMixin, ClinicForm):
    """Why a study is not pursued."""

    reason = forms.CharField(
        label="Why is it not pursued?",
        max_length=400,
        help_text="For example: the patient does not want it; done elsewhere",
        error_messages={"required": "Say why it is not pursued."},
    )


STEP_FORMS: dict[str, type[StepForm]] = {
    form.step.value: form for form in (OrderForm, BookForm, DoneForm, ResultForm, ActForm)
}
