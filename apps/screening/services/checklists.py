"""Answering the two lists as a whole: red flags, and what makes migraine look refractory."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.clinical.findings import Finding
from apps.clinical.pseudo_refractory import every_reason_asked, pseudo_refractory
from apps.clinical.red_flags import RED_FLAGS, all_asked, red_flags
from apps.core.dates import short_date
from apps.core.writing import Refused, SystemProcess, author_of, save_checked, writes
from apps.patients.access import require
from apps.patients.models import Patient
from apps.patients.selectors.visits import open_visit_of
from apps.screening.choices import Checklist
from apps.screening.models import ChecklistReview
from apps.screening.selectors.causes import latest_list

WITH_CIRCUMSTANCE = frozenset(flag.code for flag in RED_FLAGS if flag.same_day_with)


@dataclass(frozen=True)
class Answered:
    """A list as it was answered: yes or no by the code of each question that was asked, and notes by code."""

    answers: Mapping[str, bool]
    notes: Mapping[str, str]
    answered_on: date


@writes
def answer_red_flags(
    *, patient: Patient, answered: Answered, same_day: frozenset[str], today: date, by: User | SystemProcess
) -> ChecklistReview:
    """Record the red flags. `same_day`: flags whose circumstance makes them a matter of the same day.

    Raises Refused for a yes without a note of what was decided, a circumstance without its flag, no answer at all,
    an unknown flag and a day to come or before the newest answers; PermissionDenied without the right.
    """
    raised = {code for code, yes in answered.answers.items() if yes}
    silent = [code for code in raised if not answered.notes.get(code, "").strip()]
    if silent:
        raise Refused({f"note_{code}": ["Enter what was decided about this flag."] for code in sorted(silent)})
    if stray := sorted(same_day - (raised & WITH_CIRCUMSTANCE)):
        raise Refused({f"same_day_{code}": ["This belongs to a flag that is answered yes."] for code in stray})
    return _save(
        Checklist.RED_FLAGS,
        patient,
        answered,
        rule=lambda: red_flags(answered.answers, same_day=same_day),
        whole=all_asked(answered.answers),
        same_day=same_day,
        today=today,
        by=by,
    )


@writes
def answer_pseudo_refractory(
    *, patient: Patient, answered: Answered, today: date, by: User | SystemProcess
) -> ChecklistReview:
    """Record the pseudo-refractory check. Raises as `answer_red_flags`; notes are free."""
    return _save(
        Checklist.PSEUDO_REFRACTORY,
        patient,
        answered,
        rule=lambda: pseudo_refractory(answered.answers),
        whole=every_reason_asked(answered.answers),
        same_day=frozenset(),
        today=today,
        by=by,
    )


def _save(
    checklist: Checklist,
    patient: Patient,
    answered: Answered,
    *,
    rule: Callable[[], Finding],
    whole: bool,
    same_day: frozenset[str],
    today: date,
    by: User | SystemProcess,
) -> ChecklistReview:
    if isinstance(by, User):
        require(by, Permission.RECORD_SCREENING, patient)
    if not answered.answers:
        raise Refused("Answer at least one question of the list.")
    _check_day(patient, checklist, answered.answered_on, today)
    try:
        finding = rule()
    except ValueError as error:
        raise Refused(f"This list has no such question: {error}.") from error
    review = ChecklistReview(
        patient=patient,
        visit=open_visit_of(patient, by) if isinstance(by, User) else None,
        checklist=checklist,
        answered_on=answered.answered_on,
        answers={code: "yes" if yes else "no" for code, yes in answered.answers.items()},
        same_day=sorted(same_day),
        notes={code: text.strip() for code, text in answered.notes.items() if text.strip()},
        whole=whole,
        answer=finding.answer,
        headline=finding.headline,
        rule_version=finding.rule_version,
        created_by=author_of(by),
    )
    save_checked(review)
    return review


def _check_day(patient: Patient, checklist: Checklist, day: date, today: date) -> None:
    if day > today:
        raise Refused({"answered_on": ["Enter a day that is not in the future."]})
    newest = latest_list(patient, checklist)
    if newest and day < newest.answered_on:
        raise Refused(
            {"answered_on": [f"This was answered on {short_date(newest.answered_on)}. Enter that day or a later one."]}
        )
