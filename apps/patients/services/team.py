"""The care team: who joins, with which task, until when."""

from datetime import date

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.core.writing import Refused, SystemProcess, author_of, save_checked, save_version, writes
from apps.patients.models import CareTeamMembership, Patient
from apps.patients.selectors.team import possible_members
from apps.patients.services.rights import check_right


@writes
def add_member(
    *,
    patient: Patient,
    member: User,
    task: str,
    starts_on: date,
    by: User | SystemProcess,
    ends_on: date | None = None,
) -> CareTeamMembership:
    """Give somebody a place in the care team from a day on, or for the days named, both included.

    Raises Refused for an inactive account, a role without anything to do with patients, days in the wrong order, or
    when the person is in the team already on some of them.
    """
    check_right(by, Permission.MANAGE_CARE_TEAM, patient)
    if not possible_members().filter(pk=member.pk).exists():
        raise Refused({"member": [f"{member} can't join a care team: the account is closed or the role has no part."]})
    place = CareTeamMembership(
        patient=patient,
        member=member,
        task=task,
        starts_on=starts_on,
        ends_on=ends_on,
        created_by=author_of(by),
    )
    save_checked(place)
    return place


@writes
def end_membership(
    *, membership: CareTeamMembership, expected_version: int, ends_on: date, by: User | SystemProcess
) -> CareTeamMembership:
    """End somebody's place in the care team; `ends_on` is the last day.

    Raises Refused for a day before it began, StaleSave when somebody else changed it.
    """
    check_right(by, Permission.MANAGE_CARE_TEAM, membership.patient)
    if ends_on < membership.starts_on:
        raise Refused({"ends_on": ["Enter a day on or after the one it began."]})
    membership.ends_on = ends_on
    save_version(membership, expected_version=expected_version)
    return membership
