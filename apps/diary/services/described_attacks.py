"""Attacks described by the clinic: recorded, corrected, removed. The days they touch are headache days."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.core.dates import short_date
from apps.core.writing import Refused, StaleSave, author_of, save_checked, writes
from apps.diary.choices import State
from apps.diary.described import DescribedAttack, attack_faults
from apps.diary.entries import DayEntry
from apps.diary.facts import entry_of
from apps.diary.models import Attack
from apps.diary.selectors import rows_of
from apps.diary.services.recording import record_month
from apps.patients.access import require
from apps.patients.models import Patient

_NO_OFFSET = timedelta(0)


@writes
def record_attack(*, patient: Patient, described: DescribedAttack, by: User, today: date) -> Attack:
    """Record an attack; the days it touches become headache days unless they are.

    Raises Refused with errors by field: a date or time that can't be, or a day that is recorded without headache.
    """
    attack = Attack(patient=patient, created_by=author_of(by))
    return _save(attack, described, by=by, today=today)


@writes
def correct_attack(
    *, attack: Attack, described: DescribedAttack, expected_version: int, by: User, today: date
) -> Attack:
    """Describe an attack anew; what it said before stays in the history. Days it no longer touches stay as they are.

    Raises StaleSave when somebody else changed it since `expected_version`, Refused as `record_attack` does.
    """
    _claim(attack, expected_version, by)
    attack.version = expected_version + 1
    return _save(attack, described, by=by, today=today)


@writes
def remove_attack(*, attack: Attack, expected_version: int, by: User) -> None:
    """Take an attack out of the diary; its days stay headache days until somebody changes them.

    Raises StaleSave when somebody else changed it since `expected_version`.
    """
    _claim(attack, expected_version, by)
    attack.delete()


def _claim(attack: Attack, expected_version: int, by: User) -> None:
    require(by, Permission.EDIT_DIARY, attack.patient)
    current = Attack.objects.select_for_update(no_key=True).filter(pk=attack.pk).first()
    if current is None:
        raise Refused("This attack was removed meanwhile.")
    if current.version != expected_version:
        raise StaleSave(current)


def _save(attack: Attack, described: DescribedAttack, *, by: User, today: date) -> Attack:
    require(by, Permission.EDIT_DIARY, attack.patient)
    if faults := attack_faults(described, today=today):
        raise Refused({field: [sentence] for field, sentence in faults.items()})
    _describe(attack, described)
    save_checked(attack)
    _mark_days(attack.patient, described, by=by, today=today)
    return attack


def _describe(attack: Attack, described: DescribedAttack) -> None:
    attack.first_day, attack.last_day = described.first_day, described.last_day
    attack.started_at, attack.started_offset = described.started, _offset(described.started)
    attack.ended_at, attack.ended_offset = described.ended, _offset(described.ended)
    attack.pain, attack.severity = described.pain, described.severity
    attack.aura_minutes = described.aura_minutes
    attack.most_bothersome, attack.note = described.most_bothersome.strip(), described.note.strip()
    values: dict[str, Any] = {**described.features, **{name: list(words) for name, words in described.words.items()}}
    for name, value in values.items():
        setattr(attack, name, value)


def _offset(moment: datetime | None) -> int | None:
    return None if moment is None else int((moment.utcoffset() or _NO_OFFSET).total_seconds() // 60)


def _mark_days(patient: Patient, described: DescribedAttack, *, by: User, today: date) -> None:
    Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)
    rows = {row.day: row for row in rows_of(patient, described.days)}
    free = [day for day, row in rows.items() if row.state == State.NONE]
    if free:
        days = ", ".join(short_date(day) for day in free)
        raise Refused({"first_day": [f"{days}: recorded without headache. Correct the day first, then the attack."]})
    # Of an attack over several days nobody said on which of them it was worst.
    severity = described.severity if len(described.days) == 1 else None
    record_month(
        patient=patient,
        month=described.days,
        entries=[_headache(day, entry_of(rows[day]) if day in rows else None, severity) for day in described.days],
        seen={day: row.version for day, row in rows.items()},
        by=by,
        today=today,
    )


def _headache(day: date, recorded: DayEntry | None, severity: int | None) -> DayEntry:
    """The day as a headache day; what was said about it before stays."""
    if recorded is None:
        return DayEntry(day=day, state=State.HEADACHE, severity=severity)
    return replace(recorded, state=State.HEADACHE, severity=recorded.severity or severity)
