"""What keeps an attack of a file from being recorded."""

from datetime import date, datetime, timedelta

from apps.core.dates import short_date
from apps.diary.imports.parsed import ReadAttack
from apps.diary.models.attack import LONGEST_ATTACK_DAYS, MOST_PAIN
from apps.diary.models.day import EARLIEST_DAY

_MOST_OFFSET = timedelta(minutes=840)


def attack_faults(attack: ReadAttack, *, today: date) -> list[str]:
    """Sentences; empty when the attack can be recorded. Its days are those up to `today`."""
    faults = [*_date_faults(attack, today), *_time_faults(attack)]
    if attack.pain is not None and not 0 <= attack.pain <= MOST_PAIN:
        faults.append(f"Pain is 0 to {MOST_PAIN}, not {attack.pain}.")
    if attack.severity is not None and not 1 <= attack.severity <= 3:
        faults.append("An attack is 1 mild, 2 moderate or 3 severe.")
    if attack.aura_minutes is not None and attack.aura is not True:
        faults.append("Only an attack with aura has a length of the aura.")
    return faults


def _date_faults(attack: ReadAttack, today: date) -> list[str]:
    if attack.first_day < EARLIEST_DAY:
        return [f"Check the year: {short_date(attack.first_day)} is before 1990."]
    if attack.last_day > today:
        return [f"{short_date(attack.last_day)} is in the future."]
    if attack.last_day < attack.first_day:
        return ["The attack ends before it begins."]
    if attack.last_day - attack.first_day > timedelta(days=LONGEST_ATTACK_DAYS):
        return [f"An attack of more than {LONGEST_ATTACK_DAYS} days is a wrong date. Check begin and end."]
    return []


def _time_faults(attack: ReadAttack) -> list[str]:
    moments = [moment for moment in (attack.started, attack.ended) if moment is not None]
    if any(not _has_possible_offset(moment) for moment in moments):
        return ["The times have no distance from UTC, or one of more than 14 hours."]
    if attack.ended is not None and (attack.started is None or attack.ended < attack.started):
        return ["The attack ends before it begins."]
    return []


def _has_possible_offset(moment: datetime) -> bool:
    offset = moment.utcoffset()
    return offset is not None and abs(offset) <= _MOST_OFFSET
