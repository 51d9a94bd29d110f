"""An attack in words: when, how strong, what it was like."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from apps.core.dates import short_date
from apps.diary.choices import Severity
from apps.diary.models import Attack

# The field, what it is called when it was there, and when it was not.
_FEATURES = (
    ("unilateral", "on one side"),
    ("pulsating", "pulsating"),
    ("worse_with_activity", "worse with activity"),
    ("nausea", "nausea"),
    ("vomiting", "vomiting"),
    ("photophobia", "light disturbed"),
    ("phonophobia", "noise disturbed"),
)


@dataclass(frozen=True)
class AttackWords:
    """id: the attack's. times: begin, end and length as far as known. strength: "severe, pain 8 of 10". features: one sentence each."""

    id: int
    times: str
    strength: str
    features: tuple[str, ...]
    note: str
    source: str


def attack_words(attack: Attack, on: date) -> AttackWords:
    """The attack as the day `on` tells it: whole on its first day, later only that it goes on."""
    first = on == attack.first_day
    return AttackWords(
        id=attack.pk,
        times=_times(attack)
        if first
        else f"goes on since {_moment(attack.started_at, attack.started_offset, attack.first_day)}",
        strength=_strength(attack),
        features=_features(attack) if first else (),
        note=attack.note if first else "",
        source=attack.import_batch.get_source_display() if attack.import_batch else attack.get_source_display(),
    )


def duration_words(length: timedelta) -> str:
    """Like "45 min", "8 h 20 min", "2 d 3 h"."""
    days, minutes = divmod(int(length.total_seconds()) // 60, 24 * 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((days, "d"), (hours, "h"), (minutes if not days else 0, "min"))
    return " ".join(f"{number} {unit}" for number, unit in parts if number) or "0 min"


def _times(attack: Attack) -> str:
    if attack.started_at is None:
        if attack.first_day == attack.last_day:
            return "times not known"
        return f"{short_date(attack.first_day)} to {short_date(attack.last_day)}, times not known"
    begin = f"{_local(attack.started_at, attack.started_offset):%H:%M}"
    if attack.ended_at is None:
        return f"from {begin}, end not known"
    same_day = attack.first_day == attack.last_day
    end = f"{_local(attack.ended_at, attack.ended_offset):%H:%M}"
    until = end if same_day else f"{end} on {short_date(attack.last_day)}"
    return f"{begin} to {until}, {duration_words(attack.ended_at - attack.started_at)}"


def _moment(at: datetime | None, offset: int | None, day: date) -> str:
    return short_date(day) if at is None else f"{short_date(day)} {_local(at, offset):%H:%M}"


def _local(at: datetime, offset: int | None) -> datetime:
    """The instant on the clock of the place where the patient was."""
    return at.astimezone(timezone(timedelta(minutes=offset or 0)))


def _strength(attack: Attack) -> str:
    words = [Severity(attack.severity).label.lower()] if attack.severity else []
    return ", ".join([*words, *([f"pain {attack.pain} of 10"] if attack.pain is not None else [])])


def _features(attack: Attack) -> tuple[str, ...]:
    present = [words for name, words in _FEATURES if getattr(attack, name)]
    absent = [words for name, words in _FEATURES if getattr(attack, name) is False]
    sentences = (
        _capital(", ".join([*present, *attack.symptoms])),
        f"Not: {', '.join(absent)}" if absent else "",
        _aura(attack),
        _named("Worst", [attack.most_bothersome] if attack.most_bothersome else []),
        _named("Before it", attack.premonitory),
        _named("Afterwards", attack.postdrome),
        _named("Suspected", attack.triggers),
        _named("Helped besides medicines", attack.relief_methods),
    )
    return tuple(each for each in sentences if each)


def _aura(attack: Attack) -> str:
    if attack.aura is None:
        return ""
    if not attack.aura:
        return "No aura"
    return "Aura" if attack.aura_minutes is None else f"Aura, {attack.aura_minutes} min"


def _named(name: str, words: list[str]) -> str:
    return f"{name}: {', '.join(words)}" if words else ""


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
