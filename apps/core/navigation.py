"""What leads where: the clinic's main navigation and the tabs of a chart.

Only what exists and what the person may open is shown. Permissions are written as their text values, because the
role table lives on a higher floor.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True)
class Place:
    """An entry of a navigation: its key, its label, the names its page may have, and the permission it needs."""

    key: str
    label: str
    url_names: tuple[str, ...]
    permission: str


@dataclass(frozen=True)
class Entry:
    """A place as one person sees it. `current` is the value of aria-current: "page", "true" for a page below it, ""."""

    key: str
    label: str
    url: str
    current: str


# Both navigations stand on the same page: no label may lead to two places.
CLINIC: Final = (
    Place("today", "Today", ("overview:today",), "overview.worklist"),
    Place("patients", "Patients", ("patients:list",), "patients.find"),
    Place("referrals", "Referrals", ("patients:referrals",), "patients.view_referral"),
    Place("diaries", "Diaries", ("diary:above",), "chart.view"),
    Place("education", "Leaflets", ("education:leaflets", "education:library"), "education.view"),
    Place("medicines", "Medicine list", ("medicines:list",), "medicines.view"),
    Place("questionnaires", "Questionnaires", ("screening:licences",), "accounts.manage_staff"),
    Place("staff", "Staff", ("accounts:staff",), "accounts.manage_staff"),
    Place("audit", "Audit", ("audit:log",), "audit.view"),
)

CHART: Final = (
    Place("overview", "Overview", ("overview:patient",), "chart.view"),
    Place("diary", "Diary", ("diary:current",), "chart.view"),
    Place("screening", "Screening", ("screening:overview",), "chart.view"),
    Place("medicines", "Medicines", ("treatment:medicines",), "chart.view"),
    Place("plan", "Plan", ("treatment:plan",), "chart.view"),
    Place("education", "Education", ("education:chart",), "chart.view"),
    Place("documents", "Documents", ("documents:list",), "documents.read"),
    Place("visits", "Visits", ("patients:visits",), "chart.view"),
    Place("details", "Details", ("patients:detail",), "patients.view"),
    Place("team", "Team", ("patients:team",), "patients.view_care_team"),
    Place("history", "History", ("overview:history",), "chart.view_history"),
)


def url_or_none(names: str | Iterable[str], *args: Any, **kwargs: Any) -> str | None:
    """The address of the first of some named pages that exists with these arguments, else None."""
    for name in [names] if isinstance(names, str) else names:
        try:
            return reverse(name, args=args, kwargs=kwargs)
        except NoReverseMatch:
            continue
    return None


def clinic_entries(request: HttpRequest) -> list[Entry]:
    """The main navigation of the person signed in; nothing for anybody else."""
    return [
        Entry(place.key, place.label, url, _current(request.path, url))
        for place in CLINIC
        if _may(request, place) and (url := url_or_none(place.url_names))
    ]


def chart_entries(request: HttpRequest, patient_id: uuid.UUID, current: str) -> list[Entry]:
    """The tabs of a patient's chart for the person signed in; `current` is the key of the tab the page is in."""
    return [
        Entry(place.key, place.label, url, "page" if place.key == current else "")
        for place in CHART
        if _may(request, place) and (url := url_or_none(place.url_names, patient_id=patient_id))
    ]


def _may(request: HttpRequest, place: Place) -> bool:
    user: Any = getattr(request, "user", None)
    return bool(user and user.is_authenticated and user.may(place.permission))


def _current(path: str, url: str) -> str:
    if path == url:
        return "page"
    return "true" if url != "/" and path.startswith(url) else ""
