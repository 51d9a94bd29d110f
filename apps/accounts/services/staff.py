"""Opening, changing, closing and reopening the accounts of the clinic's staff."""

from allauth.account.models import EmailAddress
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.services.rights import Author, require_staff_manager
from apps.core.writing import Refused, StaleSave, save_checked, writes


@writes
def invite(*, by: Author, email: str, full_name: str, role: str) -> User:
    """Open an account without a password; the person sets one through the one-time link.

    Raises Refused when the address has an account already.
    """
    require_staff_manager(by)
    user = User(email=_as_stored(email), full_name=full_name, role=role)
    user.set_unusable_password()
    save_checked(user)
    return user


@writes
def change(*, by: Author, user: User, expected_version: int, email: str, full_name: str, role: str) -> User:
    """Change the name as shown, the role or the sign-in address. A new role counts from the next page on.

    Raises Refused for managers who would take the role from themselves, StaleSave when somebody else was faster.
    """
    require_staff_manager(by)
    if user == by and role != user.role:
        raise Refused({"role": ["Ask another manager to change your own role."]})
    _claim_version(user, expected_version)
    moved = user.email != _as_stored(email)
    user.email, user.full_name, user.role = _as_stored(email), full_name, role
    save_checked(user)
    if moved:
        # The sign-in package keeps its own list of addresses: the former one must not open the account any more.
        EmailAddress.objects.filter(user=user).delete()
    return user


@writes
def deactivate(*, by: Author, user: User, expected_version: int) -> User:
    """Close an account: the running session ends with its next request, the password and open links are void.

    Raises Refused for one's own account and, by the database, while the person prescribes for somebody.
    """
    require_staff_manager(by)
    if user == by:
        raise Refused("You can't deactivate your own account. Ask another manager.")
    _claim_version(user, expected_version)
    user.is_active = False
    user.deactivated_at = timezone.now()
    # Also ends sessions for good: they must not come alive again when the account is reopened.
    user.set_unusable_password()
    save_checked(user)
    return user


@writes
def reactivate(*, by: Author, user: User, expected_version: int) -> User:
    """Reopen an account; the person needs a new one-time link, the former password stays void."""
    require_staff_manager(by)
    _claim_version(user, expected_version)
    user.is_active = True
    user.deactivated_at = None
    save_checked(user)
    return user


def _claim_version(user: User, expected_version: int) -> None:
    """Take the next version for this change; raises StaleSave when the account was changed since it was read."""
    claimed = User.objects.filter(pk=user.pk, version=expected_version).update(version=expected_version + 1)
    if not claimed:
        raise StaleSave(User.objects.get(pk=user.pk))
    user.version = expected_version + 1


def _as_stored(email: str) -> str:
    return email.strip().lower()
