"""The diary sheet as a document: what is frozen, and how the frozen content is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

import segno
from django.urls import reverse
from django.utils.safestring import SafeString

from apps.clinical.periods import calendar_month
from apps.core.dates import month_title
from apps.diary.answers import FUNCTION
from apps.diary.choices import Function, Severity
from apps.diary.models import DiarySheet
from apps.documents.kinds import register_kind

KIND: Final = "diary_sheet"
# More would not leave room to write.
MOST_MEDICINES: Final = 6
EMPTY_COLUMNS: Final = 2
MOST_MONTHS: Final = 3

# The patient reads these alone, tired, perhaps in a dark room.
INSTRUCTIONS: Final = (
    "Fill in one row each evening.",
    "Headache: cross out 0 for none, 1 for mild, 2 for moderate or 3 for severe.",
    "Function: what could you do? 0 as usual, 1 a bit less, 2 much less, 3 in bed.",
    "Medicine: write how often you took it. If you filled in the day, an empty box means none.",
    "“Early”: tick it if you took a medicine before the pain began.",
    "Leave a day empty if you don't remember. An empty day is not a headache-free day.",
)

_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SATURDAY: Final = 5


class Paper(StrEnum):
    """What the clinic's printer holds."""

    A4 = "A4"
    LETTER = "Letter"


@dataclass(frozen=True)
class SheetDay:
    name: str
    weekend: bool


@dataclass(frozen=True)
class SheetMonth:
    """One page: the title, its days, the printed medicines (letter, name), and the way back into the application."""

    title: str
    days: tuple[SheetDay, ...]
    medicines: tuple[tuple[str, str], ...]
    code: SafeString
    short_address: str
    alternative: str


def title_of(months: Sequence[date]) -> str:
    """Like "Diary sheet, November 2026", or "Diary sheets, November 2026 to January 2027"."""
    if len(months) == 1:
        return f"Diary sheet, {month_title(months[0])}"
    return f"Diary sheets, {month_title(months[0])} to {month_title(months[-1])}"


def content_of(
    sheets: Sequence[DiarySheet], *, medicines: Sequence[tuple[str, str]], paper: Paper, site: str
) -> dict[str, Any]:
    """All that printed sheets say. medicines: letter and name; site: the application's address, for the code."""
    return {
        "paper": paper.value,
        "medicines": [list(each) for each in medicines],
        "instructions": list(INSTRUCTIONS),
        "months": [
            {"month": sheet.month, "address": site.rstrip("/") + reverse("diary:open_sheet", args=[sheet.code])}
            for sheet in sheets
        ],
    }


def context_of(content: dict[str, Any]) -> dict[str, Any]:
    """The frozen content for the template."""
    medicines = tuple((letter, name) for letter, name in content["medicines"])
    return {
        "months": [_month(each, medicines) for each in content["months"]],
        "instructions": content["instructions"],
        "severities": ["0", *(str(each.value) for each in Severity)],
        "functions": list(FUNCTION.keys),
        "others": range(EMPTY_COLUMNS),
        "worst_function": Function.IN_BED.value,
    }


def qr_code(address: str, alternative: str) -> SafeString:
    """The address as a QR code: black on white with its quiet zone, readable when a sixth of it is damaged."""
    picture = segno.make(address, error="m", micro=False, boost_error=False)
    svg = picture.svg_inline(border=4, omitsize=True, light="#fff", svgclass="qr", title=alternative)
    return SafeString(svg.replace("<svg ", '<svg role="img" ', 1))


def _month(frozen: dict[str, Any], medicines: tuple[tuple[str, str], ...]) -> SheetMonth:
    first = date.fromisoformat(frozen["month"])
    alternative = f"Code that opens {month_title(first)} of this diary for the clinic's staff"
    return SheetMonth(
        title=month_title(first),
        days=tuple(
            SheetDay(f"{_WEEKDAYS[day.weekday()]} {day.day}", day.weekday() >= _SATURDAY)
            for day in calendar_month(first.year, first.month)
        ),
        medicines=medicines,
        code=qr_code(frozen["address"], alternative),
        short_address=frozen["address"].partition("://")[2],
        alternative=alternative,
    )


register_kind(KIND, "Diary sheet", "documents/diary_sheet.html", context=context_of)
