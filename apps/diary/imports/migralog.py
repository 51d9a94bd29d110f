"""Reads the JSON export of MigraLog.

Shape, as the app writes it: `metadata`, `episodes`, `episodeNotes`, `intensityReadings`, `dailyStatusLogs`,
`medications`, `medicationDoses`; times in milliseconds since 1970, without a zone, so they are read in the clinic's.

An episode is an attack. A day's own worst intensity is its severity. Green is a day without headache ("clear"), red one
with headache; yellow ("not clear": before, after, afraid of an attack) does not say whether there was a headache. A dose
that was skipped was not taken; a preventive medicine is no acute intake. The places in the file are never taken over.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, BinaryIO, Final

from apps.clinical.diary import Relief
from apps.clinical.periods import Period
from apps.diary.choices import ImportSource
from apps.diary.imports.delimited import too_many_rows
from apps.diary.imports.features import aura_named, features_named, one_sided
from apps.diary.imports.json_tree import Entry, EntryFault, read_tree
from apps.diary.imports.limits import LONGEST_NAME
from apps.diary.imports.migralog_days import STATES, LogDays
from apps.diary.imports.parsed import FileRefused, Progress, ReadAttack, Reading, ReadingRules, ReadIntake
from apps.diary.imports.report import RowNote
from apps.diary.imports.times import (
    SEVERITY_REMARK,
    attack_fault,
    day_fault,
    days_touched,
    severity_of_pain,
    whole_pain,
)
from apps.diary.imports.words import Remarks, one_line, quoted

# The first two are always there; with one of the others the file is recognised.
NEEDED: Final = ("metadata", "episodes")
ONE_OF: Final = ("medicationDoses", "intensityReadings", "dailyStatusLogs")

# Section -> what one of its entries is called in sentences, in the order in which rows are numbered.
_SECTIONS: Final = {
    "episodes": "Episode",
    "dailyStatusLogs": "Daily status",
    "medicationDoses": "Dose",
    "intensityReadings": "Intensity",
    "episodeNotes": "Episode note",
}
_NOT_ACUTE: Final = frozenset({"preventive", "supplement"})

_SAID_NOT: Final = (
    "MigraLog's export has no time zone: times are read in the clinic's.",
    "A date without an entry stays not recorded; yellow days do not say whether there was a headache.",
    "Preventive and skipped doses are no acute intakes and were left out.",
    "A symptom that is not named stays not asked.",
    SEVERITY_REMARK,
)


def is_migralog(tree: object) -> bool:
    """The tree has the sections of an export of MigraLog."""
    return isinstance(tree, dict) and all(name in tree for name in NEEDED) and any(name in tree for name in ONE_OF)


def read_migralog(file: BinaryIO, *, rules: ReadingRules, progress: Progress) -> Reading:
    """Read the export. Raises FileRefused when it is none, no sound JSON, or larger than 16 MB.

    Rows are numbered through: episodes, daily status, doses, intensities, notes; sentences name the section.
    """
    tree = read_tree(file)
    if not is_migralog(tree):
        raise FileRefused("This JSON file is no export of MigraLog: its episodes or doses are missing.")
    progress(50)
    reading = _Reader(tree, rules).reading()
    progress(100)
    return reading


@dataclass(slots=True)
class _Episode:
    """An attack as far as its own entry says, and what other entries add to it."""

    attack: ReadAttack
    pain: int | None = None
    notes: list[str] = field(default_factory=list)


class _Reader:
    def __init__(self, tree: Mapping[str, Any], rules: ReadingRules) -> None:
        self._rules = rules
        self._remarks = Remarks()
        self._days = LogDays(self._remarks)
        self._episodes: dict[str, _Episode] = {}
        self._medicines = _medicines(tree)
        self._faults: list[RowNote] = []
        # Notes and intensities come after the episodes they belong to.
        takers: dict[str, Callable[[Entry], None]] = {
            "episodes": self._episode,
            "dailyStatusLogs": self._status,
            "medicationDoses": self._dose,
            "intensityReadings": self._intensity,
            "episodeNotes": self._note,
        }
        self._rows = 0
        for section, singular in _SECTIONS.items():
            self._section(tree.get(section), singular, takers[section])

    def _section(self, entries: object, singular: str, take: Callable[[Entry], None]) -> None:
        if not isinstance(entries, list):
            return
        for number, values in enumerate(entries, start=1):
            self._rows += 1
            if self._rows > self._rules.most_rows:
                raise too_many_rows(self._rules.most_rows)
            try:
                if not isinstance(values, dict):
                    raise EntryFault("It is not built like the others.")
                take(Entry(self._rows, f"{singular} {number}", values))
            except EntryFault as fault:
                self._faults.append(RowNote(self._rows, f"{singular} {number}: {fault}"))

    def _episode(self, entry: Entry) -> None:
        start = entry.needed_moment("startTime", self._rules.zone)
        end = entry.moment("endTime", self._rules.zone)
        if end is not None and end < start:
            raise EntryFault("It ends before it begins.")
        first, last = days_touched(start, end)
        if fault := attack_fault(first, last, self._rules):
            raise EntryFault(fault)
        identity = entry.text("id") or f"{start:%Y-%m-%dT%H:%M:%S%z}"
        if identity in self._episodes:
            raise EntryFault("Another episode with the same identity stands before it.")
        self._episodes[identity] = _Episode(self._described(entry, identity, (first, last), (start, end)))

    def _described(
        self, entry: Entry, identity: str, dates: tuple[date, date], times: tuple[datetime, datetime | None]
    ) -> ReadAttack:
        symptoms = _spelled(entry.texts("symptoms"))
        qualities = _spelled(entry.texts("qualities"))
        attack = ReadAttack(
            row=entry.row,
            key=f"migralog:{hashlib.sha256(identity.encode('utf-8', 'replace')).hexdigest()[:32]}",
            first_day=dates[0],
            last_day=dates[1],
            started=times[0],
            ended=times[1],
            unilateral=one_sided(entry.texts("locations")),
            aura=aura_named(symptoms),
            symptoms=symptoms,
            triggers=_spelled(entry.texts("triggers")),
            note=self._remarks.note(entry.text("notes"), entry.row),
        )
        return replace(attack, **features_named((*symptoms, *qualities)))

    def _status(self, entry: Entry) -> None:
        text = entry.text("date")
        try:
            day = date.fromisoformat(text)
        except ValueError:
            raise EntryFault(f"The date is {quoted(text)}; a date like 2026-04-03 was expected.") from None
        if fault := day_fault(day, self._rules):
            raise EntryFault(fault)
        state = STATES.get(entry.text("status"))
        if state is None:
            raise EntryFault(f"The status is {quoted(entry.text('status'))}; green, yellow or red was expected.")
        kind = one_line(entry.text("statusType").replace("_", " "))
        note = ": ".join(part for part in (kind.capitalize(), entry.text("notes").strip()) if part)
        self._days.status(entry.row, day, state, self._remarks.note(note, entry.row))

    def _dose(self, entry: Entry) -> None:
        taken = entry.text("status") or "taken"
        if taken not in {"taken", "skipped"}:
            raise EntryFault(f"The status is {quoted(taken)}; taken or skipped was expected.")
        medicine = self._medicines.get(entry.text("medicationId"))
        if medicine is None:
            raise EntryFault("Its medicine is not in the file.")
        moment = entry.needed_moment("timestamp", self._rules.zone)
        if fault := day_fault(moment.date(), self._rules):
            raise EntryFault(fault)
        quantity = entry.number("quantity")
        if quantity is not None and quantity <= 0 and taken == "taken":
            raise EntryFault(f"The quantity is {quoted(quantity)}, and yet it was taken.")
        if taken == "taken" and medicine.acute:
            self._days.dose(entry.row, moment.date(), ReadIntake(medicine.name, relief=_relief(entry)))

    def _intensity(self, entry: Entry) -> None:
        episode = self._episodes.get(entry.text("episodeId"))
        if episode is None:
            raise EntryFault("Its episode is not in the file or was not taken.")
        moment = entry.needed_moment("timestamp", self._rules.zone)
        if fault := day_fault(moment.date(), self._rules):
            raise EntryFault(fault)
        given = entry.number("intensity")
        pain = None if given is None else whole_pain(given)
        if pain is None:
            raise EntryFault("The intensity is not between 0 and 10.")
        episode.pain = max(episode.pain or 0, pain)
        self._days.pain(entry.row, moment.date(), pain)

    def _note(self, entry: Entry) -> None:
        episode = self._episodes.get(entry.text("episodeId"))
        if episode is None:
            raise EntryFault("Its episode is not in the file or was not taken.")
        episode.notes.append(entry.text("note"))

    def reading(self) -> Reading:
        """Everything together; rows that went into a day or an attack with others are counted as merged."""
        attacks = tuple(self._completed(episode) for episode in self._episodes.values())
        touched = {day for attack in attacks for day in Period(attack.first_day, attack.last_day)}
        days = tuple(self._days.read_days(touched))
        for sentence in _SAID_NOT:
            self._remarks.say(sentence)
        repeated = tuple(self._days.repeated)
        accounted = {day.row for day in days} | {attack.row for attack in attacks}
        accounted |= {note.row for note in (*repeated, *self._faults)}
        return Reading(
            source=ImportSource.MIGRALOG,
            rows_read=self._rows,
            days=days,
            attacks=attacks,
            repeated=repeated,
            faults=tuple(self._faults),
            merged=self._rows - len(accounted),
            remarks=self._remarks.sentences(),
            decided={"Times": f"read in {self._rules.zone}"},
        )

    def _completed(self, episode: _Episode) -> ReadAttack:
        note = "\n".join(part for part in (episode.attack.note, *episode.notes) if part.strip())
        return replace(
            episode.attack,
            pain=episode.pain,
            severity=None if episode.pain is None else severity_of_pain(episode.pain),
            note=self._remarks.note(note, episode.attack.row),
        )


@dataclass(frozen=True, slots=True)
class _Medicine:
    """A medicine of the file. acute: taken for an attack and not to prevent one."""

    name: str
    acute: bool


def _medicines(tree: Mapping[str, Any]) -> dict[str, _Medicine]:
    found: dict[str, _Medicine] = {}
    listed = tree.get("medications")
    for values in listed if isinstance(listed, list) else ():
        if isinstance(values, dict):
            entry = Entry(0, "Medicine", values)
            kind = entry.text("type")
            # A medicine may be preventive by purpose ("type") or, of those with another purpose, by its group.
            acute = kind == "rescue" or (kind != "preventative" and entry.text("category") not in _NOT_ACUTE)
            if name := one_line(entry.text("name"), LONGEST_NAME):
                found[entry.text("id")] = _Medicine(name, acute)
    return found


def _relief(entry: Entry) -> Relief | None:
    """The app asks for 0 to 10: 0 is none, more is some; that a headache was gone it does not ask."""
    rating = entry.number("effectivenessRating")
    if rating is None:
        return None
    return Relief.SOME if rating > 0 else Relief.NONE


def _spelled(codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for code in codes[:40] if (word := one_line(code.replace("_", " ")))))
