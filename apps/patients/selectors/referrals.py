"""Referrals: the clinic's inbox, and those of one patient."""

from typing import Final
from uuid import UUID

from django.db.models import Case, IntegerField, Value, When

from apps.accounts.models import User
from apps.patients.access import patients_of
from apps.patients.choices import ReferralState, Urgency
from apps.patients.models import Patient, Referral
from apps.patients.selectors.pages import Page, page_of

PAGE_SIZE: Final = 50
OPEN_STATES: Final = (ReferralState.RECEIVED, ReferralState.WAITING_FOR_INFORMATION)
MOST_URGENT_FIRST: Final = (Urgency.URGENT, Urgency.SOON, Urgency.ROUTINE)


def referral_inbox(
    user: User, *, state: str = "", after: UUID | None = None, before: UUID | None = None, size: int = PAGE_SIZE
) -> Page[Referral]:
    """Referrals of the user's patients, most urgent first, then by waiting time, longest first.

    Without a `state` those that still need an answer. One or two queries, patients included.
    """
    rank = Case(
        *(When(urgency=urgency, then=Value(place)) for place, urgency in enumerate(MOST_URGENT_FIRST)),
        default=Value(len(MOST_URGENT_FIRST)),
        output_field=IntegerField(),
    )
    referrals = (
        Referral.objects.filter(patient__in=patients_of(user).order_by(), state__in=[state] if state else OPEN_STATES)
        .select_related("patient")
        .annotate(rank=rank)
    )
    return page_of(referrals, ("rank", "received_on", "id"), size=size, after=after, before=before)


def referrals_of(patient: Patient) -> list[Referral]:
    """The patient's referrals, newest first. One query."""
    return list(Referral.objects.filter(patient=patient).select_related("created_by"))


def referral_of(patient: Patient, referral_id: UUID) -> Referral | None:
    """One of the patient's own referrals; None otherwise."""
    return Referral.objects.filter(patient=patient, pk=referral_id).select_related("created_by").first()
