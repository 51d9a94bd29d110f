"""The people every other test relies on stand where they are said to stand."""

from apps.accounts.choices import Role
from apps.accounts.permissions import Permission
from apps.patients import access
from tests.fixtures.people import People


def test_the_treating_clinician_and_the_colleague_reach_the_patient_and_the_stranger_does_not(people: People) -> None:
    reach = {
        person.full_name: access.has_to_do_with(person, people.patient)
        for person in (people.treating, people.colleague, people.stranger)
    }
    assert reach == {"Dr Amara Okafor": True, "Nurse Tom Reed": True, "Dr Sven Lindqvist": False}


def test_the_colleague_has_less_right(people: People) -> None:
    assert access.may(people.treating, Permission.SIGN_PLAN, people.patient)
    assert not access.may(people.colleague, Permission.SIGN_PLAN, people.patient)


def test_there_is_one_person_of_each_role(people: People) -> None:
    assert {people.of(role).role for role in Role} == {role.value for role in Role}
