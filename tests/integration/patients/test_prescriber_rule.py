"""One designated prescriber per patient, on every write path."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from psycopg.types.range import TimestamptzRange

from apps.accounts.models import PrescriberCredential
from apps.core.writing import Refused, SystemProcess
from apps.patients.choices import DesignationKind, HandoverState
from apps.patients.models import CareTeamMembership, Patient, PrescriberDesignation, PrescriberHandover
from apps.patients.selectors.prescribers import (
    effective_prescriber_id,
    eligible_prescribers,
    may_change_medicines,
    prescribing_of,
)
from apps.patients.services.prescribers import arrange_cover, end_cover, name_designated_prescriber
from tests.factories.accounts import make_credential, make_prescriber, make_user
from tests.fixtures.people import People, join_care_team
from tests.refusals import constraint_of

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def designation(patient: Patient, prescriber: object, **changed: object) -> PrescriberDesignation:
    given = {
        "kind": DesignationKind.DESIGNATED,
        "period": TimestamptzRange(timezone.now(), None, "[)"),
        "reason": "tested",
        **changed,
    }
    return PrescriberDesignation(patient=patient, prescriber=prescriber, **given)


def another_patient() -> Patient:
    return Patient.objects.create(given_name="Noor", family_name="Haddad", date_of_birth=datetime.date(1990, 5, 4))


def cover_for(people: People, *, days: float = 7, begins: datetime.datetime | None = None) -> PrescriberDesignation:
    begins = begins or timezone.now() - DAY
    return arrange_cover(
        patient=people.patient,
        prescriber=people.stranger,
        begins=begins,
        ends=begins + days * DAY,
        reason="leave",
        by=people.treating,
    )


def the_database_checks_now() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


# Who is it


def test_the_designated_prescriber_is_in_charge(people: People) -> None:
    assert effective_prescriber_id(people.patient.pk) == people.treating.pk
    assert prescribing_of(people.patient).effective == people.treating


def test_nobody_is_in_charge_before_somebody_is_named(people: People) -> None:
    fresh = another_patient()
    assert effective_prescriber_id(fresh.pk) is None
    assert prescribing_of(fresh).effective is None


def test_cover_goes_before_the_designated_prescriber_and_ends_by_itself(people: People) -> None:
    cover = cover_for(people, days=7)
    assert effective_prescriber_id(people.patient.pk) == people.stranger.pk
    assert effective_prescriber_id(people.patient.pk, cover.period.upper) == people.treating.pk
    assert may_change_medicines(people.stranger, people.patient)
    assert not may_change_medicines(people.treating, people.patient)


def test_a_credential_that_ran_out_yesterday_no_longer_prescribes(people: People) -> None:
    PrescriberCredential.objects.filter(user=people.treating).update(valid_to=timezone.localdate() - DAY)
    assert people.treating not in eligible_prescribers()
    assert not may_change_medicines(people.treating, people.patient)


# Naming: the three people, and the manager


def test_naming_ends_the_old_designation_and_begins_the_new_one_without_a_gap(people: People) -> None:
    successor = make_prescriber(full_name="Dr Lea Weiss")
    new = name_designated_prescriber(
        patient=people.patient, prescriber=successor, reason="moves away", by=people.treating
    )
    old = PrescriberDesignation.objects.get(prescriber=people.treating)
    assert old.period.upper == new.period.lower
    assert effective_prescriber_id(people.patient.pk) == successor.pk
    assert CareTeamMembership.objects.filter(patient=people.patient, member=successor).exists()


@pytest.mark.parametrize("who", ["colleague", "stranger", "intake_coordinator", "auditor"])
def test_others_do_not_replace_the_prescriber(people: People, who: str) -> None:
    with pytest.raises((Refused, PermissionDenied)):
        name_designated_prescriber(
            patient=people.patient, prescriber=people.stranger, reason="I think so", by=getattr(people, who)
        )
    assert effective_prescriber_id(people.patient.pk) == people.treating.pk


def test_the_manager_replaces_a_prescriber_and_the_coordinator_names_the_first(people: People) -> None:
    name_designated_prescriber(
        patient=people.patient, prescriber=people.stranger, reason="left the clinic", by=people.manager
    )
    assert effective_prescriber_id(people.patient.pk) == people.stranger.pk
    fresh = another_patient()
    name_designated_prescriber(
        patient=fresh, prescriber=people.treating, reason="first visit", by=people.intake_coordinator
    )
    assert effective_prescriber_id(fresh.pk) == people.treating.pk


def test_somebody_without_a_credential_is_refused_with_a_sentence(people: People) -> None:
    with pytest.raises(Refused, match="prescriber credential valid on that day"):
        name_designated_prescriber(
            patient=people.patient, prescriber=people.physician, reason="why not", by=people.treating
        )
    assert effective_prescriber_id(people.patient.pk) == people.treating.pk


def test_naming_the_same_person_again_is_refused(people: People) -> None:
    with pytest.raises(Refused, match="already"):
        name_designated_prescriber(
            patient=people.patient, prescriber=people.treating, reason="again", by=people.treating
        )


def test_the_covering_person_can_become_the_designated_one(people: People) -> None:
    cover_for(people)
    name_designated_prescriber(patient=people.patient, prescriber=people.stranger, reason="stays", by=people.treating)
    the_database_checks_now()
    now = prescribing_of(people.patient)
    assert now.designated is not None
    assert now.designated.prescriber == people.stranger
    assert now.cover is None


def test_care_taken_over_from_paper_is_dated_back(people: People) -> None:
    since = timezone.now() - 200 * DAY
    fresh = another_patient()
    name_designated_prescriber(
        patient=fresh, prescriber=people.treating, reason="paper", since=since, by=SystemProcess("import")
    )
    assert effective_prescriber_id(fresh.pk, since + DAY) == people.treating.pk


# The database's own refusals, past every service


@pytest.mark.parametrize("path", ["save", "bulk_create", "raw"])
def test_two_designated_prescribers_at_once_are_impossible(people: People, path: str) -> None:
    second = designation(people.patient, people.stranger)
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        if path == "save":
            second.save()
        elif path == "bulk_create":
            PrescriberDesignation.objects.bulk_create([second])
        else:
            with connection.cursor() as cursor:
                cursor.execute(
                    "INSERT INTO patients_prescriberdesignation "
                    "(id, created_at, patient_id, prescriber_id, kind, period, reason) "
                    "VALUES (gen_random_uuid(), now(), %s, %s, 'designated', tstzrange(now(), NULL), 'raw')",
                    [people.patient.pk, people.stranger.pk],
                )
    assert constraint_of(refusal) == "patients_one_prescriber_at_a_time"


@pytest.mark.parametrize(
    ("changed", "constraint"),
    [
        ({"period": TimestamptzRange(None, None)}, "patients_designation_has_a_beginning"),
        ({"period": TimestamptzRange(empty=True)}, "patients_designation_has_a_beginning"),
        (
            {"kind": "owner", "period": TimestamptzRange(timezone.now(), timezone.now() + DAY)},
            "patients_designation_kind_known",
        ),
        ({"reason": ""}, "patients_designation_reason_given"),
        ({"kind": "cover"}, "patients_cover_has_an_end"),
    ],
)
def test_a_designation_that_makes_no_sense_is_refused(
    people: People, changed: dict[str, object], constraint: str
) -> None:
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        designation(another_patient(), people.treating, **changed).save()
    # Without a beginning there is no day on which a credential could be valid; either refusal is right.
    assert constraint_of(refusal) in {constraint, "patients_designation_needs_credential"}


def test_the_sentence_without_a_beginning_is_its_own(people: People) -> None:
    row = designation(another_patient(), people.treating, kind="cover")
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        row.save()
    assert constraint_of(refusal) == "patients_cover_has_an_end"


@pytest.mark.parametrize("reason", ["no credential", "deactivated", "runs out before"])
def test_only_an_active_person_with_a_valid_credential_can_be_written(people: People, reason: str) -> None:
    person = make_user()
    if reason == "deactivated":
        make_credential(person)
        type(person).objects.filter(pk=person.pk).update(is_active=False, deactivated_at=timezone.now())
    if reason == "runs out before":
        make_credential(person, valid_to=timezone.localdate() - DAY)
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        designation(another_patient(), person).save()
    assert constraint_of(refusal) == "patients_designation_needs_credential"


def test_a_designation_is_ended_but_never_rewritten_or_deleted(people: People) -> None:
    rows = PrescriberDesignation.objects.filter(patient=people.patient)
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        rows.update(prescriber=people.stranger)
    assert constraint_of(refusal) == "patients_designation_is_never_rewritten"
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        rows.update(period=TimestamptzRange(timezone.now() - 90 * DAY, None))
    assert constraint_of(refusal) == "patients_designation_is_never_rewritten"
    with pytest.raises(IntegrityError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM patients_prescriberdesignation WHERE patient_id = %s", [people.patient.pk])
    assert constraint_of(refusal) == "patients_designation_is_never_deleted"


def test_what_is_over_stays_over(people: People) -> None:
    name_designated_prescriber(patient=people.patient, prescriber=people.stranger, reason="moves", by=people.treating)
    old = PrescriberDesignation.objects.get(prescriber=people.treating)
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        PrescriberDesignation.objects.filter(pk=old.pk).update(period=TimestamptzRange(old.period.lower, None))
    assert constraint_of(refusal) == "patients_designation_past_stays"


# Cover


def test_cover_outside_a_designation_is_refused_at_the_end_of_the_transaction(people: People) -> None:
    begins = timezone.now() - 60 * DAY  # the designation began thirty days ago
    designation(
        people.patient, people.stranger, kind="cover", period=TimestamptzRange(begins, begins + 40 * DAY)
    ).save()
    with pytest.raises(IntegrityError) as refusal:
        the_database_checks_now()
    assert constraint_of(refusal) == "patients_cover_inside_designation"


def test_a_designation_cannot_end_under_a_running_cover(people: People) -> None:
    cover_for(people)
    row = PrescriberDesignation.objects.get(prescriber=people.treating)
    row.period = TimestamptzRange(row.period.lower, timezone.now() + DAY)
    row.save(update_fields=["period"])
    with pytest.raises(IntegrityError) as refusal:
        the_database_checks_now()
    assert constraint_of(refusal) == "patients_cover_inside_designation"


def test_nobody_covers_for_themselves(people: People) -> None:
    period = TimestamptzRange(timezone.now(), timezone.now() + DAY)
    designation(people.patient, people.treating, kind="cover", period=period).save()
    with pytest.raises(IntegrityError) as refusal:
        the_database_checks_now()
    assert constraint_of(refusal) == "patients_cover_by_somebody_else"


def test_two_covers_at_once_are_refused_with_a_sentence(people: People) -> None:
    cover_for(people)
    with pytest.raises(Refused, match="at most one cover"):
        cover_for(people, begins=timezone.now() + DAY)


def test_cover_is_ended_early_and_then_over(people: People) -> None:
    cover = cover_for(people)
    end_cover(cover=cover, by=people.treating)
    assert effective_prescriber_id(people.patient.pk) == people.treating.pk
    with pytest.raises(Refused, match="not running"):
        end_cover(cover=cover, by=people.treating)


def test_cover_that_ends_before_it_begins_is_refused(people: People) -> None:
    with pytest.raises(Refused, match="end after it begins"):
        cover_for(people, days=-1)


# People who prescribe stay


@pytest.mark.parametrize("path", ["update", "raw", "delete"])
def test_a_prescriber_cannot_be_deactivated_or_deleted(people: People, path: str) -> None:
    users = type(people.treating).objects.filter(pk=people.treating.pk)
    with pytest.raises(IntegrityError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        if path == "update":
            users.update(is_active=False, deactivated_at=timezone.now())
        elif path == "raw":
            cursor.execute(
                "UPDATE accounts_user SET is_active = false, deactivated_at = now() WHERE id = %s",
                [people.treating.pk],
            )
        else:
            cursor.execute("DELETE FROM accounts_user WHERE id = %s", [people.treating.pk])
    assert constraint_of(refusal) == "accounts_user_prescriber_stays_active"
    assert "Hand them over first" in str(refusal.value)


# Handover: the table and its guard exist before its pages


def handover(people: People, **changed: object) -> PrescriberHandover:
    given = {
        "patient": people.patient,
        "offered_by": people.treating,
        "offered_to": people.stranger,
        "brief": "Topiramate stopped, erenumab running; overuse watched.",
        "effective_at": timezone.now(),
        **changed,
    }
    return PrescriberHandover(**given)


@pytest.mark.parametrize(
    ("changed", "constraint"),
    [
        ({"brief": ""}, "patients_handover_has_a_brief"),
        ({"state": "lost", "answered_at": timezone.now()}, "patients_handover_state_known"),
        ({"state": HandoverState.REFUSED}, "patients_handover_answer_paired"),
        ({"state": HandoverState.ACCEPTED, "answered_at": timezone.now()}, "patients_handover_accepted_is_in_force"),
    ],
)
def test_a_handover_that_makes_no_sense_is_refused(people: People, changed: dict[str, object], constraint: str) -> None:
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        handover(people, **changed).save()
    assert constraint_of(refusal) == constraint


def test_a_handover_goes_to_somebody_else(people: People) -> None:
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        handover(people, offered_to=people.treating).save()
    assert constraint_of(refusal) == "patients_handover_to_somebody_else"


def test_one_open_handover_a_patient_and_answers_stay(people: People) -> None:
    first = handover(people)
    first.save()
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        handover(people).save()
    assert constraint_of(refusal) == "patients_one_open_handover"
    first.state, first.answered_at = HandoverState.REFUSED, timezone.now()
    first.save()
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        PrescriberHandover.objects.filter(pk=first.pk).update(state=HandoverState.OFFERED, answered_at=None)
    assert constraint_of(refusal) == "patients_handover_answer_stays"
    with pytest.raises(IntegrityError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM patients_prescriberhandover WHERE id = %s", [first.pk])
    assert constraint_of(refusal) == "patients_handover_is_never_deleted"


def test_an_accepted_handover_names_the_right_designation(people: People) -> None:
    offered = handover(people)
    offered.save()
    wrong = PrescriberDesignation.objects.get(prescriber=people.treating)
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        PrescriberHandover.objects.filter(pk=offered.pk).update(
            state=HandoverState.ACCEPTED, answered_at=timezone.now(), designation=wrong
        )
    assert constraint_of(refusal) == "patients_handover_designation_matches"


def test_the_care_team_does_not_grow_twice(people: People) -> None:
    successor = make_prescriber()
    join_care_team(successor, people.patient)
    name_designated_prescriber(patient=people.patient, prescriber=successor, reason="moves", by=people.treating)
    assert CareTeamMembership.objects.filter(patient=people.patient, member=successor).count() == 1
