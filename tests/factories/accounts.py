"""Invented members of staff."""

import itertools
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from apps.accounts.choices import Role
from apps.accounts.models import PrescriberCredential, User

# Long enough for the clinic's own password rule; the same for everybody, so that a browser test can type it.
PASSWORD = "lavender-window-seventeen"

_numbers = itertools.count(1)


def make_user(*, role: Role = Role.NURSE, full_name: str = "", **fields: Any) -> User:
    """A member of staff with the password `PASSWORD`; the e-mail address is made up unless given."""
    number = next(_numbers)
    fields.setdefault("email", f"{role}.{number}@clinic.example")
    fields.setdefault("password", PASSWORD)
    return User.objects.create_user(full_name=full_name or f"{role.label} {number}", role=role, **fields)


def make_credential(
    user: User, *, valid_from: date | None = None, valid_to: date | None = None
) -> PrescriberCredential:
    """A licence to prescribe; since a year ago and open-ended unless said otherwise."""
    return PrescriberCredential.objects.create(
        user=user,
        number=f"REG{next(_numbers):06d}",
        issuer="Medical Council",
        valid_from=valid_from or timezone.localdate() - timedelta(days=365),
        valid_to=valid_to,
    )


def make_prescriber(*, full_name: str = "", role: Role = Role.PHYSICIAN, **fields: Any) -> User:
    """A member of staff with a credential that is valid today."""
    user = make_user(role=role, full_name=full_name, **fields)
    make_credential(user)
    return user
