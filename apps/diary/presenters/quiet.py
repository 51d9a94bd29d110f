"""Quiet diaries in words: since when, how the last entry came in, and how the patient can be reached."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from apps.clinical.counting import days_word
from apps.core.dates import short_date
from apps.diary.choices import Source
from apps.diary.selectors.quiet import QuietDiary
from apps.patients.choices import ContactRoute
from apps.patients.models import Patient

_SOURCES = {Source.CLINIC: "typed in by the clinic", Source.IMPORT: "imported", Source.LINK: "by the diary link"}


@dataclass(frozen=True)
class Reach:
    """A way to reach somebody: "Telephone", the number, or empty when none is recorded."""

    route: str
    value: str
    preferred: bool


@dataclass(frozen=True)
class QuietRow:
    name: str
    clinic_number: str
    url: str
    silent: str
    last_entry: str
    how: str
    completeness: str
    reach: tuple[Reach, ...]
    next_visit: str


def quiet_row(quiet: QuietDiary, on: date) -> QuietRow:
    """A patient of the list; the row leads to the month of the diary that fell silent."""
    patient = quiet.patient
    month = quiet.last_entry or on
    return QuietRow(
        name=f"{patient.family_name}, {patient.given_name}",
        clinic_number=patient.clinic_number,
        url=reverse("diary:month", args=[patient.pk, month]),
        silent=days_word((on - quiet.silent_since).days),
        last_entry=short_date(quiet.last_entry) if quiet.last_entry else "",
        how=_how(quiet),
        completeness=str(quiet.completeness),
        reach=reach(patient),
        next_visit=short_date(quiet.next_visit_on) if quiet.next_visit_on else "",
    )


def reach(patient: Patient) -> tuple[Reach, ...]:
    """How the patient can be reached, the preferred way first, also when nothing is recorded for it."""
    preferred = ContactRoute(patient.contact_route)
    values = {
        ContactRoute.TELEPHONE: patient.telephone,
        ContactRoute.EMAIL: patient.email,
        ContactRoute.LETTER: " ".join(patient.address.split()),
    }
    by_number = ContactRoute.TELEPHONE if preferred is ContactRoute.TEXT_MESSAGE else preferred
    first = Reach(preferred.label, values[by_number], preferred=True)
    others = (route for route in (ContactRoute.TELEPHONE, ContactRoute.EMAIL) if route is not by_number)
    return (first, *(Reach(route.label, values[route], preferred=False) for route in others))


def _how(quiet: QuietDiary) -> str:
    if quiet.source is None:
        return f"Nothing yet. The diary link was given on {short_date(quiet.silent_since)}"
    later = f", diary link given on {short_date(quiet.silent_since)}" if quiet.silent_since != quiet.last_entry else ""
    return f"{_SOURCES[quiet.source]}{later}"
