"""What the database refuses about sleep screens and sleep studies, also when nobody asks the services."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from apps.accounts.models import User
from apps.patients.models import Patient
from apps.screening.choices import ReferralState
from apps.screening.models import SleepReferral, SleepScreen
from tests.factories.sleep import make_sleep_screen, make_sleep_study
from tests.integration.screening.test_database_rules import refused

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 2)
NEXT_DAY = DAY + timedelta(days=1)
ORDERED = {"state": "ordered", "ordered_on": DAY}
DONE = {**ORDERED, "state": "done", "done_on": DAY}
RESULT = {**DONE, "state": "result", "result_on": DAY, "result": "Moderate"}
ACTED_ON = {**RESULT, "state": "acted_on", "acted_on": DAY, "action": "CPAP", "due_on": None}
DROPPED = {"state": "dropped", "dropped_on": DAY, "dropped_reason": "Done elsewhere", "due_on": None}


def study(patient: Patient, **changed: Any) -> SleepReferral:
    """An unsaved study as somebody might write it past the service."""
    given = {"disorder": "apnoea", "study": "psg", "indicators": "Snores", "due_on": NEXT_DAY, **changed}
    return SleepReferral(patient=patient, **given)


@pytest.mark.parametrize(
    "whole", [{}, ORDERED, DONE, RESULT, ACTED_ON, DROPPED], ids=["wanted", "ordered", "done", "result", "acted", "end"]
)
def test_a_study_may_stand_at_every_step(patient: Patient, whole: dict[str, Any]) -> None:
    SleepReferral.objects.bulk_create([study(patient, **whole)])


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"disorder": "snoring"}, "screening_sleep_referral_says_why"),
        ({"study": "guess"}, "screening_sleep_referral_says_why"),
        ({"indicators": " \n"}, "screening_sleep_referral_says_why"),
        ({"state": "somewhere"}, "screening_sleep_referral_dated"),
        ({**ORDERED, "ordered_on": None}, "screening_sleep_referral_dated"),
        ({**ORDERED, "state": "booked"}, "screening_sleep_referral_dated"),
        ({**DONE, "done_on": None}, "screening_sleep_referral_dated"),
        ({**DONE, "ordered_on": None}, "screening_sleep_referral_dated"),
        ({**RESULT, "result_on": None}, "screening_sleep_referral_dated"),
        ({**ACTED_ON, "acted_on": None}, "screening_sleep_referral_dated"),
        ({**DROPPED, "dropped_on": None}, "screening_sleep_referral_dated"),
        ({"due_on": None}, "screening_sleep_referral_due"),
        ({**ACTED_ON, "due_on": NEXT_DAY}, "screening_sleep_referral_due"),
        ({**RESULT, "result": " "}, "screening_sleep_result_in_words"),
        ({**ACTED_ON, "action": ""}, "screening_sleep_action_in_words"),
        ({**DROPPED, "dropped_reason": " "}, "screening_sleep_dropped_says_why"),
        ({**ORDERED, "dropped_reason": "Because"}, "screening_sleep_dropped_says_why"),
        ({**ORDERED, "dropped_on": DAY}, "screening_sleep_dropped_says_why"),
        ({**DONE, "ordered_on": NEXT_DAY}, "screening_sleep_referral_in_order"),
        ({**RESULT, "done_on": NEXT_DAY}, "screening_sleep_referral_in_order"),
        ({**ACTED_ON, "result_on": NEXT_DAY}, "screening_sleep_referral_in_order"),
    ],
)
def test_the_table_of_studies_refuses(patient: Patient, changed: dict[str, Any], rule: str) -> None:
    with refused(rule):
        SleepReferral.objects.bulk_create([study(patient, **changed)])


def test_one_study_for_a_disorder_is_open(patient: Patient, treating: User) -> None:
    first = make_sleep_study(patient, by=treating)
    SleepReferral.objects.bulk_create([study(patient, disorder="insomnia"), study(patient, **DROPPED)])
    with refused("screening_sleep_one_open_referral"):
        SleepReferral.objects.bulk_create([study(patient)])
    SleepReferral.objects.filter(pk=first.pk).update(**DROPPED)
    SleepReferral.objects.bulk_create([study(patient)])


def test_a_study_is_never_deleted(patient: Patient, treating: User) -> None:
    make_sleep_study(patient, by=treating, state=ReferralState.ACTED_ON)
    with refused("screening_sleep_referral_kept"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM screening_sleepreferral")


@pytest.mark.parametrize(
    ("answers", "routes"), [({}, [{"disorder": "apnoea"}]), ({"stroke": True}, [])], ids=["no answer", "no finding"]
)
def test_a_screen_has_answers_and_findings(patient: Patient, answers: Any, routes: Any) -> None:
    with refused("screening_sleep_screen_answered"):
        SleepScreen.objects.bulk_create(
            [SleepScreen(patient=patient, answered_on=timezone.localdate(), answers=answers, routes=routes)]
        )


@pytest.mark.parametrize(
    "statement",
    ["UPDATE screening_sleepscreen SET note = 'other'", "DELETE FROM screening_sleepscreen"],
    ids=["changed", "deleted"],
)
def test_a_screen_stays_as_it_was_answered(patient: Patient, treating: User, statement: str) -> None:
    make_sleep_screen(patient, by=treating)
    with refused("screening_sleep_screen_stays"), connection.cursor() as cursor:
        cursor.execute(statement)
