"""Attacks that the clinic describes: recorded, corrected, removed, by those who may."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.clinical.periods import Period
from apps.core.writing import Refused, StaleSave
from apps.diary.choices import State
from apps.diary.described import DescribedAttack
from apps.diary.entries import DayEntry
from apps.diary.models import Attack, DiaryDay
from apps.diary.services import record_month
from apps.diary.services.described_attacks import correct_attack, record_attack, remove_attack
from apps.patients.models import Patient
from tests.factories.diary import headache, no_headache, record
from tests.fixtures.people import People, join_care_team

pytestmark = pytest.mark.django_db

TODAY = date(2026, 10, 10)
DAY = date(2026, 10, 5)
NEXT = DAY + timedelta(days=1)


def described(**fields: Any) -> DescribedAttack:
    return DescribedAttack(**{"first_day": DAY, "last_day": DAY, "severity": 3, **fields})


def recorded(people: People, **fields: Any) -> Attack:
    return record_attack(patient=people.patient, described=described(**fields), by=people.treating, today=TODAY)


def test_an_attack_over_midnight_marks_both_days_and_leaves_their_severity_open(people: People) -> None:
    recorded(
        people,
        last_day=NEXT,
        started=datetime(2026, 10, 5, 22, tzinfo=UTC),
        ended=datetime(2026, 10, 6, 4, tzinfo=UTC),
        features={"nausea": True, "aura": False},
        words={"triggers": ("wine",)},
    )
    days = DiaryDay.objects.filter(patient=people.patient)
    assert [(day.day, day.state, day.severity) for day in days] == [
        (DAY, State.HEADACHE, None),
        (NEXT, State.HEADACHE, None),
    ]
    attack = Attack.objects.get()
    assert (attack.nausea, attack.aura, attack.pulsating, attack.triggers) == (True, False, None, ["wine"])
    assert (attack.started_offset, attack.created_by) == (0, people.treating)


def test_a_second_attack_of_a_day_leaves_what_the_day_says(people: People) -> None:
    record(people.patient, headache(DAY, severity=1, note="bright"))
    recorded(people)
    recorded(people)
    day = DiaryDay.objects.get(patient=people.patient)
    assert (day.severity, day.note) == (1, "bright")
    assert Attack.objects.count() == 2


def test_a_headache_free_day_is_not_overruled(people: People) -> None:
    record(people.patient, no_headache(NEXT))
    with pytest.raises(Refused) as refused:
        recorded(people, last_day=NEXT)
    assert "recorded without headache" in refused.value.errors["first_day"][0]
    assert not Attack.objects.exists()
    assert DiaryDay.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"first_day": date(1989, 12, 31), "last_day": date(1990, 1, 1)}, "first_day"),
        ({"last_day": TODAY + timedelta(days=1)}, "last_day"),
        ({"last_day": DAY - timedelta(days=1)}, "last_day"),
        ({"first_day": TODAY - timedelta(days=40), "last_day": TODAY}, "last_day"),
        ({"ended": datetime(2026, 10, 5, 9, tzinfo=UTC)}, "begins_at"),
        (
            {"started": datetime(2026, 10, 5, 9, tzinfo=UTC), "ended": datetime(2026, 10, 5, 8, tzinfo=UTC)},
            "ends_at",
        ),
    ],
    ids=["before 1990", "future", "backwards", "too long", "end alone", "end before begin"],
)
def test_what_can_not_be_is_refused_beside_its_field(people: People, fields: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        recorded(people, **fields)
    assert list(refused.value.errors) == [field]
    assert not DiaryDay.objects.exists()


@pytest.mark.parametrize("typed", ["none", "not known", "nothing"])
def test_a_day_does_not_lose_its_headache_while_an_attack_is_described(people: People, typed: str) -> None:
    recorded(people, last_day=NEXT)
    record(people.patient, no_headache(NEXT + timedelta(days=1)))
    states = {"none": State.NONE, "not known": State.NOT_KNOWN}
    with pytest.raises(Refused) as refused:
        record_month(
            patient=people.patient,
            month=Period(NEXT, NEXT + timedelta(days=1)),
            entries=[DayEntry(day=NEXT, state=states[typed])] if typed in states else [],
            seen={NEXT: 1, NEXT + timedelta(days=1): 1},
            by=people.treating,
            today=TODAY,
        )
    assert list(refused.value.errors) == ["2026-10-06:headache"]
    assert DiaryDay.objects.filter(state=State.HEADACHE).count() == 2


def test_a_correction_keeps_the_days_and_counts_the_version(people: People) -> None:
    attack = recorded(people, last_day=NEXT)
    correct_attack(attack=attack, described=described(severity=2), expected_version=1, by=people.treating, today=TODAY)
    attack.refresh_from_db()
    assert (attack.version, attack.severity, attack.last_day) == (2, 2, DAY)
    assert DiaryDay.objects.filter(state=State.HEADACHE).count() == 2
    with pytest.raises(StaleSave):
        correct_attack(attack=attack, described=described(), expected_version=1, by=people.treating, today=TODAY)
    with pytest.raises(StaleSave):
        remove_attack(attack=attack, expected_version=1, by=people.treating)
    remove_attack(attack=attack, expected_version=2, by=people.treating)
    assert not Attack.objects.exists()
    assert DiaryDay.objects.filter(state=State.HEADACHE).count() == 2


def test_whose_role_or_relation_does_not_allow_it_changes_nothing(people: People) -> None:
    attack = recorded(people)
    join_care_team(people.physiotherapist, people.patient)
    for person in (people.physiotherapist, people.stranger):
        with pytest.raises(PermissionDenied):
            record_attack(patient=people.patient, described=described(), by=person, today=TODAY)
        with pytest.raises(PermissionDenied):
            correct_attack(attack=attack, described=described(), expected_version=1, by=person, today=TODAY)
        with pytest.raises(PermissionDenied):
            remove_attack(attack=attack, expected_version=1, by=person)
    assert Attack.objects.count() == 1


@pytest.fixture
def client(people: People, client: Client) -> Client:
    client.force_login(people.treating)
    return client


def url(people: People, name: str, *rest: object) -> str:
    return reverse(f"diary:{name}", args=[people.patient.pk, *rest])


def typed(client: Client, address: str, **answers: str) -> dict[str, str]:
    """What the browser would send: the form as drawn, with some answers typed."""
    form = client.get(address).context["form"]
    shown = {bound.html_name: "" if bound.value() is None else str(bound.value()) for bound in form}
    return shown | answers


def test_the_page_records_once_and_shows_the_month(client: Client, people: People) -> None:
    day = timezone.localdate() - timedelta(days=3)
    address = url(people, "attack_new")
    sent = typed(
        client, f"{address}?day={day.isoformat()}", begins_at="22:10", severity="2", aura="yes", aura_minutes="20"
    )
    first, again = client.post(address, sent), client.post(address, sent)
    assert first["Location"] == again["Location"] == url(people, "month", day) + f"#day-{day.isoformat()}"
    attack = Attack.objects.get()
    assert (attack.first_day, attack.severity, attack.aura, attack.aura_minutes) == (day, 2, True, 20)
    assert timezone.localtime(attack.started_at).strftime("%H:%M") == "22:10"


def test_what_was_typed_stays_beside_its_error(client: Client, people: People) -> None:
    address = url(people, "attack_new")
    answer = client.post(address, typed(client, address, first_day="5 Oct 2031", begins_at="25:00", triggers="wine"))
    assert answer.status_code == 422
    form = answer.context["form"]
    assert set(form.errors) == {"first_day", "begins_at"}
    assert form["triggers"].value() == "wine"


def test_a_correction_shows_the_clock_of_the_place(client: Client, people: People) -> None:
    attack = Attack.objects.create(
        patient=people.patient,
        first_day=DAY,
        last_day=DAY,
        started_at=datetime(2026, 10, 5, 3, tzinfo=UTC),
        started_offset=540,
    )
    address = url(people, "attack", attack.pk)
    sent = typed(client, address, severity="1")
    assert sent["begins_at"] == "12:00:00"
    assert client.post(address, sent).status_code == 302
    attack.refresh_from_db()
    assert (attack.started_at, attack.started_offset) == (datetime(2026, 10, 5, 3, tzinfo=UTC), 540)
    stale = client.post(address, sent)
    assert stale.status_code == 409


def test_removing_asks_first(client: Client, people: People) -> None:
    attack = recorded(people)
    address = url(people, "attack_remove", attack.pk)
    assert "history keeps both" in client.get(address).content.decode()
    assert client.post(address, {"version": "1"}).status_code == 302
    assert not Attack.objects.exists()
    assert client.get(address).status_code == 404


def test_an_attack_of_somebody_else_is_not_found(client: Client, people: People) -> None:
    other = Patient.objects.create(given_name="Sol", family_name="Vega", date_of_birth=date(1990, 1, 1))
    attack = Attack.objects.create(patient=other, first_day=DAY, last_day=DAY)
    assert client.get(url(people, "attack", attack.pk)).status_code == 404
