"""Pages about the clinic, not about one patient: the role decides alone."""

import functools
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from apps.accounts.permissions import Permission


def clinic_page(permission: Permission) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Make a view a page about the clinic: only for roles with the permission, 403 for all others."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @functools.wraps(view)
        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.may(permission):  # type: ignore[union-attr]
                raise PermissionDenied("Your role does not open this page.")
            return view(request, *args, **kwargs)

        page.permission = permission  # type: ignore[attr-defined]
        return page

    return decorate
