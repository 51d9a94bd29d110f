"""Staff in the words of the manager's pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from apps.accounts.models import PrescriberCredential, User
from apps.core.dates import short_date, short_time


@dataclass(frozen=True)
class State:
    """The account's state as a word; `tone` (plain, good, warn) only helps."""

    label: str
    tone: str


@dataclass(frozen=True)
class CredentialLine:
    """One credential with its days and whether they include today."""

    credential: PrescriberCredential
    days: str
    state: State
    may_be_ended: bool


@dataclass(frozen=True)
class StaffLine:
    """One row of the staff list."""

    user: User
    role: str
    state: State
    prescribes: str


def waits_for_password(user: User) -> bool:
    """Whether the person has been invited (or let back in) and has not chosen a password yet."""
    return user.is_active and not user.has_usable_password()


def account_state(user: User) -> State:
    if not user.is_active:
        return State("Deactivated", "plain")
    return State("Invited", "warn") if waits_for_password(user) else State("Active", "good")


def staff_lines(people: Iterable[User], *, today: date) -> list[StaffLine]:
    return [
        StaffLine(user, user.get_role_display(), account_state(user), _prescribes(user, today=today)) for user in people
    ]


def credential_lines(user: User, *, today: date) -> list[CredentialLine]:
    return [
        CredentialLine(
            credential,
            days=_days(credential),
            state=_credential_state(credential, today=today),
            may_be_ended=credential.valid_to is None or credential.valid_to >= today,
        )
        for credential in user.prescriber_credentials.all()
    ]


def account_facts(user: User) -> list[tuple[str, str]]:
    """Term and value of each line about the account itself."""
    facts = [
        ("Role", user.get_role_display()),
        ("E-mail address", user.email),
        ("Account opened", short_date(user.joined_at.date())),
        ("Last signed in", short_time(user.last_login) if user.last_login else "Never"),
    ]
    if user.deactivated_at:
        facts.append(("Deactivated", short_time(user.deactivated_at)))
    return facts


def _prescribes(user: User, *, today: date) -> str:
    valid = [line.credential for line in credential_lines(user, today=today) if _is_valid(line.credential, today)]
    if valid:
        until = valid[0].valid_to
        return f"Until {short_date(until)}" if until else "Yes"
    ended = [c.valid_to for c in user.prescriber_credentials.all() if c.valid_to and c.valid_to < today]
    return f"Credential ended {short_date(max(ended))}" if ended else "No"


def _is_valid(credential: PrescriberCredential, today: date) -> bool:
    return credential.valid_from <= today and (credential.valid_to is None or credential.valid_to >= today)


def _credential_state(credential: PrescriberCredential, *, today: date) -> State:
    if credential.valid_from > today:
        return State("Not yet valid", "plain")
    return State("Valid", "good") if _is_valid(credential, today) else State("Ended", "plain")


def _days(credential: PrescriberCredential) -> str:
    begins = short_date(credential.valid_from)
    return f"{begins} to {short_date(credential.valid_to)}" if credential.valid_to else f"From {begins}, no end"
