"""What the month page tells its script, so that keys and words stand in one place: here, on the server."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from apps.accounts.models import User
from apps.diary.counts import CLASSES
from apps.diary.presenters.month import FUNCTION_COLUMN, HEADACHE_COLUMN, KeyColumn
from apps.diary.selectors import MonthRecord
from apps.medicines.facts import acute_use
from apps.medicines.models import Medicine
from apps.patients.models import Patient


@dataclass(frozen=True)
class TypingAid:
    """JSON texts for the script. draft_key: whose draft, of which patient and month; never shown to anybody."""

    answers: str
    medicines: str
    draft_key: str


def typing_aid(
    letters: Mapping[str, str], record: MonthRecord, *, month: date, patient: Patient, user: User
) -> TypingAid:
    """Keys and words of the answer columns, letters and names of medicines with the classes they count for."""
    return TypingAid(
        answers=json.dumps({column.name: _column(column) for column in (HEADACHE_COLUMN, FUNCTION_COLUMN)}),
        medicines=json.dumps({"letters": dict(letters), "classes": _classes((*record.own, *record.catalogue))}),
        draft_key=f"{user.pk}/{patient.pk}/{month:%Y-%m}",
    )


def _column(column: KeyColumn) -> dict[str, object]:
    return {"keys": dict(column.keys), "words": dict(column.words)}


def _classes(medicines: Iterable[Medicine]) -> dict[str, list[str]]:
    """Medicine's code -> the ICHD-3 codes of the classes that a day with it counts for."""
    classes = {}
    for medicine in medicines:
        use = acute_use(medicine)
        groups = {use.overuse_class, use.also_class}
        classes[medicine.code] = [subtype.code for subtype in CLASSES if subtype.classes & groups]
    return classes
