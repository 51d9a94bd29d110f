"""Patients as lines: of the list, of the search, of the duplicate check."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.core.dates import short_date
from apps.core.navigation import url_or_none
from apps.patients.choices import ReferralState
from apps.patients.models import Patient, Referral
from apps.patients.selectors.duplicates import Candidate
from apps.patients.selectors.patients import ListedPatient

# Where a name leads: the one page of a patient; the details for those whose role reads no chart.
CHART_PAGE, DETAILS_PAGE = "overview:patient", "patients:detail"


@dataclass(frozen=True)
class PatientLine:
    """One row of the patient list, in words. `next_step_tone` is the tone of its tag."""

    name: str
    called: str
    url: str
    born: str
    age_years: int
    clinic_number: str
    prescriber: str
    cover: str
    last_visit: str
    next_step: str
    next_step_tone: str


@dataclass(frozen=True)
class CandidateLine:
    """Somebody who may be the same person. Without a name and address when the user has nothing to do with them."""

    name: str
    clinic_number: str
    born: str
    reasons: str
    url: str = ""


def chart_url(patient_id: UUID, user: User) -> str:
    """The address of the first page of a patient's chart that this person may open."""
    page = CHART_PAGE if user.may(Permission.VIEW_CHART) else DETAILS_PAGE
    return url_or_none(page, patient_id=patient_id) or ""


def patient_line(listed: ListedPatient, today: date, user: User) -> PatientLine:
    """A patient as a row of the list that this person looks at."""
    patient = listed.patient
    step, tone = next_step(listed)
    return PatientLine(
        name=f"{patient.family_name}, {patient.given_name}",
        called=patient.preferred_name,
        url=chart_url(patient.pk, user),
        born=short_date(patient.date_of_birth),
        age_years=patient.age_on(today),
        clinic_number=patient.clinic_number,
        prescriber=str(listed.prescriber) if listed.prescriber else "",
        cover=str(listed.cover) if listed.cover else "",
        last_visit=short_date(listed.last_visit_on) if listed.last_visit_on else "",
        next_step=step,
        next_step_tone=tone,
    )


def next_step(listed: ListedPatient) -> tuple[str, str]:
    """What the clinic owes this patient next as far as the intake goes, and the tone of its tag; empty when nothing."""
    state = listed.referral.state if listed.referral else None
    if state == ReferralState.DECLINED:
        return "Referral declined", "plain"
    if state == ReferralState.RECEIVED:
        return "Answer the referral", "warn"
    if state == ReferralState.WAITING_FOR_INFORMATION:
        return "Waiting for information", "warn"
    if listed.prescriber is None:
        return "Name the prescriber", "warn"
    if listed.last_visit_on is None:
        return "First visit", "plain"
    return "", "plain"


def candidate_lines(candidates: Iterable[Candidate], mine: Collection[UUID], user: User) -> list[CandidateLine]:
    """People who may be the same person, as far as the user may know them; `mine` are the keys of the user's own."""
    return [
        _known(candidate, user) if candidate.patient.pk in mine else _unknown(candidate) for candidate in candidates
    ]


def holder_note(holder: Patient, mine: Collection[UUID]) -> str:
    """What to do when a number belongs to somebody else already."""
    if holder.pk in mine:
        return f"It belongs to {holder.full_name}, clinic number {holder.clinic_number}."
    return (
        f"It belongs to the patient with clinic number {holder.clinic_number}, who is not yours. "
        "Ask the intake coordinator or the clinic manager."
    )


def waiting_days(referral: Referral, today: date) -> int:
    """Whole days since the referral arrived."""
    return (today - referral.received_on).days


def _known(candidate: Candidate, user: User) -> CandidateLine:
    patient = candidate.patient
    name = f"{patient.full_name} ({patient.preferred_name})" if patient.preferred_name else patient.full_name
    return CandidateLine(
        name=name,
        clinic_number=patient.clinic_number,
        born=short_date(patient.date_of_birth),
        reasons=", ".join(candidate.reasons).capitalize(),
        url=chart_url(patient.pk, user),
    )


def _unknown(candidate: Candidate) -> CandidateLine:
    return CandidateLine(
        name="",
        clinic_number=candidate.patient.clinic_number,
        born="",
        reasons=", ".join(candidate.reasons).capitalize(),
    )
