"""The pages of one part of a chart, for the row of links on each of them."""

from collections.abc import Iterable
from typing import Any

from django.urls import resolve

from apps.accounts.models import User
from apps.core.navigation import Entry, url_or_none
from apps.patients.access import may
from apps.patients.models import Patient

# Key, what it is called, and the name of its address.
ChartPlace = tuple[str, str, str]


def chart_places(user: User, patient: Patient, current: str, places: Iterable[ChartPlace]) -> list[Entry]:
    """Those of the pages that exist and that this person may open; `current` is the key of the one that is open."""
    return [
        Entry(key, label, url, "page" if key == current else "")
        for key, label, name in places
        if (url := url_or_none(name, patient_id=patient.pk)) and _opens(user, patient, url)
    ]


def _opens(user: User, patient: Patient, url: str) -> bool:
    """Each page says itself which permission it needs: the link and the page can't disagree."""
    page: Any = resolve(url).func
    return may(user, page.permission, patient)
