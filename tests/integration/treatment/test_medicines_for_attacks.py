"""A patient's own medicines: what the diary holds and what was prescribed for attacks."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from apps.diary.selectors import own_medicines
from apps.treatment.choices import ChangeKind, Purpose
from apps.treatment.selectors.for_attacks import medicines_for_attacks
from tests.factories.diary import headache, make_acute_medicine, record
from tests.factories.treatment import changed, started
from tests.fixtures.people import People

pytestmark = pytest.mark.django_db


def test_prescribed_medicines_are_the_patients_own_before_anything_is_in_the_diary(people: People) -> None:
    rizatriptan = make_acute_medicine("rizatriptan")
    started(people.patient, people.treating, medicine=rizatriptan, purpose=Purpose.ACUTE)
    started(people.patient, people.treating)
    assert own_medicines(people.patient) == [rizatriptan]


def test_what_was_stopped_is_no_longer_prescribed(people: People) -> None:
    rizatriptan = make_acute_medicine("rizatriptan")
    change = started(people.patient, people.treating, medicine=rizatriptan, purpose=Purpose.RESCUE)
    assert medicines_for_attacks(people.patient) == {rizatriptan.pk}
    changed(change, ChangeKind.STOP, people.treating)
    assert medicines_for_attacks(people.patient) == set()


def test_what_is_taken_most_comes_first(people: People, django_assert_num_queries: Callable[..., Any]) -> None:
    today = timezone.localdate()
    for code in ("ibuprofen", "rizatriptan", "zolmitriptan"):
        make_acute_medicine(code)
    record(people.patient, headache(today, "zolmitriptan"))
    started(people.patient, people.treating, medicine=make_acute_medicine("ibuprofen"), purpose=Purpose.ACUTE)
    with django_assert_num_queries(3):
        assert [medicine.code for medicine in own_medicines(people.patient)] == ["zolmitriptan", "ibuprofen"]
