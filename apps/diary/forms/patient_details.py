"""The optional part about one headache, as the patient answers it on the telephone."""

from typing import Final

from django import forms

from apps.diary.choices import Function, Postdrome, Premonitory, Relief, ReliefMethod, Severity
from apps.diary.forms.patient_fields import ClockTimeField, YesNoField, one_of, some_of
from apps.diary.models.day import LONGEST_NOTE
from apps.diary.told import FEATURES, WORDS, Details

# An aura of three days is a wrong number.
LONGEST_AURA: Final = 72 * 60

_CLOCK = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
_NOTE = forms.Textarea(attrs={"rows": 3})


class DetailsMixin(forms.Form):
    """The optional part about one headache."""

    severity = one_of("How strong?", Severity.choices)
    started = ClockTimeField(label="Began", required=False, widget=_CLOCK)
    ended = ClockTimeField(label="Ended", required=False, widget=_CLOCK)
    function = one_of("What was possible?", Function.choices)
    relief = forms.ChoiceField(
        label="What did the medicine do?",
        choices=[("", "Skip"), *Relief.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    before_pain = YesNoField("Taken before the pain began?")
    unilateral = YesNoField("On one side")
    pulsating = YesNoField("Throbbing")
    worse_with_activity = YesNoField("Worse when moving")
    nausea = YesNoField("Nausea")
    vomiting = YesNoField("Vomiting")
    photophobia = YesNoField("Light hurts")
    phonophobia = YesNoField("Noise hurts")
    aura = YesNoField("Aura: flickering, numbness or trouble speaking before it")
    aura_minutes = forms.IntegerField(
        label="Aura: how many minutes?",
        required=False,
        min_value=1,
        max_value=LONGEST_AURA,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "invalid": "Enter the minutes as a number, for example 20.",
            "min_value": "Enter the minutes as a number, for example 20.",
            "max_value": "Enter the minutes as a number, at most three days.",
        },
    )
    premonitory = some_of("Before it, up to two days", Premonitory.choices)
    postdrome = some_of("Afterwards, up to two days", Postdrome.choices)
    relief_methods = some_of("What helped besides medicines?", ReliefMethod.choices)
    note = forms.CharField(label="Note", required=False, max_length=LONGEST_NOTE, widget=_NOTE)

    @property
    def feature_fields(self) -> list[forms.BoundField]:
        """The symptoms, each to be answered with yes, no or not at all."""
        return [self[name] for name in FEATURES]

    @property
    def word_fields(self) -> list[forms.BoundField]:
        """What came before and after, and what helped: any number of answers, or none."""
        return [self[name] for name in WORDS]

    def details(self) -> Details:
        cleaned = self.cleaned_data
        return Details(
            started=self.local("started"),  # type: ignore[attr-defined]
            ended=self.local("ended"),  # type: ignore[attr-defined]
            features={name: cleaned[name] for name in FEATURES if cleaned.get(name) is not None},
            aura_minutes=cleaned.get("aura_minutes"),
            words={name: tuple(cleaned[name]) for name in WORDS if cleaned.get(name)},
            relief=Relief(cleaned["relief"]) if cleaned.get("relief") else None,
            before_pain=cleaned.get("before_pain"),
            function=cleaned.get("function"),
            note=cleaned.get("note", ""),
        )
