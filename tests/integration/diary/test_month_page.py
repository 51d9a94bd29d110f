"""The month page: typed without training, wrong answers kept at their place, nobody overwritten."""

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from apps.accounts.models import User
from apps.clinical.periods import calendar_month
from apps.diary.choices import Source, State
from apps.diary.models import AcuteIntake, Attack, DiaryDay
from apps.diary.services import record_day
from apps.patients.models import Patient
from tests.factories.diary import PROCESS, headache, make_acute_medicine, no_headache, record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november", "medicines")]

OCTOBER = date(2026, 10, 1)
NOVEMBER = date(2026, 11, 1)
SignIn = Callable[[User], Client]


@pytest.fixture
def in_november() -> object:
    with time_machine.travel("2026-11-22 09:00:00+00:00", tick=False):
        yield


@pytest.fixture
def medicines(db: None) -> None:
    make_acute_medicine("rizatriptan")
    make_acute_medicine("ibuprofen", overuse_class="nsaid")


def address(patient: Patient, month: date = OCTOBER) -> str:
    return reverse("diary:month", args=[patient.pk, month])


def typed(**fields: str) -> dict[str, str]:
    """`d03_headache="2"` as the browser sends it; all other days empty."""
    return {name.replace("_", "-", 1): value for name, value in fields.items()}


def page_of(response: object) -> str:
    return re.sub(r"\s+", " ", unescape(response.content.decode()))  # type: ignore[attr-defined]


def test_the_tab_leads_to_the_running_month(client_of: SignIn, treating: User, patient: Patient) -> None:
    response = client_of(treating).get(reverse("diary:current", args=[patient.pk]))
    assert response.url == f"/patients/{patient.pk}/diary/2026-11/"


def test_a_typed_month_is_saved_and_drawn_again_as_typed(client_of: SignIn, treating: User, patient: Patient) -> None:
    client = client_of(treating)
    response = client.post(
        address(patient),
        typed(
            d01_headache="0",
            d02_headache="2",
            d02_function="3",
            d02_medicines="riza 1, ibu 2",
            d02_note="storm",
            d03_headache="y",
            d04_headache="?",
            d05_headache="0",
            d05_medicines="0",
        ),
        follow=True,
    )
    assert "October 2026 is saved: 5 days recorded." in page_of(response)
    days = {row.day.day: row for row in DiaryDay.objects.filter(patient=patient, created_by=treating)}
    assert [(days[n].state, days[n].severity, days[n].intakes_known) for n in range(1, 6)] == [
        (State.NONE, None, False),
        (State.HEADACHE, 2, True),
        (State.HEADACHE, None, False),
        (State.NOT_KNOWN, None, False),
        (State.NONE, None, True),
    ]
    assert (days[2].function, days[2].note) == (3, "storm")
    form = response.context["form"]
    assert form["d02-medicines"].value() == "I2 R1"
    assert [form[f"d0{n}-headache"].value() for n in range(1, 7)] == ["0", "2", "y", "?", "0", ""]


def test_words_and_numbers_of_a_spreadsheet_are_understood_without_script(
    client_of: SignIn, treating: User, patient: Patient
) -> None:
    client_of(treating).post(
        address(patient),
        typed(
            d01_headache="No",
            d02_headache="moderate",
            d02_function="in bed",
            d03_headache="3.0",
            d03_function="1,0",
            d04_headache="yes",
            d05_headache="unknown",
        ),
    )
    days = DiaryDay.objects.order_by("day").values_list("state", "severity", "function")
    assert list(days) == [
        (State.NONE, None, None),
        (State.HEADACHE, 2, 3),
        (State.HEADACHE, 3, 1),
        (State.HEADACHE, None, None),
        (State.NOT_KNOWN, None, None),
    ]


def test_taken_before_the_pain_is_recorded_shown_and_taken_away(
    client_of: SignIn, treating: User, patient: Patient
) -> None:
    client = client_of(treating)

    def save(medicines: str, version: int) -> bool | None:
        client.post(address(patient), typed(d01_headache="2", d01_medicines=medicines, d01_version=str(version)))
        return AcuteIntake.objects.get().taken_before_pain

    assert save("R1", 0) is None
    assert save("R1!", 1) is True
    form = client.get(address(patient)).context["form"]
    assert form["d01-medicines"].value() == "R1!"
    assert save("R1!", 2) is True
    assert DiaryDay.objects.get().version == 2, "nothing was changed by saving the same again"
    assert save("R1", 2) is False
    assert client.get(address(patient)).context["form"]["d01-medicines"].value() == "R1"


def test_the_row_says_where_a_day_comes_from_and_which_attacks_touch_it(
    client_of: SignIn, treating: User, patient: Patient
) -> None:
    record(patient, headache(OCTOBER), headache(OCTOBER + timedelta(days=1)), headache(OCTOBER + timedelta(days=2)))
    DiaryDay.objects.filter(day=OCTOBER).update(source=Source.LINK, entered_late=True)
    for first, last, extra in [(0, 1, {"aura": True, "pain": 6}), (1, 1, {"pain": 8})]:
        Attack.objects.create(
            patient=patient,
            first_day=OCTOBER + timedelta(days=first),
            last_day=OCTOBER + timedelta(days=last),
            **extra,
        )
    rows = client_of(treating).get(address(patient)).context["rows"]
    assert [(row.marks, row.attacks) for row in rows[:3]] == [
        (("by the patient", "late"), "1 attack, aura, worst pain 6 of 10"),
        ((), "2 attacks, aura, worst pain 8 of 10"),
        ((), ""),
    ]


def test_the_saved_page_knows_which_draft_was_saved(client_of: SignIn, treating: User, patient: Patient) -> None:
    client = client_of(treating)
    number = "5f0c2c34-6d5c-4c8e-9f43-0c1f0b1b9a11"
    answer = client.post(address(patient), typed(d01_headache="0") | {"draft": number})
    assert answer.url == f"{address(patient)}?saved={number}"
    again = typed(d01_headache="2", d01_version="1")
    assert client.post(address(patient), again).url == address(patient)
    wrong = client.post(address(patient), again | {"draft": '"><script>'})
    assert wrong.status_code == 422
    assert "<script>" not in re.sub(r"<script src=[^>]*></script>", "", wrong.content.decode())


def test_the_script_learns_keys_letters_and_whose_draft_it_keeps(
    client_of: SignIn, treating: User, patient: Patient
) -> None:
    record(patient, headache(OCTOBER, "rizatriptan"))
    aid = client_of(treating).get(address(patient)).context["aid"]
    assert json.loads(aid.answers)["headache"]["keys"]["2"] == "moderate"
    medicines = json.loads(aid.medicines)
    assert medicines["letters"] == {"R": "rizatriptan"}
    assert medicines["classes"]["rizatriptan"] == ["8.2.2"]
    assert medicines["classes"]["ibuprofen"] == ["8.2.3"]
    assert aid.draft_key == f"{treating.pk}/{patient.pk}/2026-10"


def test_empty_medicine_fields_mean_none_only_when_the_nurse_says_so(
    client_of: SignIn, treating: User, patient: Patient
) -> None:
    client_of(treating).post(
        address(patient), typed(d01_headache="0", d02_headache="1", d03_headache="?") | {"empty_means_none": "on"}
    )
    known = dict(DiaryDay.objects.values_list("day__day", "intakes_known"))
    assert known == {1: True, 2: True, 3: False}


def test_wrong_answers_stay_beside_their_day_with_everything_else_that_was_typed(
    client_of: SignIn, treating: User, patient: Patient
) -> None:
    response = client_of(treating).post(
        address(patient),
        typed(
            d01_headache="7",
            d02_headache="2",
            d02_medicines="ibuprofen 400",
            d03_function="2",
            d04_headache="0",
            d04_function="1",
            d05_headache="1",
            d05_note="x" * 10_000,
            d06_headache="1",
            d06_note="a\x00b",
            d07_headache="1",
            d07_medicines="Q1",
            d08_headache="3",
        )
        | {"d09-version": "many"},
    )
    assert response.status_code == 422
    assert not DiaryDay.objects.exists()
    errors = response.context["form"].errors
    assert set(errors) == {
        "d01-headache",
        "d02-medicines",
        "d03-headache",
        "d04-function",
        "d05-note",
        "d06-note",
        "d07-medicines",
        "d09-version",
    }
    page = page_of(response)
    assert "2 Oct 2026: enter how many doses were taken, 1 to 20, not milligrams" in page
    assert 'href="#id_d02-medicines"' in page, "the summary leads to the field"
    assert 'value="ibuprofen 400"' in page
    assert response.context["form"]["d08-headache"].value() == "3"


def test_a_month_sent_twice_is_saved_once(client_of: SignIn, treating: User, patient: Patient) -> None:
    client = client_of(treating)
    sheet = typed(d01_headache="2", d01_medicines="riza")
    client.post(address(patient), sheet)
    response = client.post(address(patient), sheet, follow=True)
    assert "Nothing was changed" in page_of(response)
    assert DiaryDay.objects.get().version == 1


def test_a_stale_save_shows_both_versions_and_saves_when_decided(
    client_of: SignIn, treating: User, colleague: User, patient: Patient
) -> None:
    day = OCTOBER
    record(patient, headache(day, "rizatriptan"))
    record_day(patient=patient, entry=headache(day, severity=3), seen_version=1, by=colleague, today=NOVEMBER)
    client = client_of(treating)
    response = client.post(address(patient), typed(d01_headache="1", d01_version="1", d02_headache="0"))
    page = page_of(response)
    assert response.status_code == 409
    assert "mild headache; medicines not known" in page
    assert "severe headache; no medicines" in page
    assert DiaryDay.objects.get().severity == 3

    decided = {name: response.context["form"][name].value() for name in ("d01-headache", "d01-version", "d02-headache")}
    assert client.post(address(patient), decided).status_code == 302
    assert dict(DiaryDay.objects.values_list("day__day", "severity")) == {1: 1, 2: None}


def test_a_letter_means_what_it_meant_when_the_page_was_drawn(
    client_of: SignIn, treating: User, patient: Patient
) -> None:
    make_acute_medicine("indometacin", overuse_class="nsaid")
    record(patient, headache(OCTOBER, "ibuprofen"))
    client = client_of(treating)
    legend = client.get(address(patient)).context["form"]["legend"].value()
    september = calendar_month(2026, 9)
    record(patient, *[headache(day, "indometacin") for day in september.days[:3]])
    client.post(
        address(patient),
        typed(d01_headache="2", d01_medicines="I1", d01_version="1", d02_headache="2", d02_medicines="I2")
        | {"legend": legend},
    )
    intake = AcuteIntake.objects.get(day__day=OCTOBER + timedelta(days=1))
    assert intake.medicine is not None
    assert intake.medicine.code == "ibuprofen"


def test_days_to_come_are_shown_and_can_not_be_typed(client_of: SignIn, treating: User, patient: Patient) -> None:
    client = client_of(treating)
    response = client.get(address(patient, NOVEMBER))
    assert "d22-headache" in response.context["form"].fields
    assert "d23-headache" not in response.context["form"].fields
    assert "23 to 30 November 2026: not yet." in page_of(response)
    client.post(address(patient, NOVEMBER), typed(d23_headache="2"))
    assert not DiaryDay.objects.exists()


@pytest.mark.parametrize("month", ["2026-12", "1989-12", "9999-12", "2026-13", "2026-00", "0001-01", "99999-01"])
def test_months_that_the_diary_does_not_have(client_of: SignIn, treating: User, patient: Patient, month: str) -> None:
    assert client_of(treating).get(f"/patients/{patient.pk}/diary/{month}/").status_code == 404


def test_who_sees_and_who_types(
    client_of: SignIn, patient: Patient, colleague: User, stranger: User, manager: User
) -> None:
    colleague.role = "physiotherapist"  # reads charts, does not type diaries
    colleague.save()
    record(patient, headache(OCTOBER, "rizatriptan"))
    reader = client_of(colleague)
    page = reader.get(address(patient))
    assert "moderate headache; rizatriptan × 1" in page_of(page)
    assert "data-diary" not in page_of(page)
    assert reader.post(address(patient), typed(d02_headache="1")).status_code == 403
    assert client_of(manager).get(address(patient)).status_code == 403
    assert client_of(stranger).get(address(patient)).status_code == 404
    assert client_of(stranger).post(address(patient), typed(d02_headache="1")).status_code == 404
    assert DiaryDay.objects.count() == 1


def test_numbers_and_finding_come_from_the_one_selector(client_of: SignIn, treating: User, patient: Patient) -> None:
    october = calendar_month(2026, 10)
    record(patient, *[headache(day, "rizatriptan") for day in october.days[:12]])
    record(patient, *[no_headache(day) for day in october.days[12:29]])
    response = client_of(treating).get(address(patient))
    page = page_of(response)
    assert '<strong class="figures" data-live="headache">12–14</strong>' in page
    assert '<strong class="figures" data-live="acute">12–14</strong>' in page
    assert "the limit of 10 is reached" in page
    assert '<a href="#day-2026-10-02">2 Oct 2026</a>' in page
    assert "month-2026-10" in page, "the calendar is drawn"


def test_the_page_asks_the_database_as_often_for_a_full_month_as_for_an_empty_one(
    client_of: SignIn, treating: User, patient: Patient, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of(treating)
    client.get(address(patient))
    with CaptureQueriesContext(connection) as empty:
        client.get(address(patient))
    make_acute_medicine("naproxen", overuse_class="nsaid")
    record(patient, *[headache(day, "rizatriptan", "naproxen") for day in calendar_month(2026, 10)])
    # The intakes of two reads, the names of the own medicines and the notice about overuse, skipped when there are none.
    with django_assert_num_queries(len(empty) + 4):
        client.get(address(patient))


def test_the_data_page_accounts_for_every_row(client_of: SignIn, treating: User, patient: Patient) -> None:
    from apps.diary.choices import ImportSource
    from apps.diary.imports.report import ImportRow, RowNote
    from apps.diary.services import import_days

    row = ImportRow(1, patient.pk, no_headache(OCTOBER))
    import_days(
        source=ImportSource.KOSTECKI_DILLON,
        label="Published diaries",
        rows=[row, ImportRow(2, patient.pk, no_headache(OCTOBER))],
        unreadable=[RowNote(3, "Headache is “maybe”; yes or no was expected.")],
        by=PROCESS,
        today=NOVEMBER,
    )
    page = page_of(client_of(treating).get(reverse("diary:data_source")))
    assert "Pine trees, comas and migraines" in page
    assert "Repeats row 1" in page
    assert "Headache is “maybe”" in page
