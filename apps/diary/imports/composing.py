"""What a file says about each date: its rows about days and its attacks put together.

An attack marks all its local dates as headache days. An attack within one date gives that date its severity and its
medicines; an attack over several dates leaves their severity unsaid, because the file doesn't say when it was worst,
and its medicines stand on its first date, with the list of every date left open. Of two entries of the file that
contradict each other none is taken.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from apps.clinical.periods import Period
from apps.core.dates import short_date
from apps.diary.choices import State
from apps.diary.entries import DayEntry, IntakeEntry, entry_faults
from apps.diary.facts import sorted_intakes
from apps.diary.imports.accounting import RowBook
from apps.diary.imports.faults import attack_faults
from apps.diary.imports.meanings import Meanings, UnknownNames, added, intakes_meant, most_of, names_in
from apps.diary.imports.parsed import ReadAttack, ReadDay, Reading
from apps.diary.models.day import LONGEST_NOTE

_WORST = 3
_BESIDES = ("menstruation", "sleep_minutes", "slept_from", "slept_to", "exposures")


@dataclass(frozen=True, slots=True)
class SaidDay:
    """What the file says about headache and medicines on a date, and in which rows."""

    entry: DayEntry
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A whole file by date. contradicted: dates about which its own rows disagree; nothing is taken of them.

    attacks: those that can be recorded, each once. besides: what it says about sleep, menstruation and exposures.
    """

    days: Mapping[date, SaidDay]
    attacks: tuple[ReadAttack, ...]
    besides: Mapping[date, ReadDay]
    contradicted: frozenset[date]


def compose(reading: Reading, names: Meanings, *, today: date, book: RowBook) -> Said:
    """Put a file together by date; whatever can't be taken is told to the book.

    Raises UnknownNames when a medicine's name has no meaning yet.
    """
    if unknown := names_in(reading).keys() - names.keys():
        raise UnknownNames(unknown)
    attacks = _attacks(reading.attacks, today, book)
    touching: dict[date, list[ReadAttack]] = defaultdict(list)
    for attack in attacks:
        for day in Period(attack.first_day, attack.last_day):
            touching[day].append(attack)
    contradicted: set[date] = set()
    rows = _rows_by_date(reading.days, names, today, book, contradicted)
    days: dict[date, SaidDay] = {}
    for day in sorted(rows.keys() | touching.keys()):
        if day in contradicted:
            continue
        said = _said(day, rows.get(day), touching.get(day, []), names)
        if said is None:
            continue
        if _contradicts(rows.get(day), touching.get(day, [])):
            contradicted.add(day)
            book.refuse(said.rows, _contradiction(day, said.rows))
        else:
            days[day] = said
    besides = {day: merged.row for day, merged in rows.items() if _says_besides(merged.row)}
    return Said(days, attacks, besides, frozenset(contradicted))


def _attacks(attacks: Iterable[ReadAttack], today: date, book: RowBook) -> tuple[ReadAttack, ...]:
    taken: list[ReadAttack] = []
    first_row: dict[str, int] = {}
    for attack in attacks:
        if faults := attack_faults(attack, today=today):
            book.refuse([attack.row], " ".join(faults))
        elif attack.key and attack.key in first_row:
            book.repeat([attack.row], f"Repeats the attack of row {first_row[attack.key]}. Counted once.")
        else:
            first_row.setdefault(attack.key, attack.row)
            taken.append(attack)
    return tuple(taken)


@dataclass(frozen=True, slots=True)
class _Merged:
    """All rows of a file about one date as one."""

    row: ReadDay
    rows: tuple[int, ...]
    intakes: tuple[IntakeEntry, ...]


def _rows_by_date(
    rows: Iterable[ReadDay], names: Meanings, today: date, book: RowBook, contradicted: set[date]
) -> dict[date, _Merged]:
    groups: dict[date, list[ReadDay]] = defaultdict(list)
    for row in rows:
        book.saw(row.row)
        if faults := entry_faults(_entry(row, intakes_meant(row.taken, names)), today=today):
            book.refuse([row.row], " ".join(faults.values()))
        else:
            groups[row.day].append(row)
    found: dict[date, _Merged] = {}
    for day, group in groups.items():
        merged = _merge(group, names, book)
        if merged is None:
            contradicted.add(day)
            numbers = tuple(row.row for row in group)
            book.refuse(numbers, _contradiction(day, numbers))
        else:
            found[day] = merged
    return found


def _merge(group: Sequence[ReadDay], names: Meanings, book: RowBook) -> _Merged | None:
    """One row of several about a date; None when they contradict each other about headache or medicines."""
    first, *others = (_shortened(row, book) for row in group)
    merged = first
    kept = [first.row]
    for other in others:
        if replace(other, row=first.row) == merged:
            book.repeat([other.row], f"Repeats row {first.row}: the same day, the same entry. Counted once.")
            continue
        both = _together(merged, other, book)
        if both is None:
            return None
        merged = both
        kept.append(other.row)
    return _Merged(merged, tuple(kept), intakes_meant(merged.taken, names))


def _together(first: ReadDay, second: ReadDay, book: RowBook) -> ReadDay | None:
    hard = {name: _values(first, second, name) for name in ("state", "severity", "function")}
    lists = {(row.taken, row.taken_known) for row in (first, second) if row.taken or row.taken_known}
    if len(lists) > 1 or any(len(values) > 1 for values in hard.values()):
        return None
    soft = {name: _values(first, second, name) for name in _BESIDES}
    if any(len(values) > 1 for values in soft.values()):
        book.remark([second.row], f"Sleep or menstruation differs from row {first.row}. The first one counts.")
    taken, known = next(iter(lists), ((), False))
    notes = [note for note in (first.note, second.note) if note]
    said: dict[str, Any] = {name: values[0] if values else None for name, values in (hard | soft).items()}
    return replace(
        first,
        **said,
        taken=taken,
        taken_known=known,
        note="; ".join(dict.fromkeys(notes))[:LONGEST_NOTE],
    )


def _values(first: ReadDay, second: ReadDay, name: str) -> list[Any]:
    given = (getattr(first, name), getattr(second, name))
    return list(dict.fromkeys(value for value in given if value is not None))


def _shortened(row: ReadDay, book: RowBook) -> ReadDay:
    if len(row.note) <= LONGEST_NOTE:
        return row
    book.remark([row.row], f"The note was shortened to {LONGEST_NOTE} characters.")
    return replace(row, note=row.note[: LONGEST_NOTE - 1] + "…")


def _entry(row: ReadDay, intakes: tuple[IntakeEntry, ...]) -> DayEntry:
    return DayEntry(
        day=row.day,
        state=row.state or State.NOT_KNOWN,
        severity=row.severity,
        function=row.function,
        intakes=intakes,
        intakes_known=row.taken_known,
        note=row.note[:LONGEST_NOTE].strip(),
    )


def _said(day: date, merged: _Merged | None, attacks: Sequence[ReadAttack], names: Meanings) -> SaidDay | None:
    rows = (*(merged.rows if merged else ()), *(attack.row for attack in attacks))
    if not attacks:
        if merged is None or not _says_headache(merged.row):
            return None
        return SaidDay(_entry(merged.row, merged.intakes), rows)
    from_attacks = _of_attacks(day, attacks, names)
    if merged is None:
        return SaidDay(from_attacks, rows)
    own = _entry(merged.row, merged.intakes)
    return SaidDay(
        replace(
            own,
            state=State.HEADACHE,
            severity=from_attacks.severity if own.severity is None else own.severity,
            intakes=_united(own.intakes, from_attacks.intakes),
            intakes_known=own.intakes_known or (from_attacks.intakes_known and not own.intakes),
        ),
        rows,
    )


def _of_attacks(day: date, attacks: Sequence[ReadAttack], names: Meanings) -> DayEntry:
    doses: dict[str | None, IntakeEntry] = {}
    for attack in attacks:
        for intake in intakes_meant(attack.taken if attack.first_day == day else (), names):
            doses[intake.code] = added(doses.get(intake.code), intake)
    return DayEntry(
        day=day,
        state=State.HEADACHE,
        severity=_worst(attacks),
        intakes=sorted_intakes(doses.values()),
        intakes_known=all(_list_is_whole(attack) for attack in attacks),
    )


def _worst(attacks: Sequence[ReadAttack]) -> int | None:
    """The day's severity, when no other attack of that day can have been worse."""
    said = max((attack.severity for attack in attacks if _one_date(attack) and attack.severity), default=None)
    possible = max(attack.severity or _WORST for attack in attacks)
    return said if said == possible else None


def _list_is_whole(attack: ReadAttack) -> bool:
    return attack.taken_known and (_one_date(attack) or not attack.taken)


def _one_date(attack: ReadAttack) -> bool:
    return attack.first_day == attack.last_day


def _united(first: Iterable[IntakeEntry], second: Iterable[IntakeEntry]) -> tuple[IntakeEntry, ...]:
    found = {intake.code: intake for intake in first}
    for intake in second:
        found[intake.code] = most_of(found.get(intake.code), intake)
    return sorted_intakes(found.values())


def _contradicts(merged: _Merged | None, attacks: Sequence[ReadAttack]) -> bool:
    return bool(attacks) and merged is not None and merged.row.state is State.NONE


def _says_headache(row: ReadDay) -> bool:
    return row.state is not None or bool(row.taken) or row.taken_known


def _says_besides(row: ReadDay) -> bool:
    return any(getattr(row, name) is not None for name in _BESIDES)


def _contradiction(day: date, rows: Sequence[int]) -> str:
    numbers = " and ".join(str(row) for row in sorted(set(rows)))
    if len(set(rows)) == 1:
        return f"The row contradicts itself about {short_date(day)}. That day was not taken."
    return f"Rows {numbers} contradict each other about {short_date(day)}. That day was not taken."
