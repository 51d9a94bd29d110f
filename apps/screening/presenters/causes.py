"""The page of other causes: each line in words, and what is still open before refractory can be confirmed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from apps.clinical.findings import Answer, Certainty, Finding
from apps.clinical.pseudo_refractory import PSEUDO_ITEMS
from apps.clinical.secondary_causes import CAUSES, Cause, Line, LineState, work_up
from apps.core.dates import short_date, short_time
from apps.patients.models import Patient
from apps.screening.choices import CauseState, Checklist
from apps.screening.models import CauseReview, ChecklistReview

_TONES = {CauseState.RESULT: "good", CauseState.NOT_NEEDED: "good", CauseState.ORDERED: "warn"}


@dataclass(frozen=True)
class CauseLine:
    """One cause as a row: what it is, how it stands, who looked at it, and what it waits for.

    to_do: nobody works on it yet, so it can be set to "not needed" together with others.
    """

    code: str
    name: str
    clues: str
    test: str
    remark: str
    state: str
    tone: str
    told: str
    reviewed: str
    expected: str
    overdue: bool
    to_do: bool


@dataclass(frozen=True)
class OpenLine:
    """Something that stands between a patient and a confirmed status, with the page where it is answered."""

    label: str
    url: str


def cause_lines(reviews: Mapping[str, CauseReview], today: date) -> list[CauseLine]:
    """All causes in the order of the rule book."""
    return [_line(cause, reviews.get(cause.code), today) for cause in CAUSES]


def causes_finding(reviews: Mapping[str, CauseReview]) -> Finding:
    """What the rule book says of the causes as they stand."""
    return work_up({code: line_of(review) for code, review in reviews.items()})


def line_of(review: CauseReview) -> Line:
    """A review as the rule book knows it: who records a result has looked at it."""
    return Line(
        LineState(review.state),
        reason=review.reason,
        reviewed=review.state == CauseState.RESULT,
        explains=bool(review.explains),
    )


def open_lines(
    patient: Patient, reviews: Mapping[str, CauseReview], lists: Mapping[str, ChecklistReview]
) -> list[OpenLine]:
    """Everything that is open, as the database counts it in `screening_open_rule_outs`."""
    return [
        *_open_list(patient, lists.get(Checklist.RED_FLAGS), "Red flags", "screening:red_flags"),
        *_open_list(patient, lists.get(Checklist.PSEUDO_REFRACTORY), "Pseudo-refractory check", "screening:pseudo"),
        *_to_mend(patient, lists.get(Checklist.PSEUDO_REFRACTORY)),
        *_open_causes(patient, reviews),
    ]


def state_words(review: CauseReview) -> str:
    """The state of a review: "Ordered", "Result, explains the headache"."""
    return "Result, explains the headache" if review.explains else review.get_state_display()


def told_words(review: CauseReview) -> str:
    """What was written: the test that was asked for, the result, or why it is not needed."""
    return review.asked_for or review.result or review.reason


def tone_of(review: CauseReview) -> str:
    """The tone of a state's tag."""
    return "danger" if review.explains else _TONES.get(CauseState(review.state), "plain")


def names(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Code and name of some causes, in the order of the rule book."""
    wanted = set(codes)
    return [(cause.code, cause.name) for cause in CAUSES if cause.code in wanted]


def _line(cause: Cause, review: CauseReview | None, today: date) -> CauseLine:
    remark = "to be confirmed" if cause.certainty is not Certainty.CERTAIN else ""
    shown = {"code": cause.code, "name": cause.name, "clues": cause.clues, "test": cause.test, "remark": remark}
    if review is None:
        return CauseLine(
            **shown, state="To do", tone="plain", told="", reviewed="", expected="", overdue=False, to_do=True
        )
    return CauseLine(
        **shown,
        state=state_words(review),
        tone=tone_of(review),
        told=told_words(review),
        reviewed=f"{review.created_by or 'A process'}, {short_date(review.reviewed_on)}",
        expected=short_date(review.due_on) if review.due_on else "",
        overdue=bool(review.due_on and review.due_on < today),
        to_do=review.state == CauseState.TO_DO,
    )


def _open_list(patient: Patient, review: ChecklistReview | None, label: str, page: str) -> list[OpenLine]:
    if review is not None and review.whole:
        return []
    open_ = "not answered" if review is None else "not every question was asked"
    return [OpenLine(f"{label}: {open_}", reverse(page, kwargs={"patient_id": patient.pk}))]


def _to_mend(patient: Patient, review: ChecklistReview | None) -> list[OpenLine]:
    page = reverse("screening:pseudo", kwargs={"patient_id": patient.pk})
    answers = review.answers if review else {}
    return [
        OpenLine(f"To mend first: {item.question}", page) for item in PSEUDO_ITEMS if answers.get(item.code) == "yes"
    ]


def _open_causes(patient: Patient, reviews: Mapping[str, CauseReview]) -> list[OpenLine]:
    return [
        OpenLine(cause.name, reverse("screening:cause", kwargs={"patient_id": patient.pk, "cause": cause.code}))
        for cause in CAUSES
        if cause.code not in reviews or line_of(reviews[cause.code]).closed is not Answer.MET
    ]


@dataclass(frozen=True)
class ReviewLine:
    """One earlier review of a cause."""

    state: str
    tone: str
    told: str
    expected: str
    reviewed_on: str
    recorded: str


def review_lines(reviews: Iterable[CauseReview]) -> list[ReviewLine]:
    """The history of one cause, in the given order."""
    return [
        ReviewLine(
            state=state_words(review),
            tone=tone_of(review),
            told=told_words(review),
            expected=short_date(review.due_on) if review.due_on else "",
            reviewed_on=short_date(review.reviewed_on),
            recorded=f"{review.created_by or 'A process'}, {short_time(review.created_at)}",
        )
        for review in reviews
    ]
