"""The right to manage staff, asked once more where the writing happens."""

from django.core.exceptions import PermissionDenied

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.core.writing import SystemProcess

# A person of the staff, or a process with a name (the first manager is invited from the command line).
Author = User | SystemProcess


def require_staff_manager(by: Author) -> None:
    """Raise PermissionDenied unless the author manages staff or is a named process."""
    if not isinstance(by, SystemProcess) and not by.may(Permission.MANAGE_STAFF):
        raise PermissionDenied("Only a clinic manager changes staff accounts.")
