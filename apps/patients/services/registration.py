"""Registering a patient, and keeping the personal details and numbers right."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

import pghistory
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.permissions import CLINIC_WIDE_ROLES, Permission
from apps.core.writing import Refused, SystemProcess, author_of, save_checked, save_version, writes
from apps.patients import identifiers
from apps.patients.choices import IdentifierSystem
from apps.patients.models import CareTeamMembership, Patient, PatientIdentifier
from apps.patients.selectors.duplicates import Candidate, NewPerson, holder_of, possible_duplicates
from apps.patients.services.rights import check_right

DETAIL_FIELDS: Final = (
    "given_name",
    "family_name",
    "preferred_name",
    "date_of_birth",
    "sex",
    "pronouns",
    "language",
    "large_print",
    "telephone",
    "email",
    "contact_route",
    "address",
)


class PossibleDuplicates(Refused):
    """People are registered who may be the same person. Somebody has to look, and say so."""

    def __init__(self, candidates: list[Candidate]) -> None:
        self.candidates = candidates
        sentence = "Somebody like this is registered already: compare, and if it is somebody else say how you know."
        super().__init__({"somebody_else_reason": [sentence]})


class NumberTaken(Refused):
    """Another patient is registered with this number."""

    def __init__(self, holder: Patient) -> None:
        self.holder = holder
        super().__init__({"value": ["Another patient is registered with this number."]})


@dataclass(frozen=True)
class SomebodyElse:
    """The decision that a new person is none of those shown, and why."""

    reason: str = ""
    than: Collection[UUID] = field(default_factory=frozenset)


@writes
def register_patient(
    *,
    by: User | SystemProcess,
    details: dict[str, Any],
    identifier: tuple[str, str] | None = None,
    somebody_else: SomebodyElse | None = None,
    is_demo: bool = False,
) -> Patient:
    """Register a person with `details` (`DETAIL_FIELDS`) and, if known, one number (kind, as typed).

    A clinician who registers somebody joins the care team; those who administer the clinic don't.

    Raises PossibleDuplicates when somebody like this is registered who is not among the people of `somebody_else`,
    NumberTaken when the number is in use, Refused for impossible answers.
    """
    check_right(by, Permission.REGISTER_PATIENT)
    patient = Patient(
        **{name: value for name, value in details.items() if name in DETAIL_FIELDS},
        is_demo=is_demo,
        created_by=author_of(by),
    )
    _born_by(patient, timezone.localdate())
    kind, number = _normalised(*identifier) if identifier else ("", "")
    _one_at_a_time(patient.date_of_birth)
    decision = somebody_else or SomebodyElse()
    shown = _compare(patient, (kind, number), decision)
    with pghistory.context(somebody_else_because=decision.reason, compared_with=shown):
        save_checked(patient)
        if number:
            _add_number(patient, kind, number, by=by)
        if isinstance(by, User) and by.role not in CLINIC_WIDE_ROLES:
            _join_care_team(patient, by)
    # Numbers given out by the database are not on the object until it is read again.
    patient.refresh_from_db()
    return patient


@writes
def change_details(
    *, patient: Patient, expected_version: int, by: User | SystemProcess, details: dict[str, Any]
) -> Patient:
    """Change personal details and contact (`DETAIL_FIELDS`; what is left out stays).

    Raises StaleSave when somebody else changed them since, Refused for impossible answers.
    """
    check_right(by, Permission.EDIT_PATIENT, patient)
    # Read under a lock: answers kept in the same row by other services (allergies) must not be written back old.
    current = Patient.objects.select_for_update().get(pk=patient.pk)
    for name in DETAIL_FIELDS:
        if name in details:
            setattr(current, name, details[name])
    _born_by(current, timezone.localdate())
    save_version(current, expected_version=expected_version)
    return current


@writes
def add_identifier(*, patient: Patient, system: str, value: str, by: User | SystemProcess) -> PatientIdentifier:
    """Add a number by which others know the patient; `value` is as typed.

    Raises NumberTaken when another patient has it, Refused when it can't be such a number or is recorded already.
    """
    check_right(by, Permission.EDIT_PATIENT, patient)
    kind, number = _normalised(system, value)
    return _add_number(patient, kind, number, by=by)


@writes
def remove_identifier(*, identifier: PatientIdentifier, reason: str, by: User | SystemProcess) -> None:
    """Take away a number that was wrong. The history keeps it, with the reason.

    Raises Refused without a reason.
    """
    check_right(by, Permission.EDIT_PATIENT, identifier.patient)
    if not reason.strip():
        raise Refused({"reason": ["Say why the number is removed."]})
    with pghistory.context(reason=reason):
        identifier.delete()


def _normalised(system: str, typed: str) -> tuple[str, str]:
    if system not in IdentifierSystem.values:
        raise Refused({"system": ["Select what kind of number this is."]})
    try:
        return system, identifiers.normalise(system, typed)
    except ValidationError as error:
        raise Refused({"value": error.messages}) from error


def _born_by(patient: Patient, today: date) -> None:
    if patient.date_of_birth > today:
        raise Refused({"date_of_birth": ["Check the date of birth: it is in the future."]})


def _one_at_a_time(day: date) -> None:
    # Two people at two desks register the same person: the second waits, and then finds the first one's record.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('born:' || %s, 0))", [day.isoformat()])


def _compare(patient: Patient, identifier: tuple[str, str], decision: SomebodyElse) -> list[str]:
    """The people compared with, for the history. Raises when a decision is missing."""
    if identifier[1] and (holder := holder_of(*identifier)):
        raise NumberTaken(holder)
    person = NewPerson(
        given_name=patient.given_name,
        family_name=patient.family_name,
        preferred_name=patient.preferred_name,
        date_of_birth=patient.date_of_birth,
        telephone=patient.telephone,
    )
    candidates = possible_duplicates(person)
    undecided = [candidate for candidate in candidates if candidate.patient.pk not in decision.than]
    if undecided or (candidates and not decision.reason.strip()):
        raise PossibleDuplicates(candidates)
    return [str(candidate.patient.pk) for candidate in candidates]


def _add_number(patient: Patient, system: str, number: str, *, by: User | SystemProcess) -> PatientIdentifier:
    holder = holder_of(system, number)
    if holder and holder.pk == patient.pk:
        raise Refused({"value": ["This number is recorded for this patient already."]})
    if holder:
        raise NumberTaken(holder)
    identifier = PatientIdentifier(patient=patient, system=system, value=number, created_by=author_of(by))
    save_checked(identifier)
    return identifier


def _join_care_team(patient: Patient, clinician: User) -> None:
    save_checked(
        CareTeamMembership(
            patient=patient,
            member=clinician,
            task=f"{clinician.get_role_display()}, registered the patient",
            starts_on=timezone.localdate(),
            created_by=clinician,
        )
    )
