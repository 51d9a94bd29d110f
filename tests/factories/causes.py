"""Red flags, other causes, the pseudo-refractory check and consent, through screening's own services."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from apps.accounts.models import User
from apps.clinical.pseudo_refractory import PSEUDO_ITEMS
from apps.clinical.red_flags import RED_FLAGS
from apps.clinical.secondary_causes import CAUSES
from apps.core.writing import SystemProcess
from apps.patients.models import Patient
from apps.screening.choices import CauseState, ConsentAnswer, SensitiveTopic
from apps.screening.models import Administration, CauseReview, ChecklistReview, SensitiveConsent
from apps.screening.services.causes import Review, review_cause, set_not_needed
from apps.screening.services.checklists import Answered, answer_pseudo_refractory, answer_red_flags
from apps.screening.services.consent import record_consent
from apps.screening.services.sheets import save_result

TESTS = SystemProcess("tests")
NO_FLAG = {flag.code: False for flag in RED_FLAGS}
NO_REASON = {item.code: False for item in PSEUDO_ITEMS}


def make_red_flags(
    patient: Patient,
    *yes: str,
    by: User | SystemProcess = TESTS,
    same_day: frozenset[str] = frozenset(),
    answers: Mapping[str, bool] | None = None,
    on: date | None = None,
) -> ChecklistReview:
    """All fifteen answered today: yes to those named, each with a note, no to the others."""
    given = {**NO_FLAG, **dict.fromkeys(yes, True)} if answers is None else dict(answers)
    notes = {code: f"Decided about {code}" for code, raised in given.items() if raised}
    answered = Answered(given, notes, on or timezone.localdate())
    return answer_red_flags(patient=patient, answered=answered, same_day=same_day, today=timezone.localdate(), by=by)


def make_pseudo(
    patient: Patient,
    *yes: str,
    by: User | SystemProcess = TESTS,
    answers: Mapping[str, bool] | None = None,
) -> ChecklistReview:
    """The whole check answered today: yes to those named, no to the others."""
    given = {**NO_REASON, **dict.fromkeys(yes, True)} if answers is None else dict(answers)
    answered = Answered(given, {}, timezone.localdate())
    return answer_pseudo_refractory(patient=patient, answered=answered, today=timezone.localdate(), by=by)


def make_review(
    patient: Patient, cause: str = "iih", by: User | SystemProcess = TESTS, seen: Any = None, **given: Any
) -> CauseReview:
    """One cause reviewed today: a result that does not explain the headache, unless said otherwise."""
    details: dict[str, Any] = {"state": CauseState.RESULT, "reviewed_on": timezone.localdate()}
    if given.get("state", CauseState.RESULT) == CauseState.RESULT:
        details |= {"result": "MRI without finding", "explains": False}
    review = Review(**{**details, **given})
    return review_cause(patient=patient, cause=cause, review=review, seen=seen, today=timezone.localdate(), by=by)


def close_all_lines(patient: Patient, by: User | SystemProcess = TESTS) -> None:
    """Everything that stands between a patient and a confirmed status, answered and closed."""
    make_red_flags(patient, by=by)
    make_pseudo(patient, by=by)
    set_not_needed(
        patient=patient,
        causes=[cause.code for cause in CAUSES],
        reason="Looked at in the first visit",
        today=timezone.localdate(),
        by=by,
    )


def make_consent(
    patient: Patient, answer: ConsentAnswer = ConsentAnswer.GIVEN, by: User | SystemProcess = TESTS, **given: Any
) -> SensitiveConsent:
    """The patient agrees today to be asked about childhood adversity, unless said otherwise."""
    today = timezone.localdate()
    details: dict[str, Any] = {"asked_on": today, "note": "", "topic": SensitiveTopic.ADVERSITY, **given}
    return record_consent(patient=patient, answer=answer, today=today, by=by, **details)


def make_adversity(patient: Patient, total: int = 7) -> Administration:
    """A total of the childhood adversity questionnaire, with the consent it needs."""
    make_consent(patient)
    today = timezone.localdate()
    return save_result(patient=patient, code="ace", result=total, answered_on=today, today=today, by=TESTS)
