"""Which features of migraine a list of symptoms names.

A feature that is named is present. One that is not named stays "not asked": the apps offer a list to tick, and an
empty box may be a "no" or a box that nobody looked at.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

# Feature of an attack -> how people and apps write it, in lower case.
_NAMED: Final[Mapping[str, re.Pattern[str]]] = {
    "nausea": re.compile(r"nause"),
    "vomiting": re.compile(r"vomit|throwing up|threw up"),
    "photophobia": re.compile(r"photophobia|light.*sensitiv|sensitiv.*light"),
    "phonophobia": re.compile(r"phonophobia|(?:noise|sound).*sensitiv|sensitiv.*(?:noise|sound)"),
    "pulsating": re.compile(r"puls|throb|pound"),
    "worse_with_activity": re.compile(r"(?:worse|worsen|aggravat).*(?:mov|activit|exert|exercis|walk)"),
}
_AURA: Final = re.compile(r"\baura\b")
_WITHOUT: Final = re.compile(r"\b(?:no|without|never)\b")
_SIDES: Final = {"left": re.compile(r"\bleft\b"), "right": re.compile(r"\bright\b")}


def features_named(words: Iterable[str]) -> dict[str, Any]:
    """Feature -> True for each one that some of the words name ("Sensitivity to light", "pounding pain")."""
    spelled = [_plain(word) for word in words]
    return {
        feature: True
        for feature, pattern in _NAMED.items()
        if any(pattern.search(word) and not _WITHOUT.search(word) for word in spelled)
    }


def aura_named(words: Iterable[str]) -> bool | None:
    """True when an aura is named, False when the words say "without aura", None when there is no such word."""
    about = [word for word in map(_plain, words) if _AURA.search(word)]
    if not about:
        return None
    return not all(_WITHOUT.search(word) for word in about)


def one_sided(places: Iterable[str]) -> bool | None:
    """True when all named places are on one side, False when both sides are named, None when none has a side."""
    spelled = [_plain(place) for place in places]
    sides = {side for side, pattern in _SIDES.items() if any(pattern.search(place) for place in spelled)}
    return len(sides) == 1 if sides else None


def _plain(word: str) -> str:
    return word.casefold().replace("_", " ")
