"""Recording and ending the licence to prescribe."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from apps.accounts.models import PrescriberCredential
from apps.accounts.services.credentials import add_credential, end_credential
from apps.core.writing import Refused, StaleSave
from tests.fixtures.people import People


def _add(people: People, begins: date, ends: date | None = None) -> PrescriberCredential:
    return add_credential(
        by=people.manager, user=people.nurse, number="N-1", issuer="", valid_from=begins, valid_to=ends
    )


def _may_prescribe(people: People, day: date) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT may_prescribe_on(%s, %s)", [people.nurse.pk, day])
        return bool(cursor.fetchone()[0])


def test_both_days_of_a_credential_are_included(people: People) -> None:
    _add(people, date(2026, 3, 1), date(2026, 3, 31))
    answers = [_may_prescribe(people, day) for day in (date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 31))]
    assert answers == [False, True, True]
    assert not _may_prescribe(people, date(2026, 4, 1))


def test_credentials_do_not_overlap_but_follow_each_other(people: People) -> None:
    _add(people, date(2026, 3, 1), date(2026, 3, 31))
    with pytest.raises(Refused, match="already has a credential for some of these days"):
        _add(people, date(2026, 3, 31))
    _add(people, date(2026, 4, 1))
    assert people.nurse.prescriber_credentials.count() == 2


def test_the_end_can_be_brought_forward_and_not_put_off(people: People) -> None:
    credential = _add(people, date(2026, 3, 1), date(2026, 3, 31))
    end_credential(by=people.manager, credential=credential, expected_version=1, valid_to=date(2026, 3, 10))
    assert not _may_prescribe(people, date(2026, 3, 11))
    with pytest.raises(Refused, match="can only be shortened"):
        end_credential(by=people.manager, credential=credential, expected_version=2, valid_to=date(2026, 3, 20))


def test_an_end_before_the_beginning_is_refused(people: People) -> None:
    credential = _add(people, date(2026, 3, 1))
    with pytest.raises(Refused, match="can't end before it begins"):
        end_credential(by=people.manager, credential=credential, expected_version=1, valid_to=date(2026, 2, 28))


def test_a_stale_end_is_noticed(people: People) -> None:
    credential = _add(people, date(2026, 3, 1))
    end_credential(by=people.manager, credential=credential, expected_version=1, valid_to=date(2026, 5, 1))
    with pytest.raises(StaleSave):
        end_credential(by=people.manager, credential=credential, expected_version=1, valid_to=date(2026, 4, 1))


@pytest.mark.parametrize("who", ["treating", "colleague", "stranger"])
def test_clinicians_give_themselves_no_credential(people: People, who: str) -> None:
    person = getattr(people, who)
    with pytest.raises(PermissionDenied):
        add_credential(by=person, user=person, number="N-2", issuer="", valid_from=date(2030, 1, 1), valid_to=None)
