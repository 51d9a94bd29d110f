"""The pages of the tablet, as the patient sees them: one question at a time, and no way anywhere else."""

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from apps.clinical.instruments import DECLINED, Instrument, Item, instrument
from apps.core.responses import UNPROCESSABLE
from apps.core.writing import Refused
from apps.screening.choices import Helper
from apps.screening.forms.tablet import WRONG_CODE, CodeForm, QuestionForm, WhoHelpsForm
from apps.screening.models import InstrumentWording, TabletSet
from apps.screening.presenters.tablet_question import initials_and_year, question_words
from apps.screening.selectors.tablet import (
    Progress,
    can_be_read,
    instrument_of,
    needs_help,
    progress_of,
    wording_on_the_tablet,
)
from apps.screening.services.tablet_patient import (
    THE_TABLET,
    Answered,
    answer_question,
    end_as_somebody_else,
    finish,
    open_with_code,
    say_who_helps,
)
from apps.screening.tablet_walk import first_open, item_at, place_of
from apps.screening.views.tablet_door import (
    COOKIE,
    forget,
    leave_after,
    note_miss,
    open_page,
    remember,
    sign_out,
    tablet_of,
    too_many_misses,
    with_set,
)

TOO_MANY: Final = 429
# The last page says where to get help, and is then nobody's any more.
THANKS_LIFE: Final = timedelta(minutes=2)


@open_page
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest) -> HttpResponse:
    """The neutral page: it asks for a code and says nothing else. The tablet on which a set is open goes on there."""
    if request.method != "POST":
        if tablet_of(request, timezone.now()):
            return redirect("screening:tablet_hello")
        page = render(request, "screening/tablet/door.html", {"form": CodeForm()})
        return forget(page) if COOKIE in request.COOKIES else page
    form = CodeForm(request.POST)
    if too_many_misses(request):
        form.add_error(None, "Too many tries. Wait ten minutes, or ask somebody from the clinic.")
        return render(request, "screening/tablet/door.html", {"form": form}, status=TOO_MANY)
    secret = form.is_valid() and open_with_code(code=form.cleaned_data["code"], now=timezone.now(), by=THE_TABLET)
    if secret:
        _give_up_the_earlier(request)
        sign_out(request)
        return remember(redirect("screening:tablet_hello"), secret)
    note_miss(request)
    if not form.errors:
        form.add_error("code", WRONG_CODE)
    return render(request, "screening/tablet/door.html", {"form": form}, status=UNPROCESSABLE)


@with_set
@require_http_methods(["GET", "HEAD", "POST"])
def hello(request: HttpRequest, tablet: TabletSet) -> HttpResponse:
    """Whose set it is, by initials, and who helps. Once that is said, on to the first open question."""
    if tablet.helper:
        return _resume(progress_of(tablet))
    if request.POST.get("me") == "no":
        end_as_somebody_else(tablet=tablet, now=timezone.now(), by=THE_TABLET)
        return forget(render(request, "screening/tablet/not_me.html"))
    form = WhoHelpsForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        say_who_helps(tablet=tablet, helper=Helper(form.cleaned_data["helper"]), by=THE_TABLET)
        return _resume(progress_of(tablet))
    context = {
        "form": form,
        "who": initials_and_year(tablet.patient),
        "sheets": len(tablet.instruments),
        "idle_minutes": settings.TABLET_IDLE_MINUTES,
    }
    return _page(request, "hello", form, context)


@with_set
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, tablet: TabletSet, sheet: int, place: int) -> HttpResponse:
    """One question. Its answer is saved before the next is shown."""
    found = instrument_of(tablet, sheet)
    item = item_at(found, place) if found else None
    progress = progress_of(tablet)
    if not tablet.helper or found is None or item is None or progress.is_done(found.code):
        return redirect("screening:tablet_hello")
    wording = wording_on_the_tablet(found, tablet.language)
    if not can_be_read(found, tablet.language, wording):
        # The permission was withdrawn meanwhile.
        return _behind(progress, found)
    answers = progress.answers(found.code, timezone.localdate())
    form = QuestionForm(
        request.POST if request.method == "POST" else None,
        item=item,
        wording=wording.items[item.key] if wording else "",
        given=answers.get(item.key),
    )
    if request.method == "POST":
        moved_on = _answer(request, tablet, (found, item, wording), form)
        if moved_on:
            return moved_on
    return _page(
        request,
        "question",
        form,
        {"form": form, "words": question_words(tablet, found, item, answers, wording), "sheet": sheet},
    )


@with_set
@require_safe
def where_to_get_help(request: HttpRequest, tablet: TabletSet, sheet: int) -> HttpResponse:
    """What the clinic tells somebody who answered that they think of harming themselves, before the next sheet."""
    found = instrument_of(tablet, sheet)
    if not tablet.helper or found is None or not needs_help(tablet, found.code):
        return redirect("screening:tablet_hello")
    onwards = _behind(progress_of(tablet), found).url
    return render(request, "screening/tablet/help.html", {"text": settings.PATIENT_CRISIS_TEXT, "onwards": onwards})


@with_set
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, tablet: TabletSet) -> HttpResponse:
    """Give the tablet back: asked for before the end, and at the end."""
    if request.method == "POST":
        return _thanks(request, tablet)
    return render(request, "screening/tablet/end.html", {"left": bool(progress_of(tablet).left)})


def _answer(
    request: HttpRequest,
    tablet: TabletSet,
    asked: tuple[Instrument, Item, InstrumentWording | None],
    form: QuestionForm,
) -> HttpResponse | None:
    """Save what was answered and go on; nothing when the answer has to be given again."""
    found, item, wording = asked
    if "skip" in request.POST:
        value = DECLINED if item.refusable else None
    elif form.is_valid():
        value = form.stored
    else:
        return None
    try:
        passed = answer_question(
            tablet=tablet, answered=Answered(found, item, value, wording), now=timezone.now(), by=THE_TABLET
        )
    except Refused as refused:
        form.is_valid()
        form.refuse(refused.errors)
        return None
    if passed.next_item:
        return _to(tablet, found, passed.next_item)
    return _after_the_last(request, tablet, found)


def _after_the_last(request: HttpRequest, tablet: TabletSet, found: Instrument) -> HttpResponse:
    progress = progress_of(tablet)
    if not progress.left_after(found.code):
        return _thanks(request, tablet)
    if needs_help(tablet, found.code):
        return redirect("screening:tablet_help", sheet=tablet.instruments.index(found.code) + 1)
    return _behind(progress, found)


def _behind(progress: Progress, found: Instrument) -> HttpResponseRedirect:
    """To the next questionnaire that is open behind this one."""
    left = progress.left_after(found.code)
    return _to_sheet(progress, left[0]) if left else redirect("screening:tablet_end")


def _resume(progress: Progress) -> HttpResponseRedirect:
    """To the first question that is open, of the whole set."""
    return _to_sheet(progress, progress.left[0]) if progress.left else redirect("screening:tablet_end")


def _to_sheet(progress: Progress, code: str) -> HttpResponseRedirect:
    found = instrument(code)
    return _to(progress.tablet, found, first_open(found, progress.answers(code, timezone.localdate())))


def _to(tablet: TabletSet, found: Instrument, item: Item) -> HttpResponseRedirect:
    sheet = tablet.instruments.index(found.code) + 1
    return redirect("screening:tablet_question", sheet=sheet, place=place_of(found, item))


def _thanks(request: HttpRequest, tablet: TabletSet) -> HttpResponse:
    """The last page, drawn as the answer itself: opened again it is nobody's."""
    help_text = settings.PATIENT_CRISIS_TEXT if needs_help(tablet) else ""
    finish(tablet=tablet, now=timezone.now(), by=THE_TABLET)
    response = forget(render(request, "screening/tablet/thanks.html", {"text": help_text}))
    leave_after(response, THANKS_LIFE)
    return response


def _give_up_the_earlier(request: HttpRequest) -> None:
    """A new code on a tablet that still has another set: that one is given back as it is."""
    earlier = tablet_of(request, timezone.now())
    if earlier:
        finish(tablet=earlier, now=timezone.now(), by=THE_TABLET)


def _page(
    request: HttpRequest, name: str, form: CodeForm | WhoHelpsForm | QuestionForm, context: dict[str, object]
) -> HttpResponse:
    status = UNPROCESSABLE if form.errors else 200
    return render(request, f"screening/tablet/{name}.html", context, status=status)
