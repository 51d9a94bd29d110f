"""Lists of the clinic: who is above a limit of acute medicines, and whose diary has gone quiet."""

from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from apps.accounts.access import clinic_page, signed_in
from apps.accounts.permissions import Permission
from apps.clinical.overuse_headline import ALL_TOGETHER_LIMIT
from apps.core.addresses import key_in
from apps.diary.presenters import above as above_pages
from apps.diary.presenters.quiet import quiet_row
from apps.diary.selectors.above import CLASSES, Order, Standing, standings
from apps.diary.selectors.quiet import quiet_diaries, with_facts
from apps.patients.access import patients_of
from apps.patients.selectors.search import LONGEST, is_short

Choice = TypeVar("Choice", Standing, Order)
# Far beyond the last page of the largest clinic; what is larger is a damaged address.
MOST_PAGES = 10_000


@require_safe
@clinic_page(Permission.VIEW_CHART)
def above(request: HttpRequest) -> HttpResponse:
    """Who of the person's patients has reached a limit in the last 30 days, is near one, or can't be told."""
    today = timezone.localdate()
    show = _one_of(Standing, request.GET.get("show"))
    order = _one_of(Order, request.GET.get("order")) or Order.MOST_DAYS
    subject = next((each for each in CLASSES if each.code == request.GET.get("class")), None)
    number = _page_number(request)
    page = standings(patients_of(signed_in(request)), today, show=show, subject=subject, order=order, page=number)
    chosen = {
        "show": show.value if show else "",
        "class": subject.code if subject else "",
        "order": "" if order is Order.MOST_DAYS else order.value,
    }
    context = {
        "window": page.window,
        "limit": ALL_TOGETHER_LIMIT,
        "rows": [above_pages.above_row(row, today) for row in page.rows],
        "chosen": chosen | {"order": order.value},
        "show_choices": above_pages.SHOW_CHOICES,
        "class_choices": above_pages.CLASS_CHOICES,
        "order_choices": above_pages.ORDER_CHOICES,
        "is_narrowed": bool(show or subject),
        "page_number": number,
        "earlier_url": above_pages.address(chosen, page=number - 1) if number > 1 else "",
        "later_url": above_pages.address(chosen, page=number + 1) if page.has_more else "",
    }
    return render(request, "diary/above.html", context)


@require_safe
@clinic_page(Permission.VIEW_CHART)
def quiet(request: HttpRequest) -> HttpResponse:
    """Whose running diary has had no entry for longer than the clinic's number of days."""
    today = timezone.localdate()
    typed = request.GET.get("q", "")[:LONGEST].strip()
    page = quiet_diaries(
        patients_of(signed_in(request)),
        today,
        quiet_days=settings.DIARY_QUIET_DAYS,
        typed=typed,
        after=key_in(request, "after"),
        before=key_in(request, "before"),
    )
    context = {
        "rows": [quiet_row(each, today) for each in with_facts(page.rows, today)],
        "quiet_days": settings.DIARY_QUIET_DAYS,
        "search_text": typed,
        "is_short": is_short(typed),
        "earlier_url": _quiet_url(typed, before=str(page.earlier)) if page.earlier else "",
        "later_url": _quiet_url(typed, after=str(page.later)) if page.later else "",
    }
    return render(request, "diary/quiet.html", context)


def _one_of(choices: type[Choice], text: str | None) -> Choice | None:
    return choices(text) if text in set(choices) else None


def _page_number(request: HttpRequest) -> int:
    text = request.GET.get("page", "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    return number if 1 <= number <= MOST_PAGES else 1


def _quiet_url(typed: str, **mark: str) -> str:
    return f"{reverse('diary:quiet')}?{urlencode({**({'q': typed} if typed else {}), **mark})}"
