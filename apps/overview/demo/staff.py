"""The invented staff: somebody of each role, and three who prescribe."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.contrib.auth.hashers import make_password

from apps.accounts.choices import Role
from apps.accounts.models import User
from apps.accounts.services.credentials import add_credential
from apps.accounts.services.staff import invite
from apps.core.writing import SystemProcess, writes

PROCESS = SystemProcess("demo clinic")
MAIL_DOMAIN = "clinic.example"


@dataclass(frozen=True)
class Member:
    """Somebody invented. `key` is the part before the @ and the name by which the stories know the person.

    credential_days: for how many days from today the licence to prescribe is still valid; None without a licence.
    """

    key: str
    full_name: str
    role: Role
    credential_days: int | None = None


OKAFOR, WEISS, HADDAD = "okafor", "weiss", "haddad"
NURSE, SECOND_NURSE = "ruiz", "nowak"

# The first of each role is the account that is shown to visitors.
STAFF = (
    Member("coordinator", "Grace Mensah", Role.INTAKE_COORDINATOR),
    Member(NURSE, "Nurse Elena Ruiz", Role.NURSE),
    Member(SECOND_NURSE, "Nurse Tomasz Nowak", Role.NURSE),
    Member(OKAFOR, "Dr Amara Okafor", Role.PHYSICIAN, 900),
    Member(WEISS, "Dr Jonas Weiss", Role.PHYSICIAN, 400),
    Member(HADDAD, "Dr Leila Haddad", Role.PHYSICIAN, 12),
    Member("psychologist", "Miriam Sandoval", Role.PSYCHOLOGIST),
    Member("physiotherapist", "Owen Pritchard", Role.PHYSIOTHERAPIST),
    Member("pharmacist", "Sofia Marques", Role.PHARMACIST),
    Member("educator", "Hanne Lindholm", Role.EDUCATOR),
    Member("manager", "Ruth Feldmann", Role.MANAGER),
    Member("auditor", "Deniz Kaya", Role.AUDITOR),
)

Staff = dict[str, User]


def address(member: Member) -> str:
    """The sign-in address of an invented person."""
    return f"{member.key}@{MAIL_DOMAIN}"


def open_accounts(*, today: date) -> Staff:
    """Invite everybody, set the demo password and record the licences. Returns the staff by key."""
    staff: Staff = {}
    # Made once: a safe password hash is slow on purpose, and they all share the password.
    password = make_password(settings.DEMO_PASSWORD)
    for number, member in enumerate(STAFF, start=1):
        user = invite(by=PROCESS, email=address(member), full_name=member.full_name, role=member.role)
        _let_in(user=user, password=password, by=PROCESS)
        if member.credential_days is not None:
            add_credential(
                by=PROCESS,
                user=user,
                number=f"GMC{7_000_000 + number}",
                issuer="General Medical Council (invented number)",
                valid_from=today - timedelta(days=3 * 365),
                valid_to=today + timedelta(days=member.credential_days),
            )
        staff[member.key] = user
    return staff


@writes
def _let_in(*, user: User, password: str, by: SystemProcess) -> None:
    user.password = password
    user.save(update_fields=["password"])
