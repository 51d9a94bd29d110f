"""Scores over time: which lines are drawn, against which first score, and in how many queries."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.clinical.findings import Interval
from apps.clinical.periods import Period
from apps.diary.selectors.months import headache_months
from apps.patients.models import Patient
from apps.screening.presenters.course import course_pictures
from apps.screening.services.sheets import save_result
from tests.factories.diary import headache, no_headache, record
from tests.factories.patients import make_patient
from tests.factories.screening import TESTS, answers_for, make_sheet
from tests.fixtures.people import People
from tests.integration.screening.test_answering import page_of

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
TODAY = date(2026, 6, 20)


def rows(patient: Patient, months: int = 6) -> dict[str, dict[str, tuple[str, ...]]]:
    """Picture title → month → cells behind headache days and changes."""
    return {
        picture.title: {row[0]: row[3:] for row in picture.table.rows}
        for picture in course_pictures(patient, TODAY, months=months)
    }


def test_each_group_with_a_score_has_a_picture_and_others_have_none(patient: Patient) -> None:
    make_sheet(patient, "phq9", answers_for("phq9", 20), answered_on=date(2026, 4, 2))
    make_sheet(patient, "phq9", answers_for("phq9", 9), answered_on=date(2026, 6, 2))
    make_sheet(patient, "midas", answers_for("midas", 30), answered_on=date(2026, 4, 2))
    found = rows(patient)
    assert list(found) == ["Mood beside headache days", "Disability and impact beside headache days"]
    mood = found["Mood beside headache days"]
    assert (mood["Apr 2026"], mood["May 2026"], mood["Jun 2026"]) == (
        ("20",),
        ("–",),
        ("9 (better, a change that matters)",),
    )


def test_changes_are_counted_from_the_first_score_shown(patient: Patient) -> None:
    for day, total in ((date(2025, 11, 2), 3), (date(2026, 3, 2), 12), (date(2026, 6, 2), 15)):
        make_sheet(patient, "phq9", answers_for("phq9", total), answered_on=day)
    assert rows(patient)["Mood beside headache days"]["Jun 2026"] == ("15",)
    assert rows(patient, 12)["Mood beside headache days"]["Jun 2026"] == ("15 (worse, a change that matters)",)


def test_scales_have_lines_of_their_own_and_a_lower_score_may_be_worse(patient: Patient) -> None:
    save_result(
        patient=patient,
        code="msq21",
        result={"restrictive": 40, "preventive": 50, "emotional": 60},  # type: ignore[dict-item]
        answered_on=TODAY,
        today=TODAY,
        by=TESTS,
    )
    [picture] = course_pictures(patient, TODAY, months=6)
    assert len(picture.table.columns) == 3 + 3
    assert "less is worse" in picture.svg


def test_the_months_count_as_the_diary_does(patient: Patient) -> None:
    record(patient, headache(date(2026, 5, 1)), headache(date(2026, 5, 31)), no_headache(date(2026, 5, 2)))
    record(patient, headache(date(2026, 6, 1)))
    may, june = (
        Period(date(2026, 5, 1), date(2026, 5, 31)),
        Period(date(2026, 6, 1), date(2026, 6, 20)),
    )
    found = headache_months(patient, [may, june])
    assert [(each.headache, each.recorded) for each in found] == [(Interval(2, 30), 3), (Interval(1, 20), 1)]


def test_nothing_answered_yet_says_where_to_begin(client_of: SignIn, treating: User, patient: Patient) -> None:
    page = page_of(client_of(treating).get(reverse("screening:course", args=[patient.pk])))
    assert "No questionnaire was finished in the last 12 months" in page


def test_queries_do_not_grow(client_of: SignIn, treating: User, patient: Patient) -> None:
    client, address = client_of(treating), reverse("screening:course", args=[patient.pk])

    def reads() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get(address, {"months": "36"})
        return len([each for each in found if each["sql"].startswith("SELECT") and "set_config" not in each["sql"]])

    make_sheet(patient, "phq9", answers_for("phq9", 20), answered_on=timezone.localdate())
    few = reads()
    for week in range(1, 20):
        make_sheet(
            patient, "gad7", answers_for("gad7", 7), answered_on=timezone.localdate() - timedelta(days=30 * week)
        )
    assert reads() == few <= 12


def test_three_people(client_of: SignIn, people: People, patient: Patient) -> None:
    make_sheet(patient, "phq9", answers_for("phq9", 20))
    address = reverse("screening:course", args=[patient.pk])
    assert "PHQ-9" in page_of(client_of(people.treating).get(address))
    people.colleague.role = "physiotherapist"
    people.colleague.save()
    assert client_of(people.colleague).get(address).status_code == 200
    assert client_of(people.stranger).get(address).status_code == 404
    assert client_of(people.treating).get(reverse("screening:course", args=[make_patient().pk])).status_code == 404


@pytest.mark.parametrize("asked", ["x", "0", "37", ""])
def test_a_damaged_address_shows_the_usual_months(
    client_of: SignIn, treating: User, patient: Patient, asked: str
) -> None:
    response = client_of(treating).get(reverse("screening:course", args=[patient.pk]), {"months": asked})
    assert response.context["months"] == 12
