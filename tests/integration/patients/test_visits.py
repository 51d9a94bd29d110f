"""Visits: opened, written, signed once, then addenda only."""

import datetime
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.core.writing import Refused, StaleSave
from apps.patients.models import Visit, VisitAddendum
from apps.patients.services.visits import add_addendum, open_visit, sign_visit, write_visit
from tests.factories.causes import make_red_flags
from tests.factories.visits import opened, signed
from tests.fixtures.people import People
from tests.refusals import constraint_of

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
ClientOf = Callable[[User], Client]


def page(people: People, visit: Visit) -> str:
    return reverse("patients:visit", kwargs={"patient_id": people.patient.pk, "visit_id": visit.pk})


# The rule


def test_a_stranger_opens_no_visit(people: People) -> None:
    with pytest.raises(PermissionDenied):
        opened(people.patient, people.stranger)


def test_a_visit_is_not_opened_before_its_day(people: People) -> None:
    with pytest.raises(Refused, match="before its day"):
        opened(people.patient, people.treating, visit_on=timezone.localdate() + DAY)


def test_one_open_visit_a_day_and_clinician(people: People) -> None:
    opened(people.patient, people.treating)
    with pytest.raises(Refused, match="an open visit with this patient on that day"):
        opened(people.patient, people.treating)
    opened(people.patient, people.colleague)
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        Visit.objects.create(patient=people.patient, clinician=people.treating, visit_on=timezone.localdate())
    assert constraint_of(refusal) == "patients_visit_one_open_a_day"


def test_only_the_clinician_writes_an_open_visit(people: People) -> None:
    visit = opened(people.patient, people.treating)
    with pytest.raises(Refused, match="This visit is Dr Amara Okafor's"):
        write_visit(visit=visit, expected_version=1, findings="mine", by=people.colleague)


def test_a_stale_save_changes_nothing(people: People) -> None:
    visit = opened(people.patient, people.treating)
    write_visit(visit=visit, expected_version=1, findings="first", by=people.treating)
    with pytest.raises(StaleSave):
        write_visit(visit=visit, expected_version=1, findings="second", by=people.treating)
    visit.refresh_from_db()
    assert visit.findings == "first"


def test_signing_needs_findings(people: People) -> None:
    visit = opened(people.patient, people.treating)
    with pytest.raises(Refused, match="Write the findings"):
        sign_visit(visit=visit, expected_version=1, by=people.treating)
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        Visit.objects.filter(pk=visit.pk).update(
            state="signed", signed_at=timezone.now(), signed_by=people.treating, findings=""
        )
    assert constraint_of(refusal) == "patients_visit_signed_with_findings"


@pytest.mark.parametrize("path", ["service", "update", "raw", "delete"])
def test_a_signed_visit_is_closed(people: People, path: str) -> None:
    visit = signed(people.patient, people.treating)
    rows = Visit.objects.filter(pk=visit.pk)
    if path == "service":
        with pytest.raises(Refused, match="addendum instead"):
            write_visit(visit=visit, expected_version=visit.version, findings="better", by=people.treating)
        return
    with pytest.raises(IntegrityError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        if path == "update":
            rows.update(findings="better")
        elif path == "raw":
            cursor.execute("UPDATE patients_visit SET state = 'open', signed_at = NULL, signed_by_id = NULL")
        else:
            cursor.execute("DELETE FROM patients_visit")
    assert constraint_of(refusal) == "patients_visit_signed_is_closed"


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"kind": "party"}, "patients_visit_kind_known"),
        ({"signed_at": timezone.now()}, "patients_visit_signature_paired"),
        ({"next_visit_on": timezone.localdate()}, "patients_visit_next_is_later"),
    ],
)
def test_a_visit_that_makes_no_sense_is_refused(people: People, wrong: dict[str, object], constraint: str) -> None:
    visit = opened(people.patient, people.treating)
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        Visit.objects.filter(pk=visit.pk).update(**wrong)
    assert constraint_of(refusal) == constraint


def test_addenda_go_to_signed_visits_and_stay(people: People) -> None:
    visit = opened(people.patient, people.treating)
    with pytest.raises(Refused, match="not signed yet"):
        add_addendum(visit=visit, text="too early", by=people.colleague)
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        VisitAddendum.objects.create(patient=people.patient, visit=visit, text="too early")
    assert constraint_of(refusal) == "patients_addendum_after_signature"
    write_visit(visit=visit, expected_version=1, findings="seen", by=people.treating)
    sign_visit(visit=visit, expected_version=2, by=people.treating)
    addendum = add_addendum(visit=visit, text="MRI is normal.", by=people.colleague)
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        VisitAddendum.objects.filter(pk=addendum.pk).update(text="MRI is odd.")
    assert constraint_of(refusal) == "patients_addendum_stays"
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        VisitAddendum.objects.create(patient=people.patient, visit=visit, text="")
    assert constraint_of(refusal) == "patients_addendum_not_empty"


# The pages


def test_open_write_sign_add_through_the_pages(people: People, client_of: ClientOf) -> None:
    make_red_flags(people.patient)
    client = client_of(people.treating)
    begin = reverse("patients:begin_visit", kwargs={"patient_id": people.patient.pk})
    form = client.get(begin).context["form"]
    answer = client.post(begin, {"kind": "first", "visit_on": "today", "form_token": form["form_token"].value()})
    assert answer.status_code == 422
    day = timezone.localdate().strftime("%d/%m/%Y")
    token = form["form_token"].value()
    answer = client.post(begin, {"kind": "first", "visit_on": day, "form_token": token})
    visit = Visit.objects.get()
    assert answer.url == page(people, visit)
    # Sent twice by a double click: still one visit.
    client.post(begin, {"kind": "first", "visit_on": day, "form_token": token})
    assert Visit.objects.count() == 1

    written = {"findings": "Headache on most days", "changes": "", "plan": "", "next_visit_on": "", "version": 1}
    assert client.post(page(people, visit), written).status_code == 302
    stale = client.post(page(people, visit), {**written, "findings": "typed on an old page"})
    assert stale.status_code == 409
    assert "typed on an old page" in stale.content.decode()
    assert "Headache on most days" in stale.content.decode()

    signing = client.post(page(people, visit), {**written, "version": 2, "sign": "1"})
    assert signing.status_code == 302
    visit.refresh_from_db()
    assert (visit.state, visit.signed_by) == ("signed", people.treating)

    reading = client_of(people.colleague).get(page(people, visit))
    adding = client_of(people.colleague).post(
        page(people, visit),
        {"text": "MRI is normal.", "form_token": reading.context["form"]["form_token"].value()},
    )
    assert adding.status_code == 302
    assert visit.addenda.get().created_by == people.colleague


def test_signing_without_findings_keeps_what_was_typed(people: People, client_of: ClientOf) -> None:
    visit = opened(people.patient, people.treating)
    answer = client_of(people.treating).post(
        page(people, visit), {"findings": "", "plan": "Diary every evening", "version": 1, "sign": "1"}
    )
    assert answer.status_code == 422
    assert "Write the findings" in answer.content.decode()
    visit.refresh_from_db()
    assert (visit.state, visit.plan) == ("open", "Diary every evening")
    again = client_of(people.treating).post(
        page(people, visit),
        {
            "findings": "seen",
            "plan": "Diary every evening",
            "version": answer.context["form"]["version"].value(),
            "sign": "1",
        },
    )
    assert again.status_code == 302


def test_a_colleague_reads_and_a_stranger_finds_nothing(people: People, client_of: ClientOf) -> None:
    visit = signed(people.patient, people.treating)
    assert "Neck stiff" in client_of(people.colleague).get(page(people, visit)).content.decode()
    assert client_of(people.stranger).get(page(people, visit)).status_code == 404
    assert client_of(people.intake_coordinator).get(page(people, visit)).status_code == 403


@pytest.mark.parametrize(
    "bad",
    [
        {"next_visit_on": "31/02/2027"},
        {"next_visit_on": "soon"},
        {"findings": "x" * 20_001},
        {"findings": "bell\x07"},
        {"version": "old"},
        {"version": ""},
        {"version": "99999999999999999999"},
    ],
)
def test_bad_input_is_told_and_kept(people: People, client_of: ClientOf, bad: dict[str, str]) -> None:
    visit = opened(people.patient, people.treating)
    given = {"findings": "kept text", "version": "1", **bad}
    answer = client_of(people.treating).post(page(people, visit), given)
    assert answer.status_code in (409, 422)
    if "findings" not in bad:
        assert "kept text" in answer.content.decode()
    visit.refresh_from_db()
    assert visit.findings == ""


def test_the_list_asks_the_same_number_of_questions(
    people: People, client_of: ClientOf, django_assert_max_num_queries: Callable[..., object]
) -> None:
    address = reverse("patients:visits", kwargs={"patient_id": people.patient.pk})
    client = client_of(people.treating)
    for back in range(12):
        open_visit(
            patient=people.patient,
            kind="follow_up",
            visit_on=timezone.localdate() - back * DAY,
            by=people.treating,
        )
    client.get(address)
    with django_assert_max_num_queries(19):
        client.get(address)
