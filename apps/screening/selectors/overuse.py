"""Reading reviews of overuse: what was stated, and whether a review is due."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet, Subquery

from apps.clinical.overuse_headline import ALL_TOGETHER_LIMIT
from apps.clinical.periods import window_ending
from apps.diary.clinical_statements import NOTHING_STATED, OveruseStatements
from apps.diary.selectors.rollup import days_with, window_bits
from apps.patients.models import Patient, Visit
from apps.screening.facts.overuse import statements_of
from apps.screening.models import OveruseReasonNoted, OveruseReview

_ALL_TOGETHER = ("acute",)


@dataclass(frozen=True)
class ReviewDue:
    """Overuse that nobody has reviewed yet. days: acute medication days in the last 30, at least.

    visit_on: the visit since which no review was written; None when the patient had none. last_review: None for never.
    """

    days: int
    visit_on: date | None
    last_review: date | None


def reviews_of(patient: Patient) -> QuerySet[OveruseReview]:
    """All reviews of a patient's overuse, the newest first, with reasons and people. Two queries."""
    reasons = OveruseReasonNoted.objects.order_by("created_at", "reason")
    return (
        OveruseReview.objects.filter(patient=patient)
        .select_related("created_by", "visit")
        .prefetch_related(Prefetch("reasons", queryset=reasons))
    )


def newest_review(patient: Patient, on: date) -> OveruseReview | None:
    """The review that counts on a day; None when there is none. One query."""
    return OveruseReview.objects.filter(patient=patient, reviewed_on__lte=on).first()


def recorded_statements(patient: Patient, on: date) -> OveruseStatements:
    """What a clinician has established by a day, as the diary's numbers need it. One query."""
    review = newest_review(patient, on)
    return statements_of(review, on) if review else NOTHING_STATED


def review_due(patient: Patient, on: date) -> ReviewDue | None:
    """Whether the reasons of an overuse that lasts are to be reviewed: not once since the last visit. One query.

    Every state of overuse has at least as many acute medication days as the headline limit, so that limit alone
    finds them all. The day counts, not the hour: a review may be written before the visit is opened.
    """
    window = window_ending(on)
    reviews = OveruseReview.objects.filter(patient=patient, reviewed_on__lte=on).order_by("-reviewed_on")
    visits = Visit.objects.filter(patient=patient, visit_on__lte=on).order_by("-visit_on")
    found = (
        window_bits(Patient.objects.filter(pk=patient.pk), window, _ALL_TOGETHER)
        .annotate(
            days=days_with(_ALL_TOGETHER, window),
            reviewed=Subquery(reviews.values("reviewed_on")[:1]),
            visited=Subquery(visits.values("visit_on")[:1]),
        )
        .filter(days__gte=ALL_TOGETHER_LIMIT)
    )
    for row in found:
        due = ReviewDue(row["days"], row["visited"], row["reviewed"])
        if due.last_review is None or (due.visit_on is not None and due.last_review < due.visit_on):
            return due
    return None
