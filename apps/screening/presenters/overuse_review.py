"""What was found out about an overuse, in words, and the notice that it is to be reviewed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.clinical.counting import days_word
from apps.clinical.duration import STATEMENT_DAYS, statement_counts
from apps.clinical.overuse_states import OveruseState
from apps.core.dates import short_date
from apps.patients.access import may
from apps.patients.chart_notices import ChartNotice
from apps.patients.models import Patient
from apps.screening.choices import Statement
from apps.screening.models import OveruseReview
from apps.screening.selectors.overuse import ReviewDue, review_due

TITLE = "Why is it overused? Review at this visit"


@dataclass(frozen=True)
class ReasonWords:
    """One reason: "Fear of withdrawal headache", "likely", and what there is to say about it."""

    label: str
    sureness: str
    words: str


@dataclass(frozen=True)
class ReviewWords:
    """One review: when and by whom, what was stated, the reasons, what the patient says, what the diary said."""

    on: str
    by: str
    visit_url: str
    preexisting: str
    older: str
    older_until: str
    reasons: tuple[ReasonWords, ...]
    note: str
    state: str


def review_words(reviews: Iterable[OveruseReview], patient: Patient, on: date) -> list[ReviewWords]:
    """The reviews as the page shows them, in their order. They must come with reasons and people."""
    return [_review(review, patient, on) for review in reviews]


def review_notices(patient: Patient, user: User) -> list[ChartNotice]:
    """The notice that reasons are to be reviewed, for those who read the chart. At most one query."""
    if not user.may(Permission.VIEW_CHART):
        return []
    due = review_due(patient, timezone.localdate())
    return [_notice(due, patient, user)] if due else []


def _notice(due: ReviewDue, patient: Patient, user: User) -> ChartNotice:
    reviews = may(user, Permission.RECORD_SCREENING, patient)
    return ChartNotice(
        title=TITLE,
        text=f"Acute medicines on at least {days_word(due.days)} of the last 30. {_since(due)}",
        url=reverse("screening:overuse_review" if reviews else "screening:overuse", kwargs={"patient_id": patient.pk}),
        action="Review the reasons" if reviews else "Go to the overuse page",
    )


def _since(due: ReviewDue) -> str:
    if due.last_review is None:
        return "The reasons were never asked."
    visit = f"since the visit of {short_date(due.visit_on)}" if due.visit_on else "since"
    return f"Not reviewed {visit}; last on {short_date(due.last_review)}."


def _review(review: OveruseReview, patient: Patient, on: date) -> ReviewWords:
    visit = {"patient_id": patient.pk, "visit_id": review.visit_id}
    return ReviewWords(
        on=short_date(review.reviewed_on),
        by=str(review.created_by or "a process"),
        visit_url=reverse("patients:visit", kwargs=visit) if review.visit_id else "",
        preexisting=review.get_preexisting_display(),
        older=review.get_older_display(),
        older_until=_older_until(review, on),
        reasons=tuple(
            ReasonWords(noted.get_reason_display(), noted.get_sureness_display().lower(), noted.words)
            for noted in review.reasons.all()
        ),
        note=review.note,
        state=OveruseState(review.state).label,
    )


def _older_until(review: OveruseReview, on: date) -> str:
    """How long the statement about the duration counts; empty when it says nothing."""
    if review.older != Statement.YES:
        return ""
    last = short_date(review.reviewed_on + timedelta(days=STATEMENT_DAYS - 1))
    if statement_counts(review.reviewed_on, on=on):
        return f"counts until {last}"
    return f"counted until {last}, ask again"
