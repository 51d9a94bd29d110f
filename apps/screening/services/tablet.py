"""Handing a set of questionnaires to a patient on the tablet, and taking it back. What the patient does is beside this."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.core.writing import Refused, save_checked, writes
from apps.patients.access import require
from apps.patients.models import Patient
from apps.screening.choices import TABLET_ENDS, TabletState
from apps.screening.models import TabletSet
from apps.screening.selectors.tablet_offers import tablet_offers
from apps.screening.tablet_secrets import code_hash, new_code, new_secret, secret_hash
from apps.screening.tablet_times import CODE_LIFE, run_out, whole_life


@dataclass(frozen=True)
class HandedOver:
    """A set and what opens it: the tablet's secret, or the code that is typed on another tablet. Shown once."""

    tablet: TabletSet
    secret: str


@writes
def start_on_this_device(
    *, patient: Patient, codes: Sequence[str], language: str, now: datetime, by: User
) -> HandedOver:
    """Start a set on the device in somebody's hands; the view signs that person out.

    Raises Refused when a set is running for the patient or a questionnaire can't be shown, PermissionDenied without
    the right.
    """
    secret = new_secret()
    tablet = _prepared(patient, codes, language, now, by)
    tablet.state = TabletState.OPEN
    tablet.device_sha256 = secret_hash(secret)
    tablet.opened_at = tablet.last_seen_at = now
    save_checked(tablet)
    return HandedOver(tablet, secret)


@writes
def start_with_code(*, patient: Patient, codes: Sequence[str], language: str, now: datetime, by: User) -> HandedOver:
    """Start a set that waits for its code on another tablet. Raises as `start_on_this_device` does."""
    tablet = _prepared(patient, codes, language, now, by)
    code = _free_code()
    tablet.code_sha256 = code_hash(code)
    tablet.code_ends_at = now + CODE_LIFE
    save_checked(tablet)
    return HandedOver(tablet, code)


@writes
def take_back(*, tablet: TabletSet, now: datetime, by: User) -> TabletSet:
    """End a running set; what was answered stays. Raises Refused when it is over, PermissionDenied without the right."""
    require(by, Permission.RECORD_SCREENING, tablet.patient)
    locked = TabletSet.objects.select_for_update().get(pk=tablet.pk)
    if locked.state in TABLET_ENDS:
        raise Refused("This set is over already.")
    locked.state = TabletState.TAKEN_BACK
    locked.ended_at = now
    locked.ended_by = by
    save_checked(locked)
    return locked


def _prepared(patient: Patient, codes: Sequence[str], language: str, now: datetime, by: User) -> TabletSet:
    require(by, Permission.RECORD_SCREENING, patient)
    # One start at a time for a patient; a set whose time is up makes room.
    Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)
    TabletSet.objects.filter(run_out(now), patient=patient).update(state=TabletState.TIMED_OUT, ended_at=now)
    _check(patient, codes, language, by)
    return TabletSet(
        patient=patient, instruments=list(codes), language=language, ends_at=now + whole_life(), created_by=by
    )


def _check(patient: Patient, codes: Sequence[str], language: str, by: User) -> None:
    if not codes:
        raise Refused({"questionnaires": ["Choose at least one questionnaire."]})
    offers = tablet_offers(patient, by, language)
    possible = {offer.code for offer in offers.possible} if offers.language == language else set()
    if len(set(codes)) != len(codes) or set(codes) - possible:
        raise Refused({"questionnaires": ["One of these can't be shown on the tablet now. Open this page again."]})


def _free_code() -> str:
    """A code that no waiting set has: with few sets waiting, the first try nearly always is."""
    while True:
        code = new_code()
        if not TabletSet.objects.filter(code_sha256=code_hash(code), state=TabletState.WAITING).exists():
            return code
