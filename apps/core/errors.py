"""The pages people see when something went wrong: what happened, what was kept, what to do now.

The pages for a failure of ours and for a database that is away are drawn without session, database or context
processors, so that they work when nothing else does.
"""

import sys
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from apps.core.context_processors import House
from apps.core.offline import database_is_away


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 when the request was larger than the clinic takes."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return too_large(request)
    return _bare_page(request, "errors/400.html", 400)


def too_large(request: HttpRequest) -> HttpResponse:
    """413: the request was not read to its end, so nothing of it may be looked at, not even the CSRF token."""
    return _bare_page(request, "errors/413.html", 413)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: signed in, the page exists, but this role may not. A view may give its reason as the exception's text."""
    return render(request, "errors/403.html", {"reason": str(exception) if exception else ""}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no such page, or not yours; the two are not told apart on purpose."""
    return render(request, "errors/404.html", status=404)


def conflict(request: HttpRequest, context: dict[str, Any] | None = None) -> HttpResponse:
    """409: somebody else was faster, and there is no form to show both versions in."""
    return render(request, "errors/409.html", context, status=409)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 when the database is away."""
    if database_is_away(sys.exc_info()[1]):
        return database_offline(request)
    return _bare_page(request, "errors/500.html", 500)


def database_offline(request: HttpRequest) -> HttpResponse:
    """503: asks the browser's user to come back; monitoring sees the status and the header."""
    response = _bare_page(request, "errors/503.html", 503)
    response["Retry-After"] = "30"
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the page was too old, cookies are off, or another site sent the form."""
    return _bare_page(request, "errors/csrf.html", 403)


def _bare_page(request: HttpRequest, template: str, status: int) -> HttpResponse:
    return HttpResponse(render_to_string(template, {"house": House(request)}), status=status)
