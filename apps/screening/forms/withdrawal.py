"""Forms of a withdrawal plan: the draft, one medicine of it, the checks, the end, closing."""

import datetime
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError

from apps.core.dates import read_date, short_date
from apps.core.forms import ClinicDateField, ClinicForm, Conditional, FormTokenMixin, VersionMixin
from apps.screening.choices import Way, WithdrawalPlace
from apps.screening.models.withdrawal import MOST_LIMIT_DAYS
from apps.screening.services.withdrawal import Planned, Step

# Plans are written shortly before they begin, or taken over from earlier care.
HORIZON: Final = datetime.timedelta(days=366)
MOST_STEPS: Final = 40
NO_STEP: Final = "Write each step as the day, a colon and the dose, like 1 Dec 2026: 3 tablets a day."


def _words(label: str, *, rows: int = 2, longest: int = 2000, required: bool = False, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=longest, required=required, widget=widget, **more)


class WithdrawalFields(ClinicForm):
    """What a draft says beside its medicines."""

    starts_on = ClinicDateField(label="Begins on", error_messages={"required": "Enter the day it begins."})
    place = forms.ChoiceField(
        label="Where",
        choices=WithdrawalPlace.choices,
        initial=WithdrawalPlace.HOME,
        widget=forms.RadioSelect,
        error_messages={"required": "Select where it takes place."},
    )
    bridge = _words("Bridge for the first days", help_text="What helps against withdrawal headache, and for how long")
    preventive = _words("Preventive alongside", help_text="From day 1 of the withdrawal or before")
    preventive_on = ClinicDateField(label="Preventive begins on", required=False)
    told = _words(
        "What the patient was told to expect",
        rows=3,
        longest=4000,
        help_text="That headache gets worse first and for how long, what they may take, whom to ring",
    )

    def __init__(self, *args: Any, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("starts_on", "preventive_on"):
            field: Any = self.fields[name]
            field.earliest, field.latest = today - HORIZON, today + HORIZON


class BeginWithdrawalForm(FormTokenMixin, WithdrawalFields):
    """The first save of a draft."""


class WriteWithdrawalForm(VersionMixin, WithdrawalFields):
    """Any later save of a draft."""


class MedicineForm(VersionMixin, ClinicForm):
    """How one medicine is ended. The version is that of the plan: two people can't plan past each other."""

    conditional: ClassVar[tuple[Conditional, ...]] = (
        Conditional("limit_days", "way", {Way.LIMIT}),
        Conditional("steps", "way", {Way.TAPER}),
    )
    way = forms.ChoiceField(
        label="How is it ended?",
        choices=Way.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select how it is ended."},
    )
    limit_days = forms.IntegerField(
        label="At most days a month",
        min_value=1,
        max_value=MOST_LIMIT_DAYS,
        widget=forms.TextInput(attrs={"class": "w-number", "inputmode": "numeric"}),
    )
    steps = _words(
        "Steps of the taper",
        rows=5,
        longest=10_000,
        help_text="One step a line: the day, a colon, the dose from then on. For example 1 Dec 2026: 3 tablets a day",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for reason in ("invalid", "min_value", "max_value", "required"):
            sentence = f"Enter 1 to {MOST_LIMIT_DAYS} days a month; none at all is a stop."
            self.fields["limit_days"].error_messages[reason] = sentence
        self.fields["steps"].error_messages["required"] = NO_STEP

    def clean_steps(self) -> tuple[Step, ...]:
        lines = [line.strip() for line in str(self.cleaned_data["steps"] or "").splitlines()]
        steps = [(number, line) for number, line in enumerate(lines, start=1) if line]
        if len(steps) > MOST_STEPS:
            raise ValidationError(f"Enter at most {MOST_STEPS} steps.")
        return tuple(_step(number, line) for number, line in steps)

    @property
    def planned(self) -> Planned:
        """The cleaned answers for the service."""
        given = self.cleaned_data
        return Planned(given["way"], given["limit_days"], given["steps"] or (), given.get("against", ""))


class TaperedMedicineForm(MedicineForm):
    """The same for a medicine that is to be tapered: anything else needs its reason."""

    conditional = (*MedicineForm.conditional, Conditional("against", "way", {Way.STOP, Way.LIMIT}, required=False))
    against = _words("Why against the advice", longest=600, help_text="The advice is to taper this medicine")


class CheckForm(ClinicForm):
    """Somebody looked."""

    done_on = ClinicDateField(label="Looked on")
    found = _words("How it goes", rows=3, required=True, error_messages={"required": "Enter how it goes."})

    def __init__(self, *args: Any, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"done_on": today}, **kwargs)


class CheckDayForm(ClinicForm):
    """Another day for a check, or the day of one more."""

    due_on = ClinicDateField(label="Look on", error_messages={"required": "Enter the day to look."})

    def __init__(self, *args: Any, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["due_on"]
        field.earliest, field.latest = today - HORIZON, today + 2 * HORIZON


class EndForm(VersionMixin, ClinicForm):
    """The withdrawal is over."""

    ended_on = ClinicDateField(
        label="Withdrawal ended on",
        help_text="The last day of the withdrawal: what was to be ended is ended, or down to its limit",
        error_messages={"required": "Enter the day on which it ended."},
    )


class CloseForm(VersionMixin, ClinicForm):
    """What came of it."""

    outcome = _words("What came of it", rows=3, required=True, error_messages={"required": "Enter what came of it."})


def _step(number: int, line: str) -> Step:
    day, colon, words = line.partition(":")
    if not colon or not words.strip():
        raise ValidationError(f"Line {number}: {NO_STEP[0].lower()}{NO_STEP[1:]}")
    try:
        return Step(read_date(day.strip()), words.strip())
    except ValidationError as error:
        raise ValidationError(f"Line {number}: {error.messages[0]}") from error


def typed_steps(steps: list[dict[str, str]]) -> str:
    """Saved steps as somebody would type them."""
    days = ((datetime.date.fromisoformat(step["on"]), step["words"]) for step in steps)
    return "\n".join(f"{short_date(day)}: {words}" for day, words in days)
