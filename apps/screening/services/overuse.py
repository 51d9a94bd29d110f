"""Writing down why medicines are overused, and what was established about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.clinical.overuse_reasons import OveruseReason
from apps.core.writing import Refused, author_of, save_checked, writes
from apps.diary.selectors import overuse_assessment
from apps.patients.access import require
from apps.patients.models import Patient, Visit
from apps.patients.selectors.visits import open_visit_of
from apps.screening.choices import Statement, Sureness
from apps.screening.facts.overuse import statements_of
from apps.screening.models import OveruseReasonNoted, OveruseReview


@dataclass(frozen=True, slots=True)
class NotedReason:
    """One reason of a review: how certain it is, and what there is to say about it."""

    reason: OveruseReason
    sureness: Sureness
    words: str = ""


@writes
def record_overuse_review(
    *,
    patient: Patient,
    reasons: Sequence[NotedReason],
    preexisting: Statement,
    older: Statement,
    note: str,
    today: date,
    by: User,
) -> OveruseReview:
    """Write a review of today; from now on it is the one that counts.

    It belongs to the visit that its author has open with the patient today, if there is one, and keeps the state that
    the diary shows with these statements.

    Raises Refused when nothing was found out, when a reason stands twice or "something else" has no words,
    PermissionDenied without the right.
    """
    require(by, Permission.RECORD_SCREENING, patient)
    if not reasons and not note.strip() and Statement.NOT_KNOWN == preexisting == older:
        raise Refused("Select at least one reason, or write what the patient says about it.")
    review = OveruseReview(
        patient=patient,
        visit=_visit_today(patient, by, today),
        reviewed_on=today,
        preexisting=preexisting,
        older=older,
        note=note.strip(),
        created_by=author_of(by),
    )
    review.state = overuse_assessment(patient, today, stated=statements_of(review, today)).state.value
    save_checked(review)
    for noted in reasons:
        save_checked(_row(review, noted, by))
    return review


def _visit_today(patient: Patient, by: User, today: date) -> Visit | None:
    visit = open_visit_of(patient, by)
    return visit if visit is not None and visit.visit_on == today else None


def _row(review: OveruseReview, noted: NotedReason, by: User) -> OveruseReasonNoted:
    return OveruseReasonNoted(
        patient=review.patient,
        review=review,
        reason=noted.reason.value,
        sureness=noted.sureness,
        words=noted.words.strip(),
        created_by=author_of(by),
    )
