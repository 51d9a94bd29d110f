"""Pages about the clinic, not about one patient: the role decides alone."""

import functools
from collections.abc import Callable
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from apps.accounts.models import User
from apps.accounts.permissions import Permission


def signed_in(request: HttpRequest) -> User:
    """The person behind a request, for views that only signed-in people reach: all except the few marked as open."""
    return cast(User, request.user)


def clinic_page(permission: Permission) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Make a view a page about the clinic: only for roles with the permission, 403 for all others."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @functools.wraps(view)
        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not signed_in(request).may(permission):
                raise PermissionDenied("Your role does not open this page.")
            return view(request, *args, **kwargs)

        page.permission = permission  # type: ignore[attr-defined]
        return page

    return decorate
