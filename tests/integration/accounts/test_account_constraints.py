"""What the database refuses about accounts, whoever asks and however."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from apps.accounts.models import User
from apps.core.writing import readable_refusal
from tests.factories.accounts import make_credential
from tests.fixtures.people import People

USER_CHANGES = {
    "accounts_user_email_lower_case": ("email = 'Big@Clinic.Example'", "small letters"),
    "accounts_user_role_known": ("role = 'wizard'", "one of the clinic's roles"),
    "accounts_user_name_given": ("full_name = ''", "name as it should be shown"),
    "accounts_user_deactivated_paired": ("is_active = false", "deactivated at a time"),
}
PRESCRIBER_CHANGES = {
    "accounts_user_prescriber_stays_active": (
        "is_active = false, deactivated_at = now()",
        "still prescribes for 1 patient",
    ),
    "accounts_user_prescriber_opens_charts": ("role = 'auditor'", "this role opens no charts"),
}
CREDENTIAL_CHANGES = {
    "accounts_credential_number_given": ("number = ''", "Enter the registration number"),
    "accounts_credential_dates_in_order": ("valid_to = valid_from - 1", "can't end before it begins"),
}


def _refusal(sql: str, values: list[object]) -> tuple[str | None, str]:
    """Constraint name and sentence with which raw SQL is refused."""
    with pytest.raises(IntegrityError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
    return refused.value.__cause__.diag.constraint_name, readable_refusal(refused.value)


@pytest.mark.parametrize("name", USER_CHANGES)
def test_an_account_keeps_its_rules_in_raw_sql(people: People, name: str) -> None:
    change, sentence = USER_CHANGES[name]
    constraint, told = _refusal(f"UPDATE accounts_user SET {change} WHERE id = %s", [people.nurse.pk])  # noqa: S608
    assert constraint == name
    assert sentence in told


@pytest.mark.parametrize("name", PRESCRIBER_CHANGES)
def test_a_prescriber_keeps_the_place_in_raw_sql(people: People, name: str) -> None:
    change, sentence = PRESCRIBER_CHANGES[name]
    constraint, told = _refusal(f"UPDATE accounts_user SET {change} WHERE id = %s", [people.treating.pk])  # noqa: S608
    assert constraint == name
    assert sentence in told


def test_a_prescriber_is_not_deleted(people: People) -> None:
    constraint, told = _refusal("DELETE FROM accounts_user WHERE id = %s", [people.treating.pk])
    assert constraint == "accounts_user_prescriber_stays_active"
    assert "Hand them over first" in told


def test_a_prescriber_stays_active_in_a_queryset_update(people: People) -> None:
    with pytest.raises(IntegrityError, match="still prescribes"), transaction.atomic():
        User.objects.filter(pk=people.treating.pk).update(is_active=False)


@pytest.mark.parametrize("name", CREDENTIAL_CHANGES)
def test_a_credential_keeps_its_rules_in_raw_sql(people: People, name: str) -> None:
    credential = make_credential(people.nurse, valid_from=date(2026, 3, 1))
    change, sentence = CREDENTIAL_CHANGES[name]
    constraint, told = _refusal(
        f"UPDATE accounts_prescribercredential SET {change} WHERE id = %s",  # noqa: S608
        [credential.pk],
    )
    assert constraint == name
    assert sentence in told


def test_credentials_of_a_person_do_not_overlap_in_raw_sql(people: People) -> None:
    make_credential(people.nurse, valid_from=date(2026, 3, 1), valid_to=date(2026, 3, 31))
    later = make_credential(people.nurse, valid_from=date(2026, 4, 1))
    constraint, told = _refusal(
        "UPDATE accounts_prescribercredential SET valid_from = '2026-03-31' WHERE id = %s", [later.pk]
    )
    assert constraint == "accounts_credential_no_overlap"
    assert "already has a credential" in told
