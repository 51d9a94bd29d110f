"""What a patient answers on the telephone, cleaned. The same forms take a posted page and an entry that waited as JSON."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any, Final

from django import forms
from django.http import QueryDict

from apps.core.forms import ClinicForm
from apps.core.sentences import name_in_sentence
from apps.diary.choices import EntryKind, Exposure, Function, Severity, State
from apps.diary.entries import IntakeEntry
from apps.diary.forms.patient_details import DetailsMixin
from apps.diary.forms.patient_fields import (
    DAMAGED,
    MOST_OFFSET,
    DayField,
    MomentField,
    YesNoField,
    clock_of,
    one_of,
)
from apps.diary.models import DiaryDay
from apps.diary.models.day import LONGEST_NOTE
from apps.diary.models.intake import MOST_DOSES
from apps.diary.told import (
    AboutDay,
    CorrectedDay,
    Medicines,
    MoreDetails,
    NewAttack,
    NoHeadache,
    StillGoing,
    Told,
    What,
)
from apps.medicines.models import Medicine

NOTHING: Final = "nothing"
OTHER: Final = "other"
LONGEST_NAME: Final = 120
MINUTES: Final = 60


_NOTE = forms.Textarea(attrs={"rows": 3})


class EntryForm(ClinicForm):
    """What every entry carries. `told` is the entry after `is_valid`."""

    kind: EntryKind
    key = forms.UUIDField(widget=forms.HiddenInput, error_messages={"required": DAMAGED, "invalid": DAMAGED})
    day = DayField(widget=forms.HiddenInput, error_messages={"required": DAMAGED})
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    zone = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    offset = forms.IntegerField(required=False, min_value=-MOST_OFFSET, max_value=MOST_OFFSET, widget=forms.HiddenInput)
    written_at = MomentField(required=False, widget=forms.HiddenInput)
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, medicines: Sequence[Medicine] = (), **kwargs: Any) -> None:
        self.medicines = tuple(medicines)
        super().__init__(*args, **kwargs)

    @property
    def clock(self) -> tzinfo:
        """Where the phone is: its zone, else its distance from UTC, else where the clinic is."""
        return clock_of(self.cleaned_data.get("zone") or "", self.cleaned_data.get("offset"))

    @property
    def told(self) -> Told:
        cleaned = self.cleaned_data
        return Told(
            key=cleaned["key"],
            payload_hash=self.payload_hash,
            kind=self.kind,
            day=cleaned["day"],
            clock=self.clock,
            written_at=cleaned.get("written_at"),
            seen=cleaned.get("seen"),
            confirmed=bool(cleaned.get("confirmed")),
            what=self.what(),
        )

    @property
    def payload_hash(self) -> str:
        """The same answers give the same hash, whichever way they were sent."""
        data: Any = self.data
        sent = {name: sorted(filter(None, data.getlist(name))) for name in self.fields if name in data}
        whole = {"kind": str(self.kind), **{name: values for name, values in sent.items() if values}}
        return hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()

    def what(self) -> What:
        """The answers themselves."""
        raise NotImplementedError

    def local(self, name: str) -> datetime | None:
        """A typed clock time as an instant with its distance from UTC."""
        moment: datetime | None = self.cleaned_data.get(name)
        return moment.replace(tzinfo=self.clock) if moment else None


class MedicineMixin(forms.Form):
    """The question what was taken: the patient's own medicines, nothing, or something else with its name."""

    took = forms.MultipleChoiceField(
        label="Medicine", required=False, widget=forms.CheckboxSelectMultiple, error_messages={"invalid_list": DAMAGED}
    )
    other_name = forms.CharField(label="What was it?", required=False, max_length=LONGEST_NAME)
    medicines: tuple[Medicine, ...]

    def add_medicines(self) -> None:
        names = [(medicine.code, medicine.generic_name) for medicine in self.medicines]
        self.fields["took"].choices = [*names, (NOTHING, "Nothing"), (OTHER, "Something else")]  # type: ignore[attr-defined]
        for code, name in [*names, (OTHER, "something else")]:
            self.fields[doses_field(code)] = forms.IntegerField(
                label=f"Doses of {name}",
                required=False,
                min_value=1,
                max_value=MOST_DOSES,
                error_messages={
                    "invalid": f"Enter the doses of {name} as a number from 1 to {MOST_DOSES}.",
                    "min_value": f"Enter the doses of {name} as a number from 1 to {MOST_DOSES}.",
                    "max_value": f"Enter the doses of {name} as a number from 1 to {MOST_DOSES}.",
                },
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        took = cleaned.get("took") or []
        if NOTHING in took and len(took) > 1:
            self.add_error("took", "Choose either “Nothing” or what you took.")
        return cleaned

    @property
    def dose_fields(self) -> list[forms.BoundField]:
        """How often each medicine was taken, for those who took one more than once."""
        return [self[name] for name in self.fields if name.startswith(doses_field(""))]

    def taken(self, **details: Any) -> Medicines:
        took = self.cleaned_data.get("took") or []
        return Medicines(
            intakes=tuple(
                IntakeEntry(
                    code=None if code == OTHER else code,
                    doses=self.cleaned_data.get(doses_field(code)) or 1,
                    **details,
                )
                for code in took
                if code != NOTHING
            ),
            known=bool(took),
            other_name=self.cleaned_data.get("other_name", "") if OTHER in took else "",
        )


class NoneForm(MedicineMixin, EntryForm):
    """No headache. Unless a medicine is ticked, none was taken: the button says so."""

    kind = EntryKind.NONE

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_medicines()

    def what(self) -> NoHeadache:
        taken = self.taken()
        return NoHeadache(Medicines(taken.intakes, known=True, other_name=taken.other_name))


class AttackForm(MedicineMixin, DetailsMixin, EntryForm):
    kind = EntryKind.ATTACK

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_medicines()

    def what(self) -> NewAttack:
        details = self.details()
        medicines = self.taken(relief=details.relief, taken_before_pain=details.before_pain)
        return NewAttack(self.cleaned_data.get("severity"), medicines, details)


class OngoingForm(EntryForm):
    kind = EntryKind.ONGOING

    def what(self) -> StillGoing:
        return StillGoing()


class DetailsForm(DetailsMixin, EntryForm):
    kind = EntryKind.DETAILS
    attack = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": DAMAGED, "invalid": DAMAGED})

    def what(self) -> MoreDetails:
        return MoreDetails(self.cleaned_data["attack"], self.cleaned_data.get("severity"), self.details())


class CorrectForm(MedicineMixin, EntryForm):
    """A day as it should be; what is not ticked was not taken."""

    kind = EntryKind.CORRECT
    state = forms.ChoiceField(
        label="This day",
        choices=State.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether there was a headache."},
    )
    severity = one_of("How strong?", Severity.choices)
    function = one_of("What was possible?", Function.choices)
    note = forms.CharField(label="Note", required=False, max_length=LONGEST_NOTE, widget=_NOTE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_medicines()

    def what(self) -> CorrectedDay:
        cleaned = self.cleaned_data
        headache = cleaned["state"] == State.HEADACHE
        return CorrectedDay(
            state=State(cleaned["state"]),
            # An answer about a headache that there was none of goes with it.
            severity=cleaned.get("severity") if headache else None,
            function=cleaned.get("function") if headache else None,
            medicines=self.taken(),
            note=cleaned.get("note", "").strip(),
        )


class AboutForm(EntryForm):
    kind = EntryKind.ABOUT
    menstruation = YesNoField("Period today")
    sleep_hours = forms.DecimalField(
        label="Hours of sleep in the night before",
        required=False,
        min_value=0,
        max_value=24,
        max_digits=5,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={
            "invalid": "Enter the hours as a number, for example 7.5.",
            "min_value": "Enter the hours as a number from 0 to 24.",
            "max_value": "Enter the hours as a number from 0 to 24.",
        },
    )
    exposures = forms.MultipleChoiceField(
        label="What was there today?",
        choices=[*Exposure.choices, (NOTHING, "None of these")],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        chosen = cleaned.get("exposures") or []
        if NOTHING in chosen and len(chosen) > 1:
            self.add_error("exposures", "Choose either “None of these” or what was there.")
        answered = any(cleaned.get(name) not in (None, []) for name in ("menstruation", "sleep_hours", "exposures"))
        if not answered and not self.errors:
            self.add_error(None, "Answer at least one of these, or go back.")
        return cleaned

    def what(self) -> AboutDay:
        cleaned = self.cleaned_data
        hours = cleaned.get("sleep_hours")
        chosen = cleaned.get("exposures")
        return AboutDay(
            menstruation=cleaned.get("menstruation"),
            sleep_minutes=None if hours is None else round(hours * MINUTES),
            exposures=tuple(each for each in chosen if each != NOTHING) if chosen else None,
        )


def chosen_before(row: DiaryDay) -> dict[str, Any]:
    """The initial answers of a correction: the day as it is. The row must come with its intakes and medicines."""
    intakes = list(row.intakes.all())
    codes = [(intake.medicine.code if intake.medicine else OTHER) for intake in intakes]
    nothing = [NOTHING] if row.intakes_known and not intakes else []
    return {
        "state": row.state,
        "severity": row.severity,
        "function": row.function,
        "note": row.note,
        "took": codes or nothing,
        "other_name": next((intake.note for intake in intakes if intake.medicine is None), ""),
        **{doses_field(code): intake.doses for code, intake in zip(codes, intakes, strict=True)},
    }


FORMS: Final[Mapping[str, type[EntryForm]]] = {
    form.kind.value: form for form in (NoneForm, AttackForm, OngoingForm, DetailsForm, CorrectForm, AboutForm)
}


def doses_field(code: str) -> str:
    """What the number of doses of a medicine is called."""
    return f"doses-{code}"


def read_payload(payload: object) -> tuple[QueryDict, dict[str, list[str]]]:
    """An entry sent as JSON, as if it had been posted; and what is wrong with its shape, by field.

    The shape: one object, each value a text or a list of texts, "kind" one of the kinds, no other names than the
    form's.
    """
    data = QueryDict(mutable=True)
    if not isinstance(payload, dict):
        return data, {"": ["Send one object with the answers."]}
    form = FORMS.get(str(payload.get("kind", "")))
    if form is None:
        return data, {"kind": [f"Send a kind: {', '.join(FORMS)}."]}
    errors: dict[str, list[str]] = {}
    for name, value in payload.items():
        values = value if isinstance(value, list) else [value]
        if not all(isinstance(each, str) for each in values):
            errors[name] = [f"Send the {name_in_sentence(name)} as text or as a list of texts."]
        elif name != "kind" and name not in form.base_fields and not name.startswith(doses_field("")):
            errors[name] = ["This kind of entry has no such answer."]
        else:
            data.setlist(name, values)
    return data, errors
