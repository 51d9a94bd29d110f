"""What the database refuses about withdrawal plans, their medicines and checks, and about signals and silences."""

import json
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.core.writing import readable_refusal
from apps.patients.models import Patient
from apps.screening.models import OveruseSignal, SignalSilence, WithdrawalCheck, WithdrawalLine, WithdrawalPlan
from tests.factories.diary import make_acute_medicine
from tests.factories.patients import make_patient
from tests.factories.withdrawal import make_draft, make_running, make_signal, make_silence
from tests.fixtures.people import People
from tests.refusals import constraint_of

pytestmark = pytest.mark.django_db

NOW = "2026-11-22 10:00+00"
STEP = [{"on": "2026-12-01", "words": "3 tablets a day"}]


def refuses(rule: str, write: Callable[[], Any]) -> None:
    """The database names the rule that was broken, and has a sentence for people."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        write()
    assert constraint_of(caught) == rule
    assert not readable_refusal(caught.value).startswith("The database refused this")


def insert(model: type[models.Model], **row: Any) -> None:
    """Write a row in raw SQL, past every line of Python."""
    row = {"id": uuid.uuid4(), "created_at": timezone.now(), **row}
    values = [json.dumps(value) if isinstance(value, list) else value for value in row.values()]
    places = ", ".join(["%s"] * len(row))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} ({', '.join(row)}) VALUES ({places})",  # noqa: S608 - names written here
            values,
        )


def update(record: models.Model, change: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {record._meta.db_table} SET {change} WHERE id = %s",  # noqa: S608 - text written here
            [*values, record.pk],
        )


def delete(record: models.Model) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {record._meta.db_table} WHERE id = %s",  # noqa: S608 - the name of our own table
            [record.pk],
        )


def plan_row(patient: Patient, **changed: Any) -> dict[str, Any]:
    """A draft as a row."""
    return {
        "updated_at": timezone.now(),
        "version": 1,
        "patient_id": patient.pk,
        "state": "draft",
        "starts_on": date(2026, 11, 22),
        "place": "home",
        "bridge": "",
        "preventive": "",
        "told": "",
        "outcome": "",
        **changed,
    }


PLANS = [
    ({"place": "garden"}, "screening_withdrawal_state_known"),
    ({"signed_at": NOW, "state": "running"}, "screening_withdrawal_by_the_prescriber"),
    ({"signed_by_id": "treating"}, "screening_withdrawal_signature_paired"),
    ({"state": "running"}, "screening_withdrawal_in_force_is_signed"),
    ({"state": "draft", "signed_at": NOW, "signed_by_id": "treating"}, "screening_withdrawal_in_force_is_signed"),
    ({"state": "running", "signed_at": NOW, "signed_by_id": "colleague"}, "screening_withdrawal_by_the_prescriber"),
    ({"state": "running", "signed_at": NOW, "signed_by_id": "stranger"}, "screening_withdrawal_by_the_prescriber"),
    (
        {"state": "watching", "signed_at": NOW, "signed_by_id": "treating", "ended_on": "2026-11-22"},
        "screening_withdrawal_watch_dated",
    ),
    (
        {
            "state": "watching",
            "signed_at": NOW,
            "signed_by_id": "treating",
            "ended_on": "2026-11-22",
            "watched_until": "2026-11-22",
        },
        "screening_withdrawal_watch_dated",
    ),
    (
        {"state": "closed", "closed_at": NOW, "closed_by_id": "treating", "outcome": " \n"},
        "screening_withdrawal_closed_with_outcome",
    ),
    ({"state": "closed", "outcome": "Better"}, "screening_withdrawal_closed_with_outcome"),
    ({"closed_at": NOW}, "screening_withdrawal_closed_with_outcome"),
]


@pytest.mark.parametrize(("changed", "rule"), PLANS)
def test_a_plan_that_contradicts_itself_is_refused(people: People, changed: dict[str, Any], rule: str) -> None:
    row = {name: getattr(people, value).pk if name.endswith("_by_id") else value for name, value in changed.items()}
    refuses(rule, lambda: insert(WithdrawalPlan, **plan_row(people.patient, **row)))


def test_a_patient_has_one_open_plan(people: People) -> None:
    make_draft(people.patient, people.colleague)
    refuses("screening_one_withdrawal", lambda: insert(WithdrawalPlan, **plan_row(people.patient)))
    insert(WithdrawalPlan, **plan_row(make_patient()))


def test_only_the_prescriber_signs_whoever_asks_the_database(people: People) -> None:
    plan = make_draft(people.patient, people.colleague)
    for person in (people.colleague, people.stranger):
        refuses(
            "screening_withdrawal_by_the_prescriber",
            lambda person=person: update(  # type: ignore[misc]
                plan, "state = 'running', signed_at = now(), signed_by_id = %s", person.pk
            ),
        )
    update(plan, "state = 'running', signed_at = now(), signed_by_id = %s", people.treating.pk)


@pytest.mark.parametrize(
    "change",
    [
        "starts_on = starts_on + 1",
        "place = 'hospital'",
        "bridge = 'other'",
        "preventive = 'other'",
        "preventive_on = '2026-11-22'",
        "signed_at = now() + interval '1 hour'",
        "signed_at = NULL, signed_by_id = NULL, state = 'draft'",
    ],
)
def test_what_is_signed_stays(people: People, change: str) -> None:
    plan = make_running(people.patient, people.treating)
    refuses("screening_signed_withdrawal_stays", lambda: update(plan, change))


def test_a_signed_plan_keeps_its_patient_and_no_plan_is_deleted(people: People) -> None:
    plan = make_running(people.patient, people.treating)
    refuses("screening_signed_withdrawal_stays", lambda: update(plan, "patient_id = %s", make_patient().pk))
    refuses("screening_withdrawal_kept", lambda: delete(plan))
    refuses("screening_withdrawal_check_kept", lambda: delete(plan.checks.all()[0]))


LINES = [
    ({"way": "pray"}, "screening_withdrawal_way_whole"),
    ({"way": "limit"}, "screening_withdrawal_way_whole"),
    ({"way": "limit", "limit_days": 32}, "screening_withdrawal_way_whole"),
    ({"way": "limit", "limit_days": 8, "steps": STEP}, "screening_withdrawal_way_whole"),
    ({"way": "taper"}, "screening_withdrawal_way_whole"),
    ({"way": "taper", "steps": STEP, "limit_days": 3}, "screening_withdrawal_way_whole"),
    ({"way": "stop", "limit_days": 3}, "screening_withdrawal_way_whole"),
    ({"way": "stop", "steps": STEP}, "screening_withdrawal_way_whole"),
]


def line_row(plan: WithdrawalPlan, **changed: Any) -> dict[str, Any]:
    """A triptan that is stopped, as a row."""
    medicine = make_acute_medicine("rizatriptan")
    row = {"patient_id": plan.patient_id, "plan_id": plan.pk, "medicine_id": medicine.pk}
    return {**row, "way": "stop", "steps": [], "against": "", **changed}


@pytest.mark.parametrize(("changed", "rule"), LINES)
def test_a_half_way_of_ending_is_refused(people: People, changed: dict[str, Any], rule: str) -> None:
    plan = make_draft(people.patient, people.colleague)
    refuses(rule, lambda: insert(WithdrawalLine, **line_row(plan, **changed)))


def test_a_medicine_stands_once_in_a_plan_of_its_patient(people: People) -> None:
    plan = make_draft(people.patient, people.colleague)
    insert(WithdrawalLine, **line_row(plan))
    refuses("screening_withdrawal_medicine_once", lambda: insert(WithdrawalLine, **line_row(plan)))
    foreign = make_patient().pk
    refuses("screening_withdrawal_same_patient", lambda: insert(WithdrawalLine, **line_row(plan, patient_id=foreign)))
    refuses("screening_withdrawal_same_patient", lambda: update(plan.lines.get(), "patient_id = %s", foreign))
    delete(plan.lines.get())


def test_a_signed_plan_keeps_its_medicines(people: People) -> None:
    plan = make_running(people.patient, people.treating)
    rule = "screening_signed_withdrawal_keeps_its_lines"
    other = make_acute_medicine("naproxen", overuse_class="nsaid")
    refuses(rule, lambda: insert(WithdrawalLine, **line_row(plan, medicine_id=other.pk)))
    refuses(rule, lambda: update(plan.lines.get(), "against = 'changed'"))
    refuses(rule, lambda: delete(plan.lines.get()))
    refuses(rule, lambda: WithdrawalLine.objects.filter(plan=plan).update(way="limit", limit_days=3))


CHECKS = [
    ({"done_on": "2026-11-25"}, "screening_withdrawal_check_whole"),
    ({"found": "Well"}, "screening_withdrawal_check_whole"),
    ({"done_on": "2026-11-25", "done_by_id": "colleague", "found": " "}, "screening_withdrawal_check_whole"),
]


@pytest.mark.parametrize(("changed", "rule"), CHECKS)
def test_half_a_check_is_refused(people: People, changed: dict[str, Any], rule: str) -> None:
    plan = make_draft(people.patient, people.colleague)
    row = {name: getattr(people, value).pk if name.endswith("_by_id") else value for name, value in changed.items()}
    given = {"patient_id": plan.patient_id, "plan_id": plan.pk, "due_on": date(2030, 1, 1), "found": "", **row}
    refuses(rule, lambda: insert(WithdrawalCheck, **given))


def test_a_check_is_planned_once_a_day_for_the_patient_of_its_plan(people: People) -> None:
    plan = make_draft(people.patient, people.colleague)
    taken = plan.checks.all()[0].due_on
    row = {"patient_id": plan.patient_id, "plan_id": plan.pk, "due_on": taken, "found": ""}
    refuses("screening_withdrawal_check_once", lambda: insert(WithdrawalCheck, **row))
    foreign = {**row, "due_on": date(2030, 1, 1), "patient_id": make_patient().pk}
    refuses("screening_withdrawal_same_patient", lambda: insert(WithdrawalCheck, **foreign))


SIGNALS = [
    ({"level": "loud"}, "screening_signal_known"),
    ({"subject": ""}, "screening_signal_known"),
    ({"action": "Spoke"}, "screening_signal_answered_whole"),
    ({"answered_at": NOW}, "screening_signal_answered_whole"),
    ({"state": "passed"}, "screening_signal_answered_whole"),
    ({"state": "passed", "answered_at": NOW, "answered_by_id": "colleague"}, "screening_signal_answered_whole"),
    (
        {"state": "acted_on", "answered_at": NOW, "answered_by_id": "colleague", "action": " "},
        "screening_signal_answered_whole",
    ),
    ({"state": "silenced", "answered_at": NOW, "action": "Agreed"}, "screening_signal_answered_whole"),
]


@pytest.mark.parametrize(("changed", "rule"), SIGNALS)
def test_half_a_signal_is_refused(people: People, changed: dict[str, Any], rule: str) -> None:
    row = {name: getattr(people, value).pk if name.endswith("_by_id") else value for name, value in changed.items()}
    given = {
        "patient_id": people.patient.pk,
        "subject": "all",
        "level": "reached",
        "days": 12,
        "window_ends_on": date(2026, 11, 22),
        "state": "open",
        "action": "",
        **row,
    }
    refuses(rule, lambda: insert(OveruseSignal, **given))


def test_one_signal_is_open_and_an_answered_one_stays(people: People, colleague: User) -> None:
    signal = make_signal(people.patient)
    refuses("screening_one_open_signal", lambda: make_signal(people.patient))
    update(signal, "level = 'near', days = 9")
    update(signal, "state = 'acted_on', answered_at = now(), answered_by_id = %s, action = 'Spoke'", colleague.pk)
    make_signal(people.patient)
    refuses("screening_answered_signal_stays", lambda: update(signal, "action = 'other'"))
    refuses("screening_signal_kept", lambda: delete(signal))


SILENCES = [
    ({"until": date(2026, 11, 21)}, "screening_silence_ends"),
    ({"until": date(2026, 11, 22) + timedelta(days=367)}, "screening_silence_ends"),
    ({"reason": " "}, "screening_silence_says_why"),
    ({"subject": ""}, "screening_silence_says_why"),
    ({"lifted_at": NOW}, "screening_silence_lifted_whole"),
]


@pytest.mark.parametrize(("changed", "rule"), SILENCES)
def test_a_silence_without_end_or_reason_is_refused(people: People, changed: dict[str, Any], rule: str) -> None:
    given = {
        "patient_id": people.patient.pk,
        "subject": "all",
        "starts_on": date(2026, 11, 22),
        "until": date(2026, 12, 22),
        "reason": "Planned",
        **changed,
    }
    refuses(rule, lambda: insert(SignalSilence, **given))


def test_a_silence_is_never_deleted(people: People) -> None:
    silence = make_silence(people.patient, people.colleague)
    refuses("screening_silence_kept", lambda: delete(silence))
