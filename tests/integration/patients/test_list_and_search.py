"""Finding a patient: by whatever is known, only one's own, with a number of queries that does not grow."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import User
from apps.patients.models import Patient
from apps.patients.selectors.patients import find_patients, with_list_facts
from tests.factories.patients import make_identifier, make_member, make_patient, make_referral
from tests.fixtures.people import People

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@pytest.fixture
def lucia(people: People) -> Patient:
    patient = make_patient(
        given_name="Lucía",
        family_name="O’Brien-Ødegård",
        preferred_name="Chía",
        date_of_birth=date(1985, 3, 12),
    )
    make_identifier(patient, "gb.nhs", "943 476 5919")
    make_identifier(patient, "hospital", "AB-1234")
    return patient


@pytest.mark.parametrize(
    "typed",
    [
        "lucia",
        "LUCÍA",
        "ucí",
        "odegard",
        "Ødegård lucía",
        "lu odeg",
        "o'brien",
        "O’Brien-Ødegård, Lucía".replace(",", ""),
        "chia",
        "o",
        "O L",
        "lu o",
        "12/3/1985",
        "12.03.1985",
        "1985-03-12",
        "12 Mar 1985",
        "12 march 1985 lucia",
        "9434765919",
        "943 476 5919",
        "943-476",
        "9434",
        "ab1234",
        "AB-12",
        "lucia 943 476",
        "  lucia   ",
    ],
)
def test_found_by(typed: str, lucia: Patient, people: People) -> None:
    assert [patient.pk for patient in find_patients(people.manager, typed).rows] == [lucia.pk]


@pytest.mark.parametrize(
    "typed",
    [
        "lucian",
        "lucia hansen",
        "13/3/1985",
        "31/2/1985",
        "9434765918",
        "AB1235",
        "%",
        "_",
        "\\",
        "lucia 111 222",
        "xyz",
    ],
)
def test_not_found_by(typed: str, lucia: Patient, people: People) -> None:
    assert find_patients(people.manager, typed).rows == []


def test_found_by_clinic_number(lucia: Patient, people: People) -> None:
    number = lucia.clinic_number
    for typed in (number, number.replace("-", ""), number.replace("-", " "), number.lstrip("0-")):
        assert lucia in find_patients(people.manager, typed).rows, typed
    assert lucia in find_patients(people.manager, number[:5]).rows


@pytest.mark.parametrize("typed", ["", "   ", "\x00", "''", "-"])
def test_nothing_to_look_for_is_everybody(typed: str, lucia: Patient, people: People) -> None:
    assert {lucia, people.patient} <= set(find_patients(people.manager, typed).rows)


def test_only_ones_own(lucia: Patient, people: People) -> None:
    assert find_patients(people.treating, "lucia").rows == []
    assert find_patients(people.stranger).rows == []
    assert find_patients(people.auditor).rows == []
    assert [patient.pk for patient in find_patients(people.colleague).rows] == [people.patient.pk]
    make_member(lucia, people.nurse)
    assert [patient.pk for patient in find_patients(people.nurse, "lucia").rows] == [lucia.pk]


def test_pages_in_both_directions_miss_nobody(people: People) -> None:
    for number in range(7):
        make_patient(given_name=f"Twin{'abcdefg'[number]}", family_name="Same", date_of_birth=date(1960 + number, 1, 1))
    everybody = [patient.pk for patient in Patient.objects.order_by("sort_name", "id")]
    seen, after = [], None
    while True:
        page = find_patients(people.manager, after=after, size=3)
        seen += [patient.pk for patient in page.rows]
        if page.later is None:
            break
        after = page.later
    assert seen == everybody
    back = find_patients(people.manager, before=page.earlier, size=3)
    assert [patient.pk for patient in back.rows] == everybody[-5:-2] or len(everybody) % 3 != 2
    assert back.later is not None
    first = find_patients(people.manager, size=3)
    assert (first.earlier, find_patients(people.manager, before=first.rows[0].pk, size=3).rows) == (None, [])


def test_sorted_as_people_look_names_up(people: People) -> None:
    for name in ("Zoll", "öst", "Osta", "de Vries", "Österberg", "Adler"):
        Patient.objects.create(given_name="A", family_name=name, date_of_birth=date(1980, 1, 1))
    names = [patient.family_name for patient in find_patients(people.manager).rows]
    assert names == ["Adler", "de Vries", "Halvorsen", "öst", "Osta", "Österberg", "Zoll"]
    assert [patient.family_name for patient in find_patients(people.manager, "ö").rows] == ["öst", "Osta", "Österberg"]


def test_an_unknown_row_leads_to_the_first_page(people: People) -> None:
    assert find_patients(people.manager, after=uuid4()).rows == find_patients(people.manager).rows


def test_the_number_of_queries_does_not_grow(people: People, client_of: ClientOf) -> None:
    client = client_of(people.manager)

    def queries(typed: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("patients:list"), {"q": typed}).status_code == 200
        return len(captured)

    make_identifier(make_patient(given_name="Ada", date_of_birth=date(1950, 1, 1)), "gb.nhs", "943 476 5919")
    few = {typed: queries(typed) for typed in ("", "a", "943", "1/1/1950")}
    for _ in range(60):
        patient = Patient.objects.create(given_name="A", family_name="Many", date_of_birth=date(1950, 1, 1))
        make_referral(patient)
        make_member(patient, people.nurse)
    assert {typed: queries(typed) for typed in few} == few


def test_what_the_list_says(people: People, client_of: ClientOf) -> None:
    referred = make_patient(given_name="Rita", family_name="Aab", date_of_birth=date(2000, 2, 29))
    make_referral(referred)
    rows = {row.patient.pk: row for row in with_list_facts(find_patients(people.manager).rows)}
    assert rows[people.patient.pk].prescriber == people.treating
    assert rows[referred.pk].referral is not None
    page = client_of(people.manager).get(reverse("patients:list")).content.decode()
    assert "Aab, Rita" in page
    assert "29 Feb 2000" in page
    assert "Answer the referral" in page
    assert "Dr Amara Okafor" in page


def test_fragments_for_typing(people: People, lucia: Patient, client_of: ClientOf) -> None:
    client = client_of(people.manager)
    header = {"HX-Request": "true", "HX-Target": "find-results"}
    found = client.get(reverse("patients:list"), {"q": "luc"}, headers=header)
    assert "Lucía" in found.content.decode()
    assert "<html" not in found.content.decode()
    assert "no-store" in found["Cache-Control"]
    assert client.get(reverse("patients:list"), {"q": ""}, headers=header).content.decode().strip() == ""
    rows = client.get(
        reverse("patients:search"), {"q": "luc"}, headers={"HX-Request": "true", "HX-Target": "patient-rows"}
    )
    assert "Designated prescriber" in rows.content.decode()
    assert "<html" not in rows.content.decode()
    nobody = client.get(reverse("patients:list"), {"q": "xyz"}, headers=header)
    assert "Nobody found" in nobody.content.decode()


@pytest.mark.parametrize(
    "query",
    ["q=%00", "q=" + "x" * 5000, "after=nonsense", "before=1", "q=%ED%A0%80", "q=1/1/0001", "q=99/99/9999", "q=1&q=2"],
)
def test_damaged_addresses(query: str, people: People, client_of: ClientOf) -> None:
    assert client_of(people.manager).get(f"{reverse('patients:list')}?{query}").status_code == 200


@pytest.mark.parametrize("who", ["treating", "colleague", "intake_coordinator", "manager"])
def test_every_name_in_the_list_leads_to_a_page_that_opens(people: People, client_of: ClientOf, who: str) -> None:
    client = client_of(getattr(people, who))
    lines = client.get(reverse("patients:list")).context["lines"]
    assert lines
    assert [client.get(line.url).status_code for line in lines] == [200] * len(lines)
