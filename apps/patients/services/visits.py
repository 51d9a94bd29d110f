"""Opening, writing and signing a visit; adding to a signed one."""

from datetime import date
from typing import Any

from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.core.writing import Refused, SystemProcess, author_of, save_checked, save_version, writes
from apps.patients.access import require
from apps.patients.choices import VisitState
from apps.patients.models import Patient, Visit, VisitAddendum

WRITTEN_FIELDS = ("kind", "visit_on", "findings", "changes", "plan", "next_visit_on")


@writes
def open_visit(
    *, patient: Patient, kind: str, visit_on: date, by: User | SystemProcess, clinician: User | None = None
) -> Visit:
    """Begin a visit. The clinician is the person who opens it; only a process names one.

    Raises Refused for a day in the future or when the same clinician has an open visit on that day.
    """
    if isinstance(by, User):
        require(by, Permission.WRITE_VISIT, patient)
        clinician = by
    if visit_on > timezone.localdate():
        raise Refused({"visit_on": ["A visit can't be opened before its day."]})
    visit = Visit(patient=patient, clinician=clinician, kind=kind, visit_on=visit_on, created_by=author_of(by))
    save_checked(visit)
    return visit


@writes
def write_visit(*, visit: Visit, expected_version: int, by: User | SystemProcess, **written: Any) -> Visit:
    """Save what was written in an open visit (`WRITTEN_FIELDS`).

    Raises StaleSave when it was saved by somebody else since, Refused when it is signed or somebody else's.
    """
    _own_open_visit(visit, by)
    for field in WRITTEN_FIELDS:
        if field in written:
            setattr(visit, field, written[field])
    save_version(visit, expected_version=expected_version)
    return visit


@writes
def sign_visit(*, visit: Visit, expected_version: int, by: User | SystemProcess) -> Visit:
    """Close a visit with a signature. From then on it takes addenda only.

    Raises Refused when nothing is written under findings, when it is signed already or somebody else's.
    """
    _own_open_visit(visit, by)
    visit.state = VisitState.SIGNED
    visit.signed_at = timezone.now()
    visit.signed_by = visit.clinician
    save_version(visit, expected_version=expected_version)
    return visit


@writes
def add_addendum(*, visit: Visit, text: str, by: User | SystemProcess) -> VisitAddendum:
    """Add to a signed visit.

    Raises Refused when the visit is still open.
    """
    if isinstance(by, User):
        require(by, Permission.WRITE_VISIT, visit.patient)
    addendum = VisitAddendum(patient=visit.patient, visit=visit, text=text, created_by=author_of(by))
    save_checked(addendum)
    return addendum


def _own_open_visit(visit: Visit, by: User | SystemProcess) -> None:
    if visit.state == VisitState.SIGNED:
        raise Refused("This visit is signed. Write an addendum instead.")
    if isinstance(by, User):
        require(by, Permission.WRITE_VISIT, visit.patient)
        if visit.clinician_id != by.pk:
            raise Refused(f"This visit is {visit.clinician}'s. Open your own, or add to it once it is signed.")
