"""Questionnaires and scores, one file each.

A new instrument is one new file here that holds a subclass of `Instrument` with a `code`; the
registry finds it by itself.
"""

from apps.clinical.instruments.base import (
    Band,
    Input,
    Instrument,
    Item,
    LicencePolicy,
    Score,
)
from apps.clinical.instruments.registry import all_instruments, instrument

__all__ = [
    "Band",
    "Input",
    "Instrument",
    "Item",
    "LicencePolicy",
    "Score",
    "all_instruments",
    "instrument",
]
