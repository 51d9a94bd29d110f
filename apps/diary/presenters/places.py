"""The pages of a patient's diary, for the row of links on each of them."""

from typing import Any

from django.urls import resolve

from apps.accounts.models import User
from apps.core.navigation import Entry, url_or_none
from apps.patients.access import may
from apps.patients.models import Patient

# Key, what it is called, and its address. A page that is not there is not shown.
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
    return [
        Entry(key, label, url, "page" if key == current else "")
        for key, label, name in _PLACES
        if (url := url_or_none(name, patient_id=patient.pk)) and _opens(user, patient, url)
    ]


def _opens(user: User, patient: Patient, url: str) -> bool:
    """Each page says itself which permission it needs: the link and the page can't disagree."""
    page: Any = resolve(url).func
    return may(user, page.permission, patient)
