"""Giving leaflets to a patient, and noting what was understood."""

from collections.abc import Sequence
from datetime import date

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.core.dates import short_date
from apps.core.writing import Refused, save_checked, save_version, writes
from apps.documents.models import Document
from apps.documents.services import request_document
from apps.education.choices import ON_PAPER, How, Understanding
from apps.education.library import leaflet_of
from apps.education.models import LeafletGiven
from apps.education.printing import KIND, content_of
from apps.education.reader import Leaflet
from apps.patients.access import require
from apps.patients.models import Patient
from apps.patients.selectors.prescribers import prescribing_of


@writes
def give_leaflets(
    *, patient: Patient, leaflets: Sequence[str], how: How, given_on: date, today: date, by: User
) -> list[LeafletGiven]:
    """Record leaflets as given and, unless they are only read together, have them printed: all of it or nothing.

    Args:
        leaflets: keys like "keeping-the-diary.en".
        given_on: up to `today`.

    Raises Refused (field "leaflets" or "given_on") for an unknown leaflet, for one whose review is overdue and for
    a day to come; PermissionDenied.
    """
    require(by, Permission.GIVE_LEAFLET, patient)
    if given_on > today:
        raise Refused({"given_on": ["Enter a day up to today: the leaflet was given already."]})
    chosen = [_usable(key, today) for key in dict.fromkeys(leaflets)]
    if not chosen:
        raise Refused({"leaflets": ["Select at least one leaflet."]})
    in_charge = prescribing_of(patient).effective
    return [_give(leaflet, patient, how, given_on, by, str(in_charge or "")) for leaflet in chosen]


@writes
def record_understanding(
    *, given: LeafletGiven, expected_version: int, understanding: Understanding, teach_back: str, by: User
) -> LeafletGiven:
    """Note what the patient said in their own words about a leaflet.

    Raises StaleSave when somebody else noted it meanwhile, PermissionDenied, Refused.
    """
    require(by, Permission.GIVE_LEAFLET, given.patient)
    given.understanding = understanding
    given.teach_back = teach_back
    save_version(given, expected_version=expected_version)
    return given


def _usable(key: str, today: date) -> Leaflet:
    leaflet = leaflet_of(key)
    if leaflet is None:
        raise Refused({"leaflets": ["Select leaflets from the list."]})
    if leaflet.expired_on(today):
        sentence = (
            f"“{leaflet.title}” can't be handed out: its review was due by {short_date(leaflet.review_by)}. "
            f"Ask its owner ({leaflet.owner}) to review it."
        )
        raise Refused({"leaflets": [sentence]})
    return leaflet


def _give(leaflet: Leaflet, patient: Patient, how: How, given_on: date, by: User, prescriber: str) -> LeafletGiven:
    given = LeafletGiven(
        created_by=by,
        patient=patient,
        leaflet_code=leaflet.code,
        leaflet_version=leaflet.version,
        language=leaflet.language,
        title=leaflet.title,
        given_by=by,
        given_on=given_on,
        how=how,
        document=_print(leaflet, patient, by, prescriber) if how in ON_PAPER else None,
    )
    save_checked(given)
    return given


def _print(leaflet: Leaflet, patient: Patient, by: User, prescriber: str) -> Document:
    return request_document(
        patient=patient,
        kind=KIND,
        subject_id=leaflet.key,
        snapshot=content_of(leaflet, prescriber=prescriber),
        by=by,
        title=leaflet.title,
        language=leaflet.language,
    )
