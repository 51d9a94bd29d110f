"""Leaflets and what was given, in words."""

from dataclasses import dataclass
from datetime import date, datetime

from apps.core.dates import short_date
from apps.documents.presenters import DocumentView, present
from apps.education.choices import Understanding
from apps.education.library import library
from apps.education.models import LeafletGiven
from apps.education.reader import Leaflet
from apps.education.suggestions import reasons_for
from apps.patients.choices import LANGUAGES
from apps.patients.models import Patient

TONES = {
    Understanding.NOT_ASKED: "plain",
    Understanding.CLEAR: "good",
    Understanding.PARTLY: "warn",
    Understanding.NOT_YET: "warn",
}


@dataclass(frozen=True)
class ShelfLine:
    """A leaflet on the clinic's shelf."""

    leaflet: Leaflet
    language: str
    expired: bool


@dataclass(frozen=True)
class GivenLine:
    """A leaflet that was given, as the chart shows it."""

    given: LeafletGiven
    language: str
    tone: str
    document: DocumentView | None
    newer_version: int | None


@dataclass(frozen=True)
class Choice:
    """A leaflet that may be given to this patient: its key, its label, why or when, whether findings suggest it."""

    key: str
    label: str
    suggested: bool


def language_name(code: str) -> str:
    """The language in English; its code when the clinic has no name for it."""
    return str(dict(LANGUAGES).get(code, code))


def shelf(today: date) -> list[ShelfLine]:
    """All leaflets of the clinic."""
    return [
        ShelfLine(leaflet, language_name(leaflet.language), leaflet.expired_on(today)) for leaflet in library().values()
    ]


def given_lines(given: list[LeafletGiven], *, now: datetime, may_request: bool) -> list[GivenLine]:
    """What the patient was given, newest first."""
    return [
        GivenLine(
            one,
            language_name(one.language),
            TONES[Understanding(one.understanding)],
            present(one.document, now=now, may_request=may_request) if one.document else None,
            _newer_version(one),
        )
        for one in given
    ]


def choices_for(patient: Patient, given: dict[str, LeafletGiven], today: date) -> list[Choice]:
    """The leaflets that may be handed out today: suggested ones first, then new ones, the patient's language first."""
    reasons = reasons_for(patient)
    usable = [leaflet for leaflet in library().values() if not leaflet.expired_on(today)]
    in_order = sorted(
        usable,
        key=lambda leaflet: (
            leaflet.key not in reasons,
            leaflet.key in given,
            leaflet.language != patient.language,
            leaflet.title,
        ),
    )
    return [
        Choice(
            leaflet.key, _label(leaflet, reasons.get(leaflet.key, []), given.get(leaflet.key)), leaflet.key in reasons
        )
        for leaflet in in_order
    ]


def overdue(today: date) -> list[Leaflet]:
    """The leaflets that may not be handed out until they are reviewed."""
    return [leaflet for leaflet in library().values() if leaflet.expired_on(today)]


def _label(leaflet: Leaflet, reasons: list[str], given: LeafletGiven | None) -> str:
    parts = [f"{leaflet.title} ({language_name(leaflet.language)}, version {leaflet.version})"]
    if reasons:
        parts.append(f"suggested: {'; '.join(reasons)}")
    if given:
        parts.append(f"given {short_date(given.given_on)}, version {given.leaflet_version}")
    return " – ".join(parts)


def _newer_version(given: LeafletGiven) -> int | None:
    leaflet = library().get(f"{given.leaflet_code}.{given.language}")
    return leaflet.version if leaflet and leaflet.version > given.leaflet_version else None
