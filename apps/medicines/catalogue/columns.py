"""The columns of a catalogue file: for each, how its text becomes a value, or a sentence saying what to write instead."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar

from apps.clinical.diary import OveruseClass
from apps.clinical.findings import Certainty
from apps.medicines.catalogue.vocabulary import (
    EHF_2020_CLASSES,
    OVERUSE_LIMITS,
    Advice,
    DosePeriod,
    DoseUnit,
    Ehf2014Group,
    PharmacologicalClass,
    Route,
    SchulmanClass,
    Use,
)

CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# Full code of a substance, or the five-character group where the source names only the group.
ATC = re.compile(r"[A-Z]\d{2}[A-Z]{2}(\d{2})?")
NUMBER = re.compile(r"\d{1,6}(\.\d{1,2})?")
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
LONGEST_TEXT = 600
LONGEST_NAME = 80

Member = TypeVar("Member", bound=StrEnum)
Parser = Callable[[str], Any]


class BadCellError(ValueError):
    """One cell that cannot be read; the message says what to write."""


def needed(parse: Parser) -> Parser:
    """The cell must not be empty."""

    def read(cell: str) -> Any:
        if not cell:
            raise BadCellError("is empty; fill it in")
        return parse(cell)

    return read


def optional(parse: Parser, empty: Any) -> Parser:
    """An empty cell means "the source does not say" and reads as `empty`."""
    return lambda cell: parse(cell) if cell else empty


def text(longest: int = LONGEST_TEXT) -> Parser:
    """Printable text up to a length."""

    def read(cell: str) -> str:
        if UNPRINTABLE.search(cell):
            raise BadCellError("contains a line break or an invisible character; delete it")
        if len(cell) > longest:
            raise BadCellError(f"has {len(cell)} characters; shorten it to at most {longest}")
        return cell

    return read


def pattern(expression: re.Pattern[str], wanted: str) -> Parser:
    """Text of a fixed form."""

    def read(cell: str) -> str:
        if not expression.fullmatch(cell):
            raise BadCellError(f"is “{shown(cell)}”; write {wanted}")
        return cell

    return read


def one_of(allowed: type[Member]) -> Parser:
    """One word of a closed list."""

    def read(cell: str) -> Member:
        try:
            return allowed(cell)
        except ValueError:
            raise BadCellError(f"is “{shown(cell)}”; use one of {words(allowed)}") from None

    return read


def several_of(allowed: type[Member]) -> Parser:
    """One or more words of a closed list, separated by semicolons."""
    single = one_of(allowed)

    def read(cell: str) -> tuple[Member, ...]:
        found = tuple(single(part.strip()) for part in cell.split(";"))
        if len(set(found)) < len(found):
            raise BadCellError("names the same word twice; name it once")
        return found

    return read


def ingredients(cell: str) -> tuple[str, ...]:
    """Ingredient keys separated by semicolons."""
    found = tuple(part.strip() for part in cell.split(";"))
    for part in found:
        pattern(CODE, "ingredients in small letters, digits and hyphens, separated by semicolons")(part)
    return found


def whole(lowest: int, highest: int) -> Parser:
    """A whole number within a range, both ends included."""

    def read(cell: str) -> int:
        number = int(cell) if cell.isascii() and cell.isdigit() and len(cell) <= 6 else None
        if number is None or not lowest <= number <= highest:
            raise BadCellError(f"is “{shown(cell)}”; write a whole number from {lowest} to {highest}")
        return number

    return read


def amount(cell: str) -> Decimal:
    """A dose figure above 0 with a decimal point and at most two decimals."""
    try:
        number = Decimal(cell) if NUMBER.fullmatch(cell) else Decimal(0)
    except InvalidOperation:
        number = Decimal(0)
    if number <= 0:
        raise BadCellError(f"is “{shown(cell)}”; write a number above 0 such as 75 or 0.5")
    return number


def iso_date(cell: str) -> date:
    """A calendar date as year-month-day."""
    try:
        return date.fromisoformat(cell)
    except ValueError:
        raise BadCellError(f"is “{shown(cell)}”; write the date of the ATC list such as 2026-04-25") from None


def yes_or_empty(cell: str) -> bool:
    """The word yes, or an empty cell for no."""
    if cell not in ("", "yes"):
        raise BadCellError(f"is “{shown(cell)}”; write yes or leave it empty")
    return cell == "yes"


def overuse_class(cell: str) -> OveruseClass:
    """A group of ICHD-3 8.2 that a medicine can belong to."""
    allowed = {member.value: member for member in OVERUSE_LIMITS}
    if cell not in allowed:
        raise BadCellError(f"is “{shown(cell)}”; use one of {', '.join(allowed)}")
    return allowed[cell]


def shown(cell: str) -> str:
    """The offending text, made printable and short."""
    printable = UNPRINTABLE.sub("·", cell)
    return printable if len(printable) <= 40 else printable[:40] + "…"


def words(allowed: type[StrEnum]) -> str:
    """The words of a closed list for a message."""
    return ", ".join(member.value for member in allowed)


FREE_TEXT = optional(text(), "")

COLUMNS: dict[str, Parser] = {
    "code": needed(pattern(CODE, "small letters, digits and hyphens, such as sumatriptan-nasal")),
    "generic_name": needed(text(LONGEST_NAME)),
    "ingredients": needed(ingredients),
    "atc_code": optional(pattern(ATC, "an ATC code such as C07AA05"), ""),
    "atc_version": optional(iso_date, None),
    "uses": needed(several_of(Use)),
    "route": optional(one_of(Route), ""),
    "pharmacological_class": needed(one_of(PharmacologicalClass)),
    "ehf_2020_class": optional(whole(min(EHF_2020_CLASSES), max(EHF_2020_CLASSES)), None),
    "ehf_2020_note": FREE_TEXT,
    "ehf_2014_group": optional(one_of(Ehf2014Group), ""),
    "schulman_2008_class": optional(one_of(SchulmanClass), ""),
    "overuse_class": needed(overuse_class),
    "also_overuse_class": optional(overuse_class, ""),
    "overuse_limit_days": optional(whole(1, 31), None),
    "planning_max_days": optional(whole(0, 31), None),
    "overuse_note": FREE_TEXT,
    "contains_opioid": yes_or_empty,
    "contains_butalbital": yes_or_empty,
    "dose_low": optional(amount, None),
    "dose_high": optional(amount, None),
    "dose_unit": optional(one_of(DoseUnit), ""),
    "dose_period": optional(one_of(DosePeriod), ""),
    "dose_max": optional(amount, None),
    "max_per_24h": optional(amount, None),
    "dose_note": FREE_TEXT,
    "trial_weeks": optional(whole(1, 52), None),
    "trial_note": FREE_TEXT,
    "cautions": FREE_TEXT,
    "pregnancy": FREE_TEXT,
    "availability": FREE_TEXT,
    "setting": FREE_TEXT,
    "advice": optional(one_of(Advice), ""),
    "evidence": FREE_TEXT,
    "source": needed(text()),
    "certainty": needed(one_of(Certainty)),
    "to_confirm": FREE_TEXT,
}
