"""One attack as the clinic describes it."""

from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Any, Final

from django import forms
from django.utils import timezone as clock

from apps.core.forms import ClinicDateField, ClinicForm, Conditional, FormTokenMixin, VersionMixin
from apps.diary.choices import Severity
from apps.diary.described import DescribedAttack
from apps.diary.models import Attack
from apps.diary.models.attack import LONGEST_WORD, MOST_PAIN
from apps.diary.models.day import LONGEST_NOTE

FEATURES: Final = (
    "unilateral",
    "pulsating",
    "worse_with_activity",
    "nausea",
    "vomiting",
    "photophobia",
    "phonophobia",
    "aura",
)
WORDS: Final = ("symptoms", "premonitory", "postdrome", "triggers", "relief_methods")
MOST_WORDS: Final = 20

_ANSWERS: Final = (("", "Not asked"), ("yes", "Yes"), ("no", "No"))
_KNOWN: Final = {"": None, "yes": True, "no": False}
_TIME: Final = "Enter the time like 16:40."


class WordsField(forms.CharField):
    """Words separated by commas; cleans to a tuple without repetitions."""

    def clean(self, value: Any) -> tuple[str, ...]:
        typed = str(super().clean(value) or "").replace("\n", ",")
        words = tuple(dict.fromkeys(word.strip() for word in typed.split(",") if word.strip()))
        if len(words) > MOST_WORDS:
            raise forms.ValidationError(f"Enter at most {MOST_WORDS} words, the important ones.")
        for word in words:
            if len(word) > LONGEST_WORD:
                raise forms.ValidationError(f"Separate the words with commas: “{word[:30]}…” is too long for one.")
        return words


def _feature(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=_ANSWERS, required=False)


def _words(label: str) -> WordsField:
    return WordsField(label=label, required=False, help_text="Separated by commas", max_length=1000)


class AttackForm(ClinicForm):
    """Times are the clock's where the patient was. After `is_valid`, `described` is what the service wants."""

    conditional = (Conditional("aura_minutes", when="aura", equals={"yes"}, required=False),)

    first_day = ClinicDateField(label="First day")
    begins_at = forms.TimeField(label="Began at", required=False, error_messages={"invalid": _TIME})
    last_day = ClinicDateField(label="Last day", required=False, help_text="Empty: the first day")
    ends_at = forms.TimeField(label="Ended at", required=False, error_messages={"invalid": _TIME})
    severity = forms.TypedChoiceField(
        label="Worst pain",
        choices=(("", "Not said"), *((str(each.value), each.label) for each in Severity)),
        coerce=int,
        empty_value=None,
        required=False,
    )
    pain = forms.IntegerField(label="Worst pain, 0 to 10", min_value=0, max_value=MOST_PAIN, required=False)
    unilateral = _feature("On one side")
    pulsating = _feature("Pulsating")
    worse_with_activity = _feature("Worse with activity, or activity avoided")
    nausea = _feature("Nausea")
    vomiting = _feature("Vomiting")
    photophobia = _feature("Light disturbs")
    phonophobia = _feature("Noise disturbs")
    aura = _feature("Aura")
    aura_minutes = forms.IntegerField(
        label="Length of the aura in minutes", min_value=1, max_value=4320, required=False
    )
    symptoms = _words("Other symptoms")
    premonitory = _words("Before it (up to 48 hours)")
    postdrome = _words("Afterwards (up to 48 hours)")
    triggers = _words("Suspected triggers")
    relief_methods = _words("What helped besides medicines")
    most_bothersome = forms.CharField(label="Most bothersome symptom", max_length=LONGEST_WORD, required=False)
    note = forms.CharField(
        label="Note", max_length=LONGEST_NOTE, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, today: date, zone: tzinfo | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._zone = zone
        for name in ("first_day", "last_day"):
            self.fields[name].latest = today  # type: ignore[attr-defined]

    @property
    def described(self) -> DescribedAttack:
        """The attack as it was typed."""
        given = self.cleaned_data
        last_day = given.get("last_day") or given["first_day"]
        return DescribedAttack(
            first_day=given["first_day"],
            last_day=last_day,
            started=self._moment(given["first_day"], given.get("begins_at")),
            ended=self._moment(last_day, given.get("ends_at")),
            pain=given["pain"],
            severity=given["severity"],
            features={name: _KNOWN[given[name]] for name in FEATURES},
            aura_minutes=given["aura_minutes"],
            words={name: given[name] for name in WORDS},
            most_bothersome=given["most_bothersome"],
            note=given["note"],
        )

    def _moment(self, day: date, at: time | None) -> datetime | None:
        if at is None:
            return None
        return datetime.combine(day, at, tzinfo=self._zone or clock.get_current_timezone())


class NewAttackForm(FormTokenMixin, AttackForm):
    """An attack that is not recorded yet."""


class CorrectAttackForm(VersionMixin, AttackForm):
    """An attack that is recorded; begin with `initial=recorded(attack)` and `zone=zone_of(attack)`."""


class RemoveAttackForm(VersionMixin, ClinicForm):
    """Asks once more before an attack leaves the diary."""


def zone_of(attack: Attack) -> tzinfo | None:
    """The clock the attack was written down by; None for the clinic's."""
    if attack.started_offset is None:
        return None
    return timezone(timedelta(minutes=attack.started_offset))


def recorded(attack: Attack) -> dict[str, Any]:
    """What is recorded, as the form shows it."""
    answers = {True: "yes", False: "no", None: ""}
    return {
        "version": attack.version,
        "first_day": attack.first_day,
        "begins_at": _clock_time(attack.started_at, attack),
        "last_day": attack.last_day if attack.last_day != attack.first_day else None,
        "ends_at": _clock_time(attack.ended_at, attack),
        "severity": attack.severity,
        "pain": attack.pain,
        "aura_minutes": attack.aura_minutes,
        "most_bothersome": attack.most_bothersome,
        "note": attack.note,
        **{name: answers[getattr(attack, name)] for name in FEATURES},
        **{name: ", ".join(getattr(attack, name)) for name in WORDS},
    }


def _clock_time(moment: datetime | None, attack: Attack) -> time | None:
    return None if moment is None else moment.astimezone(zone_of(attack) or UTC).time()
