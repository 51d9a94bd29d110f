"""The month page in words and rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.forms import BaseForm, BoundField

from apps.clinical.periods import ONE_DAY, Period
from apps.core.dates import month_title, short_date
from apps.diary.answers import FUNCTION, HEADACHE
from apps.diary.choices import Function, Severity, Source, State
from apps.diary.entries import DayEntry, IntakeEntry
from apps.diary.facts import entry_of
from apps.diary.models import Attack, DiaryDay
from apps.diary.selectors import MonthRecord
from apps.diary.services import SavedMonth, StaleDays
from apps.diary.sheet import FIELDS, day_field

_DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
# Where a day comes from, in one word beside its date; typed by the clinic is what one expects and is not said.
_SOURCES = {Source.IMPORT: "imported", Source.LINK: "by the patient"}


@dataclass(frozen=True)
class Row:
    """One day of the grid. `cells` are the form's fields by name, empty when the page can only be read.

    marks: where the day comes from and whether it was entered late. attacks: what is recorded of attacks that touch it.
    """

    day: date
    name: str
    weekend: bool
    cells: Mapping[str, BoundField]
    recorded: str
    marks: tuple[str, ...]
    attacks: str

    @property
    def anchor(self) -> str:
        return day_anchor(self.day)


@dataclass(frozen=True)
class Letter:
    letter: str
    name: str


@dataclass(frozen=True)
class KeyColumn:
    """A column in which one key is the answer. keys: key -> meaning, for the legend and for the script."""

    name: str
    keys: Mapping[str, str]
    words: Mapping[str, str]
    pattern: str
    input_mode: str


HEADACHE_COLUMN = KeyColumn("headache", HEADACHE.keys, HEADACHE.words, "[0-3yY?]", "text")
FUNCTION_COLUMN = KeyColumn("function", FUNCTION.keys, FUNCTION.words, "[0-3]", "numeric")


def day_anchor(day: date) -> str:
    """The place of a day within its month page."""
    return f"day-{day.isoformat()}"


def rows(days: Iterable[date], record: MonthRecord, attacks: Sequence[Attack], form: BaseForm | None) -> list[Row]:
    """The days of the grid; without a form they can only be read."""
    return [
        Row(
            day=day,
            name=f"{_DAY_NAMES[day.weekday()]} {day.day}",
            weekend=day.weekday() >= 5,
            cells={name: form[day_field(day, name)] for name in FIELDS} if form else {},
            recorded=_recorded(record.rows.get(day)),
            marks=_marks(record.rows.get(day)),
            attacks=_attacks_in_words([each for each in attacks if each.first_day <= day <= each.last_day]),
        )
        for day in days
    ]


def days_to_come(month: Period, today: date) -> str:
    """The rest of the running month in words; empty when it is over."""
    if month.last <= today:
        return ""
    first = today + ONE_DAY
    days = str(first.day) if first == month.last else f"{first.day} to {month.last.day}"
    return f"{days} {month_title(first)}: not yet."


def origin(record: MonthRecord) -> str:
    """How many of the days were imported, and whether medicines among them are invented; empty when none was."""
    imported = sum(1 for row in record.rows.values() if row.import_batch_id)
    invented = sum(
        1 for row in record.rows.values() if row.import_batch_id and any(each.is_invented for each in row.intakes.all())
    )
    if not imported:
        return ""
    sentence = f"{imported} of these days {'was' if imported == 1 else 'were'} imported"
    return f"{sentence}, the medicines on {invented} of them are invented." if invented else f"{sentence}."


def letters(codes: Mapping[str, str], record: MonthRecord) -> list[Letter]:
    """Letters and codes as they may be typed, with the medicines' names."""
    names = {medicine.code: medicine.generic_name for medicine in (*record.own, *record.catalogue)}
    return [Letter(letter, names[code]) for letter, code in codes.items()]


def saved_sentence(month: Period, saved: SavedMonth) -> str:
    """What happened, for the message after saving."""
    done = [
        f"{number} {'day' if number == 1 else 'days'} {word}"
        for number, word in (
            (saved.added, "recorded"),
            (saved.changed, "changed"),
            (saved.removed, "set back to not recorded"),
        )
        if number
    ]
    title = month_title(month.first)
    return f"{title} is saved: {', '.join(done)}." if done else f"{title} was saved already. Nothing was changed."


def conflicts_in_words(stale: StaleDays, record: MonthRecord) -> list[tuple[str, str, str]]:
    """Each day that somebody else saved meanwhile: the day, as it was typed, as it is recorded now."""
    names = {medicine.code: medicine.generic_name for medicine in (*record.own, *record.catalogue)}
    return [
        (short_date(each.day), entry_words(each.typed, names), entry_words(each.recorded, names))
        for each in stale.conflicts
    ]


def entry_words(entry: DayEntry | None, names: Mapping[str, str]) -> str:
    """One day in words: "moderate headache; severely limited; rizatriptan × 1"."""
    if entry is None:
        return "not recorded"
    pieces = [_headache_words(entry)]
    if entry.function is not None:
        pieces.append(Function(entry.function).label.lower())
    pieces += [_intake_words(intake, names) for intake in entry.intakes]
    if not entry.intakes_known:
        pieces.append("medicines not known" if not entry.intakes else "perhaps more medicines")
    elif not entry.intakes:
        pieces.append("no medicines")
    return "; ".join([*pieces, *([f"“{entry.note}”"] if entry.note else [])])


def _recorded(row: DiaryDay | None) -> str:
    if row is None:
        return entry_words(None, {})
    names = {intake.medicine.code: intake.medicine.generic_name for intake in row.intakes.all() if intake.medicine}
    return entry_words(entry_of(row), names)


def _headache_words(entry: DayEntry) -> str:
    if entry.state is not State.HEADACHE:
        return entry.state.label.lower()
    if entry.severity is None:
        return "headache, how strong not said"
    return f"{Severity(entry.severity).label.lower()} headache"


def _intake_words(intake: IntakeEntry, names: Mapping[str, str]) -> str:
    name = names.get(intake.code, intake.code) if intake.code else "something, not known what,"
    return f"{name} × {intake.doses}{' before the pain' if intake.taken_before_pain else ''}"


def _marks(row: DiaryDay | None) -> tuple[str, ...]:
    if row is None:
        return ()
    source = _SOURCES.get(Source(row.source))
    return (*([source] if source else []), *(["late"] if row.entered_late else []))


def _attacks_in_words(attacks: Sequence[Attack]) -> str:
    """Like "2 attacks, aura, worst pain 8 of 10"; empty without attacks."""
    if not attacks:
        return ""
    words = ["1 attack" if len(attacks) == 1 else f"{len(attacks)} attacks"]
    if any(attack.aura for attack in attacks):
        words.append("aura")
    if pains := [attack.pain for attack in attacks if attack.pain is not None]:
        words.append(f"worst pain {max(pains)} of 10")
    return ", ".join(words)
