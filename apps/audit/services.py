"""Writing the access log."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest

from apps.audit.choices import Action
from apps.audit.models import AccessEntry


def record_access(
    *, by: Any, action: Action, subject: str, patient_id: UUID | None = None, request: HttpRequest | None = None
) -> AccessEntry:
    """Note that somebody read, downloaded or was refused something.

    Written in the caller's transaction: a page whose reading cannot be logged is not shown.
    """
    return AccessEntry.objects.create(
        user_id=by.pk,
        user_label=str(by)[:160],
        action=action,
        patient_id=patient_id,
        subject=subject[:200],
        path=request.path[:300] if request else "",
        address=(request.META.get("REMOTE_ADDR") or None) if request else None,
    )
