"""Printed diary sheets: asked for, found again by their code, typed with the letters that were printed."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from apps.accounts.models import User
from apps.audit.models import AccessEntry
from apps.core.writing import Refused
from apps.diary.models import AcuteIntake, DiaryDay, DiarySheet
from apps.diary.printing import MOST_MEDICINES, Paper
from apps.diary.services import print_sheets
from apps.documents.models import Document
from apps.patients.models import Patient
from tests.factories.diary import headache, make_acute_medicine, no_headache, record
from tests.refusals import constraint_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]

OCTOBER = date(2026, 10, 1)
NOVEMBER = date(2026, 11, 1)
DECEMBER = date(2026, 12, 1)
SITE = "https://headache.clinic.example/"
SignIn = Callable[[User], Client]


@pytest.fixture
def in_november() -> object:
    with time_machine.travel("2026-11-22 09:00:00+00:00", tick=False):
        yield


@pytest.fixture
def with_medicines(patient: Patient) -> None:
    make_acute_medicine("rizatriptan")
    make_acute_medicine("ibuprofen", overuse_class="nsaid")
    record(patient, headache(OCTOBER, "rizatriptan"), headache(OCTOBER + timedelta(days=1), "rizatriptan", "ibuprofen"))


def printed(patient: Patient, by: User, *months: date, paper: Paper = Paper.A4) -> Document:
    return print_sheets(patient=patient, months=months or [OCTOBER], paper=paper, site=SITE, by=by)


def chosen(**answers: str) -> dict[str, str]:
    return {"first": "2026-11", "number": "2", "paper": "Letter", **answers}


@pytest.mark.usefixtures("with_medicines")
def test_a_sheet_freezes_months_letters_and_addresses(patient: Patient, treating: User) -> None:
    document = printed(patient, treating, NOVEMBER, DECEMBER)
    assert document.title == "Diary sheets, November 2026 to December 2026"
    content = document.snapshot["content"]
    assert content["medicines"] == [["R", "rizatriptan"], ["I", "ibuprofen"]]
    sheets = list(DiarySheet.objects.order_by("month"))
    assert [(sheet.month, sheet.legend) for sheet in sheets] == [
        (NOVEMBER, "R=rizatriptan;I=ibuprofen"),
        (DECEMBER, "R=rizatriptan;I=ibuprofen"),
    ]
    assert [each["address"] for each in content["months"]] == [f"{SITE}s/{sheet.code}/" for sheet in sheets]


@pytest.mark.usefixtures("with_medicines")
def test_asked_twice_it_is_the_same_sheet_and_with_other_medicines_a_new_one(patient: Patient, treating: User) -> None:
    first = printed(patient, treating)
    assert printed(patient, treating) == first
    assert DiarySheet.objects.count() == 1
    record(patient, *[headache(day, "ibuprofen") for day in (NOVEMBER, NOVEMBER + timedelta(days=1))])
    second = printed(patient, treating)
    assert second.supersedes == first
    assert sorted(DiarySheet.objects.values_list("legend", flat=True)) == [
        "I=ibuprofen;R=rizatriptan",
        "R=rizatriptan;I=ibuprofen",
    ]


def test_only_the_most_frequent_medicines_are_printed(patient: Patient, treating: User) -> None:
    codes = ["aspirin", "diclofenac", "eletriptan", "frovatriptan", "ibuprofen", "naratriptan", "rizatriptan"]
    for code in codes:
        make_acute_medicine(code)
    record(patient, headache(OCTOBER, *codes), headache(OCTOBER + timedelta(days=1), *codes[1:]))
    content = printed(patient, treating).snapshot["content"]
    assert [name for _, name in content["medicines"]] == codes[1:]
    assert len(content["medicines"]) == MOST_MEDICINES


def test_a_sheet_is_printed_without_any_medicine_too(patient: Patient, treating: User) -> None:
    assert printed(patient, treating).snapshot["content"]["medicines"] == []
    assert DiarySheet.objects.get().legend == ""


@pytest.mark.parametrize("months", [[], [OCTOBER, NOVEMBER, DECEMBER, date(2027, 1, 1)]], ids=["none", "four"])
def test_one_to_three_months(patient: Patient, treating: User, months: list[date]) -> None:
    with pytest.raises(Refused, match="one to 3 months"):
        print_sheets(patient=patient, months=months, paper=Paper.A4, site=SITE, by=treating)
    assert not Document.objects.exists()


@pytest.mark.usefixtures("with_medicines")
def test_the_page_makes_the_sheets_and_shows_the_document(client_of: SignIn, treating: User, patient: Patient) -> None:
    client = client_of(treating)
    page = client.get(reverse("diary:sheet", args=[patient.pk]), {"month": "2026-10"})
    assert page.context["form"]["first"].value() == "2026-10"
    assert page.context["form"]["paper"].value() == settings.PAPER
    answer = client.post(reverse("diary:sheet", args=[patient.pk]), chosen())
    document = Document.objects.get()
    assert answer.url == reverse("documents:detail", args=[patient.pk, document.pk])
    content = document.snapshot["content"]
    assert (content["paper"], [each["month"] for each in content["months"]]) == (
        "Letter",
        ["2026-11-01", "2026-12-01"],
    )
    assert content["months"][0]["address"].startswith("http://testserver/s/")
    shown = client.get(answer.url).content.decode()
    assert "An empty day is not a headache-free day." in shown


def test_the_paper_of_the_clinic_is_offered(client_of: SignIn, treating: User, patient: Patient, settings: Any) -> None:
    settings.PAPER = "Letter"
    page = client_of(treating).get(reverse("diary:sheet", args=[patient.pk]), {"month": "nonsense"})
    assert page.context["form"]["paper"].value() == "Letter"
    assert page.context["form"]["first"].value() == "2026-11"


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"first": "2031-01"}, "first"),
        ({"number": "4"}, "number"),
        ({"number": "x"}, "number"),
        ({"paper": "A3"}, "paper"),
    ],
    ids=["far month", "four months", "no number", "other paper"],
)
def test_wrong_answers_stay_on_the_page(
    client_of: SignIn, treating: User, patient: Patient, answers: dict[str, str], field: str
) -> None:
    answer = client_of(treating).post(reverse("diary:sheet", args=[patient.pk]), chosen(**answers))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not Document.objects.exists()


@pytest.mark.usefixtures("with_medicines")
def test_the_code_opens_the_month_for_those_who_may_see_it(
    client_of: SignIn, treating: User, stranger: User, manager: User, patient: Patient
) -> None:
    printed(patient, treating)
    code = DiarySheet.objects.get().code
    address = reverse("diary:open_sheet", args=[code])
    assert address == f"/s/{code}/"
    assert Client().get(address).url == f"/account/login/?next={address}"
    assert client_of(treating).get(address).url == f"/patients/{patient.pk}/diary/2026-10/?sheet={code}"
    assert client_of(treating).get(address.upper().replace("/S/", "/s/")).status_code == 302
    assert client_of(stranger).get(address).status_code == 404
    assert client_of(manager).get(address).status_code == 403
    assert client_of(treating).get("/s/0000000000/").status_code == 404
    refused = AccessEntry.objects.filter(action="refused", subject="diary:open_sheet")
    assert refused.filter(patient_id=patient.pk).count() == 2


def test_the_code_says_nothing_about_anybody(patient: Patient) -> None:
    months = [OCTOBER, NOVEMBER, DECEMBER]
    codes = {_sheet(patient, month).code for month in months}
    assert len(codes) == 3
    assert all(len(code) == 10 and code.isalnum() for code in codes)


def test_a_sheet_of_a_month_to_come_leads_to_the_running_month(
    client_of: SignIn, treating: User, patient: Patient
) -> None:
    sheet = _sheet(patient, DECEMBER)
    answer = client_of(treating).get(reverse("diary:open_sheet", args=[sheet.code]), follow=True)
    assert answer.redirect_chain[-1][0] == f"/patients/{patient.pk}/diary/2026-11/"
    assert "This sheet is for December 2026" in answer.content.decode()


@pytest.mark.usefixtures("with_medicines")
def test_the_letters_of_the_sheet_hold_although_the_diary_changed_since(
    client_of: SignIn, treating: User, patient: Patient
) -> None:
    """I was ibuprofen when the sheet was printed; by now indometacin is the more frequent one."""
    printed(patient, treating, NOVEMBER)
    make_acute_medicine("indometacin", overuse_class="nsaid")
    record(patient, *[headache(OCTOBER + timedelta(days=day), "indometacin") for day in range(5, 12)])
    client = client_of(treating)
    plain = client.get(reverse("diary:month", args=[patient.pk, NOVEMBER])).context["form"]
    assert plain.letters["I"] == "indometacin"
    address = f"{reverse('diary:month', args=[patient.pk, NOVEMBER])}?sheet={DiarySheet.objects.get().code}"
    page = client.get(address)
    form = page.context["form"]
    assert form.letters == {"R": "rizatriptan", "I": "ibuprofen", "IN": "indometacin"}
    assert "<kbd>IN</kbd> indometacin" in page.content.decode()
    answer = client.post(
        address,
        {"legend": form["legend"].value(), "d02-headache": "2", "d02-medicines": "I1", "empty_means_none": "on"},
    )
    assert answer.url == address, "the letters hold until the sheet is typed"
    assert AcuteIntake.objects.get(day__day=date(2026, 11, 2)).medicine.code == "ibuprofen"  # type: ignore[union-attr]


def test_on_our_sheet_an_empty_field_means_none_unless_the_month_holds_days_about_which_nothing_is_known(
    client_of: SignIn, treating: User, patient: Patient
) -> None:
    client = client_of(treating)
    address = reverse("diary:month", args=[patient.pk, OCTOBER])
    with_sheet = f"{address}?sheet={_sheet(patient, OCTOBER).code}"
    assert not client.get(address).context["form"]["empty_means_none"].value()
    assert client.get(with_sheet).context["form"]["empty_means_none"].value()
    record(patient, no_headache(OCTOBER))
    assert client.get(with_sheet).context["form"]["empty_means_none"].value()
    DiaryDay.objects.update(intakes_known=False)
    assert not client.get(with_sheet).context["form"]["empty_means_none"].value()


def test_a_sheet_of_somebody_else_or_of_another_month_has_no_page(
    client_of: SignIn, treating: User, patient: Patient
) -> None:
    other = Patient.objects.create(given_name="Somebody", family_name="Else", date_of_birth=date(1990, 1, 1))
    client = client_of(treating)
    address = reverse("diary:month", args=[patient.pk, OCTOBER])
    for sheet in (_sheet(other, OCTOBER), _sheet(patient, NOVEMBER)):
        assert client.get(f"{address}?sheet={sheet.code}").status_code == 404


def test_opening_a_month_with_its_sheet_takes_one_query_more(
    client_of: SignIn, treating: User, patient: Patient, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of(treating)
    address = reverse("diary:month", args=[patient.pk, OCTOBER])
    sheet = _sheet(patient, OCTOBER)
    client.get(address)
    with CaptureQueriesContext(connection) as plain:
        client.get(address)
    with django_assert_num_queries(len(plain) + 1):
        client.get(f"{address}?sheet={sheet.code}")


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"month": date(2026, 10, 2)}, "diary_sheet_first_of_month"),
        ({"month": date(1989, 12, 1)}, "diary_sheet_first_of_month"),
        ({"code": "short"}, "diary_sheet_code_typable"),
        ({"code": "ILOUilou00"}, "diary_sheet_code_typable"),
        ({"code": "0123456789"}, "diary_sheet_code_once"),
        ({"month": NOVEMBER}, "diary_sheet_once"),
    ],
    ids=["second of month", "before 1990", "short code", "letters to mistake", "code of another", "same sheet"],
)
def test_what_the_database_refuses(patient: Patient, fields: dict[str, object], name: str) -> None:
    DiarySheet.objects.create(patient=patient, month=NOVEMBER, code="0123456789")
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        DiarySheet.objects.bulk_create([DiarySheet(**{"patient": patient, "month": OCTOBER, **fields})])
    assert constraint_of(refusal) == name


@pytest.mark.parametrize("sql", ["UPDATE diary_diarysheet SET legend = 'R=ibuprofen'", "DELETE FROM diary_diarysheet"])
def test_a_sheet_stays_as_it_was_printed(patient: Patient, sql: str) -> None:
    _sheet(patient, OCTOBER)
    with pytest.raises(IntegrityError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert constraint_of(refusal) == "diary_sheet_stays_as_printed"


def _sheet(patient: Patient, month: date) -> DiarySheet:
    return DiarySheet.objects.create(patient=patient, month=month)
