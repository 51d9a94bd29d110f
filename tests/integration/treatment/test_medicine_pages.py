"""The medicines tab through its pages: the prescriber alone changes, and the author is the person signed in."""

import datetime
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.patients.models import Patient
from apps.patients.services.prescribers import arrange_cover
from apps.treatment.models import MedicationChange
from tests.factories.accounts import make_prescriber
from tests.factories.care import give_medicines
from tests.factories.treatment import changed, make_medicine, started
from tests.factories.visits import opened
from tests.fixtures.people import People, join_care_team

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
DAY = datetime.timedelta(days=1)


def page_of(people: People, name: str = "medicines", **more: Any) -> str:
    return reverse(f"treatment:{name}", kwargs={"patient_id": people.patient.pk, **more})


def typed_start(**changes: str) -> dict[str, str]:
    """A start form as the browser sends it."""
    return {
        "medicine": "candesartan",
        "purpose": "preventive",
        "dose_amount": "16",
        "dose_unit": "mg",
        "frequency": "once daily",
        "indication": "1.3",
        "reason": "new_treatment",
        "reason_text": "",
        "effective_on": timezone.localdate().strftime("%d/%m/%Y"),
        "review_on": "",
        "stop_rule": "",
        "form_token": str(uuid.uuid4()),
        **changes,
    }


def typed_change(**changes: str) -> dict[str, str]:
    """A form for hold, resume or stop as the browser sends it."""
    keys = ("indication", "reason", "reason_text", "effective_on", "form_token")
    return {**{key: value for key, value in typed_start(reason="side_effect").items() if key in keys}, **changes}


@pytest.fixture(autouse=True)
def candesartan(people: People) -> None:
    make_medicine("candesartan")


def test_the_prescriber_starts_and_nobody_else_can_be_smuggled_in(people: People, client_of: ClientOf) -> None:
    smuggled = typed_start(author=str(people.stranger.pk), prescriber=str(people.stranger.pk), by=people.stranger.email)
    answer = client_of(people.treating).post(page_of(people, "start"), smuggled)
    assert answer.url == page_of(people)
    assert MedicationChange.objects.get().author == people.treating


def test_smuggling_does_not_help_a_colleague(people: People, client_of: ClientOf) -> None:
    answer = client_of(people.colleague).post(page_of(people, "start"), typed_start(author=str(people.treating.pk)))
    assert answer.status_code == 403
    assert not MedicationChange.objects.exists()


def test_the_whole_life_of_a_course(people: People, client_of: ClientOf) -> None:
    client = client_of(people.treating)
    client.post(page_of(people, "start"), typed_start())
    course = MedicationChange.objects.get().course
    dose = {**typed_start(dose_amount="24", frequency="once daily", reason="titration")}
    for kind, form in (
        ("dose_change", dose),
        ("hold", typed_change()),
        ("resume", typed_change()),
        ("taper_step", {**dose, "dose_amount": "8", "form_token": str(uuid.uuid4())}),
        ("stop", typed_change()),
    ):
        address = page_of(people, "change", course_id=course, kind=kind)
        assert client.get(address).status_code == 200
        assert client.post(address, form).status_code == 302, kind
    rows = MedicationChange.objects.order_by("position")
    assert [row.kind for row in rows] == ["start", "dose_change", "hold", "resume", "taper_step", "stop"]
    assert {row.author for row in rows} == {people.treating}
    # What was stopped can't be changed any more, and the page says so.
    again = client.post(page_of(people, "change", course_id=course, kind="hold"), typed_change())
    assert again.status_code == 422
    assert rows.count() == 6


def test_changes_belong_to_the_open_visit(people: People, client_of: ClientOf) -> None:
    visit = opened(people.patient, people.treating)
    client_of(people.treating).post(page_of(people, "start"), typed_start())
    assert MedicationChange.objects.get().visit == visit


def test_a_double_click_starts_once(people: People, client_of: ClientOf) -> None:
    form = typed_start()
    client = client_of(people.treating)
    assert client.post(page_of(people, "start"), form).status_code == 302
    assert client.post(page_of(people, "start"), form).status_code == 302
    assert MedicationChange.objects.count() == 1


def test_the_same_medicine_is_not_started_twice(people: People, client_of: ClientOf) -> None:
    started(people.patient, people.treating)
    answer = client_of(people.treating).post(page_of(people, "start"), typed_start())
    assert answer.status_code == 422
    assert "is running already" in answer.content.decode()


def test_while_cover_runs_the_cover_changes_and_the_designated_does_not(people: People, client_of: ClientOf) -> None:
    cover = make_prescriber(full_name="Dr Jonas Weiss")
    now = timezone.now()
    arrange_cover(
        patient=people.patient, prescriber=cover, begins=now, ends=now + 3 * DAY, reason="leave", by=people.treating
    )
    locked = client_of(people.treating).post(page_of(people, "start"), typed_start())
    assert locked.status_code == 403
    shown = locked.content.decode()
    assert "Covers today" in shown
    assert "Dr Jonas Weiss" in shown
    assert client_of(cover).post(page_of(people, "start"), typed_start()).status_code == 302
    assert MedicationChange.objects.get().author == cover


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_locked_page_says_who_may_and_what_you_can_do(people: People, client_of: ClientOf, method: str) -> None:
    course = started(people.patient, people.treating).course
    client = client_of(people.colleague)
    for address in (page_of(people, "start"), page_of(people, "change", course_id=course, kind="stop")):
        answer = getattr(client, method)(address)
        assert answer.status_code == 403
        shown = answer.content.decode()
        assert "Dr Amara Okafor, designated prescriber" in shown
        assert "What you can do" in shown
    overview = client.get(page_of(people)).content.decode()
    assert "Medicines are changed by the prescriber alone" in overview
    assert "Start a medicine" not in overview


def test_an_expired_credential_locks_and_says_why(people: People, client_of: ClientOf) -> None:
    people.treating.prescriber_credentials.update(valid_to=timezone.localdate() - DAY)
    answer = client_of(people.treating).get(page_of(people, "start"))
    assert answer.status_code == 403
    assert "credential is not valid today" in answer.content.decode()


def test_without_a_prescriber_the_page_leads_to_naming_one(people: People, client_of: ClientOf) -> None:
    alone = Patient.objects.create(given_name="Jon", family_name="Aas", date_of_birth=datetime.date(1990, 1, 1))
    for person in (people.physician, people.pharmacist):
        join_care_team(person, alone)
    address = reverse("treatment:medicines", kwargs={"patient_id": alone.pk})
    naming = reverse("patients:name_prescriber", kwargs={"patient_id": alone.pk})
    assert naming in client_of(people.physician).get(address).content.decode()
    assert naming not in client_of(people.pharmacist).get(address).content.decode()


def test_who_sees_the_page(people: People, client_of: ClientOf) -> None:
    for name in ("medicines", "start"):
        assert client_of(people.stranger).get(page_of(people, name)).status_code == 404
        assert client_of(people.manager).get(page_of(people, name)).status_code == 403
    assert client_of(people.colleague).get(page_of(people)).status_code == 200


def test_a_course_of_another_patient_or_an_unknown_kind_is_not_found(people: People, client_of: ClientOf) -> None:
    course = started(people.patient, people.treating).course
    client = client_of(people.treating)
    for address in (
        page_of(people, "change", course_id=uuid.uuid4(), kind="stop"),
        page_of(people, "change", course_id=course, kind="switch"),
        page_of(people, "change", course_id=course, kind="burn"),
    ):
        assert client.get(address).status_code == 404
    other = Patient.objects.create(given_name="Jon", family_name="Aas", date_of_birth=datetime.date(1990, 1, 1))
    join_care_team(people.treating, other)
    elsewhere = reverse("treatment:change", kwargs={"patient_id": other.pk, "course_id": course, "kind": "stop"})
    assert client.get(elsewhere).status_code == 404


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("medicine", "snake-oil"),
        ("medicine", ""),
        ("purpose", "fun"),
        ("dose_amount", "sixteen"),
        ("dose_amount", "-1"),
        ("dose_amount", "0"),
        ("dose_amount", "1e9"),
        ("dose_amount", "NaN"),
        ("dose_amount", "9" * 5000),
        ("dose_unit", "buckets"),
        ("frequency", "x" * 10_000),
        ("frequency", "daily\x00"),
        ("limit_days_per_month", "32"),
        ("limit_days_per_month", "often"),
        ("indication", "9.9"),
        ("reason", "other"),
        ("reason_text", "y" * 10_000),
        ("reason_text", "bell\x07"),
        ("effective_on", "31/02/2026"),
        ("effective_on", "99/99/9999"),
        ("effective_on", "01/01/2199"),
        ("review_on", "01/01/2001"),
        ("form_token", "zero"),
        ("form_token", ""),
    ],
)
def test_bad_input_is_told_and_what_was_typed_is_kept(
    people: People, client_of: ClientOf, field: str, wrong: str
) -> None:
    # The limit is asked for acute medicines only.
    purpose = {"purpose": "acute"} if field == "limit_days_per_month" else {}
    form = typed_start(stop_rule="no effect after 12 weeks", **{**purpose, field: wrong})
    answer = client_of(people.treating).post(page_of(people, "start"), form)
    assert answer.status_code == 422
    assert answer.context["form"].errors
    if field != "frequency":
        assert 'value="once daily"' in answer.content.decode()
    assert not MedicationChange.objects.exists()


def test_what_is_missing_is_asked_for_in_plain_words(people: People, client_of: ClientOf) -> None:
    answer = client_of(people.treating).post(page_of(people, "start"), {"form_token": str(uuid.uuid4())})
    errors = answer.context["form"].errors
    assert {field: str(sentences[0]) for field, sentences in errors.items()} == {
        "medicine": "Select the medicine",
        "purpose": "Select the purpose",
        "dose_amount": "Enter the dose",
        "dose_unit": "Select the unit",
        "frequency": "Enter how often it is taken",
        "indication": "Select the indication",
        "reason": "Select the reason",
        "effective_on": "Enter the day it holds from",
    }


def test_only_acute_medicines_are_asked_for_a_limit(people: People, client_of: ClientOf) -> None:
    give_medicines(people.patient, people.treating)
    for change in MedicationChange.objects.filter(kind="start", medicine__code__in=["candesartan", "sumatriptan"]):
        form = client_of(people.treating).get(page_of(people, "change", course_id=change.course, kind="dose_change"))
        assert ("limit_days_per_month" in form.context["form"].fields) == (change.purpose == "acute")


def test_a_file_where_none_is_expected(people: People, client_of: ClientOf) -> None:
    form: dict[str, Any] = {**typed_start(), "frequency": SimpleUploadedFile("frequency.txt", b"once daily")}
    assert client_of(people.treating).post(page_of(people, "start"), form).status_code == 422


@pytest.mark.parametrize(
    "wrong",
    [
        {"effective_on": "30/02/2026"},
        {"effective_on": "01/01/2001"},
        {"reason": "whim"},
        {"reason_text": "z" * 10_000},
        {"indication": ""},
        {"form_token": "x"},
    ],
)
def test_bad_input_on_a_change(people: People, client_of: ClientOf, wrong: dict[str, str]) -> None:
    course = started(people.patient, people.treating).course
    answer = client_of(people.treating).post(
        page_of(people, "change", course_id=course, kind="stop"), typed_change(**wrong)
    )
    assert answer.status_code == 422
    assert MedicationChange.objects.count() == 1


def test_a_change_that_does_not_fit_what_is_running(people: People, client_of: ClientOf) -> None:
    start = started(people.patient, people.treating)
    address = page_of(people, "change", course_id=start.course, kind="resume")
    assert client_of(people.treating).post(address, typed_change()).status_code == 422
    changed(start, "hold", people.treating)
    assert client_of(people.treating).post(address, typed_change()).status_code == 302


def test_the_page_costs_the_same_for_many_medicines(people: People, client_of: ClientOf) -> None:
    client = client_of(people.treating)
    started(people.patient, people.treating, medicine=make_medicine("flunarizine"))

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page_of(people)).status_code == 200
        return len(asked)

    queries()
    few = queries()
    give_medicines(people.patient, people.treating)
    assert queries() == few


def test_the_regimen_as_it_is_read(people: People, client_of: ClientOf) -> None:
    give_medicines(people.patient, people.treating)
    answer = client_of(people.colleague).get(page_of(people))
    running = {str(course.first.medicine): course for course in answer.context["running"]}
    assert set(running) == {"candesartan", "erenumab", "sumatriptan", "amitriptyline"}
    assert running["amitriptyline"].is_on_hold
    assert running["amitriptyline"].dosed.dose_text == "25 mg, night"
    assert running["candesartan"].dosed.dose_text == "24 mg, once daily"
    assert [str(course.first.medicine) for course in answer.context["past"]] == ["topiramate"]
    assert "at most 8 days a month" in answer.content.decode()
