"""The door of the tablet: who has its secret comes in, everybody else meets one neutral page that knows nobody."""

import functools
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final, cast

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from apps.core.rates import at_limit, over_limit
from apps.screening.models import TabletSet
from apps.screening.services.tablet_patient import THE_TABLET, SetOver, come_in
from apps.screening.tablet_times import idle_life, whole_life

COOKIE: Final = "tablet"
PATH: Final = "/tablet/"
STRETCH_SECONDS: Final = 600
# Of a million codes. The second number holds against guesses from many addresses at once.
MOST_MISSES: Final = 10
MOST_MISSES_OF_ALL: Final = 100

# "same-origin" and not "no-referrer": with that one browsers hide where a form comes from, and it is refused as forged.
# No page here links anywhere else, so nothing is ever sent to others.
_HEADERS: Final = {"X-Robots-Tag": "noindex, nofollow, noarchive", "Referrer-Policy": "same-origin"}

View = Callable[..., HttpResponse]


def open_page(view: View) -> View:
    """Make a view a page of the tablet: no sign-in, no trace in caches and search engines."""

    @functools.wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        for name, value in _HEADERS.items():
            response[name] = value
        return response

    # The decorator's own type forgets what a view answers with.
    return cast(View, login_not_required(page))


def with_set(view: View) -> View:
    """Make a view `view(request, tablet, ...)` that only the tablet opens on which the set is open.

    Without a secret, with a wrong one, with one whose set is over: all are sent to the same page. A page that stays
    open leaves by itself when the set ends.
    """

    @open_page
    @functools.wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        now = timezone.now()
        tablet = tablet_of(request, now)
        if tablet is None:
            return locked()
        sign_out(request)
        try:
            response = view(request, tablet, *args, **kwargs)
        except SetOver:
            return locked()
        if COOKIE not in response.cookies:
            leave_after(response, min(now + idle_life(), tablet.ends_at) - now)
        return response

    return page


def tablet_of(request: HttpRequest, now: datetime) -> TabletSet | None:
    """The set that is open on the device that asks."""
    secret = request.COOKIES.get(COOKIE, "")
    return come_in(secret=secret, now=now, by=THE_TABLET) if secret else None


def locked() -> HttpResponse:
    """Away from here, and the device forgets its secret: the same whatever was wrong."""
    return forget(redirect("screening:tablet"))


def remember(response: HttpResponse, secret: str) -> HttpResponse:
    """Let the device keep the secret, for the pages of the tablet alone."""
    response.set_cookie(
        COOKIE,
        secret,
        max_age=int(whole_life().total_seconds()),
        path=PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return forget_pages(response)


def forget(response: HttpResponse) -> HttpResponse:
    """Take the secret and every kept page off the device."""
    response.delete_cookie(COOKIE, path=PATH, samesite="Strict")
    return forget_pages(response)


def forget_pages(response: HttpResponse) -> HttpResponse:
    """Let the browser drop the pages it has seen, so that its Back button has nothing to show."""
    response["Clear-Site-Data"] = '"cache"'
    return response


def leave_after(response: HttpResponse, life: Any) -> None:
    """Let the open page leave by itself, a moment after the set has ended."""
    response["Refresh"] = f"{int(life.total_seconds()) + 1}; url={reverse('screening:tablet')}"


def sign_out(request: HttpRequest) -> None:
    """Nobody of the clinic is signed in on a device that is in a patient's hands."""
    if request.user.is_authenticated:
        logout(request)


def too_many_misses(request: HttpRequest) -> bool:
    """Whether so many wrong codes came, from here or altogether, that all wait."""
    here, anywhere = _misses(request)
    return at_limit(here, limit=MOST_MISSES, seconds=STRETCH_SECONDS) or at_limit(
        anywhere, limit=MOST_MISSES_OF_ALL, seconds=STRETCH_SECONDS
    )


def note_miss(request: HttpRequest) -> None:
    """Count a wrong code."""
    here, anywhere = _misses(request)
    over_limit(here, limit=MOST_MISSES, seconds=STRETCH_SECONDS)
    over_limit(anywhere, limit=MOST_MISSES_OF_ALL, seconds=STRETCH_SECONDS)


def _misses(request: HttpRequest) -> tuple[str, str]:
    return f"tablet-miss:{get_adapter().get_client_ip(request)}", "tablet-miss"
