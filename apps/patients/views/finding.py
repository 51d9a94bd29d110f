"""The patient list, and finding somebody as one types."""

from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from apps.accounts.access import clinic_page, signed_in
from apps.accounts.permissions import CLINIC_WIDE_ROLES, Permission
from apps.core.addresses import key_in
from apps.patients.presenters.people import patient_line
from apps.patients.selectors.patients import PAGE_SIZE, find_patients, with_list_facts
from apps.patients.selectors.search import LONGEST, is_short

# In the search box of the header: as many as fit under it.
FEW: Final = 8
HEADER_RESULTS: Final = "find-results"


@clinic_page(Permission.FIND_PATIENTS)
@require_safe
def patient_list(request: HttpRequest) -> HttpResponse:
    """All patients of the person, or those who fit what was typed; the header's box asks here for a short list."""
    if request.htmx:  # type: ignore[attr-defined]
        return _fragment(request)
    return render(request, "patients/list.html", _rows(request, PAGE_SIZE))


@clinic_page(Permission.FIND_PATIENTS)
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The rows alone, for the page's own search field."""
    return _fragment(request)


def _fragment(request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Target") == HEADER_RESULTS:
        typed = _typed(request)
        found = _rows(request, FEW) if typed else {}
        response = render(request, "patients/_found.html", found)
    else:
        response = render(request, "patients/_rows.html", _rows(request, PAGE_SIZE))
    # The same address also gives a whole page: the browser must not show a fragment in its place.
    patch_cache_control(response, no_store=True)
    return response


def _rows(request: HttpRequest, size: int) -> dict[str, Any]:
    typed = _typed(request)
    user = signed_in(request)
    page = find_patients(user, typed, after=key_in(request, "after"), before=key_in(request, "before"), size=size)
    today = timezone.localdate()
    return {
        "search_text": typed,
        "is_short": is_short(typed),
        "finds_everybody": user.role in CLINIC_WIDE_ROLES,
        "lines": [patient_line(listed, today, user) for listed in with_list_facts(page.rows)],
        "earlier_url": _page_url(typed, before=page.earlier),
        "later_url": _page_url(typed, after=page.later),
        "all_url": _page_url(typed, whole=True),
        "list_url": reverse("patients:list"),
        "register_url": reverse("patients:register") if user.may(Permission.REGISTER_PATIENT) else "",
    }


def _typed(request: HttpRequest) -> str:
    return request.GET.get("q", "")[:LONGEST].strip()


def _page_url(typed: str, *, whole: bool = False, **mark: UUID | None) -> str:
    given = {name: str(key) for name, key in mark.items() if key}
    if not given and not whole:
        return ""
    query = urlencode({**({"q": typed} if typed else {}), **given})
    address = reverse("patients:list")
    return f"{address}?{query}" if query else address
