"""The diary as CSV: nothing runs in a spreadsheet, nothing missing looks like a free day, the numbers are the page's."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.audit.models import AccessEntry
from apps.core.spreadsheets import csv_text, safe_cell
from apps.diary.choices import Exposure, Relief
from apps.diary.entries import IntakeEntry
from apps.diary.models import Attack, DayContext
from apps.diary.presenters.export import COUNT_COLUMNS, DAY_COLUMNS
from apps.diary.selectors import counts_for
from apps.patients.models import Patient
from apps.summaries.selectors import visit_content
from tests.documents.text import words_of_html
from tests.factories.care import full_case
from tests.factories.diary import headache, make_acute_medicine, no_headache, record
from tests.fixtures.people import People

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
Table = list[dict[str, str]]


def download(client: Client, patient: Patient, what: str) -> Table:
    answer = client.get(reverse(f"diary:export-{what}", args=[patient.pk]))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == (
        f'attachment; filename="diary-{what}-{patient.clinic_number.lower()}-{timezone.localdate().isoformat()}.csv"'
    )
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def test_every_date_has_a_row_and_a_missing_day_says_so(client_of: SignIn, treating: User, patient: Patient) -> None:
    today = timezone.localdate()
    make_acute_medicine("sumatriptan")
    record(patient, no_headache(today - timedelta(days=2)), headache(today, "sumatriptan", function=2))
    rows = download(client_of(treating), patient, "days")
    assert [row["state"] for row in rows] == ["No headache", "not recorded", "Headache"]
    assert tuple(rows[0]) == DAY_COLUMNS
    assert set(rows[1].values()) == {(today - timedelta(days=1)).isoformat(), "not recorded", ""}
    last = rows[2]
    assert (last["severity 1-3"], last["function 0-3"], last["medicines"], last["doses"]) == (
        "2",
        "2",
        "sumatriptan",
        "1",
    )
    assert (last["medicines complete"], last["source"], last["entered late"]) == ("yes", "Typed in by the clinic", "no")


def test_attacks_and_what_else_is_known(client_of: SignIn, treating: User, patient: Patient) -> None:
    today = timezone.localdate()
    record(patient, headache(today, note="after the night shift"))
    began = datetime(2026, 1, 2, 8, tzinfo=UTC)
    Attack.objects.create(
        patient=patient,
        first_day=today,
        last_day=today,
        started_at=began,
        started_offset=0,
        ended_at=began + timedelta(hours=4, minutes=30),
        ended_offset=0,
        pain=7,
        nausea=True,
        photophobia=False,
        aura=True,
        aura_minutes=20,
    )
    DayContext.objects.create(
        patient=patient, day=today, menstruation=False, sleep_minutes=400, exposures=[Exposure.ALCOHOL]
    )
    (row,) = download(client_of(treating), patient, "days")
    assert (row["attacks"], row["attack hours"], row["worst pain 0-10"], row["aura minutes"]) == ("1", "4.5", "7", "20")
    assert row["attack features"] == "nausea, no photophobia, aura"
    assert (row["menstruation"], row["sleep minutes"], row["exposures"]) == ("no", "400", "Alcohol")
    assert row["note"] == "after the night shift"


@pytest.mark.parametrize(
    "beginning", ["=", "+", "-", "@", "\t", "\r"], ids=["equals", "plus", "minus", "at", "tab", "return"]
)
def test_no_cell_is_a_formula(beginning: str) -> None:
    cell = f"{beginning}cmd|' /C calc'!A0"
    assert safe_cell(cell) == f"'{cell}"
    (row,) = csv.reader(io.StringIO(csv_text(["note"], [[cell]]).removeprefix("\ufeffnote\r\n"), newline=""))
    assert row == [f"'{cell}"]


def test_a_formula_in_a_note_stays_text(client_of: SignIn, treating: User, patient: Patient) -> None:
    record(patient, headache(timezone.localdate(), note="=HYPERLINK(1)"))
    (row,) = download(client_of(treating), patient, "days")
    assert row["note"] == "'=HYPERLINK(1)"


def test_an_empty_diary_has_only_the_names_of_the_columns(client_of: SignIn, treating: User, patient: Patient) -> None:
    assert download(client_of(treating), patient, "days") == []
    rows = download(client_of(treating), patient, "counts")
    assert tuple(rows[0]) == COUNT_COLUMNS
    assert (rows[0]["from"], rows[0]["to"], rows[0]["completeness"]) == ("0", "30", "too few days for a rate")


def shown(table: Table, kind: str, what: str) -> list[str]:
    """The intervals as the page writes them, in the order of the file."""
    return [
        row["from"] if row["from"] == row["to"] else f"{row['from']}–{row['to']}"
        for row in table
        if row["kind of period"] == kind and row["what"] == what
    ]


def test_page_summary_and_export_say_the_same(people: People, client_of: SignIn) -> None:
    patient, today = people.patient, timezone.localdate()
    case = full_case(patient, people.treating, people.colleague)
    counts = counts_for(patient, today)
    table = download(client_of(people.treating), patient, "counts")
    frozen = visit_content(case.signed_visit)["diary"]
    page = words_of_html(
        client_of(people.treating).get(reverse("diary:month", args=[patient.pk, today])).content.decode()
    )
    for name, what in (
        ("headache", "Headache days"),
        ("migraine", "Migraine days, diary rule"),
        ("migraine_ichd3", "Migraine days, ICHD-3 variant"),
        ("moderate_or_severe", "Moderate or severe days"),
        ("debilitating", "Debilitating days, at most"),
        ("acute", "Acute medication days"),
    ):
        windows = [str(getattr(each, name)) for each in counts.windows]
        months = [str(getattr(each, name)) for each in counts.months]
        assert shown(table, "30-day window", what) == windows
        assert shown(table, "calendar month", what) == months
        assert shown(table, "28-day period", what) == [str(getattr(each, name)) for each in counts.blocks]
        assert [month[name] for month in frozen["months"]] == [getattr(each, name).as_dict() for each in counts.months]
        assert " ".join(windows) in page, name
        assert " ".join(reversed(months)) in page, name
    (lost,) = [row for row in table if row["what"] == "Days lost to headache"]
    assert frozen["lost"]["lower"] == float(lost["from"])
    assert frozen["lost"]["upper"] == float(lost["to"])
    assert str(counts.lost) in page


def test_a_download_is_in_the_access_log(client_of: SignIn, treating: User, patient: Patient) -> None:
    client = client_of(treating)
    for what in ("days", "counts"):
        download(client, patient, what)
    entries = AccessEntry.objects.filter(patient_id=patient.pk).order_by("pk")
    assert [(entry.action, entry.subject, entry.user_id) for entry in entries] == [
        ("download", "diary:export-days", treating.pk),
        ("download", "diary:export-counts", treating.pk),
    ]


def test_who_may_download(client_of: SignIn, people: People, patient: Patient) -> None:
    for what in ("days", "counts"):
        address = reverse(f"diary:export-{what}", args=[patient.pk])
        assert client_of(people.colleague).get(address).status_code == 200
        assert client_of(people.stranger).get(address).status_code == 404
        assert client_of(people.intake_coordinator).get(address).status_code == 403
        assert client_of(people.treating).post(address).status_code == 405


def test_two_medicines_keep_their_order_in_each_cell(client_of: SignIn, treating: User, patient: Patient) -> None:
    today = timezone.localdate()
    for code in ("rizatriptan", "sumatriptan"):
        make_acute_medicine(code)
    day = headache(today)
    both = (IntakeEntry("rizatriptan", 2, relief=Relief.FULL), IntakeEntry("sumatriptan"))
    record(patient, type(day)(today, day.state, intakes=both, intakes_known=False))
    (row,) = download(client_of(treating), patient, "days")
    assert (row["medicines"], row["doses"], row["relief"]) == ("rizatriptan; sumatriptan", "2; 1", "Headache gone; ")
    assert row["medicines complete"] == "no"
