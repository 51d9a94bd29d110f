"""The medication ledger: only the effective prescriber, in order, never rewritten, on every write path."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from psycopg.types.range import TimestamptzRange

from apps.accounts.models import PrescriberCredential
from apps.core.writing import AlreadySaved, Refused
from apps.patients.models import Patient, PrescriberDesignation
from apps.patients.services.prescribers import arrange_cover, name_designated_prescriber
from apps.patients.services.visits import open_visit, sign_visit, write_visit
from apps.treatment.choices import ChangeKind, ChangeReason, Indication, Purpose
from apps.treatment.models import MedicationChange
from apps.treatment.selectors.medication import courses_of, current_regimen
from apps.treatment.services.medication import Dose, Why, change_medicine
from tests.factories.accounts import make_prescriber
from tests.factories.treatment import changed, course_after, ledger_row, make_medicine, started
from tests.fixtures.people import People
from tests.refusals import constraint_of

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def the_database_checks_now() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


# Who may


def test_the_designated_prescriber_starts_a_medicine(people: People) -> None:
    change = started(people.patient, people.treating)
    assert [course.first for course in current_regimen(people.patient)] == [change]
    assert change.author == people.treating
    assert abs(change.recorded_at - timezone.now()) < DAY


@pytest.mark.parametrize("who", ["colleague", "stranger", "physician", "manager", "pharmacist"])
@pytest.mark.parametrize("path", ["service", "save", "bulk_create", "raw"])
def test_nobody_else_does_on_any_path(people: People, who: str, path: str) -> None:
    author = getattr(people, who)
    row = ledger_row(people.patient, author)
    if path == "service":
        with pytest.raises(Refused, match="Only Dr Amara Okafor changes this patient's medicines"):
            started(people.patient, author)
    else:
        with pytest.raises(IntegrityError) as refusal, transaction.atomic():
            if path == "save":
                row.save()
            elif path == "bulk_create":
                MedicationChange.objects.bulk_create([row])
            else:
                insert_raw(row)
        assert constraint_of(refusal) == "treatment_ledger_by_the_prescriber"
    assert not MedicationChange.objects.exists()


def insert_raw(row: MedicationChange) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO treatment_medicationchange (id, patient_id, course, position, kind, medicine_id, purpose,"
            " dose_amount, dose_unit, frequency, indication, reason, reason_text, stop_rule, effective_on, author_id,"
            " recorded_at) VALUES (%s, %s, %s, 1, 'start', %s, 'preventive', 16, 'mg', 'once daily', '1.3',"
            " 'new_treatment', '', '', current_date, %s, '2020-01-01')",
            [row.pk, row.patient_id, row.course, row.medicine_id, row.author_id],
        )


def test_the_time_of_writing_comes_from_the_database(people: People) -> None:
    row = ledger_row(people.patient, people.treating)
    insert_raw(row)
    row.refresh_from_db()
    assert abs(row.recorded_at - timezone.now()) < DAY


def test_while_cover_runs_only_the_cover_writes(people: People) -> None:
    now = timezone.now()
    arrange_cover(
        patient=people.patient,
        prescriber=people.stranger,
        begins=now - DAY,
        ends=now + DAY,
        reason="leave",
        by=people.treating,
    )
    started(people.patient, people.stranger)
    with pytest.raises(Refused, match="Only Dr Sven Lindqvist"):
        started(people.patient, people.treating, medicine=make_medicine("topiramate"))


def test_without_a_prescriber_nothing_is_written(people: People) -> None:
    fresh = Patient.objects.create(given_name="A", family_name="B", date_of_birth=datetime.date(1990, 1, 1))
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        ledger_row(fresh, people.treating).save()
    assert constraint_of(refusal) == "treatment_ledger_needs_a_prescriber"


def test_an_expired_credential_writes_nothing(people: People) -> None:
    PrescriberCredential.objects.filter(user=people.treating).update(valid_to=timezone.localdate() - DAY)
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        ledger_row(people.patient, people.treating).save()
    assert constraint_of(refusal) == "treatment_ledger_needs_a_credential"


# Never rewritten


@pytest.mark.parametrize("path", ["update", "save", "delete", "raw update", "raw delete", "truncate"])
def test_a_row_stays_as_it_was_written(people: People, path: str) -> None:
    change = started(people.patient, people.treating)
    rows = MedicationChange.objects.filter(pk=change.pk)
    the_database_checks_now()
    with pytest.raises(IntegrityError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        if path == "update":
            rows.update(dose_amount=8)
        elif path == "save":
            change.dose_amount = 8
            change.save()
        elif path == "delete":
            rows.delete()
        elif path == "raw update":
            cursor.execute("UPDATE treatment_medicationchange SET author_id = %s", [people.stranger.pk])
        elif path == "raw delete":
            cursor.execute("DELETE FROM treatment_medicationchange")
        else:
            cursor.execute("TRUNCATE treatment_medicationchange CASCADE")
    assert constraint_of(refusal).startswith("treatment_ledger_stays")


def test_a_designation_cannot_be_written_under_earlier_changes(people: People) -> None:
    started(people.patient, people.treating)
    PrescriberDesignation(
        patient=people.patient,
        prescriber=people.stranger,
        kind="cover",
        period=TimestamptzRange(timezone.now() - DAY, timezone.now() + DAY),
        reason="backdated",
    ).save()
    with pytest.raises(IntegrityError) as refusal:
        the_database_checks_now()
    assert constraint_of(refusal) == "treatment_designation_keeps_ledger"


# In order


def test_dose_hold_resume_stop(people: People) -> None:
    start = started(people.patient, people.treating)
    changed(start, ChangeKind.DOSE_CHANGE, people.treating, dose=Dose(32, "mg", "once daily"))
    changed(start, ChangeKind.HOLD, people.treating)
    course = course_after(start)
    assert course.is_on_hold
    assert course.dosed.dose_text == "32 mg, once daily"
    changed(start, ChangeKind.RESUME, people.treating)
    changed(start, ChangeKind.STOP, people.treating)
    assert current_regimen(people.patient) == []
    assert course_after(start).stopped_on == timezone.localdate()


@pytest.mark.parametrize(
    ("before", "kind", "constraint"),
    [
        ([], "resume", "treatment_ledger_hold_then_resume"),
        (["hold"], "hold", "treatment_ledger_hold_then_resume"),
        (["hold"], "dose_change", "treatment_ledger_hold_then_resume"),
        (["stop"], "dose_change", "treatment_ledger_nothing_after_a_stop"),
        (["stop"], "stop", "treatment_ledger_nothing_after_a_stop"),
        ([], "start", "treatment_ledger_starts_once"),
    ],
)
def test_what_does_not_follow_is_refused(people: People, before: list[str], kind: str, constraint: str) -> None:
    start = started(people.patient, people.treating)
    for earlier in before:
        changed(start, earlier, people.treating)
    row = ledger_row(people.patient, people.treating, course=start.course, position=2 + len(before), kind=kind)
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        row.save()
    assert constraint_of(refusal) == constraint


def test_nothing_changes_that_was_never_started(people: People) -> None:
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        ledger_row(people.patient, people.treating, kind="stop", position=2).save()
    assert constraint_of(refusal) == "treatment_ledger_starts_with_a_start"


def test_a_course_keeps_its_medicine_and_its_count(people: People) -> None:
    start = started(people.patient, people.treating)
    for wrong in ({"medicine": make_medicine("topiramate"), "position": 2}, {"position": 3}):
        with pytest.raises(IntegrityError) as refusal, transaction.atomic():
            ledger_row(people.patient, people.treating, course=start.course, kind="dose_change", **wrong).save()
        assert constraint_of(refusal) == "treatment_ledger_follows_the_last"


def test_a_change_does_not_hold_from_before_the_last(people: People) -> None:
    start = started(people.patient, people.treating)
    with pytest.raises(Refused, match="can't hold from an earlier day"):
        changed(start, ChangeKind.STOP, people.treating, effective_on=start.effective_on - DAY)
    row = ledger_row(
        people.patient,
        people.treating,
        course=start.course,
        position=2,
        kind="stop",
        effective_on=start.effective_on - DAY,
    )
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        row.save()
    assert constraint_of(refusal) == "treatment_ledger_days_in_order"


def test_a_switch_replaces_a_stopped_medicine(people: People) -> None:
    start = started(people.patient, people.treating)
    switch = {"kind": "switch", "medicine": make_medicine("erenumab")}
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        ledger_row(people.patient, people.treating, **switch).save()
    assert constraint_of(refusal) == "treatment_ledger_switch_replaces"
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        ledger_row(people.patient, people.treating, replaces=start, **switch).save()
    assert constraint_of(refusal) == "treatment_ledger_switch_from_a_stop"
    stop = changed(start, ChangeKind.STOP, people.treating)
    ledger_row(people.patient, people.treating, replaces=stop, **switch).save()
    assert len(courses_of(people.patient)) == 2


def test_a_change_belongs_to_an_open_visit_of_the_same_patient(people: People) -> None:
    visit = open_visit(patient=people.patient, kind="follow_up", visit_on=timezone.localdate(), by=people.treating)
    change = started(people.patient, people.treating, visit=visit)
    assert change.visit == visit
    write_visit(visit=visit, expected_version=1, findings="seen", by=people.treating)
    sign_visit(visit=visit, expected_version=2, by=people.treating)
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        ledger_row(people.patient, people.treating, medicine=make_medicine("topiramate"), visit=visit).save()
    assert constraint_of(refusal) == "treatment_ledger_at_an_open_visit"


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"kind": "swap"}, "treatment_ledger_kind_known"),
        ({"purpose": "fun"}, "treatment_ledger_purpose_known"),
        ({"indication": "9.9"}, "treatment_ledger_indication_known"),
        ({"reason": "because"}, "treatment_ledger_reason_known"),
        ({"reason": ChangeReason.OTHER}, "treatment_ledger_other_is_explained"),
        ({"indication": Indication.OTHER}, "treatment_ledger_other_is_explained"),
        ({"dose_unit": ""}, "treatment_ledger_dose_with_unit"),
        ({"dose_amount": 0}, "treatment_ledger_dose_with_unit"),
        ({"frequency": ""}, "treatment_ledger_says_how_much"),
        ({"limit_days_per_month": 8}, "treatment_ledger_limit_for_acute"),
        ({"limit_days_per_month": 32, "purpose": Purpose.ACUTE}, "treatment_ledger_limit_for_acute"),
    ],
)
def test_a_row_that_makes_no_sense_is_refused(people: People, wrong: dict[str, object], constraint: str) -> None:
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        ledger_row(people.patient, people.treating, **wrong).save()
    refused_by = constraint_of(refusal)
    # A kind outside the list is taken for a change of something that was never started.
    assert refused_by in {constraint, "treatment_ledger_starts_with_a_start"}


def test_every_position_is_given_once(people: People) -> None:
    assert "treatment_ledger_in_order" in {constraint.name for constraint in MedicationChange._meta.constraints}
    start = started(people.patient, people.treating)
    the_database_checks_now()
    with connection.cursor() as cursor, pytest.raises(IntegrityError) as refusal, transaction.atomic():
        cursor.execute("ALTER TABLE treatment_medicationchange DISABLE TRIGGER treatment_ledger_guard")
        ledger_row(people.patient, people.treating, course=start.course).save()
    assert constraint_of(refusal) == "treatment_ledger_in_order"


# The service's own sentences


def test_the_same_medicine_is_not_started_twice(people: People) -> None:
    started(people.patient, people.treating)
    with pytest.raises(Refused, match="running already"):
        started(people.patient, people.treating)


def test_a_withdrawn_medicine_is_not_started(people: People) -> None:
    with pytest.raises(Refused, match="no longer in the catalogue"):
        started(people.patient, people.treating, medicine=make_medicine("butterbur", active=False))


def test_somebody_who_looks_at_an_old_page_is_told(people: People) -> None:
    start = started(people.patient, people.treating)
    old = course_after(start)
    changed(start, ChangeKind.HOLD, people.treating)
    with pytest.raises(Refused, match="by somebody else meanwhile"):
        change_medicine(
            course=old,
            kind=ChangeKind.STOP,
            why=Why(Indication.CHRONIC_MIGRAINE, ChangeReason.SIDE_EFFECT),
            effective_on=timezone.localdate(),
            by=people.treating,
        )


def test_a_form_sent_twice_writes_once(people: People) -> None:
    token = "6f1c1f0e-8f5e-4d3f-9a55-0f9d7f2d3c11"
    started(people.patient, people.treating, form_token=token)
    with pytest.raises(AlreadySaved):
        started(people.patient, people.treating, form_token=token)
    assert MedicationChange.objects.count() == 1


def test_after_a_handover_the_next_prescriber_goes_on(people: People) -> None:
    start = started(people.patient, people.treating)
    successor = make_prescriber(full_name="Dr Lea Weiss")
    name_designated_prescriber(patient=people.patient, prescriber=successor, reason="moves", by=people.treating)
    with pytest.raises(Refused, match="Only Dr Lea Weiss"):
        changed(start, ChangeKind.STOP, people.treating)
    assert changed(start, ChangeKind.STOP, successor).author == successor
