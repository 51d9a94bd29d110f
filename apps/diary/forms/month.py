"""The month as it is typed from paper: one row a day. Cleans and never writes."""

from collections.abc import Mapping, Sequence
from copy import copy
from datetime import date
from typing import Any, Final

from django import forms

from apps.clinical.periods import Period
from apps.core.dates import short_date
from apps.core.forms import ClinicForm
from apps.core.forms.saving import Conflict, Difference
from apps.core.forms.wording import give_instructions
from apps.diary.choices import Function, Severity, State
from apps.diary.entries import DayEntry, entry_faults
from apps.diary.facts import entry_of
from apps.diary.models import DiaryDay
from apps.diary.selectors import MonthRecord
from apps.diary.services import DayConflict
from apps.diary.sheet import day_field
from apps.diary.shorthand import Reading, ShorthandError, Words, letters_for, read_intakes, write_intakes

# The first character is the key that chooses the answer.
HEADACHE_CHOICES: Final = (
    ("", "–"),
    ("0", "0 none"),
    *((str(each.value), f"{each.value} {each.label.lower()}") for each in Severity),
    ("y", "y headache"),
    ("?", "? not known"),
)
FUNCTION_CHOICES: Final = (("", "–"), *((str(each.value), f"{each.value} {each.label.lower()}") for each in Function))

# Longer than any month of medicines that can be read; the database holds the reading, not the text.
LONGEST_SHORTHAND: Final = 200

_DAMAGED = "This page is damaged. Open it again; what you typed is still here to copy."
_Answer = tuple[State, int | None]


def headache_answer(entry: DayEntry | None) -> str:
    """The key that stands for what is recorded about headache."""
    if entry is None:
        return ""
    if entry.state is State.HEADACHE:
        return str(entry.severity or "y")
    return "0" if entry.state is State.NONE else "?"


class MonthForm(ClinicForm):
    """All days of a month up to today. After `is_valid`, `entries` and `seen` are what the service wants.

    A field of day 3 is called "d03-headache", "d03-function", "d03-medicines", "d03-note" or "d03-version".
    """

    legend = forms.CharField(required=False, max_length=4000, widget=forms.HiddenInput)
    empty_means_none = forms.BooleanField(
        required=False, label="On this sheet, an empty medicines field means that nothing was taken"
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        month: Period,
        today: date,
        record: MonthRecord,
    ) -> None:
        self.days: Final = [day for day in month if day <= today]
        self.entries: list[DayEntry] = []
        self._today = today
        self._names = {each.code: each.generic_name for each in (*record.own, *record.catalogue)}
        letters = letters_for(each.code for each in record.own)
        super().__init__(data, initial={"legend": _write_legend(letters)})
        for day in self.days:
            self._add_day(day, record.rows.get(day), letters)

    @property
    def seen(self) -> dict[date, int]:
        """The version of each day as it was on the page; 0 when it was not recorded."""
        return {day: self.cleaned_data.get(day_field(day, "version")) or 0 for day in self.days}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        words = Words(letters=_read_legend(cleaned.get("legend") or "", self._names), names=self._names)
        self.entries = [entry for day in self.days if (entry := self._entry(day, words)) is not None]
        return cleaned

    def refuse(self, errors: dict[str, list[str]]) -> None:
        """Show what the service refused ("2026-11-03:note") beside its field."""
        placed: dict[str, list[str]] = {}
        for key, sentences in errors.items():
            iso, _, field = key.partition(":")
            day = next((day for day in self.days if day.isoformat() == iso), None)
            name = day_field(day, "headache" if field == "day" else field) if day else ""
            placed.setdefault(name, []).extend(sentences)
        super().refuse(placed)

    def show_conflict(self, conflicts: Sequence[DayConflict], in_words: Sequence[tuple[str, str, str]]) -> None:
        """Show both versions of days that somebody else saved meanwhile (day, typed, recorded now).

        The form carries the versions as they are now, so that saving again is a decision.
        """
        self.conflict = Conflict(current=None, differences=tuple(Difference(*words) for words in in_words))
        self.add_error(None, "Somebody else changed some of these days meanwhile. Nothing of yours is lost.")
        data = copy(self.data)
        for conflict in conflicts:
            data[day_field(conflict.day, "version")] = str(conflict.version)  # type: ignore[index]
        self.data = data

    def _add_day(self, day: date, row: DiaryDay | None, letters: Mapping[str, str]) -> None:
        entry = entry_of(row) if row else None
        fields: dict[str, tuple[forms.Field, Any]] = {
            "headache": (forms.ChoiceField(choices=HEADACHE_CHOICES, required=False), headache_answer(entry)),
            "function": (
                forms.ChoiceField(choices=FUNCTION_CHOICES, required=False),
                "" if entry is None or entry.function is None else str(entry.function),
            ),
            "medicines": (
                forms.CharField(required=False, max_length=LONGEST_SHORTHAND),
                write_intakes(entry.intakes, known=entry.intakes_known, letters=letters) if entry else "",
            ),
            "note": (forms.CharField(required=False), entry.note if entry else ""),
            "version": (
                forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput),
                row.version if row else 0,
            ),
        }
        for name, (field, value) in fields.items():
            field.initial = value
            give_instructions(field, f"{short_date(day)}, {name}")
            if name == "version":
                field.error_messages |= {"invalid": _DAMAGED, "min_value": _DAMAGED}
            if isinstance(field, forms.ChoiceField):
                field.error_messages["invalid_choice"] = f"{short_date(day)}: select one of the answers in the list."
            self.fields[day_field(day, name)] = field

    def _entry(self, day: date, words: Words) -> DayEntry | None:
        answers = {
            name: self.cleaned_data.get(day_field(day, name)) for name in ("headache", "function", "medicines", "note")
        }
        if any(day_field(day, name) in self.errors for name in answers):
            return None
        reading = self._reading(day, str(answers["medicines"] or ""), words)
        if reading is None:
            return None
        if not answers["headache"]:
            if any(answers.values()):
                self._complain(day, "headache", "Say whether there was a headache: 0, 1, 2, 3, y or ?.")
            return None
        state, severity = _meaning(str(answers["headache"]))
        nothing_written = self.cleaned_data.get("empty_means_none") and not answers["medicines"]
        entry = DayEntry(
            day=day,
            state=state,
            severity=severity,
            function=int(answers["function"]) if answers["function"] else None,
            intakes=reading.intakes,
            intakes_known=reading.known or bool(nothing_written and state is not State.NOT_KNOWN),
            note=str(answers["note"] or "").strip(),
        )
        for name, sentence in entry_faults(entry, today=self._today).items():
            self._complain(day, name, sentence)
        return entry

    def _reading(self, day: date, text: str, words: Words) -> Reading | None:
        try:
            return read_intakes(text, words)
        except ShorthandError as error:
            self._complain(day, "medicines", str(error))
            return None

    def _complain(self, day: date, name: str, sentence: str) -> None:
        self.add_error(day_field(day, name), f"{short_date(day)}: {sentence[:1].lower()}{sentence[1:]}")


def _meaning(answer: str) -> _Answer:
    if answer.isdecimal() and answer != "0":
        return State.HEADACHE, int(answer)
    return {"0": State.NONE, "y": State.HEADACHE, "?": State.NOT_KNOWN}[answer], None


def _write_legend(letters: Mapping[str, str]) -> str:
    """The letters travel with the page: R must mean what it meant when the page was drawn."""
    return ";".join(f"{letter}={code}" for letter, code in letters.items())


def _read_legend(text: str, names: Mapping[str, str]) -> dict[str, str]:
    pairs = (pair.partition("=") for pair in text.split(";"))
    return {letter.upper(): code for letter, _, code in pairs if letter and code in names}
