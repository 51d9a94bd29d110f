"""The licence to prescribe: recorded by a manager, ended, never deleted."""

from datetime import date

from apps.accounts.models import PrescriberCredential, User
from apps.accounts.services.rights import Author, require_staff_manager
from apps.core.writing import Refused, author_of, save_checked, save_version, writes


@writes
def add_credential(
    *, by: Author, user: User, number: str, issuer: str, valid_from: date, valid_to: date | None
) -> PrescriberCredential:
    """Record a credential; both days are included, without `valid_to` it is open-ended.

    Raises Refused when it overlaps another credential of the same person or ends before it begins.
    """
    require_staff_manager(by)
    credential = PrescriberCredential(
        user=user,
        number=number,
        issuer=issuer,
        valid_from=valid_from,
        valid_to=valid_to,
        created_by=author_of(by),
    )
    save_checked(credential)
    return credential


@writes
def end_credential(
    *, by: Author, credential: PrescriberCredential, expected_version: int, valid_to: date
) -> PrescriberCredential:
    """Set the last day on which the credential is valid. Longer than before needs a credential of its own.

    Patients keep their prescriber's name; from the next day on their medicines can't be changed until somebody who
    may prescribe takes over or covers.
    """
    require_staff_manager(by)
    if credential.valid_to and valid_to > credential.valid_to:
        raise Refused({"valid_to": ["This can only be shortened. Add a new credential for the days after it."]})
    credential.valid_to = valid_to
    save_version(credential, expected_version=expected_version)
    return credential
