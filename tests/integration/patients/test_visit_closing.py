"""A first visit is signed after the red flags; the page says so before anybody presses the button."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.choices import Role
from apps.accounts.models import User
from apps.core.writing import Refused
from apps.patients import visit_closing
from apps.patients.models import Visit
from apps.patients.visit_closing import OpenQuestion, open_questions_for, register_open_question
from tests.factories.accounts import make_user
from tests.factories.causes import make_red_flags
from tests.factories.visits import opened, signed
from tests.fixtures.people import People, join_care_team

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]


def page(visit: Visit) -> str:
    return reverse("patients:visit", kwargs={"patient_id": visit.patient_id, "visit_id": visit.pk})


def test_the_page_says_it_first_and_the_database_refuses(client_of: SignIn, people: People) -> None:
    visit = opened(people.patient, people.treating, kind="first")
    client = client_of(people.treating)
    flags = reverse("screening:red_flags", kwargs={"patient_id": people.patient.pk})
    before = client.get(page(visit)).content.decode()
    assert "Red flags first" in before
    assert flags in before
    typed = {"version": "1", "findings": "Headache on most days", "changes": "", "plan": "", "sign": "1"}
    response = client.post(page(visit), typed)
    assert response.status_code == 422
    assert response.context["form"].errors == {"__all__": ["Answer all red flags before you close the first visit."]}
    assert flags in response.content.decode()
    visit.refresh_from_db()
    assert (visit.state, visit.findings) == ("open", "Headache on most days")
    review = make_red_flags(people.patient, "painkillers", by=people.treating)
    assert review.visit == visit
    assert "Red flags first" not in client.get(page(visit)).content.decode()
    assert client.post(page(visit), {**typed, "version": str(visit.version)}).status_code == 302
    visit.refresh_from_db()
    assert visit.state == "signed"


def test_the_service_says_the_same(people: People) -> None:
    visit = opened(people.patient, people.treating, kind="first")
    with pytest.raises(Refused, match="Answer all red flags before you close the first visit"):
        signed(people.patient, people.treating, visit)


def test_a_part_of_the_flags_is_not_enough(people: People) -> None:
    visit = opened(people.patient, people.treating, kind="first")
    make_red_flags(people.patient, answers={"sudden": False})
    [question] = open_questions_for(visit, people.treating)
    assert "are not all answered" in question.text


def test_who_can_not_answer_is_shown_who_can(people: People) -> None:
    helper = make_user(role=Role.PHYSIOTHERAPIST)
    join_care_team(helper, people.patient)
    [question] = open_questions_for(opened(people.patient, helper, kind="first"), helper)
    assert question.url == reverse("screening:causes", kwargs={"patient_id": people.patient.pk})


def test_other_visits_ask_nothing(people: People, django_assert_num_queries: Any) -> None:
    visit = opened(people.patient, people.treating)
    with django_assert_num_queries(0):
        assert open_questions_for(visit, people.treating) == []


def test_a_provider_is_asked_once(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visit_closing, "_providers", [])
    question = OpenQuestion("Open", "Something is open.", "/there/", "Go there")

    def provider(visit: Visit, user: User) -> list[OpenQuestion]:
        return [question]

    register_open_question(provider)
    register_open_question(provider)
    assert open_questions_for(opened(people.patient, people.treating), people.treating) == [question]
