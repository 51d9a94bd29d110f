"""The two lists of the clinic: diaries above a limit, and quiet diaries."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.diary.choices import ImportSource, Source, State
from apps.diary.imports.report import ImportRow
from apps.diary.models import AcuteIntake, DiaryDay, DiaryLink
from apps.diary.selectors.quiet import quiet_diaries, with_facts
from apps.diary.services import import_days
from apps.patients.choices import ReferralState
from apps.patients.models import Patient, Referral
from tests.factories.diary import PROCESS, headache, make_acute_medicine, no_headache, record
from tests.factories.patients import make_patient, make_referral
from tests.factories.visits import signed
from tests.fixtures.people import People, join_care_team

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@pytest.fixture
def today() -> date:
    return timezone.localdate()


def back(today: date, days: int) -> date:
    return today - timedelta(days=days)


def overuse(patient: Patient, today: date, *, days: int, code: str = "rizatriptan", rest: bool = True) -> None:
    """Medicine on the last `days` days; the other days of the window without, or not recorded."""
    make_acute_medicine(code)
    others = [no_headache(back(today, n)) for n in range(days, 30)] if rest else []
    record(patient, *(headache(back(today, n), code) for n in range(days)), *others)


def names(response: Any) -> list[str]:
    return [row.name for row in response.context["rows"]]


# Above a limit


def test_a_reached_limit_is_listed_with_its_numbers(client_of: ClientOf, people: People, today: date) -> None:
    overuse(people.patient, today, days=12)
    response = client_of(people.treating).get(reverse("diary:above"))
    [row] = response.context["rows"]
    assert (row.name, row.standing, row.tone, row.all_together) == (
        "Halvorsen, Ingrid",
        "Limit reached",
        "danger",
        "12",
    )
    assert [part.text for part in row.parts] == ["Triptan 12 (limit 10)"]
    assert row.not_known == ""
    assert f'href="{reverse("diary:month", args=[people.patient.pk, today])}"' in response.content.decode()


@pytest.mark.parametrize(
    ("days", "rest", "standing", "count"),
    [
        (10, True, "Limit reached", "10"),
        (7, True, "Near a limit", "7"),
        (6, False, "Cannot tell", "6–30"),
        (6, True, "", ""),
    ],
)
def test_who_stands_where(
    client_of: ClientOf, people: People, today: date, days: int, rest: bool, standing: str, count: str
) -> None:
    overuse(people.patient, today, days=days, rest=rest)
    rows = client_of(people.treating).get(reverse("diary:above")).context["rows"]
    assert [(row.standing, row.all_together) for row in rows] == ([(standing, count)] if standing else [])


def test_only_ones_own_patients_in_both_lists(client_of: ClientOf, people: People, today: date) -> None:
    overuse(people.patient, back(today, 10), days=12)
    for address in ("diary:above", "diary:quiet"):
        assert names(client_of(people.treating).get(reverse(address))) == ["Halvorsen, Ingrid"]
        assert names(client_of(people.colleague).get(reverse(address))) == ["Halvorsen, Ingrid"]
        assert names(client_of(people.stranger).get(reverse(address))) == []
        assert client_of(people.manager).get(reverse(address)).status_code == 403


def test_narrowed_sorted_and_told_so(client_of: ClientOf, people: People, today: date) -> None:
    other = make_patient(family_name="Aalto")
    join_care_team(people.treating, other)
    make_acute_medicine("naproxen", overuse_class="nsaid")
    overuse(people.patient, today, days=12)
    overuse(other, today, days=11, code="naproxen")
    client = client_of(people.treating)

    def shown(**query: str) -> list[str]:
        return names(client.get(reverse("diary:above"), query))

    assert shown() == ["Halvorsen, Ingrid", f"Aalto, {other.given_name}"]
    assert shown(order="name") == [f"Aalto, {other.given_name}", "Halvorsen, Ingrid"]
    assert shown(**{"class": "8.2.2"}) == ["Halvorsen, Ingrid"]
    assert shown(**{"class": "8.2.3"}, show="near") == [f"Aalto, {other.given_name}"]
    assert shown(**{"class": "8.2.3"}, show="reached") == []
    assert "Nobody stands there" in client.get(reverse("diary:above"), {"show": "cannot_tell"}).content.decode()


@pytest.mark.parametrize(
    "query", ["show=x&class=y&order=z&page=q", "page=0", "page=99999", "page=%00", "show=&class=&order="]
)
def test_a_damaged_address_shows_the_list(client_of: ClientOf, people: People, query: str) -> None:
    assert client_of(people.treating).get(f"{reverse('diary:above')}?{query}").status_code == 200


def test_the_next_page_keeps_what_was_chosen(client_of: ClientOf, people: People, today: date) -> None:
    # Days of birth that no two of them share in two places: names this alike would be taken for one person.
    people_of_a_page = [
        make_patient(family_name=f"Person {number:02d}", date_of_birth=date(1930 + number, 1, 13 + number % 15))
        for number in range(51)
    ]
    for patient in people_of_a_page:
        join_care_team(people.treating, patient)
    days = DiaryDay.objects.bulk_create(
        DiaryDay(patient=patient, day=back(today, n), state=State.HEADACHE)
        for patient in people_of_a_page
        for n in range(10)
    )
    AcuteIntake.objects.bulk_create(AcuteIntake(patient_id=day.patient_id, day=day) for day in days)
    client = client_of(people.treating)
    first = client.get(reverse("diary:above"), {"show": "reached", "order": "name"})
    assert len(names(first)) == 50
    second = client.get(first.context["later_url"])
    assert len(names(second)) == 1
    assert names(second)[0] > names(first)[-1]
    assert second.context["chosen"] == {"show": "reached", "class": "", "order": "name"}
    assert not second.context["later_url"]


@pytest.mark.parametrize("address", ["diary:above", "diary:quiet"])
def test_the_number_of_queries_does_not_grow(client_of: ClientOf, people: People, today: date, address: str) -> None:
    client = client_of(people.treating)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(reverse(address)).status_code == 200
        return len(asked)

    overuse(people.patient, back(today, 10), days=12)
    queries()
    few = queries()
    for _ in range(6):
        patient = make_patient()
        join_care_team(people.treating, patient)
        overuse(patient, back(today, 10), days=12)
    assert len(names(client.get(reverse(address)))) == 7
    assert queries() == few <= 12


def test_the_navigation_leads_here_for_those_who_read_charts(client_of: ClientOf, people: People) -> None:
    assert (
        f'href="{reverse("diary:above")}"' in client_of(people.treating).get(reverse("patients:list")).content.decode()
    )
    assert (
        f'href="{reverse("diary:above")}"'
        not in client_of(people.manager).get(reverse("patients:list")).content.decode()
    )
    page = client_of(people.treating).get(reverse("diary:quiet")).content.decode()
    assert 'aria-current="true"' in page, "the list of quiet diaries is below Diaries"


# Quiet diaries


def listed(patients: Any, today: date, **more: Any) -> list[Any]:
    return with_facts(quiet_diaries(patients, today, quiet_days=7, **more).rows, today)


@pytest.mark.parametrize(("days", "is_listed"), [(7, False), (8, True), (365, True), (366, False)])
def test_quiet_from_the_day_after_and_over_after_a_year(
    patient: Patient, today: date, days: int, is_listed: bool
) -> None:
    record(patient, no_headache(back(today, days)))
    assert [quiet.last_entry for quiet in listed(Patient.objects.all(), today)] == [back(today, days)] * is_listed


def test_what_is_not_known_is_no_entry(patient: Patient, today: date) -> None:
    record(patient, no_headache(back(today, 20)))
    DiaryDay.objects.create(patient=patient, day=back(today, 1), state=State.NOT_KNOWN)
    [quiet] = listed(Patient.objects.all(), today)
    assert quiet.last_entry == back(today, 20)
    DiaryDay.objects.filter(day=back(today, 1)).update(intakes_known=True)
    assert listed(Patient.objects.all(), today) == []


def test_the_facts_of_a_row(patient: Patient, treating: User, today: date) -> None:
    record(patient, no_headache(back(today, 12)))
    rows = [ImportRow(1, patient.pk, headache(back(today, 9)))]
    import_days(source=ImportSource.KOSTECKI_DILLON, label="x", rows=rows, by=PROCESS, today=today)
    signed(patient, treating, next_visit_on=today + timedelta(days=11))
    [quiet] = listed(Patient.objects.all(), today)
    assert (quiet.silent_since, quiet.last_entry, quiet.source) == (back(today, 9), back(today, 9), Source.IMPORT)
    assert (quiet.completeness.recorded, quiet.completeness.of) == (2, 30)
    assert quiet.next_visit_on == today + timedelta(days=11)
    assert not quiet.has_link


def make_link(patient: Patient, today: date, *, since: int, **more: Any) -> DiaryLink:
    more = {"starts_on": back(today, since), "ends_on": today + timedelta(days=60), "secret_sha256": "0" * 64, **more}
    return DiaryLink.objects.create(patient=patient, **more)


def test_a_link_that_nobody_used_is_quiet_since_it_was_given(patient: Patient, today: date) -> None:
    make_link(patient, today, since=9)
    [quiet] = listed(Patient.objects.all(), today)
    assert (quiet.silent_since, quiet.last_entry, quiet.source, quiet.has_link) == (back(today, 9), None, None, True)


def test_a_new_link_gives_time_again(patient: Patient, today: date) -> None:
    record(patient, no_headache(back(today, 90)))
    make_link(patient, today, since=2)
    assert listed(Patient.objects.all(), today) == []


@pytest.mark.parametrize(
    "more",
    [{"revoked_at": timezone.now(), "revoked_reason": "lost"}, {"ends_on_days_ago": 1}],
    ids=["revoked", "ended"],
)
def test_a_link_that_does_not_work_is_no_running_diary(patient: Patient, today: date, more: dict[str, Any]) -> None:
    if "ends_on_days_ago" in more:
        more = {"ends_on": back(today, more["ends_on_days_ago"])}
    make_link(patient, today, since=30, **more)
    assert listed(Patient.objects.all(), today) == []


def test_a_declined_referral_is_not_waited_for(patient: Patient, today: date) -> None:
    record(patient, no_headache(back(today, 20)))
    older = make_referral(patient, received_on=back(today, 100))
    Referral.objects.filter(pk=older.pk).update(state=ReferralState.DECLINED, state_note="elsewhere")
    assert listed(Patient.objects.all(), today) == []
    make_referral(patient, received_on=back(today, 40))
    assert len(listed(Patient.objects.all(), today)) == 1, "the newest referral counts"


def test_the_longest_silence_first_in_pages_and_by_name(people: People, today: date) -> None:
    patients = [make_patient() for _ in range(5)]
    for days, patient in zip((20, 50, 9, 300, 30), patients, strict=True):
        record(patient, no_headache(back(today, days)))
    silences = [(today - quiet.silent_since).days for quiet in listed(Patient.objects.all(), today)]
    assert silences == [300, 50, 30, 20, 9]
    first = quiet_diaries(Patient.objects.all(), today, quiet_days=7, size=2)
    second = quiet_diaries(Patient.objects.all(), today, quiet_days=7, size=2, after=first.later)
    assert [patient.pk for patient in [*first.rows, *second.rows]] == [patients[n].pk for n in (3, 1, 4, 0)]
    found = listed(Patient.objects.all(), today, typed=patients[2].family_name)
    assert patients[2] in [quiet.patient for quiet in found]
    assert len(found) < 5


@pytest.mark.parametrize(
    ("details", "said"),
    [
        ({"contact_route": "telephone"}, "Telephone: not recorded"),
        ({"contact_route": "text_message", "telephone": "020 7946 0999"}, "Text message: 020 7946 0999"),
        ({"contact_route": "email", "email": "a@example.org"}, "E-mail: a@example.org"),
        ({"contact_route": "letter"}, "Letter: not recorded"),
    ],
    ids=["no telephone", "text message", "e-mail", "no address"],
)
def test_how_to_reach_them(
    client_of: ClientOf, people: People, today: date, details: dict[str, str], said: str
) -> None:
    Patient.objects.filter(pk=people.patient.pk).update(**details)
    record(people.patient, no_headache(back(today, 12)))
    page = client_of(people.treating).get(reverse("diary:quiet")).content.decode()
    assert said in page
    assert "typed in by the clinic" in page
    assert "7 days (clinic convention)" in page


def test_the_clinic_decides_what_quiet_is(client_of: ClientOf, people: People, today: date, settings: Any) -> None:
    record(people.patient, no_headache(back(today, 12)))
    settings.DIARY_QUIET_DAYS = 14
    assert names(client_of(people.treating).get(reverse("diary:quiet"))) == []


def test_nobody_found_and_nobody_quiet(client_of: ClientOf, people: People) -> None:
    client = client_of(people.treating)
    assert "No diary is quiet" in client.get(reverse("diary:quiet")).content.decode()
    assert "Nobody found" in client.get(reverse("diary:quiet"), {"q": "xylophone"}).content.decode()
    assert client.get(f"{reverse('diary:quiet')}?after=x&q=%00").status_code == 200
