"""Proposals and emergency stops: their tables and guards exist before their pages."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.patients.models import Patient
from apps.patients.services.prescribers import name_designated_prescriber
from apps.treatment.choices import ChangeKind
from apps.treatment.models import EmergencyStop, MedicationChange, MedicationProposal
from apps.treatment.selectors.medication import current_regimen
from tests.factories.treatment import changed, make_medicine, started
from tests.fixtures.people import People
from tests.refusals import constraint_of

pytestmark = pytest.mark.django_db


def proposal(people: People, **more: object) -> MedicationProposal:
    given = {
        "patient": people.patient,
        "proposed_by": people.colleague,
        "kind": "start",
        "medicine": make_medicine("magnesium"),
        "reason": "asked for by the patient",
        **more,
    }
    return MedicationProposal.objects.create(**given)


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"kind": "swap"}, "treatment_proposal_kind_known"),
        ({"reason": ""}, "treatment_proposal_reason_given"),
        ({"answered_at": timezone.now()}, "treatment_proposal_answer_paired"),
        ({"state": "declined"}, "treatment_proposal_begins_open"),
    ],
)
def test_a_proposal_that_makes_no_sense_is_refused(people: People, wrong: dict[str, object], constraint: str) -> None:
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        proposal(people, **wrong)
    assert constraint_of(refusal) == constraint


@pytest.mark.parametrize(
    ("by", "answer", "constraint"),
    [
        ("colleague", {"state": "declined", "answer_reason": "no"}, "treatment_proposal_answered_by_the_prescriber"),
        ("stranger", {"state": "declined", "answer_reason": "no"}, "treatment_proposal_answered_by_the_prescriber"),
        ("treating", {"state": "declined"}, "treatment_proposal_no_without_reason"),
        ("treating", {"state": "accepted"}, "treatment_proposal_accepted_is_in_ledger"),
        ("treating", {"state": "withdrawn"}, "treatment_proposal_withdrawn_by_its_author"),
        ("treating", {"state": "lost"}, "treatment_proposal_state_known"),
        ("colleague", {"state": "open", "reason": "rewritten"}, "treatment_proposal_stays"),
    ],
)
def test_a_proposal_is_answered_by_the_prescriber_alone(
    people: People, by: str, answer: dict[str, object], constraint: str
) -> None:
    made = proposal(people)
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        MedicationProposal.objects.filter(pk=made.pk).update(
            answered_by=getattr(people, by), answered_at=timezone.now(), **answer
        )
    assert constraint_of(refusal) == constraint


def test_an_accepted_proposal_names_its_change_and_is_final(people: People) -> None:
    made = proposal(people)
    rows = MedicationProposal.objects.filter(pk=made.pk)
    other = Patient.objects.create(given_name="A", family_name="B", date_of_birth=datetime.date(1990, 1, 1))
    name_designated_prescriber(patient=other, prescriber=people.treating, reason="new", by=people.manager)
    answer = {"state": "accepted", "answered_by": people.treating, "answered_at": timezone.now()}
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        rows.update(change=started(other, people.treating), **answer)
    assert constraint_of(refusal) == "treatment_proposal_names_its_change"
    rows.update(change=started(people.patient, people.treating), **answer)
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        rows.update(state="open", answered_by=None, answered_at=None, change=None)
    assert constraint_of(refusal) == "treatment_proposal_answer_stays"
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        rows.delete()
    assert constraint_of(refusal) == "treatment_proposal_is_never_deleted"


def emergency_stop(people: People, start: MedicationChange, **more: object) -> EmergencyStop:
    given = {
        "patient": people.patient,
        "course": start.course,
        "medicine": start.medicine,
        "stopped_by": people.colleague,
        "reason": "angio-oedema",
        **more,
    }
    return EmergencyStop.objects.create(**given)


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"reason": ""}, "treatment_emergency_stop_reason_given"),
        ({"state": "confirmed"}, "treatment_emergency_stop_begins_waiting"),
        ({"decided_at": timezone.now()}, "treatment_emergency_stop_decision_paired"),
    ],
)
def test_an_emergency_stop_that_makes_no_sense_is_refused(
    people: People, wrong: dict[str, object], constraint: str
) -> None:
    start = started(people.patient, people.treating)
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        emergency_stop(people, start, **wrong)
    assert constraint_of(refusal) == constraint


def test_an_emergency_stop_waits_for_the_prescriber(people: People) -> None:
    start = started(people.patient, people.treating)
    stop = emergency_stop(people, start)
    rows = EmergencyStop.objects.filter(pk=stop.pk)
    assert current_regimen(people.patient)[0].emergency_stop == stop
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        emergency_stop(people, start)
    assert constraint_of(refusal) == "treatment_one_emergency_stop_waiting"

    decision = {"decided_at": timezone.now(), "decision_note": "looked"}
    for by, state, constraint in (
        (people.colleague, "reversed", "treatment_emergency_stop_decided_by_the_prescriber"),
        (people.treating, "confirmed", "treatment_emergency_stop_confirmed_is_in_ledger"),
        (people.treating, "lost", "treatment_emergency_stop_state_known"),
    ):
        with pytest.raises(IntegrityError) as refusal, transaction.atomic():
            rows.update(state=state, decided_by=by, **decision)
        assert constraint_of(refusal) == constraint
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        rows.update(reason="something milder")
    assert constraint_of(refusal) == "treatment_emergency_stop_stays"
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        rows.update(state="confirmed", decided_by=people.treating, change=start, **decision)
    assert constraint_of(refusal) == "treatment_emergency_stop_names_its_change"

    stopped = changed(start, ChangeKind.STOP, people.treating)
    rows.update(state="confirmed", decided_by=people.treating, change=stopped, **decision)
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        rows.update(decision_note="rewritten")
    assert constraint_of(refusal) == "treatment_emergency_stop_decision_stays"
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        rows.delete()
    assert constraint_of(refusal) == "treatment_emergency_stop_is_never_deleted"
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        emergency_stop(people, start)
    assert constraint_of(refusal) == "treatment_emergency_stop_of_a_running_medicine"
