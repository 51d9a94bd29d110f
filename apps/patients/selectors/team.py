"""Who looks after a patient."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from apps.accounts.choices import Role
from apps.accounts.models import User
from apps.accounts.permissions import ROLE_PERMISSIONS, Permission
from apps.patients.models import CareTeamMembership, Patient


def team_of(patient: Patient) -> list[CareTeamMembership]:
    """Everybody who ever had a place in the patient's care team, in the order they came. One query."""
    return list(CareTeamMembership.objects.filter(patient=patient).select_related("member"))


def membership_of(patient: Patient, membership_id: UUID) -> CareTeamMembership | None:
    """One place in the patient's care team; None when it belongs to another patient."""
    return CareTeamMembership.objects.filter(patient=patient, pk=membership_id).select_related("member").first()


def places_that_day(patient: Patient, day: date) -> QuerySet[CareTeamMembership]:
    """The places in the care team that are held on a day, both ends included."""
    return CareTeamMembership.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=day), patient=patient, starts_on__lte=day
    ).select_related("member")


def possible_members() -> QuerySet[User]:
    """Active staff whose role has anything to do with patients, by name."""
    roles = [role for role in Role if Permission.VIEW_CARE_TEAM in ROLE_PERMISSIONS[role]]
    return User.objects.filter(is_active=True, role__in=roles)
