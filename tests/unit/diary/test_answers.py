"""One key, a word or a spreadsheet's number: what it says about headache and function."""

from datetime import date

import pytest

from apps.diary.answers import FUNCTION, HEADACHE, headache_key, headache_meaning
from apps.diary.choices import State
from apps.diary.entries import DayEntry
from tests.factories.diary import headache, no_headache

DAY = date(2026, 10, 5)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", ""),
        ("  ", ""),
        ("0", "0"),
        (" 2 ", "2"),
        ("2.0", "2"),
        ("3,00", "3"),
        ("Y", "y"),
        ("yes", "y"),
        ("Ja", "y"),
        ("x", "y"),
        ("NO", "0"),
        ("none", "0"),
        ("moderate", "2"),
        ("?", "?"),
        ("not  known", "?"),
        ("u", "?"),
        ("4", None),
        ("2.5", None),
        ("n", None),
        ("-", None),
        ("sometimes", None),
    ],
)
def test_headache(text: str, key: str | None) -> None:
    assert HEADACHE.read(text) == key


@pytest.mark.parametrize(
    ("text", "key"),
    [("", ""), ("0", "0"), ("3.0", "3"), ("In bed", "3"), ("severely  limited", "2"), ("y", None), ("?", None)],
)
def test_function(text: str, key: str | None) -> None:
    assert FUNCTION.read(text) == key


@pytest.mark.parametrize(
    ("entry", "key"),
    [
        (None, ""),
        (no_headache(DAY), "0"),
        (headache(DAY, severity=3), "3"),
        (headache(DAY, severity=None), "y"),
        (DayEntry(DAY, State.NOT_KNOWN), "?"),
    ],
)
def test_what_is_recorded_has_its_key_and_the_key_means_the_same(entry: DayEntry | None, key: str) -> None:
    assert headache_key(entry) == key
    if entry is not None:
        assert headache_meaning(key) == (entry.state, entry.severity)
