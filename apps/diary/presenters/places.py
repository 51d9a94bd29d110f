"""The pages of a patient's diary, for the row of links on each of them."""

from apps.accounts.models import User
from apps.core.navigation import Entry
from apps.patients.models import Patient
from apps.patients.presenters.places import chart_places

_PLACES = (
    ("month", "Month", "diary:current"),
    ("year", "Year", "diary:year"),
    ("list", "List", "diary:list"),
    ("patterns", "Patterns", "diary:patterns"),
    ("imports", "Import", "diary:imports"),
    ("link", "Diary link", "diary:link"),
    ("sheet", "Sheet", "diary:sheet"),
)


def diary_places(user: User, patient: Patient, current: str) -> list[Entry]:
    """The pages of the diary that this person may open; `current` is the key of the one that is open."""
    return chart_places(user, patient, current, _PLACES)
