"""Who is taken for the same person, and who is not."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.patients.models import Patient
from apps.patients.selectors.duplicates import NewPerson, exchanged, possible_duplicates
from tests.factories.patients import make_patient

pytestmark = pytest.mark.django_db

BORN = date(1985, 3, 12)


def reasons(**person: Any) -> list[tuple[str, ...]]:
    person = {"given_name": "Elizabeth", "family_name": "Núñez-Jones", "date_of_birth": BORN, **person}
    return [candidate.reasons for candidate in possible_duplicates(NewPerson(**person))]


@pytest.fixture(autouse=True)
def registered(db: None) -> None:
    make_patient(
        given_name="Elizabeth",
        family_name="Núñez-Jones",
        preferred_name="Liz",
        date_of_birth=BORN,
        telephone="+44 20 7946 0123",
    )


@pytest.mark.parametrize(
    ("what", "person", "why"),
    [
        ("the same", {}, ("same name", "same date of birth")),
        ("accents and hyphen", {"family_name": "Nunez Jones"}, ("same name", "same date of birth")),
        (
            "given and family name exchanged",
            {"given_name": "Núñez-Jones", "family_name": "Elizabeth"},
            ("same name", "same date of birth"),
        ),
        ("the name she is called by", {"given_name": "Liz"}, ("similar name", "same date of birth")),
        (
            "another spelling",
            {"given_name": "Elisabet", "family_name": "Nunes Jones"},
            ("similar name", "same date of birth"),
        ),
        ("half of the double name", {"family_name": "Jones"}, ("similar name", "same date of birth")),
        ("another given name", {"given_name": "Xu"}, ("similar name", "same date of birth")),
        (
            "day and month exchanged",
            {"date_of_birth": date(1985, 12, 3)},
            ("same name", "date of birth with day and month exchanged"),
        ),
        (
            "a digit of the year",
            {"date_of_birth": date(1986, 3, 12)},
            ("same name", "date of birth differs in one place"),
        ),
        (
            "a digit of the day",
            {"date_of_birth": date(1985, 3, 21)},
            ("same name", "date of birth differs in one place"),
        ),
        (
            "the same telephone",
            {"given_name": "Liz", "date_of_birth": date(1970, 7, 7), "telephone": "020 7946 0123"},
            ("similar name", "same telephone number"),
        ),
    ],
)
def test_taken_for_the_same(what: str, person: dict[str, Any], why: tuple[str, ...]) -> None:
    assert reasons(**person) == [why], what


@pytest.mark.parametrize(
    ("what", "person"),
    [
        ("same day of birth, other name", {"given_name": "Boris", "family_name": "Castellano"}),
        ("same name, other birth", {"date_of_birth": date(1951, 7, 30)}),
        (
            "same telephone, other name",
            {"given_name": "Boris", "family_name": "Castellano", "telephone": "02079460123"},
        ),
        ("similar name, other birth", {"given_name": "Eliza", "date_of_birth": date(1986, 3, 12)}),
        ("too few digits to be a line", {"date_of_birth": date(1951, 7, 30), "telephone": "0123"}),
    ],
)
def test_not_taken_for_the_same(what: str, person: dict[str, Any]) -> None:
    assert reasons(**person) == [], what


def test_the_likeliest_comes_first_and_one_query_asks() -> None:
    Patient.objects.create(given_name="Lizbeth", family_name="Jones", date_of_birth=BORN)
    with CaptureQueriesContext(connection) as queries:
        found = possible_duplicates(NewPerson("Elizabeth", "Núñez-Jones", BORN))
    assert found[0].patient.given_name == "Elizabeth"
    assert len(found) == 2
    assert len(queries) == 1


@pytest.mark.parametrize(
    ("day", "turned"),
    [
        (date(1985, 3, 12), date(1985, 12, 3)),
        (date(1985, 3, 13), None),
        (date(1985, 3, 3), None),
        (date(1985, 2, 12), date(1985, 12, 2)),
        (date(1985, 12, 2), date(1985, 2, 12)),
    ],
)
def test_exchanged_days(day: date, turned: date | None) -> None:
    assert exchanged(day) == turned
