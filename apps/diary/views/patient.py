"""The patient's page behind the personal diary link: one day, the last days, and the entries that waited on the phone."""

import json
from datetime import date
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.diary.calendars import daily_reminder, read_time
from apps.diary.choices import EntryKind
from apps.diary.forms.patient import FORMS, EntryForm, read_payload
from apps.diary.models import DiaryLink
from apps.diary.presenters.patient import saved_sentence
from apps.diary.selectors.links import offered_medicines
from apps.diary.services.links import THE_PATIENT
from apps.diary.services.patient_entries import note_use
from apps.diary.views.link_door import by_link, gone, open_page
from apps.diary.views.patient_screen import (
    Attempted,
    Question,
    Shown,
    believable_today,
    screen,
    send,
    shown_day,
    today_of,
)

# An entry with everything answered has about 3,000 characters.
LONGEST_ENTRY: Final = 20_000
COLOURS: Final = "diary_colours"
_A_YEAR: Final = 365 * 24 * 60 * 60


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, link: DiaryLink, token: str) -> HttpResponse:
    """One day to write, and the last days to read. Everything works without script."""
    note_use(link=link, now=timezone.now(), by=THE_PATIENT)
    if request.method != "POST":
        return _page(request, link, token, _asked_for(request))
    form = _bound(request.POST, link)
    if form is None:
        return HttpResponseRedirect(reverse("diary:patient", args=[token]))
    question = None
    if form.is_valid():
        outcome = send(link, form)
        if outcome.gone:
            return gone(request)
        if outcome.saved:
            return _onwards(token, form)
        question = outcome.question
    today = today_of(form)
    day = form.cleaned_data.get("day")
    shown = Shown(today, shown_day(day, today))
    return _page(request, link, token, shown, Attempted(form, question, _repeated(request.POST, question)))


@by_link
@require_POST
def entries(request: HttpRequest, link: DiaryLink, token: str) -> HttpResponse:
    """One entry as JSON, sent by the page's script as soon as there is a signal."""
    if request.content_type != "application/json":
        return _refused({"": ["Send the entry as application/json."]}, 415)
    if len(request.body) > LONGEST_ENTRY:
        return _refused({"": [f"An entry has at most {LONGEST_ENTRY} characters."]}, 413)
    try:
        payload = json.loads(request.body)
    except (ValueError, RecursionError):
        return _refused({"": ["The entry is damaged. Enter it again."]}, 400)
    data, faults = read_payload(payload)
    if faults:
        return _refused(faults, 422)
    note_use(link=link, now=timezone.now(), by=THE_PATIENT)
    form = _bound(data, link)
    if form is None or not form.is_valid():
        return _refused(_errors(form), 422)
    outcome = send(link, form)
    if outcome.gone:
        return gone(request)
    if outcome.question:
        return _asked(outcome.question)
    if not outcome.saved:
        return _refused(_errors(form), 422)
    today = today_of(form)
    context = screen(link, token, Shown(today, today, saved=form.kind.value))
    return JsonResponse(
        {
            "result": "saved",
            "sentence": saved_sentence(form.kind.value),
            "page": render_to_string("diary/patient/_main.html", context, request),
        }
    )


@by_link
@require_safe
def reminders(request: HttpRequest, link: DiaryLink, token: str) -> HttpResponse:
    """A calendar file with a daily reminder until the link ends: the word "Diary", and nothing else."""
    at = read_time(request.GET.get("at", ""))
    if at is None:
        today = timezone.localdate()
        return _page(request, link, token, Shown(today, today, time_fault="Enter a time like 20:00."))
    today = timezone.localdate()
    response = HttpResponse(daily_reminder(today, link.ends_on, at), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="diary.ics"'
    return response


@by_link
@require_POST
def colours(request: HttpRequest, link: DiaryLink, token: str) -> HttpResponse:
    """Light on request, dark otherwise. The cookie holds this one word, for the diary's own pages."""
    response = HttpResponseRedirect(reverse("diary:patient", args=[token]))
    if request.POST.get("colours") == "light":
        response.set_cookie(
            COLOURS, "light", max_age=_A_YEAR, path="/d/", samesite="Strict", secure=request.is_secure()
        )
    else:
        response.delete_cookie(COLOURS, path="/d/", samesite="Strict")
    return response


@open_page
@require_safe
def shell(request: HttpRequest) -> HttpResponse:
    """The empty page that the phone keeps, to open without a signal. It knows nobody."""
    return render(request, "diary/patient/shell.html")


@open_page
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The script that answers with the shell when there is no signal. Below /d/, because it may see nothing else."""
    return render(request, "diary/patient/worker.js", content_type="text/javascript; charset=utf-8")


def _bound(data: QueryDict, link: DiaryLink) -> EntryForm | None:
    form_class = FORMS.get(data.get("kind", ""))
    if form_class is None:
        return None
    return form_class(data, medicines=offered_medicines(link), auto_id=f"{form_class.kind.value}_%s")


def _repeated(data: QueryDict, question: Question | None) -> list[tuple[str, str]]:
    """What was answered, to be sent again with a yes: under a key of its own, and with what the yes adds."""
    new = {"key", *(question.answer if question else ())}
    return [(name, value) for name, values in data.lists() if name not in new for value in values if value]


def _asked_for(request: HttpRequest) -> Shown:
    today = believable_today(_date(request, "today"))
    attack = request.GET.get("attack", "")
    return Shown(
        today=today,
        day=shown_day(_date(request, "day"), today),
        change="change" in request.GET,
        # Longer numbers than any row has would not fit the field.
        attack=int(attack) if attack.isdecimal() and attack.isascii() and len(attack) < 10 else None,
        saved=request.GET.get("saved", ""),
    )


def _date(request: HttpRequest, name: str) -> date | None:
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return None


def _page(
    request: HttpRequest, link: DiaryLink, token: str, shown: Shown, attempted: Attempted | None = None
) -> HttpResponse:
    failed = bool(shown.time_fault) or (attempted is not None and not attempted.question)
    status = 409 if attempted and attempted.question else 422 if failed else 200
    context = {**screen(link, token, shown, attempted), "light": request.COOKIES.get(COLOURS) == "light"}
    return render(request, "diary/patient/page.html", context, status=status)


def _onwards(token: str, form: EntryForm) -> HttpResponse:
    """Back to the page, so that reloading sends nothing twice."""
    today, day = today_of(form), form.cleaned_data["day"]
    query = {"saved": form.kind.value, **({} if day == today else {"day": day.isoformat()})}
    if today != timezone.localdate():
        query["today"] = today.isoformat()
    return HttpResponseRedirect(f"{reverse('diary:patient', args=[token])}?{urlencode(query)}")


def _errors(form: EntryForm | None) -> dict[str, list[str]]:
    if form is None:
        return {"kind": [f"Send a kind: {', '.join(EntryKind.values)}."]}
    return {("" if name == "__all__" else name): [str(each) for each in errors] for name, errors in form.errors.items()}


def _refused(errors: dict[str, list[str]], status: int) -> JsonResponse:
    return JsonResponse({"result": "refused", "errors": errors}, status=status)


def _asked(question: Question) -> JsonResponse:
    return JsonResponse(
        {"result": "asked", "sentence": question.sentence, "yes": question.yes, "answer": question.answer}, status=409
    )
