"""Education in the chart and on the clinic's shelf."""

import datetime
import uuid
from collections.abc import Callable

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.education.models import LeafletGiven
from tests.factories.education import ALL, COUNTING, DIARY, give_leaflet
from tests.fixtures.people import People

ClientOf = Callable[[User], Client]


def chart_url(people: People, name: str = "chart", **more: object) -> str:
    return reverse(f"education:{name}", kwargs={"patient_id": people.patient.pk, **more})


def answers(**changes: object) -> dict[str, object]:
    day = timezone.localdate().isoformat()
    return {"leaflets": [DIARY, COUNTING], "how": "paper", "given_on": day, "form_token": str(uuid.uuid4()), **changes}


def test_shelf_and_leaflet(people: People, client_of: ClientOf) -> None:
    client = client_of(people.auditor)
    page = client.get(reverse("education:library")).content.decode()
    assert page.count("/education/leaflets/") >= len(ALL)
    leaflet = client.get(reverse("education:leaflet", kwargs={"code": "keeping-the-diary", "language": "en"}))
    assert "An empty day is not a good day" in leaflet.content.decode()
    missing = reverse("education:leaflet", kwargs={"code": "no-such", "language": "en"})
    assert client.get(missing).status_code == 404


def test_overdue_is_said_everywhere(people: People, client_of: ClientOf) -> None:
    client = client_of(people.colleague)
    with time_machine.travel(datetime.datetime(2029, 1, 1, 12, tzinfo=datetime.UTC), tick=False):
        client.force_login(people.colleague)
        assert "Review overdue" in client.get(reverse("education:library")).content.decode()
        leaflet = reverse("education:leaflet", kwargs={"code": "keeping-the-diary", "language": "en"})
        assert "can&#x27;t be handed out" in client.get(leaflet).content.decode().replace("can't", "can&#x27;t")
        page = client.get(chart_url(people, "give")).content.decode()
        assert "review was due by 1 Nov 2028" in page
        assert client.post(chart_url(people, "give"), answers()).status_code == 422
    assert not LeafletGiven.objects.exists()


def test_give_and_see_what_was_given(people: People, client_of: ClientOf) -> None:
    client = client_of(people.colleague)
    assert "No leaflet given yet" in client.get(chart_url(people)).content.decode()
    answer = client.post(chart_url(people, "give"), answers(), follow=True)
    page = answer.content.decode()
    assert LeafletGiven.objects.count() == 2
    for expected in (
        "Recorded as given",
        "Keeping the diary",
        "version 1",
        "Nurse Tom Reed",
        "Not asked yet",
        "hx-get",
    ):
        assert expected in page


def test_the_same_form_twice_gives_once(people: People, client_of: ClientOf) -> None:
    client, sent = client_of(people.colleague), answers()
    client.post(chart_url(people, "give"), sent)
    assert client.post(chart_url(people, "give"), sent).status_code == 302
    assert LeafletGiven.objects.count() == 2


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"leaflets": []}, "Select at least one leaflet."),
        ({"leaflets": ["no-such.en"]}, "Select one of the answers in the list."),
        ({"given_on": "2099-01-01"}, "Enter a date up to"),
        ({"given_on": "30/02/2026"}, "There is no 30 February 2026"),
        ({"given_on": "yesterday\x00"}, "Enter the date like"),
        ({"how": "by owl"}, "Select one of the answers"),
        ({"form_token": "x"}, "This page is damaged"),
    ],
)
def test_bad_input_is_said_and_nothing_is_saved(
    people: People, client_of: ClientOf, change: dict[str, object], sentence: str
) -> None:
    answer = client_of(people.colleague).post(chart_url(people, "give"), answers(**change))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not LeafletGiven.objects.exists()


def test_teach_back(people: People, client_of: ClientOf) -> None:
    given = give_leaflet(people.patient, by=people.colleague)
    client = client_of(people.treating)
    url = chart_url(people, "teach-back", given_id=given.pk)
    assert client.get(url).status_code == 200
    bad = client.post(url, {"version": 1, "understanding": "not_asked", "teach_back": "I write every day"})
    assert bad.status_code == 422
    assert "I write every day" in bad.content.decode()
    client.post(url, {"version": 1, "understanding": "clear", "teach_back": "I write every day"})
    stale = client.post(url, {"version": 1, "understanding": "partly", "teach_back": "Something else"})
    assert stale.status_code == 409
    assert "Something else" in stale.content.decode()
    page = client.get(chart_url(people)).content.decode()
    assert "Said it clearly" in page
    assert "I write every day" in page


def test_who_sees_what(people: People, client_of: ClientOf) -> None:
    given = give_leaflet(people.patient, by=people.colleague)
    pages = [chart_url(people), chart_url(people, "give"), chart_url(people, "teach-back", given_id=given.pk)]
    for page in pages:
        assert client_of(people.treating).get(page).status_code == 200
        assert client_of(people.stranger).get(page).status_code == 404
        assert client_of(people.manager).get(page).status_code == 403
    nobodys = chart_url(people, "teach-back", given_id=uuid.uuid4())
    assert client_of(people.treating).get(nobodys).status_code == 404


def test_the_chart_takes_the_same_number_of_queries_for_any_length(people: People, client_of: ClientOf) -> None:
    client = client_of(people.treating)
    numbers = []
    for keys in (ALL[:1], ALL[1:]):
        for key in keys:
            give_leaflet(people.patient, by=people.colleague, key=key)
        client.get(chart_url(people))
        with CaptureQueriesContext(connection) as queries:
            client.get(chart_url(people))
        numbers.append(len(queries))
        assert not [query for query in queries.captured_queries if '"pdf"' in query["sql"]]
    assert numbers[0] == numbers[1]
