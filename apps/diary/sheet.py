"""How the fields of a typed month are called, for the form and for the page that draws it."""

from datetime import date
from typing import Final

FIELDS: Final = ("headache", "function", "medicines", "note", "version")


def day_field(day: date, name: str) -> str:
    """What a field of a day is called: "d03-headache"."""
    return f"d{day:%d}-{name}"
