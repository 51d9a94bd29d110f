"""When preventive medicines were begun, changed and stopped, for whoever compares the diary before and after."""

from apps.clinical.patterns.medicine_changes import MedicineChange
from apps.clinical.periods import Period
from apps.patients.models import Patient
from apps.treatment.choices import ChangeKind, ChangeReason, Purpose
from apps.treatment.models import MedicationChange
from apps.treatment.selectors.medication import Course, courses_of

# Holds and taper steps are parts of a change, not changes to compare.
_WORDS = {
    ChangeKind.START: "begun",
    ChangeKind.SWITCH: "begun",
    ChangeKind.DOSE_CHANGE: "dose changed",
    ChangeKind.STOP: "stopped",
}


def preventive_dates(patient: Patient, period: Period) -> list[MedicineChange]:
    """Changes of preventives within a period. One that was taken over began elsewhere, nobody knows when. Two queries."""
    return [
        MedicineChange(change.effective_on, f"{change.medicine} {_WORDS[ChangeKind(change.kind)]}")
        for course in courses_of(patient)
        if course.first.purpose == Purpose.PREVENTIVE
        for change in course.changes
        if change.effective_on in period and _compared(course, change)
    ]


def _compared(course: Course, change: MedicationChange) -> bool:
    taken_over = change is course.first and change.reason == ChangeReason.TAKEN_OVER
    return change.kind in _WORDS and not taken_over
