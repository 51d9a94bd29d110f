"""Why is it overused: several reasons, each with how certain it is; a review stays, and belongs to the visit of today."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.clinical.overuse_reasons import OveruseReason
from apps.core.writing import Refused
from apps.patients.models import Patient
from apps.screening.choices import Statement, Sureness
from apps.screening.models import OveruseReasonNoted, OveruseReview
from apps.screening.services.overuse import NotedReason
from tests.documents.text import words_of_html
from tests.factories.overuse import FEAR, acute_diary, make_review
from tests.factories.visits import opened, signed
from tests.fixtures.people import People

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]


def address(patient: Patient) -> str:
    return reverse("screening:overuse_review", args=[patient.pk])


def sent(client: Client, patient: Patient, **answers: str) -> Any:
    given = {"preexisting": "not_known", "older": "not_known", "note": "", "form_token": str(uuid.uuid4()), **answers}
    return client.post(address(patient), given)


def test_two_reasons_and_two_statements_are_written_down(client_of: SignIn, people: People) -> None:
    patient = people.patient
    acute_diary(patient, [10, 10, 10, 10])
    visit = opened(patient, people.treating)
    client = client_of(people.treating)
    response = sent(
        client,
        patient,
        preexisting="yes",
        older="yes",
        note=" I cannot be ill at work. ",
        sure_anticipatory_anxiety="certain",
        words_anticipatory_anxiety="Before each journey",
        sure_no_preventive="possible",
    )
    assert response.status_code == 302
    review = OveruseReview.objects.get()
    assert (review.visit, review.reviewed_on, review.created_by) == (visit, timezone.localdate(), people.treating)
    assert (review.state, review.note) == ("criteria_met", "I cannot be ill at work.")
    assert [(row.reason, row.sureness, row.words) for row in review.reasons.all()] == [
        ("anticipatory_anxiety", "certain", "Before each journey"),
        ("no_preventive", "possible", ""),
    ]
    page = words_of_html(client.get(response.url).content.decode())
    for words in (
        "The review is saved. The numbers count with what you stated.",
        "Fear of an attack: takes it before the pain to protect work, travel or family, certain: Before each journey",
        "No preventive, or one that does not work, possible",
        "Headache disorder before Yes",
        "I cannot be ill at work.",
        "The diary said criteria of medication-overuse headache met",
    ):
        assert words in page, words
    form = client.get(address(patient)).context["form"]
    assert (form["preexisting"].value(), form["older"].value()) == ("yes", "yes")


def test_earlier_reviews_stay_listed(client_of: SignIn, people: People) -> None:
    make_review(people.patient, people.colleague, today=timezone.localdate() - timedelta(days=100), older=Statement.YES)
    make_review(people.patient, people.treating, NotedReason(OveruseReason.MOOD, Sureness.CERTAIN))
    page = words_of_html(
        client_of(people.colleague).get(reverse("screening:overuse", args=[people.patient.pk])).content.decode()
    )
    assert page.index("Mood: taken for calm, sleep or energy, certain") < page.index("Earlier reviews (1)")
    assert page.index("Earlier reviews (1)") < page.index("Before each journey")
    assert "ask again" in page


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({}, "__all__"),
        ({"preexisting": ""}, "preexisting"),
        ({"older": "perhaps"}, "older"),
        ({"sure_mood": "surely"}, "sure_mood"),
        ({"words_mood": "for sleep"}, "sure_mood"),
        ({"sure_other": "certain"}, "words_other"),
        ({"sure_mood": "likely", "words_mood": "x" * 401}, "words_mood"),
        ({"sure_mood": "likely", "words_mood": "bell \x07"}, "words_mood"),
        ({"note": "x" * 4001}, "note"),
        ({"note": "fine", "form_token": "none"}, "form_token"),
    ],
    ids=[
        "nothing found out",
        "no answer",
        "no such answer",
        "no such certainty",
        "words without certainty",
        "something else without words",
        "too long",
        "invisible character",
        "note too long",
        "no token",
    ],
)
def test_bad_answers_are_refused_beside_the_field_and_kept(
    client_of: SignIn, colleague: User, patient: Patient, answers: dict[str, str], field: str
) -> None:
    response = sent(client_of(colleague), patient, **answers)
    assert response.status_code == 422
    form = response.context["form"]
    assert set(form.errors) == {field}
    for name, value in answers.items():
        assert form[name].value() == value
    assert not OveruseReview.objects.exists()


def test_sent_twice_is_one_review(client_of: SignIn, colleague: User, patient: Patient) -> None:
    client, token = client_of(colleague), str(uuid.uuid4())
    for _ in range(2):
        assert sent(client, patient, sure_mood="likely", form_token=token).status_code == 302
    assert OveruseReview.objects.count() == OveruseReasonNoted.objects.count() == 1


def test_it_belongs_to_no_visit_but_the_open_one_of_today(people: People) -> None:
    patient, today = people.patient, timezone.localdate()
    opened(patient, people.treating, visit_on=today - timedelta(days=1))
    assert make_review(patient, people.treating).visit is None
    signed(patient, people.colleague)
    assert make_review(patient, people.colleague).visit is None
    mine = opened(patient, people.treating)
    assert make_review(patient, people.colleague).visit is None
    assert make_review(patient, people.treating).visit == mine


def test_half_a_review_is_never_saved(people: People) -> None:
    with pytest.raises(Refused, match="stands in the review already"):
        make_review(people.patient, people.treating, FEAR, FEAR)
    with pytest.raises(Refused, match="Say in words"):
        make_review(people.patient, people.treating, FEAR, NotedReason(OveruseReason.OTHER, Sureness.LIKELY, " "))
    assert not OveruseReview.objects.exists()


def test_who_may_review(people: People, client_of: SignIn) -> None:
    patient = people.patient
    for user, status in ((people.colleague, 200), (people.stranger, 404), (people.manager, 403)):
        assert client_of(user).get(address(patient)).status_code == status
        assert sent(client_of(user), patient, sure_mood="likely").status_code == (302 if status == 200 else status)
    with pytest.raises(PermissionDenied):
        make_review(patient, people.stranger)
    assert OveruseReview.objects.count() == 1
