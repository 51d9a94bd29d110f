"""The banner of every chart page: who is this, what must I never forget, who prescribes, what may I do here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.patients.choices import AllergyStatus, Sex
from apps.patients.identifiers import readable
from apps.patients.models import Patient
from apps.patients.selectors.patients import allergies_of, identifiers_of
from apps.patients.selectors.prescribers import Prescribing, prescribing_of

NO_OTHERS = "no others known"


@dataclass(frozen=True)
class BannerStatus:
    """What the rule book says about the patient's migraine: a word, since when, and what else to know.

    `tone` is that of the tag: plain, good, warn or danger.
    """

    label: str
    since: date
    detail: str = ""
    tone: str = "plain"


@dataclass(frozen=True)
class PatientBanner:
    """Everything the banner shows, in words. shows_status: a status is part of the chart, which not everybody reads."""

    name: str
    age_years: int
    born: date
    identifiers: tuple[tuple[str, str], ...]
    pronouns: str
    sex: str
    language: str
    allergies_headline: str
    allergies: tuple[str, ...]
    allergies_asked: date | None
    shows_status: bool
    status: BannerStatus | None
    prescriber_name: str | None
    prescriber_since: date | None
    cover_name: str | None
    cover_until: date | None
    may_text: str


StatusProvider = Callable[[Patient, date], BannerStatus | None]
_status_providers: list[StatusProvider] = []


def register_status_provider(provider: StatusProvider) -> None:
    """Let an app on a higher floor say what stands under "Status"; called once, when that app is ready.

    Raises RuntimeError when another provider is registered: two answers would contradict each other.
    """
    if _status_providers and _status_providers != [provider]:
        raise RuntimeError("The banner's status has a provider already.")
    _status_providers[:] = [provider]


def patient_banner(patient: Patient, user: User, today: date | None = None) -> PatientBanner:
    """The banner of a patient for the person who looks at it. At most three queries, and one for the status."""
    today = today or timezone.localdate()
    prescribing = prescribing_of(patient)
    designated, cover = prescribing.designated, prescribing.cover
    shows_status = user.may(Permission.VIEW_CHART)
    allergies = tuple(str(allergy) for allergy in allergies_of(patient))
    return PatientBanner(
        name=f"{patient.full_name} (“{patient.preferred_name}”)" if patient.preferred_name else patient.full_name,
        age_years=patient.age_on(today),
        born=patient.date_of_birth,
        identifiers=_identifiers(patient),
        pronouns=patient.pronouns,
        sex="" if patient.sex == Sex.NOT_KNOWN else patient.get_sex_display().lower(),
        language="" if patient.language == "en" else f"{patient.get_language_display()} preferred",
        allergies_headline=allergies_headline(patient.allergy_status),
        allergies=allergies,
        allergies_asked=patient.allergies_asked_on,
        shows_status=shows_status,
        status=_status_providers[0](patient, today) if _status_providers and shows_status else None,
        prescriber_name=str(designated.prescriber) if designated else None,
        prescriber_since=_day(designated.period.lower) if designated else None,
        cover_name=str(cover.prescriber) if cover else None,
        # The end is not included: cover that ends at midnight lasts until the day before.
        cover_until=_day(cover.period.upper - timedelta(microseconds=1)) if cover else None,
        may_text=may_text(patient, user, prescribing),
    )


def may_text(patient: Patient, user: User, prescribing: Prescribing) -> str:
    """What the person may do about the patient's medicines, in a sentence."""
    in_charge = prescribing.effective
    if in_charge is None:
        if user.may(Permission.NAME_PRESCRIBER):
            return "Nobody may change medicines yet: name the prescriber."
        return "Nobody may change medicines until a prescriber is named."
    if in_charge.pk == user.pk:
        if not prescribing.effective_may_sign:
            return "Your prescriber credential is not valid today: you can't sign medication changes."
        return "You may sign medication changes."
    if not user.may(Permission.VIEW_CHART):
        return f"Medicines are changed by {in_charge.short_name}."
    return f"Medicines are changed by {in_charge.short_name}. You may propose changes to them."


def _identifiers(patient: Patient) -> tuple[tuple[str, str], ...]:
    others = [
        (identifier.get_system_display(), readable(identifier.system, identifier.value))
        for identifier in identifiers_of(patient)
    ]
    return (("Clinic number", patient.clinic_number), *others)


def allergies_headline(status: str) -> str:
    """What is known besides the allergies that are listed; `status` is a value of AllergyStatus."""
    return NO_OTHERS if status == AllergyStatus.RECORDED else AllergyStatus(status).label


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)
