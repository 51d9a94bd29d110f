"""What somebody types into "find patient", as a condition on the patients.

Words are looked for in the names (any order, accents and case ignored, parts of words too; one or two letters alone
at the beginning of family names), a date is a date of birth, and whatever has a digit in it is the beginning of a clinic number or of another identifier. Everything typed
has to fit.
"""

import re
from datetime import date
from functools import reduce
from operator import and_, or_
from typing import Final

from django.core.exceptions import ValidationError
from django.db.models import Q, Value
from django.db.models.functions import Concat

from apps.core.dates import read_date
from apps.patients.models import Patient, PatientIdentifier
from apps.patients.models.patient import Folded

LONGEST: Final = 200
MOST_WORDS: Final = 6
# The trigram index knows pieces of three letters; a shorter piece is looked for at the beginning of names only.
SHORTEST_PIECE: Final = 3

_DATES = re.compile(
    r"\b(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2}\s+[A-Za-z]{3,9}\.?,?\s+\d{4})\b", re.ASCII
)
_NUMBERS = re.compile(r"(?:\S*\d\S*)(?:\s+\S*\d\S*)*", re.ASCII)
_NOT_IN_NUMBERS = re.compile(r"[^0-9A-Z]", re.ASCII)


def matching(typed: str) -> Q | None:
    """The condition for patients who fit what was typed; None when nothing was typed that could be looked for."""
    text = "".join(character if character.isprintable() else " " for character in typed[:LONGEST])
    days, text = _taken_dates(text)
    numbers, text = _taken_numbers(text)
    words = text.split()[:MOST_WORDS]
    parts = [
        *(Q(date_of_birth=day) for day in days),
        *(_numbered(number) for number in numbers),
    ]
    if words and not parts and is_short(typed):
        parts.append(_family_name_begins(words))
        words = words if len(words) > 1 else []
    parts += [_named(word) for word in words]
    return reduce(and_, parts) if parts else None


def is_short(typed: str) -> bool:
    """Whether only pieces of one or two characters were typed: then family names that begin with them are found."""
    return all(len(piece) < SHORTEST_PIECE for piece in typed.split())


def _taken_dates(text: str) -> tuple[list[date], str]:
    """The dates in a text and what is left of it; what looks like a date and is none stays."""
    days = []
    for found in _DATES.findall(text):
        try:
            days.append(read_date(found))
        except ValidationError:
            continue
        text = text.replace(found, " ")
    return days, text


def _taken_numbers(text: str) -> tuple[list[str], str]:
    """Runs of pieces with digits, each joined to one number ("943 476 5919" is one), and what is left."""
    numbers = [_NOT_IN_NUMBERS.sub("", found.upper()) for found in _NUMBERS.findall(text)]
    return [number for number in numbers if number], _NUMBERS.sub(" ", text)


def _numbered(number: str) -> Q:
    if len(number) < SHORTEST_PIECE:
        return Q(clinic_number=_padded(number))
    # A union of two short lists: each comes from its own index, which a condition with "or" could not use.
    identified = PatientIdentifier.objects.filter(value__startswith=number).order_by().values("patient")
    beginnings = Q()
    for beginning in _clinic_number_beginnings(number):
        beginnings |= Q(clinic_number__startswith=beginning)
    if number.isdigit():
        beginnings |= Q(clinic_number=_padded(number))
    return Q(pk__in=identified.union(Patient.objects.filter(beginnings).order_by().values("pk")))


def _padded(number: str) -> str:
    """The clinic number somebody means who leaves out the zeros in front: "117" is 000-117."""
    padded = number.zfill(6)
    return f"{padded[:-3]}-{padded[-3:]}"


def _clinic_number_beginnings(digits: str) -> set[str]:
    """Where the dash stands depends on how long the whole number is: three digits follow it."""
    beginnings = set()
    for before_dash in (3, 4, 5):
        head, tail = digits[:before_dash], digits[before_dash:]
        if len(tail) <= 3:
            beginnings.add(f"{head}-{tail}" if tail else head)
    return beginnings


def _named(word: str) -> Q:
    folded = Folded(Value(word))
    if len(word) >= SHORTEST_PIECE:
        return Q(search_text__contains=folded)
    return Q(search_text__startswith=folded) | Q(search_text__contains=Concat(Value(" "), folded))


def _family_name_begins(words: list[str]) -> Q:
    # Half of a large clinic has an "an" somewhere. The index by family name finds the first page of these at once.
    return reduce(or_, (Q(sort_name__startswith=Folded(Value(word))) for word in words))
