"""The door of the patient's page: who has the link comes in, everybody else meets the same calm page."""

import functools
from collections.abc import Callable
from typing import Any, Final, cast

from allauth.account.adapter import get_adapter
from csp.decorators import csp_update
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt

from apps.core.rates import at_limit, over_limit
from apps.diary.selectors.links import link_by_hash
from apps.diary.services.links import token_hash

STRETCH_SECONDS: Final = 300
# A secret has 256 bits: nobody guesses one. The brake keeps a guesser from costing the clinic anything.
MOST_MISSES: Final = 30
# A month of entries that waited for a signal, sent at once, with room to spare.
MOST_USES: Final = 240

_HEADERS: Final = {"X-Robots-Tag": "noindex, nofollow, noarchive", "Referrer-Policy": "no-referrer"}
_GONE: Final = "This link does not work any more. Telephone the clinic."
_TOO_MANY: Final = "Too many requests. Wait five minutes; nothing is lost."

View = Callable[..., HttpResponse]


def open_page(view: View) -> View:
    """Make a view a page of the patient's telephone: no sign-in, no cookie, no trace in caches and search engines.

    Without CSRF token: what a forged request would need, the secret address, no other site knows.
    """

    @functools.wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        for name, value in _HEADERS.items():
            response[name] = value
        return response

    # The decorators' own types forget what a view answers with.
    return cast(View, login_not_required(csrf_exempt(csp_update({"worker-src": ["'self'"]})(page))))


def by_link(view: View) -> View:
    """Make a view `view(request, link, token)` that only a working link opens.

    A wrong, an ended and a revoked link get one and the same answer, so that nothing can be learned from it.
    """

    @open_page
    @functools.wraps(view)
    def page(request: HttpRequest, token: str) -> HttpResponse:
        misses = f"diary-miss:{get_adapter().get_client_ip(request)}"
        if at_limit(misses, limit=MOST_MISSES, seconds=STRETCH_SECONDS):
            return _too_many(request)
        link = link_by_hash(token_hash(token), timezone.localdate())
        if link is None:
            over_limit(misses, limit=MOST_MISSES, seconds=STRETCH_SECONDS)
            return gone(request)
        if over_limit(f"diary-link:{link.pk}", limit=MOST_USES, seconds=STRETCH_SECONDS):
            return _too_many(request)
        return view(request, link, token)

    return page


def gone(request: HttpRequest) -> HttpResponse:
    """404 for a link that does not work, whatever the reason."""
    if _wants_json(request):
        return JsonResponse({"result": "gone", "sentence": _GONE}, status=404)
    return render(request, "diary/patient/gone.html", status=404)


def _too_many(request: HttpRequest) -> HttpResponse:
    response: HttpResponse
    if _wants_json(request):
        response = JsonResponse({"result": "wait", "sentence": _TOO_MANY}, status=429)
    else:
        response = render(request, "diary/patient/too_many.html", status=429)
    response["Retry-After"] = str(STRETCH_SECONDS)
    return response


def _wants_json(request: HttpRequest) -> bool:
    return request.content_type == "application/json"
