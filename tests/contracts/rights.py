"""What a page must answer to whom: the rule behind the table in pages.py."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Final

from django.urls import URLPattern, URLResolver, get_resolver

from apps.accounts.choices import Role
from apps.accounts.models import User
from apps.accounts.permissions import CLINIC_WIDE_ROLES, Permission, role_may
from tests.fixtures.people import People

# What somebody may meet who is let in: the page, a way on, a form with errors, a stale form, the other method.
LET_IN: Final = frozenset({200, 302, 409, 422})
OTHER_METHOD: Final = 405
# Walked apart: it has its own rule, superusers only.
ADMINISTRATION: Final = "admin"


class Audience(Enum):
    """Whom a page is for, before any role is asked."""

    ANYBODY = "also people who are not signed in"
    STAFF = "everybody who is signed in"
    CLINIC = "those whose role has the permission"
    CHART = "those whose role has the permission and who have to do with the patient"


@dataclass(frozen=True)
class Page:
    """One address and who may open it.

    `read` is the permission for looking (None: there is nothing to look at), `change` the one for sending the form
    (None: nothing is sent there). `only` names the people of `People` who are let in of those who have the
    permission, where the patient's prescriber decides. `make` gives the value of a part of the address when the
    usual one (world.py) does not fit. `answers` replaces what those who are let in may meet.
    """

    name: str
    audience: Audience
    read: Permission | None = None
    change: Permission | None = None
    only: frozenset[str] = frozenset()
    make: Mapping[str, Callable[[People], Any]] = field(default_factory=dict)
    answers: frozenset[int] = LET_IN

    def needs(self, method: str) -> Permission | None:
        return self.read if method == "get" else self.change


@dataclass(frozen=True)
class Visitor:
    """Somebody who asks. `related`: has to do with the patient by care team or by prescribing."""

    name: str
    user: User | None
    related: bool = False


def expected(page: Page, visitor: Visitor, method: str) -> frozenset[int]:
    """The answers that are right for this page, person and method."""
    if page.audience is Audience.ANYBODY:
        return page.answers | {OTHER_METHOD}
    if visitor.user is None:
        return frozenset({302})
    if page.audience is Audience.STAFF:
        return page.answers | {OTHER_METHOD}
    role = Role(visitor.user.role)
    if page.audience is Audience.CHART and not _reaches(role, related=visitor.related):
        return frozenset({404, OTHER_METHOD})
    permission = page.needs(method)
    if permission is None:
        # Nothing to do here with this method: whoever may do the other thing is told so, everybody else is refused.
        return page.answers | {403, OTHER_METHOD}
    if not role_may(role, permission) or (page.only and visitor.name not in page.only):
        return frozenset({403, OTHER_METHOD}) if method == "post" else frozenset({403})
    return page.answers


def addresses(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each address of the project: its full name ("" when it has none) and the parts it takes."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            name = f"{namespace}{entry.name}" if entry.name else ""
            yield name, _parts(resolver, entry)
        elif entry.namespace != ADMINISTRATION:
            yield from addresses(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)


def _parts(resolver: URLResolver | None, pattern: URLPattern) -> tuple[str, ...]:
    around = tuple(resolver.pattern.regex.groupindex) if resolver else ()
    return (*around, *pattern.pattern.regex.groupindex)


def _reaches(role: Role, *, related: bool) -> bool:
    return role_may(role, Permission.FIND_PATIENTS) and (related or role in CLINIC_WIDE_ROLES)
