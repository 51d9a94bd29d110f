"""Diaries in a few words, for case tables that a clinician can read."""

import csv
from collections.abc import Iterator
from datetime import date
from itertools import zip_longest
from pathlib import Path

from apps.clinical.diary import AcuteUse, DayState, DiaryDay, OveruseClass
from apps.clinical.periods import Period, windows_back

CASES = Path(__file__).parent / "cases"

PLAIN = {each.value: AcuteUse(each.value, each.value, each) for each in OveruseClass if each is not OveruseClass.NONE}
SPECIAL = {
    "gepant": AcuteUse("rimegepant", "rimegepant", OveruseClass.NONE, gepant=True),
    "preventive_gepant": AcuteUse("atogepant", "atogepant", OveruseClass.NONE, gepant=True, scheduled=True),
    "heart_aspirin": AcuteUse("aspirin-75", "aspirin", OveruseClass.ASPIRIN, scheduled=True),
    "sumatriptan_naproxen": AcuteUse(
        "suma-nap", "sumatriptan with naproxen", OveruseClass.TRIPTAN, also_class=OveruseClass.NSAID
    ),
    "butalbital": AcuteUse("butalbital", "butalbital mixture", OveruseClass.COMBINATION, butalbital=True),
    "codeine_paracetamol": AcuteUse("codeine-par", "codeine, paracetamol", OveruseClass.COMBINATION, opioid=True),
    "aspirin_paracetamol": AcuteUse(
        "asa-par", "aspirin, paracetamol", OveruseClass.PARACETAMOL, also_class=OveruseClass.ASPIRIN
    ),
}
MEDICINES = PLAIN | SPECIAL

ON = date(2026, 11, 22)


def rows(name: str) -> list[dict[str, str]]:
    """Read one case table."""
    with (CASES / name).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def intake(words: str) -> list[tuple[AcuteUse, ...]]:
    """Read "triptan 6 + nsaid 5" (one after the other), "triptan 5 & nsaid 5" (same days) or "triptan 5 / nsaid 5" (in turn)."""
    if words == "nothing":
        return []
    if "/" in words:
        turns = zip_longest(*(intake(part.strip()) for part in words.split("/")))
        return [uses for turn in turns for uses in turn if uses]
    if "&" in words:
        each = [intake(part.strip()) for part in words.split("&")]
        return [tuple(use for uses in day for use in uses) for day in zip(*each, strict=True)]
    taken: list[tuple[AcuteUse, ...]] = []
    for part in words.split("+"):
        name, days = part.split()
        taken.extend([(MEDICINES[name],)] * int(days))
    return taken


def window_days(period: Period, medicines: str, headache: int, unknown: int) -> Iterator[DiaryDay]:
    """Record a window: medicines and headache from its first day on, the last days unknown."""
    taken = intake(medicines)
    recorded = list(period)[: len(period) - unknown]
    for place, day in enumerate(recorded):
        yield DiaryDay(
            day=day,
            state=DayState.HEADACHE if place < headache else DayState.NONE,
            acute=taken[place] if place < len(taken) else (),
            acute_known=True,
        )


def diary_of(medicines: str, headache: str, unknown: str, on: date = ON) -> list[DiaryDay]:
    """Record four windows back from a date; "a|b|c|d" gives each its own value, newest first."""
    days: list[DiaryDay] = []
    columns = [_four(words) for words in (medicines, headache, unknown)]
    for period, taken, head, gap in zip(windows_back(on, 4), *columns, strict=True):
        days.extend(window_days(period, taken, int(head), int(gap)))
    return days


def _four(words: str) -> list[str]:
    parts = words.split("|")
    return parts * 4 if len(parts) == 1 else parts
