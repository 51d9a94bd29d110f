"""Which entries of a file come into a diary that may hold something about the same days already.

The rule for overlaps is chosen by a person and shown before anything is written. Nothing is ever added up between two
sources, no date is filled in, and taking the same file twice changes nothing.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from apps.clinical.periods import Period
from apps.core.dates import short_date
from apps.diary.choices import ImportSource, State
from apps.diary.entries import DayEntry
from apps.diary.import_choices import Overlap
from apps.diary.imports.accounting import RowAccount, RowBook
from apps.diary.imports.composing import Said, SaidDay, compose
from apps.diary.imports.meanings import Meanings
from apps.diary.imports.parsed import ReadAttack, ReadDay, Reading
from apps.diary.models.attack import LONGEST_KEY

# What belongs together: a night is one statement, whatever is known of it.
BESIDES = (("menstruation",), ("sleep_minutes", "slept_from", "slept_to"), ("exposures",))


@dataclass(frozen=True, slots=True)
class RecordedDay:
    """by_hand: typed in by the clinic, entered by the patient, or corrected since it was imported."""

    entry: DayEntry
    by_hand: bool


@dataclass(frozen=True, slots=True)
class RecordedAttack:
    """key: as `stored_key` writes it, empty for an attack that was not imported. started, ended: None when not known."""

    key: str
    first_day: date
    last_day: date
    started: datetime | None = None
    ended: datetime | None = None


@dataclass(frozen=True, slots=True)
class Diary:
    """What is recorded about the dates of a file. besides: field of `DayContext` -> value, without the empty ones."""

    days: Mapping[date, RecordedDay]
    attacks: Sequence[RecordedAttack]
    besides: Mapping[date, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Differing:
    """A date about which file and diary say different things. replaced: the file's entry takes the place."""

    day: date
    recorded: DayEntry
    said: DayEntry
    replaced: bool


@dataclass(frozen=True, slots=True)
class Settled:
    """What to write, and what is to be said about the rest.

    added, replaced: entries by date. attacks: to be stored. besides: date -> fields to fill in. attacks_left_out:
    first date of an attack that is not stored, with the reason.
    """

    added: Mapping[date, DayEntry]
    replaced: Mapping[date, DayEntry]
    attacks: tuple[ReadAttack, ...]
    besides: Mapping[date, Mapping[str, Any]]
    differing: tuple[Differing, ...]
    attacks_left_out: tuple[tuple[date, str], ...]
    same: int
    account: RowAccount

    @property
    def changes_nothing(self) -> bool:
        """Everything in the file is recorded already, or stays out."""
        return not (self.added or self.replaced or self.attacks or self.besides)


def dates_of(reading: Reading) -> Period | None:
    """From the first to the last date of a file; None when there is nothing in it."""
    firsts = [*(day.day for day in reading.days), *(attack.first_day for attack in reading.attacks)]
    lasts = [*(day.day for day in reading.days), *(attack.last_day for attack in reading.attacks)]
    return Period(min(firsts), max(*lasts, min(firsts))) if firsts else None


def stored_key(source: ImportSource, key: str) -> str:
    """The key under which an attack of a source is stored; empty when the file gives it none."""
    if not key:
        return ""
    whole = f"{source.value}:{key}"
    return whole if len(whole) <= LONGEST_KEY else hashlib.sha256(whole.encode()).hexdigest()


def settle(reading: Reading, diary: Diary, names: Meanings, *, rule: Overlap, today: date) -> Settled:
    """Decide about every entry of a file.

    Raises UnknownNames when a medicine's name has no meaning yet.
    """
    book = RowBook()
    for note in reading.faults:
        book.refuse([note.row], note.sentence)
    for note in reading.repeated:
        book.repeat([note.row], note.sentence)
    said = compose(reading, names, today=today, book=book)
    days = _settle_days(said, diary, rule, book)
    attacks, left_out = _settle_attacks(reading.source, said, diary, days, book)
    besides = _settle_besides(said, diary, book)
    return Settled(
        added=days.added,
        replaced=days.replaced,
        attacks=attacks,
        besides=besides,
        differing=tuple(days.differing),
        attacks_left_out=left_out,
        same=days.same,
        account=book.account(),
    )


@dataclass
class _Days:
    added: dict[date, DayEntry]
    replaced: dict[date, DayEntry]
    differing: list[Differing]
    same: int = 0


def _settle_days(said: Said, diary: Diary, rule: Overlap, book: RowBook) -> _Days:
    days = _Days({}, {}, [])
    described = {day for attack in diary.attacks for day in Period(attack.first_day, attack.last_day)}
    for day, entry in said.days.items():
        recorded = diary.days.get(day)
        if recorded is None:
            days.added[day] = entry.entry
            book.take(entry.rows)
        elif recorded.entry == entry.entry:
            days.same += 1
            book.repeat(entry.rows, f"{short_date(day)} is recorded with this entry already.")
        else:
            free = entry.entry.state is not State.HEADACHE
            # An attack that is described keeps its headache days.
            may_replace = rule is Overlap.REPLACE and not recorded.by_hand and not (free and day in described)
            _overlap(entry, recorded, may_replace, days, book)
    return days


def _overlap(said: SaidDay, recorded: RecordedDay, replaced: bool, days: _Days, book: RowBook) -> None:
    day = said.entry.day
    days.differing.append(Differing(day, recorded.entry, said.entry, replaced))
    if replaced:
        days.replaced[day] = said.entry
        book.take(said.rows)
    else:
        book.refuse(said.rows, f"{short_date(day)} is recorded with another entry. The recorded one stays.")


def _settle_attacks(
    source: ImportSource, said: Said, diary: Diary, days: _Days, book: RowBook
) -> tuple[tuple[ReadAttack, ...], tuple[tuple[date, str], ...]]:
    keys = {attack.key for attack in diary.attacks if attack.key}
    touching: dict[date, list[RecordedAttack]] = defaultdict(list)
    for recorded in diary.attacks:
        for day in Period(recorded.first_day, recorded.last_day):
            touching[day].append(recorded)
    free = {day for day, each in diary.days.items() if each.entry.state is not State.HEADACHE}
    taken: list[ReadAttack] = []
    left_out: list[tuple[date, str]] = []
    for attack in said.attacks:
        if stored_key(source, attack.key) in keys:
            book.repeat([attack.row], f"The attack of {short_date(attack.first_day)} is recorded already.")
        elif reason := _reason_against(attack, touching, (free - days.replaced.keys()) | said.contradicted):
            left_out.append((attack.first_day, reason))
            book.refuse([attack.row], reason)
        else:
            taken.append(attack)
            book.take([attack.row])
    return tuple(taken), tuple(left_out)


def _reason_against(
    attack: ReadAttack, touching: Mapping[date, Sequence[RecordedAttack]], free: AbstractSet[date]
) -> str:
    dates = list(Period(attack.first_day, attack.last_day))
    if against := [day for day in dates if day in free]:
        days = ", ".join(short_date(day) for day in against)
        return f"The attack of {short_date(attack.first_day)} is not kept: no headache day is recorded for {days}."
    if any(_overlap_in_time(attack, recorded) for day in dates for recorded in touching.get(day, ())):
        return (
            f"The attack of {short_date(attack.first_day)} overlaps with one that is recorded. The recorded one stays."
        )
    return ""


def _overlap_in_time(attack: ReadAttack, recorded: RecordedAttack) -> bool:
    if attack.started and attack.ended and recorded.started and recorded.ended:
        together = min(attack.ended, recorded.ended) - max(attack.started, recorded.started)
        return together > timedelta(0) or attack.started == recorded.started
    within = recorded.first_day <= attack.first_day and attack.last_day <= recorded.last_day
    around = attack.first_day <= recorded.first_day and recorded.last_day <= attack.last_day
    return within or around


def _settle_besides(said: Said, diary: Diary, book: RowBook) -> dict[date, dict[str, Any]]:
    found: dict[date, dict[str, Any]] = {}
    for day, row in said.besides.items():
        recorded = diary.besides.get(day, {})
        fields: dict[str, Any] = {}
        for group in BESIDES:
            given = _given(row, group)
            present = {name: recorded[name] for name in group if name in recorded}
            if given and not present:
                fields |= given
            elif given and given != present:
                book.refuse([row.row], f"{_SUBJECT[group[0]]} of {short_date(day)} stays as recorded.")
            elif given:
                book.repeat([row.row], f"{_SUBJECT[group[0]]} of {short_date(day)} is recorded already.")
        if fields:
            found[day] = fields
            book.take([row.row])
    return found


_SUBJECT = {"menstruation": "Menstruation", "sleep_minutes": "Sleep", "exposures": "What was present"}


def _given(row: ReadDay, group: Iterable[str]) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in group if getattr(row, name) is not None}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
