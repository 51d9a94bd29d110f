"""Reading the staff."""

from uuid import UUID

from django.db.models import Q, QuerySet

from apps.accounts.models import PrescriberCredential, User


def staff(*, search: str = "", closed: bool = False) -> QuerySet[User]:
    """The clinic's staff by name, with their credentials, in two queries.

    `search` narrows by a part of the name or the e-mail address; `closed` chooses deactivated accounts instead.
    """
    people = User.objects.filter(is_active=not closed).prefetch_related("prescriber_credentials")
    if search:
        people = people.filter(Q(full_name__icontains=search) | Q(email__icontains=search))
    return people.order_by("full_name", "email")


def member(user_id: UUID) -> User | None:
    """One person with all credentials, newest first; two queries."""
    return User.objects.filter(pk=user_id).prefetch_related("prescriber_credentials").first()


def credential_of(user_id: UUID, credential_id: UUID) -> PrescriberCredential | None:
    """A credential with its person, when it belongs to that person; one query."""
    return PrescriberCredential.objects.filter(pk=credential_id, user=user_id).select_related("user").first()
