"""Who may read the access log. The role table lives on a higher floor, so the permission is named by its value."""

import functools
from collections.abc import Callable
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

VIEW_AUDIT: Final = "audit.view"


def audit_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Make a view a page for those who may read the access log; 403 for all others."""

    @functools.wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user: Any = request.user
        if not user.may(VIEW_AUDIT):
            raise PermissionDenied("The access log is for the clinic manager and the auditor.")
        return view(request, *args, **kwargs)

    page.permission = VIEW_AUDIT  # type: ignore[attr-defined]
    return page
