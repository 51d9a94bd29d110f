"""Opening, changing, closing and reopening accounts."""

import pytest
from django.core.exceptions import PermissionDenied

from apps.accounts.choices import Role
from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.accounts.services import staff
from apps.core.writing import Refused, StaleSave
from tests.fixtures.people import People


def _invite(people: People, **changed: str) -> User:
    answers = {"email": "new.nurse@clinic.example", "full_name": "Nurse Ada Byrne", "role": Role.NURSE} | changed
    return staff.invite(by=people.manager, **answers)


def test_an_invited_person_has_no_password_and_the_history_names_the_manager(people: People) -> None:
    user = _invite(people)
    assert not user.has_usable_password()
    event = user.events.get()
    assert event.pgh_context.metadata["who"] == people.manager.full_name
    assert event.pgh_context.metadata["service"] == "invite"


def test_an_address_is_kept_in_small_letters_and_opens_one_account_only(people: People) -> None:
    assert _invite(people, email="New.Nurse@Clinic.Example").email == "new.nurse@clinic.example"
    with pytest.raises(Refused) as refused:
        _invite(people, email="NEW.nurse@clinic.example")
    assert refused.value.errors == {"email": ["Somebody with this e-mail address has an account already."]}


@pytest.mark.parametrize("who", ["treating", "colleague", "stranger", "intake_coordinator", "auditor"])
def test_only_a_manager_writes(people: People, who: str) -> None:
    by = getattr(people, who)
    writes = [
        lambda: staff.invite(by=by, email="x@clinic.example", full_name="X", role=Role.NURSE),
        lambda: staff.change(
            by=by, user=people.nurse, expected_version=1, email="x@clinic.example", full_name="X", role=Role.NURSE
        ),
        lambda: staff.deactivate(by=by, user=people.nurse, expected_version=1),
        lambda: staff.reactivate(by=by, user=people.nurse, expected_version=1),
    ]
    for write in writes:
        with pytest.raises(PermissionDenied):
            write()


def test_a_new_role_takes_the_former_rights_at_once(people: People) -> None:
    nurse = people.nurse
    staff.change(
        by=people.manager,
        user=nurse,
        expected_version=nurse.version,
        email=nurse.email,
        full_name=nurse.full_name,
        role=Role.AUDITOR,
    )
    again = User.objects.get(pk=nurse.pk)
    assert not again.may(Permission.VIEW_CHART)
    assert again.may(Permission.VIEW_AUDIT)


def test_a_manager_keeps_the_own_role_and_the_own_account(people: People) -> None:
    manager = people.manager
    with pytest.raises(Refused, match="Ask another manager to change your own role"):
        staff.change(
            by=manager,
            user=manager,
            expected_version=manager.version,
            email=manager.email,
            full_name=manager.full_name,
            role=Role.NURSE,
        )
    with pytest.raises(Refused, match="can't deactivate your own account"):
        staff.deactivate(by=manager, user=manager, expected_version=manager.version)
    assert User.objects.get(pk=manager.pk).may(Permission.MANAGE_STAFF)


def test_a_prescriber_of_somebody_is_not_deactivated(people: People) -> None:
    treating = people.treating
    with pytest.raises(Refused, match="Dr Amara Okafor still prescribes for 1 patient"):
        staff.deactivate(by=people.manager, user=treating, expected_version=treating.version)
    again = User.objects.get(pk=treating.pk)
    assert again.is_active
    assert again.has_usable_password()
    assert again.version == 1


def test_a_prescriber_of_somebody_keeps_a_role_that_opens_charts(people: People) -> None:
    treating = people.treating
    answers = {"email": treating.email, "full_name": treating.full_name}
    with pytest.raises(Refused, match="this role opens no charts"):
        staff.change(by=people.manager, user=treating, expected_version=1, role=Role.MANAGER, **answers)
    staff.change(by=people.manager, user=treating, expected_version=1, role=Role.NURSE, **answers)
    assert User.objects.get(pk=treating.pk).role == Role.NURSE


def test_closing_and_reopening_voids_the_password(people: People) -> None:
    nurse = staff.deactivate(by=people.manager, user=people.nurse, expected_version=1)
    assert nurse.deactivated_at is not None
    again = staff.reactivate(by=people.manager, user=nurse, expected_version=2)
    assert again.is_active
    assert again.deactivated_at is None
    assert not again.has_usable_password()


def test_a_stale_change_writes_nothing(people: People) -> None:
    staff.deactivate(by=people.manager, user=people.nurse, expected_version=1)
    with pytest.raises(StaleSave):
        staff.reactivate(by=people.manager, user=people.nurse, expected_version=1)
    assert not User.objects.get(pk=people.nurse.pk).is_active
