"""Naming who prescribes. Every change of a designation is made under the patient's prescribing lock."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone
from psycopg.types.range import TimestamptzRange

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.core.writing import Refused, SystemProcess, author_of, save_checked, writes
from apps.patients.access import require
from apps.patients.choices import DesignationKind
from apps.patients.models import CareTeamMembership, Patient, PrescriberDesignation
from apps.patients.selectors.prescribers import prescribing_of


def may_name_prescriber(user: User, patient: Patient) -> str | None:
    """None when the person may name (or replace) the designated prescriber, else the sentence that says why not.

    The first one is named by whoever may; after that only the designated prescriber in office or a clinic manager
    replaces them, so that nobody loses a patient behind their back.
    """
    try:
        require(user, Permission.NAME_PRESCRIBER, patient)
    except PermissionDenied:
        return "The intake coordinator, the clinic manager or a physician of the care team names the prescriber."
    designated = prescribing_of(patient).designated
    if designated is None or designated.prescriber_id == user.pk or user.may(Permission.MANAGE_STAFF):
        return None
    return f"{designated.prescriber} prescribes for this patient. Only they or the clinic manager can name another."


@writes
def name_designated_prescriber(
    *, patient: Patient, prescriber: User, reason: str, by: User | SystemProcess, since: datetime | None = None
) -> PrescriberDesignation:
    """Make somebody the patient's designated prescriber from now on, ending the designation in force.

    `since` back-dates the first designation when care is taken over from paper; the database refuses a date that
    would rewrite who made earlier changes. A running cover for the new prescriber is ended. Whoever is named joins
    the care team.

    Raises Refused when the rule does not allow it.
    """
    if isinstance(by, User) and (refusal := may_name_prescriber(by, patient)):
        raise Refused(refusal)
    instant = lock_prescribing(patient)
    current = prescribing_of(patient, instant)
    if current.designated and current.designated.prescriber_id == prescriber.pk:
        raise Refused({"prescriber": [f"{prescriber} is the designated prescriber already."]})
    begin = since or instant
    if current.designated:
        if begin < instant:
            raise Refused(
                {"prescriber": ["There is a designated prescriber. Another one starts today at the earliest."]}
            )
        _end(current.designated, at=instant)
    if current.cover and current.cover.prescriber_id == prescriber.pk:
        _end(current.cover, at=instant)
    designation = PrescriberDesignation(
        patient=patient,
        prescriber=prescriber,
        kind=DesignationKind.DESIGNATED,
        period=TimestamptzRange(begin, None, "[)"),
        reason=reason,
        created_by=author_of(by),
    )
    save_checked(designation)
    _join_care_team(patient, prescriber, by=by)
    return designation


@writes
def arrange_cover(
    *, patient: Patient, prescriber: User, begins: datetime, ends: datetime, reason: str, by: User | SystemProcess
) -> PrescriberDesignation:
    """Let somebody prescribe in the place of the designated prescriber, in [begins, ends). It ends by itself.

    Raises Refused when nobody is designated for the whole time, when another cover overlaps, or when the person may
    not be named.
    """
    if isinstance(by, User) and (refusal := may_name_prescriber(by, patient)):
        raise Refused(refusal)
    lock_prescribing(patient)
    if ends <= begins:
        raise Refused({"ends": ["Cover must end after it begins."]})
    cover = PrescriberDesignation(
        patient=patient,
        prescriber=prescriber,
        kind=DesignationKind.COVER,
        period=TimestamptzRange(begins, ends, "[)"),
        reason=reason,
        created_by=author_of(by),
    )
    save_checked(cover)
    return cover


@writes
def end_cover(*, cover: PrescriberDesignation, by: User | SystemProcess) -> PrescriberDesignation:
    """End a running cover now.

    Raises Refused when it has not begun or is over.
    """
    if isinstance(by, User) and (refusal := may_name_prescriber(by, cover.patient)):
        raise Refused(refusal)
    instant = lock_prescribing(cover.patient)
    if cover.kind != DesignationKind.COVER or not (cover.period.lower < instant < cover.period.upper):
        raise Refused("This cover is not running.")
    _end(cover, at=instant)
    return cover


def lock_prescribing(patient: Patient) -> datetime:
    """Take the patient's prescribing lock to the end of the transaction; return the database's time after that."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT lock_prescribing(%s)", [patient.pk])
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def _end(designation: PrescriberDesignation, *, at: datetime) -> None:
    designation.period = TimestamptzRange(designation.period.lower, at, "[)")
    designation.save(update_fields=["period"])


def _join_care_team(patient: Patient, prescriber: User, *, by: User | SystemProcess) -> None:
    today = timezone.localdate()
    current = CareTeamMembership.objects.filter(patient=patient, member=prescriber).exclude(ends_on__lt=today)
    if not current.exists():
        save_checked(
            CareTeamMembership(
                patient=patient,
                member=prescriber,
                task="Prescribes",
                starts_on=today,
                created_by=author_of(by),
            )
        )
