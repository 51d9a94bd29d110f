"""The month as it is typed from paper: one row a day. Cleans and never writes."""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import replace
from datetime import date
from typing import Any, Final

from django import forms

from apps.clinical.periods import Period
from apps.core.dates import short_date
from apps.core.forms import ClinicForm
from apps.core.forms.saving import Conflict, Difference
from apps.diary.answers import headache_key, headache_meaning
from apps.diary.choices import State
from apps.diary.entries import DayEntry, IntakeEntry, entry_faults
from apps.diary.facts import entry_of
from apps.diary.forms.cells import cells_of
from apps.diary.selectors import MonthRecord
from apps.diary.services import DayConflict
from apps.diary.sheet import day_field
from apps.diary.shorthand import (
    Reading,
    ShorthandError,
    Words,
    letters_for,
    read_intakes,
    read_legend,
    write_intakes,
    write_legend,
)


class MonthForm(ClinicForm):
    """All days of a month up to today. After `is_valid`, `entries` and `seen` are what the service wants.

    A field of day 3 is called "d03-headache", "d03-function", "d03-medicines", "d03-note" or "d03-version".
    printed: the legend of the paper sheet that is typed, None without one. On such a sheet an empty field of a day
    that was filled in says that nothing was taken; the form offers that, unless the month already holds days about
    which it would say more than is known.
    """

    legend = forms.CharField(required=False, max_length=4000, widget=forms.HiddenInput)
    # Made by the page's script: tells it which of its drafts was saved.
    draft = forms.UUIDField(required=False, widget=forms.HiddenInput)
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
        printed: str | None = None,
    ) -> None:
        self.days: Final = [day for day in month if day <= today]
        self.entries: list[DayEntry] = []
        self._today = today
        self._recorded = {day: entry_of(row) for day, row in record.rows.items()}
        self._names = {each.code: each.generic_name for each in (*record.own, *record.catalogue)}
        letters = letters_for((each.code for each in record.own), printed=read_legend(printed or "", self._names))
        super().__init__(
            data,
            initial={
                "legend": write_legend(letters),
                "empty_means_none": printed is not None and not any(map(_medicines_open, self._recorded.values())),
            },
        )
        for day in self.days:
            row = record.rows.get(day)
            self._add_day(day, row.version if row else 0, letters)

    @property
    def seen(self) -> dict[date, int]:
        """The version of each day as it was on the page; 0 when it was not recorded."""
        return {day: self.cleaned_data.get(day_field(day, "version")) or 0 for day in self.days}

    @property
    def letters(self) -> dict[str, str]:
        """Letter -> medicine's code, as the page that was sent had them."""
        return read_legend(str(self["legend"].value() or ""), self._names)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        words = Words(letters=read_legend(cleaned.get("legend") or "", self._names), names=self._names)
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

    def _add_day(self, day: date, version: int, letters: Mapping[str, str]) -> None:
        entry = self._recorded.get(day)
        self.initial.update(
            {
                day_field(day, "headache"): headache_key(entry),
                day_field(day, "function"): "" if entry is None or entry.function is None else str(entry.function),
                day_field(day, "medicines"): write_intakes(entry.intakes, known=entry.intakes_known, letters=letters)
                if entry
                else "",
                day_field(day, "note"): entry.note if entry else "",
                day_field(day, "version"): version,
            }
        )
        self.fields |= cells_of(day)

    def _entry(self, day: date, words: Words) -> DayEntry | None:
        answers = {
            name: str(self.cleaned_data.get(day_field(day, name)) or "")
            for name in ("headache", "function", "medicines", "note")
        }
        if any(day_field(day, name) in self.errors for name in answers):
            return None
        reading = self._reading(day, answers["medicines"], words)
        if reading is None:
            return None
        if not answers["headache"]:
            if any(answers.values()):
                self._complain(day, "headache", "Say whether there was a headache: 0, 1, 2, 3, y or ?.")
            return None
        state, severity = headache_meaning(answers["headache"])
        nothing_written = self.cleaned_data.get("empty_means_none") and not answers["medicines"]
        entry = DayEntry(
            day=day,
            state=state,
            severity=severity,
            function=int(answers["function"]) if answers["function"] else None,
            intakes=self._with_marks_taken_away(day, reading.intakes),
            intakes_known=reading.known or bool(nothing_written and state is not State.NOT_KNOWN),
            note=answers["note"].strip(),
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

    def _with_marks_taken_away(self, day: date, intakes: Sequence[IntakeEntry]) -> tuple[IntakeEntry, ...]:
        """The page shows "!" where it is recorded: without it, the person took it away."""
        recorded = self._recorded.get(day)
        marked = {each.code for each in recorded.intakes if each.taken_before_pain} if recorded else set()
        return tuple(
            replace(each, taken_before_pain=False) if each.code in marked and not each.taken_before_pain else each
            for each in intakes
        )

    def _complain(self, day: date, name: str, sentence: str) -> None:
        self.add_error(day_field(day, name), f"{short_date(day)}: {sentence[:1].lower()}{sentence[1:]}")


def _medicines_open(entry: DayEntry) -> bool:
    """A recorded day about whose medicines nothing is known: an empty field of it must not begin to mean "none"."""
    return entry.state is not State.NOT_KNOWN and not entry.intakes and not entry.intakes_known
