"""Reviewing the work-up of other causes, one at a time, or several that are not needed for one reason."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.core.dates import short_date
from apps.core.writing import Refused, SystemProcess, author_of, save_checked, writes
from apps.patients.access import require
from apps.patients.models import Patient
from apps.screening.choices import CauseState
from apps.screening.models import CauseReview
from apps.screening.selectors.causes import latest_reviews

SOMEBODY_ELSE = "Somebody reviewed this meanwhile. Look at it again before you save yours."


@dataclass(frozen=True)
class Review:
    """Where a cause stands. What does not belong to the state stays empty.

    asked_for, due_on: of an ordered test. result, explains: of a result. reason: of what is not needed.
    """

    state: CauseState
    reviewed_on: date
    asked_for: str = ""
    due_on: date | None = None
    result: str = ""
    explains: bool | None = None
    reason: str = ""


@writes
def review_cause(
    *,
    patient: Patient,
    cause: str,
    review: Review,
    today: date,
    by: User | SystemProcess,
    seen: UUID | None = None,
) -> CauseReview:
    """Record where the work-up of a cause stands. `seen`: the newest review the person has seen, None for none.

    Raises Refused when somebody reviewed it since, when the state lacks what belongs to it, for a day to come or
    before the newest review and for an expected day before the review; PermissionDenied without the right.
    """
    _may(by, patient)
    newest = _locked_reviews(patient).get(cause)
    if seen != (newest.pk if newest else None):
        raise Refused(SOMEBODY_ELSE)
    return _save(patient, cause, review, newest, today=today, by=by)


@writes
def set_not_needed(
    *, patient: Patient, causes: Collection[str], reason: str, today: date, by: User | SystemProcess
) -> list[CauseReview]:
    """Set several causes that are still to do to "not needed", for one reason, as of today.

    Raises Refused without a cause or a reason, and for a cause that somebody works on meanwhile; PermissionDenied
    without the right.
    """
    _may(by, patient)
    if not causes:
        raise Refused({"causes": ["Tick at least one cause."]})
    reviews = _locked_reviews(patient)
    if any(code in reviews and reviews[code].state != CauseState.TO_DO for code in causes):
        raise Refused({"causes": [SOMEBODY_ELSE]})
    review = Review(CauseState.NOT_NEEDED, today, reason=reason)
    return [_save(patient, code, review, reviews.get(code), today=today, by=by) for code in causes]


def _save(
    patient: Patient,
    cause: str,
    review: Review,
    newest: CauseReview | None,
    *,
    today: date,
    by: User | SystemProcess,
) -> CauseReview:
    _check_days(review, newest, today)
    ordered = review.state == CauseState.ORDERED
    resulted = review.state == CauseState.RESULT
    saved = CauseReview(
        patient=patient,
        cause=cause,
        state=review.state,
        reviewed_on=review.reviewed_on,
        asked_for=review.asked_for.strip() if ordered else "",
        due_on=review.due_on if ordered else None,
        result=review.result.strip() if resulted else "",
        explains=review.explains if resulted else None,
        reason=review.reason.strip() if review.state == CauseState.NOT_NEEDED else "",
        created_by=author_of(by),
    )
    save_checked(saved)
    return saved


def _check_days(review: Review, newest: CauseReview | None, today: date) -> None:
    if review.reviewed_on > today:
        raise Refused({"reviewed_on": ["Enter a day that is not in the future."]})
    if newest and review.reviewed_on < newest.reviewed_on:
        day = short_date(newest.reviewed_on)
        raise Refused({"reviewed_on": [f"This was reviewed on {day}. Enter that day or a later one."]})
    if review.state == CauseState.ORDERED and review.due_on and review.due_on < review.reviewed_on:
        raise Refused({"due_on": ["Enter a day that is not before the review."]})


def _locked_reviews(patient: Patient) -> dict[str, CauseReview]:
    """The newest reviews; until this transaction ends, nobody else reviews a cause of this patient."""
    Patient.objects.select_for_update().get(pk=patient.pk)
    return latest_reviews(patient)


def _may(by: User | SystemProcess, patient: Patient) -> None:
    if isinstance(by, User):
        require(by, Permission.RECORD_SCREENING, patient)
