"""Which instruments are offered, and those with gaps in their numbers, conditions or a chosen cut-off."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.clinical.instruments import all_instruments
from apps.core.writing import Refused
from apps.patients.models import Patient
from apps.screening.models import Administration
from apps.screening.offered import offered_instruments
from tests.factories.screening import make_sheet
from tests.integration.screening.test_answering import ask, page_of, sent

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]

NOT_OFFERED = ["ace"]
BERLIN_NOTHING = {**{f"item{place}": "0" for place in (1, 5, 6, 7, 8, 10)}, "bmi": "25"}
HIT6 = {f"item{place}": "10" for place in range(1, 7)}


def test_what_needs_consent_of_its_own_is_not_offered() -> None:
    left_out = {found.code for found in all_instruments()} - {found.code for found in offered_instruments()}
    assert sorted(left_out) == NOT_OFFERED


@pytest.mark.parametrize("code", NOT_OFFERED)
def test_and_can_not_be_reached(client_of: SignIn, treating: User, patient: Patient, code: str) -> None:
    client = client_of(treating)
    assert ask(patient, code) not in page_of(client.get(reverse("screening:overview", args=[patient.pk])))
    assert client.get(ask(patient, code)).status_code == 404
    with pytest.raises(Refused, match="only after the patient has agreed"):
        make_sheet(patient, code, answers={"item1": 1})


@pytest.mark.parametrize("found", offered_instruments(), ids=lambda found: found.code)
def test_every_other_one_has_its_page(client_of: SignIn, treating: User, patient: Patient, found: Any) -> None:
    page = page_of(client_of(treating).get(ask(patient, found.code)))
    assert found.title in page
    assert ("Total, when only the total is known" in page) is (found.has_total and not found.shows_items)


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({**HIT6, "item4": "7"}, "item4", "Enter 6, 8, 10, 11 or 13."),
        ({"total": "37"}, "total", "HIT-6 can't come to 37. Check the numbers and the addition."),
        ({"total": "79"}, "total", "HIT-6 has totals from 36 to 78."),
    ],
)
def test_numbers_that_can_not_be(
    client_of: SignIn, treating: User, patient: Patient, typed: dict[str, str], field: str, sentence: str
) -> None:
    response = sent(client_of(treating), ask(patient, "hit6"), typed)
    assert response.status_code == 422
    assert response.context["form"].errors == {field: [sentence]}
    assert not Administration.objects.exists()


def test_numbers_with_gaps_are_saved(client_of: SignIn, treating: User, patient: Patient) -> None:
    assert sent(client_of(treating), ask(patient, "hit6"), HIT6).status_code == 302
    sheet = Administration.objects.get()
    assert (sheet.total, sheet.band, sheet.missing) == (60, "severe", 0)


def test_questions_that_are_not_asked_are_not_missing(client_of: SignIn, treating: User, patient: Patient) -> None:
    assert sent(client_of(treating), ask(patient, "berlin"), BERLIN_NOTHING).status_code == 302
    sheet = Administration.objects.get()
    assert (sheet.total, sheet.band, sheet.missing, sheet.prorated) == (0, "low risk", 0, False)


def test_questions_the_answers_lead_to_must_be_answered(client_of: SignIn, treating: User, patient: Patient) -> None:
    client = client_of(treating)
    response = sent(client, ask(patient, "berlin"), {**BERLIN_NOTHING, "item1": "1", "item3": "0"})
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"item2", "item4"}
    left_open = sent(client, ask(patient, "berlin"), {**BERLIN_NOTHING, "item1": "1"}, unanswered_stay="on")
    assert left_open.status_code == 302
    sheet = Administration.objects.get()
    assert (sheet.total, sheet.missing) == (None, 3)


@pytest.mark.parametrize(("chosen", "positive"), [("", True), ("4", True), ("5", False)])
def test_the_cut_off_that_was_chosen_counts(
    client_of: SignIn, treating: User, patient: Patient, chosen: str, positive: bool
) -> None:
    four = {"item1": "1", "item2": "1", "item3": "1", "item4": "1", "item5": "0", "cut_off": chosen}
    assert sent(client_of(treating), ask(patient, "sds"), four).status_code == 302
    assert Administration.objects.get().positive is positive
