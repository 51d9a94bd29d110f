"""The application's addresses, and beside them pages that fail in each way a page can fail."""

import psycopg
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def _away(request: HttpRequest) -> HttpResponse:
    raise OperationalError("no answer") from psycopg.OperationalError("connection refused")


def _broken(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


def _not_allowed(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("Only the designated prescriber changes medicines.")


def _reads_form(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(len(request.POST)))


urlpatterns = [
    path("away", _away),
    path("broken", _broken),
    path("not-allowed", _not_allowed),
    path("form", _reads_form),
    path("", include("config.urls")),
]
handler400 = "apps.core.errors.bad_request"
handler403 = "apps.core.errors.forbidden"
handler404 = "apps.core.errors.not_found"
handler500 = "apps.core.errors.server_error"
