"""Every write asks the same question as the button that led to it."""

from django.core.exceptions import PermissionDenied

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.core.writing import SystemProcess
from apps.patients.access import require
from apps.patients.models import Patient


def check_right(by: User | SystemProcess, permission: Permission, patient: Patient | None = None) -> None:
    """Raise PermissionDenied unless `by` may do this (with this patient). A named process of the clinic may."""
    if isinstance(by, SystemProcess):
        return
    if patient is not None:
        require(by, permission, patient)
    elif not by.may(permission):
        raise PermissionDenied("Your role does not allow this.")
