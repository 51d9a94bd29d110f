"""Results that are no total: scales, categories, results from paper, questions that were not asked."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.patients.models import Patient
from apps.screening.models import Administration, SafetyTask
from apps.screening.selectors.scores import latest_scores
from tests.factories.screening import make_sheet
from tests.integration.screening.test_answering import ask, correction, page_of, sent

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
JANUARY = date(2026, 1, 5)
MSQ_BEST = {f"item{place}": "1" for place in range(1, 15)}
NO_RISK = {"q1": "0", "q2": "0", "q6": "0"}
SCALE_RANGE = "Enter a number from 0 to 100 with at most 1 decimal."


def sheet_page(client: Client, sheet: Administration) -> str:
    return page_of(client.get(reverse("screening:sheet", args=[sheet.patient_id, sheet.pk])))


def values(sheet: Administration) -> dict[str, str]:
    return {scale["code"]: scale["value"] for scale in sheet.subscores}


@pytest.mark.parametrize(
    ("anxiety", "depression", "bands"),
    [
        ("7", "8", ["normal", "borderline"]),
        ("10", "11", ["borderline", "abnormal"]),
        ("0", "21", ["normal", "abnormal"]),
    ],
)
def test_two_scores_are_read_apart(
    client_of: SignIn, treating: User, patient: Patient, anxiety: str, depression: str, bands: list[str]
) -> None:
    client = client_of(treating)
    response = sent(client, ask(patient, "hads"), {"anxiety": anxiety, "depression": depression})
    assert response.status_code == 302, page_of(response)
    sheet = Administration.objects.get()
    assert (sheet.total, sheet.band, sheet.positive, sheet.why_unscored) == (None, "", None, "")
    assert values(sheet) == {"anxiety": anxiety, "depression": depression}
    assert [scale["band"] for scale in sheet.subscores] == bands
    assert f"{depression} of 21" in sheet_page(client, sheet)


def test_a_score_that_is_not_known_leaves_the_other(client_of: SignIn, treating: User, patient: Patient) -> None:
    client = client_of(treating)
    sent(client, ask(patient, "hads"), {"anxiety": "9"}, unanswered_stay="on")
    sheet = Administration.objects.get()
    assert values(sheet) == {"anxiety": "9"}
    assert sheet.why_unscored == "Depression (D): 1 of 1 not answered"
    assert sheet.why_unscored in sheet_page(client, sheet)


@pytest.mark.parametrize(
    ("answers", "category", "band", "task"),
    [
        (NO_RISK, "none", "no risk shown", None),
        ({**NO_RISK, "q1": "1"}, "low", "low risk", 1),
        ({**NO_RISK, "q2": "1", "q3": "1", "q4": "0", "q5": "0"}, "moderate", "moderate risk", 2),
        ({**NO_RISK, "q6": "1", "q6_recent": "0"}, "moderate", "moderate risk", 2),
        ({**NO_RISK, "q6": "1", "q6_recent": "1"}, "high", "high risk", 3),
    ],
    ids=["nothing", "one", "three", "long ago", "recently"],
)
def test_a_triage_is_a_name_and_no_number(
    client_of: SignIn, treating: User, patient: Patient, answers: dict[str, str], category: str, band: str, task: Any
) -> None:
    client = client_of(treating)
    assert sent(client, ask(patient, "cssrs"), answers).status_code == 302
    sheet = Administration.objects.get()
    assert (sheet.total, sheet.category, sheet.band, sheet.missing) == (None, category, band, 0)
    assert [found.severity for found in SafetyTask.objects.all()] == ([] if task is None else [task])
    shown = sheet_page(client, sheet)
    assert f">{band}<" in shown
    assert "No total" not in shown


def test_questions_that_lead_nowhere_are_not_missing(client_of: SignIn, treating: User, patient: Patient) -> None:
    client = client_of(treating)
    response = sent(client, ask(patient, "cssrs"), {"q1": "0", "q2": "1", "q6": "0"})
    assert set(response.context["form"].errors) == {"q3", "q4", "q5"}
    # An answer that was given counts, whatever led to it.
    assert sent(client, ask(patient, "cssrs"), {**NO_RISK, "q4": "1"}).status_code == 302
    sheet = Administration.objects.get()
    assert sheet.category == "high"
    assert "Not asked" in sheet_page(client, sheet)


def test_no_category_from_incomplete_answers(client_of: SignIn, treating: User, patient: Patient) -> None:
    client = client_of(treating)
    assert sent(client, ask(patient, "cssrs"), {"q1": "1"}, unanswered_stay="on").status_code == 302
    sheet = Administration.objects.get()
    assert (sheet.category, sheet.band) == ("", "")
    assert sheet.why_unscored == "2 questions to be asked are not answered"
    assert SafetyTask.objects.get().severity == 1


class TestFromPaper:
    def test_scales_alone(self, client_of: SignIn, treating: User, patient: Patient) -> None:
        client = client_of(treating)
        typed = {"scale_restrictive": "45.7", "scale_preventive": "60", "scale_emotional": "33.3"}
        assert sent(client, ask(patient, "msq21"), typed).status_code == 302
        sheet = Administration.objects.get()
        assert (sheet.mode, sheet.answers, values(sheet)["restrictive"]) == ("total_only", {}, "45.7")
        form = client.get(correction(sheet)).context["form"]
        assert form["scale_restrictive"].value() == "45.7"
        sent(client, correction(sheet), {**typed, "scale_emotional": "44.4"}, reason="misread")
        assert values(Administration.objects.get(supersedes=sheet))["emotional"] == "44.4"

    def test_one_scale_of_three(self, client_of: SignIn, treating: User, patient: Patient) -> None:
        client = client_of(treating)
        sent(client, ask(patient, "msq21"), {"scale_restrictive": "45.7"})
        sheet = Administration.objects.get()
        assert values(sheet) == {"restrictive": "45.7"}
        assert "Role preventive: not known" in sheet_page(client, sheet)

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ({"scale_restrictive": "101"}, SCALE_RANGE),
            ({"scale_restrictive": "45.77"}, SCALE_RANGE),
            ({"scale_restrictive": "NaN"}, SCALE_RANGE),
            ({"scale_restrictive": "9" * 5000}, SCALE_RANGE),
            ({"scale_restrictive": "50", **MSQ_BEST}, "Enter either the total or the numbers it is made of."),
        ],
        ids=["too high", "too exact", "no number", "very long", "both"],
    )
    def test_what_can_not_be(
        self, client_of: SignIn, treating: User, patient: Patient, typed: dict[str, str], sentence: str
    ) -> None:
        response = sent(client_of(treating), ask(patient, "msq21"), typed)
        assert response.status_code == 422
        assert response.context["form"].errors["scale_restrictive"] == [sentence]
        assert not Administration.objects.exists()

    def test_not_where_the_answers_are_the_scores(self, client_of: SignIn, treating: User, patient: Patient) -> None:
        form = client_of(treating).get(ask(patient, "hads")).context["form"]
        assert [name for name in form.fields if name.startswith("scale_") or name == "total"] == []


def test_the_change_of_each_scale(client_of: SignIn, treating: User, patient: Patient) -> None:
    make_sheet(patient, "hads", {"anxiety": 12, "depression": 9}, answered_on=JANUARY)
    make_sheet(patient, "hads", {"anxiety": 10, "depression": 8})
    [score] = latest_scores(patient)
    assert score.result == "Anxiety (A) 10, Depression (D) 8"
    assert [(scale.previous, scale.matters) for scale in score.scales] == [(12, True), (9, False)]
    page = page_of(client_of(treating).get(reverse("screening:overview", args=[patient.pk])))
    assert "Anxiety (A): 2 points lower than on 5 Jan 2026 (12): a change that matters" in page
    assert "Depression (D): 1 point lower than on 5 Jan 2026 (9): within the usual variation" in page


def test_what_the_scoring_notes_is_read_with_the_result(client_of: SignIn, treating: User, patient: Patient) -> None:
    answers = {f"item{place}": int(place in (1, 2, 5)) for place in range(1, 9)}
    sheet = make_sheet(patient, "stopbang", answers)
    assert sheet.band == "high"
    assert "High by the alternative rule" in sheet_page(client_of(treating), sheet)
