"""Questionnaires and scores, one file each.

A new instrument is one new file here that holds a subclass of `Instrument` with a `code`; the
registry finds it by itself.
"""

from apps.clinical.instruments.base import (
    DECLINED,
    AdministeredBy,
    Alert,
    AskedWhen,
    Band,
    Category,
    Input,
    Instrument,
    Item,
    LicencePolicy,
    MeaningfulChange,
    Score,
    Subscale,
    SubScore,
)
from apps.clinical.instruments.registry import all_instruments, instrument

__all__ = [
    "DECLINED",
    "AdministeredBy",
    "Alert",
    "AskedWhen",
    "Band",
    "Category",
    "Input",
    "Instrument",
    "Item",
    "LicencePolicy",
    "MeaningfulChange",
    "Score",
    "SubScore",
    "Subscale",
    "all_instruments",
    "instrument",
]
