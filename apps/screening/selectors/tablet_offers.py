"""Which questionnaires can be handed to a patient on the tablet, and why the others can't."""

from collections.abc import Mapping
from dataclasses import dataclass

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.clinical.instruments import AdministeredBy, Instrument, all_instruments
from apps.patients.choices import LANGUAGES
from apps.patients.models import Patient
from apps.screening.models import InstrumentWording
from apps.screening.selectors.adversity import may_be_asked
from apps.screening.selectors.tablet import can_be_read

CLINICIAN_ASKS = "a clinician asks or measures"
NUMBERS_ONLY = "numbers only: no permission to show the questions is recorded"
NOT_WHOLE = "the clinic's wording has no text for some of its questions"
NO_CONSENT = "the patient has not agreed to be asked"


@dataclass(frozen=True)
class Offer:
    """One questionnaire and, when it can't be on the tablet, why. sensitive: only after the patient's own consent."""

    code: str
    label: str
    about: str
    why_not: str
    sensitive: bool


@dataclass(frozen=True)
class Offers:
    """What can be handed over in one language. languages: code and name of those in which anything can be."""

    language: str
    languages: list[tuple[str, str]]
    possible: list[Offer]
    impossible: list[Offer]


def tablet_offers(patient: Patient, user: User, language: str = "") -> Offers:
    """What can be on the tablet in a language; without one in the patient's own, or else English. Two queries."""
    wordings = _every_live_wording()
    consent = may_be_asked(patient)
    asked = [found for found in all_instruments() if not found.sensitive or user.may(Permission.VIEW_SENSITIVE)]
    known = [
        (code, name) for code, name in LANGUAGES if any(not _why_not(found, code, wordings, consent) for found in asked)
    ]
    wanted = [language, patient.language, "en"]
    chosen = next((code for code in wanted if code in dict(known)), "en")
    offers = [_offer(found, _why_not(found, chosen, wordings, consent)) for found in asked]
    return Offers(
        chosen,
        known,
        [offer for offer in offers if not offer.why_not],
        [offer for offer in offers if offer.why_not],
    )


def _offer(found: Instrument, why_not: str) -> Offer:
    return Offer(found.code, found.short_title, found.about, why_not, found.sensitive)


def _why_not(
    found: Instrument, language: str, wordings: Mapping[tuple[str, str], InstrumentWording], consent: bool
) -> str:
    if found.administered_by is AdministeredBy.CLINICIAN:
        return CLINICIAN_ASKS
    wording = wordings.get((found.code, language))
    if not can_be_read(found, language, wording):
        return _unreadable(found, wording, {code for code, _ in wordings})
    if found.sensitive and not consent:
        return NO_CONSENT
    return ""


def _unreadable(found: Instrument, wording: InstrumentWording | None, licensed: set[str]) -> str:
    if wording is not None:
        return NOT_WHOLE
    return "not in this language" if found.shows_items or found.code in licensed else NUMBERS_ONLY


def _every_live_wording() -> dict[tuple[str, str], InstrumentWording]:
    newest = (
        InstrumentWording.objects.filter(licence__withdrawn_at__isnull=True)
        .select_related("licence")
        .order_by("licence_id", "-number")
        .distinct("licence_id")
    )
    return {(wording.licence.instrument, wording.licence.language): wording for wording in newest}
