"""Numbers by which others know a patient: checked by their own rules, kept in one way of writing.

National numbers carry check digits; python-stdnum knows each country's rule. Stored are digits and capital letters
only, so that the same number typed with spaces, dashes or in small letters is the same number.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Final

from django.core.exceptions import ValidationError
from stdnum.dk import cpr
from stdnum.es import dni
from stdnum.exceptions import InvalidChecksum
from stdnum.exceptions import ValidationError as InvalidNumber
from stdnum.fi import hetu
from stdnum.fr import nir
from stdnum.gb import nhs
from stdnum.it import codicefiscale
from stdnum.nl import bsn
from stdnum.no import fodselsnummer
from stdnum.se import personnummer

from apps.patients.choices import IdentifierSystem

LONGEST: Final = 40
_SEPARATORS = re.compile(r"[\s./-]+")
_STORABLE = re.compile(r"[0-9A-Z]+", re.ASCII)


@dataclass(frozen=True)
class _National:
    """A national number: who checks it, what it looks like, and where it is cut for reading."""

    rule: ModuleType
    example: str
    groups: tuple[int, ...] = ()
    separator: str = " "
    read: Callable[[str], str] = lambda typed: typed


def _hetu_with_sign(typed: str) -> str:
    """The sign of the century is usual in writing; a number typed without it was meant for the 1900s."""
    compact = typed.replace(" ", "")
    return f"{compact[:6]}-{compact[6:]}" if len(compact) == 10 else typed


_NATIONAL: Final[dict[str, _National]] = {
    IdentifierSystem.GB_NHS: _National(nhs, "10 digits, like 943 476 5919", (3, 3, 4)),
    IdentifierSystem.NL_BSN: _National(bsn, "9 digits, like 1112.22.333", (4, 2, 3), "."),
    IdentifierSystem.SE_PERSONNUMMER: _National(personnummer, "10 or 12 digits, like 880320-0016", (8, 4), "-"),
    IdentifierSystem.NO_FODSELSNUMMER: _National(fodselsnummer, "11 digits, like 151086 95088", (6, 5)),
    IdentifierSystem.DK_CPR: _National(cpr, "10 digits, like 211062-5629", (6, 4), "-"),
    IdentifierSystem.FI_HETU: _National(hetu, "11 characters, like 131052-308T", read=_hetu_with_sign),
    IdentifierSystem.ES_DNI: _National(dni, "8 digits and a letter, like 54362315-K", (8, 1), "-"),
    IdentifierSystem.IT_CODICE_FISCALE: _National(codicefiscale, "16 letters and digits, like RCCMNL83S18D969H"),
    IdentifierSystem.FR_NIR: _National(nir, "15 characters, like 2 95 10 99 126 111 93", (1, 2, 2, 2, 3, 3, 2)),
}


def normalise(system: str, typed: str) -> str:
    """The number as it is stored: digits and capital letters only.

    Raises ValidationError with an instruction when the number can't be one of this kind: wrong length, letters where
    digits belong, a birth date inside it that does not exist, or a check digit that does not fit.
    """
    national = _NATIONAL.get(system)
    value = _checked(system, national, typed) if national else _SEPARATORS.sub("", typed).upper()
    if not _STORABLE.fullmatch(value):
        raise ValidationError("Enter the number in digits and letters A to Z only.", code="characters")
    if len(value) > LONGEST:
        raise ValidationError(f"Shorten the number: it takes at most {LONGEST} characters.", code="max_length")
    return value


def readable(system: str, value: str) -> str:
    """The stored number in groups, as people read it aloud."""
    if system == IdentifierSystem.FI_HETU and len(value) == 10:
        return f"{value[:6]}-{value[6:]}"
    national = _NATIONAL.get(system)
    if national is None or sum(national.groups) != len(value):
        return value
    parts, start = [], 0
    for length in national.groups:
        parts.append(value[start : start + length])
        start += length
    return national.separator.join(parts)


def _checked(system: str, national: _National, typed: str) -> str:
    name = IdentifierSystem(system).label
    try:
        value = national.rule.validate(national.read(typed))
    except InvalidChecksum as error:
        raise ValidationError(
            f"Compare the {name} with the letter or card: its check digit does not fit, so a digit is wrong.",
            code="check_digit",
        ) from error
    except (InvalidNumber, ValueError) as error:
        raise ValidationError(f"Check the {name}: it has {national.example}.", code="shape") from error
    if system == IdentifierSystem.SE_PERSONNUMMER:
        # Written with or without the century it is one number: keep the century.
        value = f"{personnummer.get_birth_date(value).year // 100}{re.sub('[^0-9]', '', value)[-10:]}"
    return _SEPARATORS.sub("", str(value)).upper()
