"""The gallery of components, the choice of colours, and previews of the error pages for developers."""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from apps.core import errors
from apps.core.context_processors import CHOSEN_THEMES, THEME_COOKIE
from apps.core.gallery import gallery_context

A_YEAR: Final = 365 * 24 * 60 * 60

ERROR_PAGES: Final[dict[str, Callable[[HttpRequest], HttpResponse]]] = {
    "400": errors.bad_request,
    "403": errors.forbidden,
    "404": errors.not_found,
    "409": errors.conflict,
    "413": errors.too_large,
    "500": errors.server_error,
    "503": errors.database_offline,
    "csrf": errors.csrf_failure,
}


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """All components with invented content: to choose from, and for the browser tests to look at."""
    return render(request, "components/gallery.html", gallery_context())


@login_not_required
@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Keep the choice of colours in a cookie and go back to where it was made. An unknown choice clears it."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "/"
    response = redirect(back)
    theme = request.POST.get("theme", "")
    if theme in CHOSEN_THEMES:
        response.set_cookie(
            THEME_COOKIE, theme, max_age=A_YEAR, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
    else:
        response.delete_cookie(THEME_COOKIE, samesite="Lax")
    return response


@require_safe
def error_preview(request: HttpRequest, name: str) -> HttpResponse:
    """An error page to look at; exists on developers' machines only."""
    if not settings.DEBUG or name not in ERROR_PAGES:
        raise Http404
    return ERROR_PAGES[name](request)
