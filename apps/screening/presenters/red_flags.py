"""Red flags in words: on the page of other causes, on every page of the chart, and before a first visit is signed."""

from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.clinical.findings import Answer
from apps.clinical.red_flags import RED_FLAGS, Urgency, urgency_of
from apps.core.dates import short_date
from apps.patients.chart_notices import ChartNotice
from apps.patients.choices import VisitKind
from apps.patients.models import Patient, Visit
from apps.patients.visit_closing import OpenQuestion
from apps.screening.choices import Checklist
from apps.screening.models import ChecklistReview
from apps.screening.red_flag_questions import question_of
from apps.screening.selectors.causes import latest_list

# How long a matter of the same day is shown on every page of the chart: a convention of the clinic.
NOTICE_DAYS = 7

_TONES = {Urgency.SAME_DAY: "danger", Urgency.URGENT_IMAGING: "warn", Urgency.PLANNED: "plain"}
_LIST_TONES = {Answer.MET: "warn", Answer.NOT_MET: "good", Answer.CANNOT_TELL: "warn"}


@dataclass(frozen=True)
class RaisedFlag:
    """One flag that was answered yes: how soon it asks for a decision, and what was decided."""

    question: str
    urgency: str
    tone: str
    note: str
    same_day: bool


@dataclass(frozen=True)
class ListWords:
    """A list as it was answered: what the rule found, who asked and when, what stayed open."""

    headline: str
    tag: str
    tone: str
    asked: str
    raised: tuple[RaisedFlag, ...]
    not_asked: tuple[str, ...]


def red_flag_words(review: ChecklistReview) -> ListWords:
    """The newest red flags."""
    raised = tuple(_raised(review))
    answer = Answer(review.answer)
    urgent = any(flag.same_day for flag in raised)
    return ListWords(
        headline=review.headline,
        tag={Answer.MET: "Red flag", Answer.NOT_MET: "No red flag", Answer.CANNOT_TELL: "Incomplete"}[answer],
        tone="danger" if urgent else _LIST_TONES[answer],
        asked=asked_words(review),
        raised=raised,
        not_asked=tuple(question_of(flag) for flag in RED_FLAGS if flag.code not in review.answers),
    )


def asked_words(review: ChecklistReview) -> str:
    """Who asked, and when."""
    return f"{review.created_by or 'A process'}, {short_date(review.answered_on)}"


def red_flag_notices(patient: Patient, user: User) -> list[ChartNotice]:
    """A red flag of the same day, for as long as it is news. At most one query.

    It goes when the list is answered again without it, and after `NOTICE_DAYS`; what was decided stays on its page.
    """
    if not user.may(Permission.VIEW_CHART):
        return []
    review = latest_list(patient, Checklist.RED_FLAGS)
    if review is None or review.answered_on < timezone.localdate() - timedelta(days=NOTICE_DAYS):
        return []
    urgent = [flag for flag in _raised(review) if flag.same_day]
    if not urgent:
        return []
    decided = "; ".join(f"{flag.question}: {flag.note}" for flag in urgent)
    return [
        ChartNotice(
            title="Red flag: a matter of the same day",
            text=f"Asked by {asked_words(review)}. Decided: {decided}",
            url=reverse("screening:causes", kwargs={"patient_id": patient.pk}),
            action="Look at the red flags",
            tone="danger",
        )
    ]


def red_flags_before_signing(visit: Visit, user: User) -> list[OpenQuestion]:
    """What must be answered before a first visit is signed; nothing for other visits. At most one query."""
    if visit.kind != VisitKind.FIRST:
        return []
    review = latest_list(visit.patient, Checklist.RED_FLAGS)
    if review is not None and review.whole:
        return []
    may_answer = user.may(Permission.RECORD_SCREENING)
    page = "screening:red_flags" if may_answer else "screening:causes"
    open_ = "are not answered yet" if review is None else "are not all answered"
    return [
        OpenQuestion(
            title="Red flags first",
            text=f"The red flags {open_}. A first visit can be saved, and is signed once all fifteen are answered.",
            url=reverse(page, kwargs={"patient_id": visit.patient_id}),
            action="Answer the red flags" if may_answer else "See who can answer the red flags",
        )
    ]


def _raised(review: ChecklistReview) -> list[RaisedFlag]:
    same_day = frozenset(review.same_day)
    return [
        RaisedFlag(
            question=question_of(flag),
            urgency=urgency_of(flag, same_day).label,
            tone=_TONES[urgency_of(flag, same_day)],
            note=review.notes.get(flag.code, ""),
            same_day=urgency_of(flag, same_day) is Urgency.SAME_DAY,
        )
        for flag in RED_FLAGS
        if review.answers.get(flag.code) == "yes"
    ]
