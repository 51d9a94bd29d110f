"""The page of the access log and its export."""

import csv
from collections.abc import Callable
from datetime import UTC, date, datetime
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from apps.accounts.models import User
from apps.audit.choices import Action
from apps.audit.models import AccessEntry
from apps.audit.selectors import PAGE_SIZE, LogFilter, matching
from apps.audit.services import record_access
from tests.factories.accounts import make_user
from tests.fixtures.people import People

LOG = "/audit/"
EXPORT = "/audit/export.csv"


@pytest.fixture
def auditing(people: People, client_of: Callable[[User], Client]) -> Client:
    return client_of(people.auditor)


def _fill(people: People, number: int, **fields: Any) -> None:
    AccessEntry.objects.bulk_create(
        AccessEntry(
            **{
                "user_id": people.nurse.pk,
                "user_label": "Some Headache nurse",
                "action": Action.READ,
                "patient_id": people.patient.pk,
                "subject": f"diary:month-{index}",
            }
            | fields
        )
        for index in range(number)
    )


def _what(answer: HttpResponse) -> list[str]:
    return [line.what for line in answer.context["lines"]]


def _rows(answer: Any) -> list[dict[str, str]]:
    text = b"".join(answer.streaming_content).decode()
    return list(csv.DictReader(StringIO(text)))


@pytest.mark.parametrize(
    ("who", "status"),
    [("auditor", 200), ("manager", 200), ("treating", 403), ("colleague", 403), ("stranger", 403)],
)
@pytest.mark.parametrize("url", [LOG, EXPORT])
def test_the_auditor_and_the_manager_read_the_log(
    people: People, client_of: Callable[[User], Client], who: str, status: int, url: str
) -> None:
    assert client_of(getattr(people, who)).get(url).status_code == status


def test_reading_the_log_is_in_the_log(people: People, auditing: Client) -> None:
    auditing.get(LOG)
    entry = AccessEntry.objects.get()
    assert (entry.user_label, entry.action, entry.subject) == ("Some Auditor", Action.READ, "audit:log")


def test_patients_are_named_by_number_and_not_by_name(people: People, auditing: Client) -> None:
    _fill(people, 1)
    text = auditing.get(LOG).content.decode()
    assert people.patient.clinic_number in text
    assert people.patient.family_name not in text


def test_pages_lead_through_everything_and_back(people: People, auditing: Client) -> None:
    _fill(people, 2 * PAGE_SIZE + 10)
    narrowed = {"person": str(people.nurse.pk)}
    first = auditing.get(LOG, narrowed)
    second = auditing.get(first.context["older_url"])
    third = auditing.get(second.context["older_url"])
    seen = _what(first) + _what(second) + _what(third)
    assert len(seen) == len(set(seen)) == 2 * PAGE_SIZE + 10
    assert not first.context["newer_url"]
    assert not third.context["older_url"]
    assert _what(auditing.get(third.context["newer_url"])) == _what(second)
    assert _what(auditing.get(auditing.get(third.context["newer_url"]).context["newer_url"])) == _what(first)


@pytest.mark.parametrize("place", ["nonsense", "-1", "9" * 40, "1.5", "٣"])
def test_a_damaged_place_in_the_address_is_ignored(people: People, auditing: Client, place: str) -> None:
    assert auditing.get(LOG, {"older_than": place, "newer_than": place}).status_code == 200


def test_the_page_asks_the_same_number_of_questions_for_few_and_many(
    people: People, auditing: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    _fill(people, 2)
    auditing.get(LOG)
    # Session and person; the entry about this reading; people, entries, patients' numbers; the sliding session (3).
    with django_assert_num_queries(9):
        auditing.get(LOG)
    _fill(people, 300)
    for _ in range(20):
        make_user()
    with django_assert_num_queries(9):
        auditing.get(LOG)


def test_filters_narrow(people: People, auditing: Client) -> None:
    _fill(people, 1, subject="hers")
    _fill(people, 1, subject="refused one", action=Action.REFUSED)
    _fill(people, 1, subject="by the physician", user_id=people.physician.pk)
    _fill(people, 1, subject="of nobody", patient_id=None)
    by_person = auditing.get(LOG, {"person": str(people.physician.pk)})
    assert _what(by_person) == ["by the physician"]
    assert _what(auditing.get(LOG, {"action": "refused"})) == ["refused one"]
    by_patient = auditing.get(LOG, {"patient": people.patient.clinic_number.replace("-", " ")})
    assert set(_what(by_patient)) == {"hers", "refused one", "by the physician"}


@pytest.mark.parametrize(
    ("wanted", "hours"),
    [
        (LogFilter(begins=date(2026, 6, 10), ends=date(2026, 6, 10)), [9, 23]),
        (LogFilter(begins=date(2026, 6, 11)), [24]),
        (LogFilter(ends=date(2026, 6, 9)), [-2]),
    ],
)
def test_days_are_the_clinics_days_and_both_included(people: People, wanted: LogFilter, hours: list[int]) -> None:
    # Summer time: the clinic's 10 June begins at 23:00 UTC on the 9th. Hours below count from its midnight.
    for hour in (-2, 9, 23, 24):
        moment = datetime(2026, 6, 9, 23, 30, tzinfo=UTC).timestamp() + hour * 3600
        with time_machine.travel(moment, tick=False):
            record_access(by=people.nurse, action=Action.READ, subject=str(hour))
    assert [int(entry.subject) for entry in matching(wanted).order_by("id")] == hours


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"begins": "31 Feb 2026"}, "There is no 31 February 2026"),
        ({"begins": "2026-03-02", "ends": "2026-03-01"}, "Enter a day on or after the first day."),
        ({"patient": "999-999"}, "No patient has this clinic number."),
        ({"patient": "x" * 10_000}, "takes at most 40 characters"),
        ({"patient": "a\x00b"}, "invisible character"),
        ({"person": "nobody"}, "Select one of the answers in the list."),
        ({"action": "ate"}, "Select one of the answers in the list."),
    ],
)
@pytest.mark.parametrize("url", [LOG, EXPORT])
def test_a_wrong_filter_gets_a_sentence(
    people: People, auditing: Client, query: dict[str, str], sentence: str, url: str
) -> None:
    answer = auditing.get(url, query)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_the_export_has_every_entry_and_is_one_itself(people: People, auditing: Client) -> None:
    _fill(people, 2_345)
    rows = _rows(auditing.get(EXPORT))
    assert len(rows) == 2_346
    assert rows[0]["what"] == "Audit: export"
    assert rows[0]["action"] == "downloaded"
    assert {row["patient"] for row in rows[1:]} == {people.patient.clinic_number}


def test_the_export_follows_the_filter(people: People, auditing: Client) -> None:
    _fill(people, 3)
    _fill(people, 2, user_id=people.physician.pk)
    assert len(_rows(auditing.get(EXPORT, {"person": str(people.physician.pk)}))) == 2


def test_no_cell_of_the_export_runs_as_a_formula(people: People, auditing: Client) -> None:
    _fill(people, 1, user_label='=HYPERLINK("http://elsewhere.example")', subject="+1 report")
    row = _rows(auditing.get(EXPORT))[1]
    assert row["who"].startswith("'=")
    assert row["what"].startswith("'+")
