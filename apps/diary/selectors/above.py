"""Who has reached a limit of acute medicines in the latest 30 days, who is near one, and of whom nobody can tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from django.db.models import F, Q, QuerySet

from apps.clinical import overuse_warnings as warn
from apps.clinical.counting import Count
from apps.clinical.overuse_headline import ALL_TOGETHER_LIMIT
from apps.clinical.overuse_subtypes import COMBINATION, ERGOTAMINE, NON_OPIOID, OPIOID, OTHER, TRIPTAN, Subtype
from apps.clinical.periods import Period, window_ending
from apps.diary.models.rollup import MASK_OF
from apps.diary.selectors.rollup import WindowBits, days_at_most, days_with, window_bits, window_bits_of
from apps.patients.models import Patient

PAGE_SIZE: Final = 50


class Standing(StrEnum):
    """Where somebody stands; the first that holds counts."""

    REACHED = "reached"
    NEAR = "near"
    CANNOT_TELL = "cannot_tell"


class Order(StrEnum):
    MOST_DAYS = "days"
    LEAST_KNOWN = "unknown"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Subject:
    """What is counted against which number of days in 30. limit: None where only an early warning exists."""

    code: str
    name: str
    masks: tuple[str, ...]
    limit: int | None
    warning_from: int | None


def _of_class(subtype: Subtype, warning_from: int | None) -> Subject:
    masks = tuple(sorted(MASK_OF[each] for each in subtype.classes))
    return Subject(subtype.code, subtype.name, masks, subtype.limit, warning_from)


ALL: Final = Subject("all", "all acute medicines", ("acute",), ALL_TOGETHER_LIMIT, warn.ALL_TOGETHER_AMBER)
CLASSES: Final = (
    _of_class(TRIPTAN, warn.CLASS_AMBER),
    _of_class(NON_OPIOID, warn.NON_OPIOID_AMBER),
    _of_class(COMBINATION, warn.CLASS_AMBER),
    _of_class(OPIOID, warn.CLASS_AMBER),
    _of_class(ERGOTAMINE, warn.CLASS_AMBER),
    _of_class(OTHER, None),
)
INGREDIENTS: Final = (
    Subject("opioid_inside", "opioid, also inside combinations", ("opioid_inside",), None, warn.OPIOID_AMBER),
    Subject("butalbital_inside", "butalbital", ("butalbital_inside",), None, warn.BUTALBITAL_AMBER),
)
EVERYTHING: Final = (ALL, *CLASSES, *INGREDIENTS)


@dataclass(frozen=True, slots=True)
class PatientStanding:
    """One patient of the list, with the counts of the window behind it. `counts` has every subject."""

    patient: Patient
    standing: Standing
    bits: WindowBits
    counts: tuple[tuple[Subject, Count], ...]


@dataclass(frozen=True, slots=True)
class StandingPage:
    window: Period
    rows: tuple[PatientStanding, ...]
    has_more: bool


def standings(
    patients: QuerySet[Patient],
    on: date,
    *,
    show: Standing | None = None,
    subject: Subject | None = None,
    order: Order = Order.MOST_DAYS,
    page: int = 1,
    size: int = PAGE_SIZE,
) -> StandingPage:
    """A page of the patients who stand somewhere in the 30 days that end on `on`. Two queries.

    Only patients with an entry in these days: of the others there is nothing to count. subject: look at this class
    alone, otherwise at all of them. show: only those who stand there.
    """
    window = window_ending(on)
    subjects = (subject,) if subject else EVERYTHING
    first = subject or ALL
    lower, upper = days_with(first.masks, window), days_at_most(first.masks, window)
    found = (
        window_bits(patients, window)
        .annotate(sort_name=F("patient__sort_name"), lower=lower, upper=upper)
        .annotate(not_known=F("upper") - F("lower"), entered=days_with(("recorded", "list_known", "acute"), window))
        .annotate(**_ends(subjects, window))
        .filter(_shown(subjects, show), entered__gt=0)
        .order_by(*_ORDERS[order], "sort_name", "patient_id")
    )
    begin = (page - 1) * size
    rows = list(found[begin : begin + size + 1])
    people = Patient.objects.in_bulk([row["patient_id"] for row in rows[:size]])
    return StandingPage(
        window,
        tuple(_standing(people[row["patient_id"]], row, window, subjects) for row in rows[:size]),
        has_more=len(rows) > size,
    )


# A number of days is never below zero.
_NOBODY: Final = Q(entered__lt=0)

_ORDERS: Final = {
    Order.MOST_DAYS: ("-lower", "-upper"),
    Order.LEAST_KNOWN: ("-not_known", "-upper"),
    Order.NAME: (),
}


def standing_of(bits: WindowBits, subjects: Sequence[Subject] = EVERYTHING) -> Standing | None:
    """Where a window stands; None when it is certainly below every limit and every warning."""
    intervals = [(subject, bits.of_masks(subject.masks).interval) for subject in subjects]
    if any(subject.limit is not None and interval.lower >= subject.limit for subject, interval in intervals):
        return Standing.REACHED
    if any(
        subject.warning_from is not None and interval.lower >= subject.warning_from for subject, interval in intervals
    ):
        return Standing.NEAR
    if any(subject.limit is not None and interval.upper >= subject.limit for subject, interval in intervals):
        return Standing.CANNOT_TELL
    return None


def _ends(subjects: Sequence[Subject], window: Period) -> dict[str, Any]:
    ends: dict[str, Any] = {}
    for place, subject in enumerate(subjects):
        ends[f"lower_{place}"] = days_with(subject.masks, window)
        if subject.limit is not None:
            ends[f"upper_{place}"] = days_at_most(subject.masks, window)
    return ends


def _shown(subjects: Sequence[Subject], show: Standing | None) -> Q:
    """The same decision as `standing_of`, for the database."""
    reached, near, may_reach = _NOBODY, _NOBODY, _NOBODY
    for place, subject in enumerate(subjects):
        if subject.limit is not None:
            reached |= Q(**{f"lower_{place}__gte": subject.limit})
            may_reach |= Q(**{f"upper_{place}__gte": subject.limit})
        if subject.warning_from is not None:
            near |= Q(**{f"lower_{place}__gte": subject.warning_from})
    if show is None:
        return near | may_reach
    return {
        Standing.REACHED: reached,
        Standing.NEAR: near & ~reached,
        Standing.CANNOT_TELL: may_reach & ~near & ~reached,
    }[show]


def _standing(patient: Patient, row: dict[str, Any], window: Period, subjects: Sequence[Subject]) -> PatientStanding:
    bits = window_bits_of(row, window)
    standing = standing_of(bits, subjects)
    if standing is None:
        raise RuntimeError("The database and the rule book disagree about a limit.")
    counts = tuple((each, bits.acute if each is ALL else bits.of_masks(each.masks)) for each in EVERYTHING)
    return PatientStanding(patient, standing, bits, counts)
