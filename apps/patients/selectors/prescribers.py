"""Who prescribes, read from the database's own single answer."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from apps.accounts.models import PrescriberCredential, User
from apps.patients.choices import DesignationKind
from apps.patients.models import Patient, PrescriberDesignation


@dataclass(frozen=True)
class Prescribing:
    """Who is responsible for a patient's medicines at one instant."""

    designated: PrescriberDesignation | None
    cover: PrescriberDesignation | None

    @property
    def effective(self) -> User | None:
        """The cover while one runs, else the designated prescriber, else nobody."""
        in_charge = self.cover or self.designated
        return in_charge.prescriber if in_charge else None

    @property
    def effective_may_sign(self) -> bool:
        """Whether that person's credential is valid today."""
        in_charge = self.cover or self.designated
        return in_charge is not None and bool(in_charge.credential_is_valid)  # type: ignore[attr-defined]


def effective_prescriber_id(patient_id: UUID, at: datetime | None = None) -> UUID | None:
    """The effective prescriber as the database answers it; `at` is now when left out."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT effective_prescriber(%s, %s)", [patient_id, at or timezone.now()])
        row = cursor.fetchone()
    return row[0] if row else None


def prescribing_of(patient: Patient, at: datetime | None = None) -> Prescribing:
    """The designated prescriber and the cover of a patient at an instant. One query."""
    in_force = PrescriberDesignation.objects.filter(
        patient=patient, period__contains=at or timezone.now()
    ).select_related("prescriber")
    in_force = in_force.annotate(credential_is_valid=Exists(eligible_prescribers().filter(pk=OuterRef("prescriber"))))
    by_kind = {designation.kind: designation for designation in in_force}
    return Prescribing(by_kind.get(DesignationKind.DESIGNATED), by_kind.get(DesignationKind.COVER))


def holds_credential(user: User) -> bool:
    """Whether the person's prescriber credential is valid today."""
    return eligible_prescribers().filter(pk=user.pk).exists()


def may_change_medicines(user: User, patient: Patient) -> bool:
    """Whether this person's entry in the medication ledger would be accepted now."""
    return user.is_active and effective_prescriber_id(patient.pk) == user.pk and holds_credential(user)


def eligible_prescribers() -> QuerySet[User]:
    """Active staff whose prescriber credential is valid today: the people who can be named."""
    today = timezone.localdate()
    valid = PrescriberCredential.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=today), valid_from__lte=today
    )
    return User.objects.filter(is_active=True, pk__in=valid.values("user")).order_by("full_name")


def designation_history(patient: Patient) -> QuerySet[PrescriberDesignation]:
    """All designations and covers of a patient, newest first. One query."""
    return PrescriberDesignation.objects.filter(patient=patient).select_related("prescriber", "created_by")
