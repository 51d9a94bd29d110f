"""What needs somebody today, over all the patients they have to do with. Each read is one query, cut at LONGEST."""

import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from apps.accounts.models import PrescriberCredential, User
from apps.accounts.permissions import Permission
from apps.documents.choices import DocumentState
from apps.documents.models import Document
from apps.patients.access import patients_of
from apps.patients.choices import DesignationKind, ReferralState, VisitState
from apps.patients.models import Patient, PrescriberDesignation, Referral, Visit
from apps.treatment.choices import PlanState
from apps.treatment.models import TreatmentPlan

LONGEST = 20
CREDENTIAL_WARNING = datetime.timedelta(days=60)
COVER_WARNING = datetime.timedelta(days=7)


def open_visits(user: User) -> QuerySet[Visit]:
    """Visits this person has begun and not signed, oldest first."""
    return (
        Visit.objects.filter(clinician=user, state=VisitState.OPEN)
        .select_related("patient")
        .order_by("visit_on")[:LONGEST]
    )


def plans_past_review(user: User, today: datetime.date) -> QuerySet[TreatmentPlan]:
    """Active plans whose review date has come, the longest overdue first."""
    return (
        TreatmentPlan.objects.filter(
            state=PlanState.ACTIVE, review_on__lte=today, patient__in=patients_of(user).order_by().values("pk")
        )
        .select_related("patient", "owner")
        .order_by("review_on")[:LONGEST]
    )


def patients_without_prescriber(user: User) -> QuerySet[Patient]:
    """Accepted patients for whom nobody prescribes at this moment; only for those who may name somebody."""
    if not user.may(Permission.NAME_PRESCRIBER):
        return Patient.objects.none()
    named = PrescriberDesignation.objects.filter(
        patient=OuterRef("pk"), kind=DesignationKind.DESIGNATED, period__contains=timezone.now()
    )
    accepted = Referral.objects.filter(patient=OuterRef("pk"), state=ReferralState.ACCEPTED)
    return patients_of(user).filter(Exists(accepted), ~Exists(named)).order_by("created_at")[:LONGEST]


def covers_ending(user: User) -> QuerySet[PrescriberDesignation]:
    """Running covers that end within a week, of this person's patients."""
    now = timezone.now()
    return (
        PrescriberDesignation.objects.filter(
            kind=DesignationKind.COVER,
            period__contains=now,
            period__endswith__lte=now + COVER_WARNING,
            patient__in=patients_of(user).order_by().values("pk"),
        )
        .select_related("patient", "prescriber")
        .order_by("period")[:LONGEST]
    )


def credentials_running_out(user: User, today: datetime.date) -> QuerySet[PrescriberCredential]:
    """Credentials of current prescribers that end within sixty days or have ended: no patient is lost silently.

    A manager sees everybody's, a prescriber their own.
    """
    prescribes = PrescriberDesignation.objects.filter(prescriber=OuterRef("user"), period__contains=timezone.now())
    later = PrescriberCredential.objects.filter(user=OuterRef("user"), valid_from__gt=OuterRef("valid_from"))
    ending = PrescriberCredential.objects.filter(
        Exists(prescribes), ~Exists(later), user__is_active=True, valid_to__lte=today + CREDENTIAL_WARNING
    )
    if not user.may(Permission.MANAGE_STAFF):
        ending = ending.filter(user=user)
    return ending.select_related("user").order_by("valid_to")[:LONGEST]


def failed_documents(user: User) -> QuerySet[Document]:
    """Documents this person asked for that could not be made."""
    return (
        Document.objects.filter(created_by=user, state=DocumentState.FAILED)
        .select_related("patient")
        .order_by("-requested_at")[:LONGEST]
    )


def referrals_to_answer(user: User) -> QuerySet[Referral]:
    """Referrals that were received and not decided yet, urgent ones and old ones first."""
    if not user.may(Permission.EDIT_REFERRAL):
        return Referral.objects.none()
    return (
        Referral.objects.filter(state=ReferralState.RECEIVED, patient__in=patients_of(user).order_by().values("pk"))
        .select_related("patient")
        .order_by("-urgency", "received_on")[:LONGEST]
    )
