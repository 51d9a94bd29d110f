"""The screening page and what other apps read: last scores, change, history, in few queries."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.patients.models import Patient
from apps.screening.models import Administration
from apps.screening.selectors.scores import latest_scores
from apps.screening.services.sheets import Filled, correct_answers
from tests.factories.patients import make_patient
from tests.factories.screening import TESTS, answers_for, make_safety_task, make_sheet, sheet_row
from tests.fixtures.people import People
from tests.integration.screening.test_answering import page_of

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
JANUARY = date(2026, 1, 5)


def overview(patient: Patient) -> str:
    return reverse("screening:overview", args=[patient.pk])


def test_the_last_score_and_the_one_before(patient: Patient) -> None:
    for day, total in ((JANUARY, 20), (JANUARY + timedelta(days=60), 12), (JANUARY + timedelta(days=30), 17)):
        make_sheet(patient, answers=answers_for("phq9", total), answered_on=day)
    make_sheet(patient, "midas", answers_for("midas", 40), answered_on=JANUARY)
    make_sheet(patient, "gad7", {"item1": 1}, answered_on=JANUARY)
    make_sheet(patient, answers={"item1": 3}, finished=False)
    gad7, midas, mood = latest_scores(patient)
    assert (mood.label, mood.total, mood.previous_total, mood.band) == ("PHQ-9", 12, 17, "moderate")
    assert mood.matters is True
    assert (midas.label, midas.total, midas.previous_total, midas.matters) == ("MIDAS", 40, None, None)
    assert (gad7.total, gad7.band, gad7.positive) == (None, "", None)


def test_a_sheet_without_a_total_does_not_hide_the_total_before_it(patient: Patient) -> None:
    for day, answers in ((0, answers_for("phq9", 20)), (7, {"item1": 1}), (14, answers_for("phq9", 15))):
        make_sheet(patient, answers=answers, answered_on=JANUARY + timedelta(days=day))
    [score] = latest_scores(patient)
    assert (score.total, score.previous_total, score.previous_on, score.matters) == (15, 20, JANUARY, True)
    make_sheet(patient, answers={"item1": 1}, answered_on=JANUARY + timedelta(days=21))
    [score] = latest_scores(patient)
    assert (score.total, score.previous_total, score.matters) == (None, 15, None)


def test_a_corrected_sheet_does_not_count(patient: Patient) -> None:
    wrong = make_sheet(patient, answers=answers_for("phq9", 20), answered_on=JANUARY)
    right = Filled(answers=answers_for("phq9", 10), answered_on=JANUARY)
    correct_answers(sheet=wrong, filled=right, reason="misread", today=JANUARY, by=TESTS)
    [score] = latest_scores(patient)
    assert (score.total, score.previous_total) == (10, None)


@pytest.mark.parametrize(
    ("code", "before", "after", "words"),
    [
        ("phq9", 15, 10, "5 points lower than on 5 Jan 2026 (15): a change that matters"),
        ("phq9", 15, 11, "4 points lower than on 5 Jan 2026 (15): within the usual variation"),
        ("phq9", 15, 15, "The same total as on 5 Jan 2026"),
        ("gad7", 5, 6, "1 point higher than on 5 Jan 2026 (5)"),
        ("midas", 20, 25, "5 points higher than on 5 Jan 2026 (20): a change that matters"),
        ("midas", 30, 22, "8 points lower than on 5 Jan 2026 (30): within the usual variation"),
        ("midas", 30, 21, "9 points lower than on 5 Jan 2026 (30): a change that matters"),
        ("midas", 10, 40, "30 points higher than on 5 Jan 2026 (10)<"),
    ],
)
def test_the_page_says_what_changed(
    client_of: SignIn, treating: User, patient: Patient, code: str, before: int, after: int, words: str
) -> None:
    make_sheet(patient, code, answers_for(code, before), answered_on=JANUARY)
    make_sheet(patient, code, answers_for(code, after))
    assert words in page_of(client_of(treating).get(overview(patient)))


def test_an_instrument_that_was_never_asked_is_offered(client_of: SignIn, treating: User, patient: Patient) -> None:
    page = page_of(client_of(treating).get(overview(patient)))
    for name in ("PHQ-9", "GAD-7", "MIDAS", "NoSAS"):
        assert f"Ask {name} now" in page
    assert "Earlier answers" not in page
    history = client_of(treating).get(reverse("screening:history", args=[patient.pk]))
    assert "No answers yet" in page_of(history)


def test_ten_years_of_answers_cost_no_more_queries(client_of: SignIn, treating: User, patient: Patient) -> None:
    client = client_of(treating)
    make_safety_task(patient)
    sheets = [
        sheet_row(patient, instrument=code, answered_on=timezone.localdate() - timedelta(days=7 * week))
        for week in range(520)
        for code in ("phq9", "gad7", "midas")
    ]
    Administration.objects.bulk_create(sheets[:3])
    make_sheet(patient, "midas", {**answers_for("midas", 20), "a": 30})
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(overview(patient))
    Administration.objects.bulk_create(sheets[3:])
    with CaptureQueriesContext(connection) as many:
        page = page_of(client.get(overview(patient)))
    reads = [query for query in many if query["sql"].startswith("SELECT") and "set_config" not in query["sql"]]
    assert len(many) == len(few)
    assert len(reads) <= 12, "\n".join(query["sql"][:120] for query in reads)
    assert "All answer sheets" in page
    with CaptureQueriesContext(connection) as one:
        assert len(latest_scores(patient)) == 3
    assert len(one) == 1
    second = client.get(reverse("screening:history", args=[patient.pk]), {"page": "2"})
    assert len(second.context["rows"]) == 50
    assert client.get(reverse("screening:history", args=[patient.pk]), {"page": "x"}).status_code == 200


def test_who_reads_and_who_records(client_of: SignIn, people: People, patient: Patient) -> None:
    sheet = make_sheet(patient)
    people.colleague.role = "pharmacist"  # reads charts, does not record screening
    people.colleague.save()
    reader = client_of(people.colleague)
    page = page_of(reader.get(overview(patient)))
    assert "12 of 27" in page
    assert "Ask PHQ-9 now" not in page
    shown = page_of(reader.get(reverse("screening:sheet", args=[patient.pk, sheet.pk])))
    assert "Correct this sheet" not in shown
    assert reader.get(reverse("screening:answer", args=[patient.pk, "phq9"])).status_code == 403
    for person, answer in ((people.stranger, 404), (people.manager, 403)):
        client = client_of(person)
        for name, more in (("overview", []), ("history", []), ("sheet", [sheet.pk]), ("answer", ["phq9"])):
            assert client.get(reverse(f"screening:{name}", args=[patient.pk, *more])).status_code == answer


def test_a_sheet_of_somebody_else_is_not_found(client_of: SignIn, people: People, patient: Patient) -> None:
    elsewhere = make_sheet(make_patient())
    for name in ("sheet", "correct"):
        address = reverse(f"screening:{name}", args=[patient.pk, elsewhere.pk])
        assert client_of(people.treating).get(address).status_code == 404


def test_a_sheet_of_an_instrument_that_is_gone_can_still_be_read(
    client_of: SignIn, treating: User, patient: Patient
) -> None:
    old = sheet_row(patient, instrument="retired")
    old.save()
    client = client_of(treating)
    assert client.get(overview(patient)).status_code == 200
    assert "retired" in page_of(client.get(reverse("screening:sheet", args=[patient.pk, old.pk])))
    assert client.get(reverse("screening:correct", args=[patient.pk, old.pk])).status_code == 404
