"""Reading the medication ledger: the current regimen, the whole course, what was changed at a visit."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from apps.patients.models import Patient, Visit
from apps.treatment.choices import ChangeKind, EmergencyStopState
from apps.treatment.models import EmergencyStop, MedicationChange


@dataclass
class Course:
    """One medicine from its start to its stop: all its changes, oldest first."""

    changes: list[MedicationChange] = field(default_factory=list)
    emergency_stop: EmergencyStop | None = None

    @property
    def id(self) -> UUID:
        return self.first.course

    @property
    def first(self) -> MedicationChange:
        return self.changes[0]

    @property
    def last(self) -> MedicationChange:
        return self.changes[-1]

    @property
    def dosed(self) -> MedicationChange:
        """The change that says how much is taken now (a hold or resume carries no dose of its own)."""
        return next(change for change in reversed(self.changes) if change.dose_amount is not None)

    @property
    def started_on(self) -> date:
        return self.first.effective_on

    @property
    def stopped_on(self) -> date | None:
        return self.last.effective_on if self.last.kind == ChangeKind.STOP else None

    @property
    def is_running(self) -> bool:
        return self.last.kind != ChangeKind.STOP

    @property
    def is_on_hold(self) -> bool:
        return self.last.kind == ChangeKind.HOLD


def courses_of(patient: Patient) -> list[Course]:
    """Every course of a patient: running ones first, each group by start, newest first. Two queries."""
    courses: dict[UUID, Course] = {}
    for change in _changes(patient).order_by("course", "position"):
        courses.setdefault(change.course, Course()).changes.append(change)
    for stop in _waiting_stops(patient):
        courses[stop.course].emergency_stop = stop
    return sorted(courses.values(), key=_running_then_newest)


def current_regimen(patient: Patient) -> list[Course]:
    """The medicines the patient is on, held ones included. Two queries."""
    return [course for course in courses_of(patient) if course.is_running]


def course_of(patient: Patient, course_id: UUID) -> Course | None:
    """One course of this patient, or None. Two queries."""
    changes = list(_changes(patient).filter(course=course_id).order_by("position"))
    if not changes:
        return None
    stop = _waiting_stops(patient).filter(course=course_id).first()
    return Course(changes=changes, emergency_stop=stop)


def changes_at(visit: Visit) -> QuerySet[MedicationChange]:
    """What was changed at a visit, in order. One query."""
    return _changes(visit.patient).filter(visit=visit).order_by("recorded_at")


def ledger_of(patient: Patient) -> QuerySet[MedicationChange]:
    """Every change, newest first. One query."""
    return _changes(patient).order_by("-recorded_at")


def on(courses: Iterable[Course], day: date) -> list[Course]:
    """Those of the given courses that were taken on a day."""
    return [
        course
        for course in courses
        if course.started_on <= day and (course.stopped_on is None or day < course.stopped_on)
    ]


def _changes(patient: Patient) -> QuerySet[MedicationChange]:
    return MedicationChange.objects.filter(patient=patient).select_related("medicine", "author", "visit")


def _waiting_stops(patient: Patient) -> QuerySet[EmergencyStop]:
    return EmergencyStop.objects.filter(patient=patient, state=EmergencyStopState.WAITING).select_related("stopped_by")


def _running_then_newest(course: Course) -> tuple[bool, int]:
    return (not course.is_running, -course.started_on.toordinal())
