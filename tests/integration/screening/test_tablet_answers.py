"""Answers on the tablet: saved one by one, finished with the last question, resumed, and safe when somebody is in danger."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.clinical.instruments import DECLINED, instrument
from apps.patients.models import Patient
from apps.screening.choices import Helper, Mode, SheetState, TabletState
from apps.screening.models import Administration, SafetyTask, TabletSet
from apps.screening.services.licences import withdraw_licence
from tests.factories.patients import make_patient
from tests.factories.screening import make_licence, make_sheet, make_wording, phq9
from tests.factories.tablet import agree, allow, leave_alone, make_set, question_url, tablet_client
from tests.fixtures.people import People, join_care_team
from tests.integration.screening.test_answering import page_of

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
MIDAS = {item.key: f"Made-up text of {item.key}" for item in instrument("midas").items}


def answer(client: Client, sheet: int, *values: int | None, first: int = 1) -> Any:
    """Answer questions of a sheet one after the other; None is "I'd rather not answer". The last response."""
    response = None
    for place, value in enumerate(values, start=first):
        data = {"skip": "1"} if value is None else {"answer": value}
        response = client.post(question_url(sheet, place), data)
    return response


def test_each_answer_is_saved_and_the_last_one_finishes_and_scores(patient: Patient, colleague: User) -> None:
    handed = make_set(patient, colleague, "phq4", "phq9", helper="relative")
    client = tablet_client(handed)
    response = answer(client, 1, 1)
    sheet = Administration.objects.get()
    assert (sheet.state, sheet.answers) == (SheetState.PARTIAL, {"item1": 1})
    assert response.url == question_url(1, 2)
    response = answer(client, 1, 2, 0, 3, first=2)
    sheet.refresh_from_db()
    assert (sheet.state, sheet.total, sheet.mode, sheet.helper) == (
        SheetState.COMPLETE,
        6,
        Mode.TABLET,
        Helper.RELATIVE,
    )
    assert sheet.tablet == handed.tablet
    assert sheet.recorded_by is None
    assert response.url == question_url(2, 1)
    authors = Administration.pgh_event_model.objects.values_list("pgh_context__metadata__who", flat=True)
    assert set(authors) == {"process: the patient, on the tablet"}


def test_an_abandoned_set_keeps_its_answers_and_a_new_one_goes_on(patient: Patient, colleague: User) -> None:
    handed = make_set(patient, colleague, "phq9")
    answer(tablet_client(handed), 1, 1, 1, None, 1)
    leave_alone(handed.tablet, 11)
    assert tablet_client(handed).get(reverse("screening:tablet_hello")).url == reverse("screening:tablet")
    assert Administration.objects.get().answers == {"item1": 1, "item2": 1, "item4": 1}
    again = make_set(patient, colleague, "phq9")
    handed.tablet.refresh_from_db()
    assert handed.tablet.state == TabletState.TIMED_OUT
    client = tablet_client(again)
    assert client.get(reverse("screening:tablet_hello")).url == question_url(1, 3)
    answer(client, 1, 2, first=3)
    answer(client, 1, 0, 0, 0, 0, 0, None, first=5)
    sheet = Administration.objects.get()
    assert (sheet.state, sheet.total, sheet.tablet) == (SheetState.COMPLETE, 5, again.tablet)


def test_what_was_begun_on_another_day_is_asked_again(patient: Patient, colleague: User, client_of: SignIn) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    make_sheet(patient, answers=phq9(3, 3), finished=False, answered_on=yesterday)
    page = page_of(client_of(colleague).get(reverse("screening:start_tablet", args=[patient.pk])))
    assert "On the tablet it begins again" in page
    client = tablet_client(make_set(patient, colleague, "phq9"))
    assert client.get(reverse("screening:tablet_hello")).url == question_url(1, 1)
    answer(client, 1, 1)
    assert Administration.objects.get().answers == {"item1": 1}


def test_nothing_answered_leaves_nothing_and_stays_due(patient: Patient, colleague: User) -> None:
    client = tablet_client(make_set(patient, colleague, "phq4"))
    response = answer(client, 1, None, None, None, None)
    assert "Please give the tablet back" in response.content.decode()
    assert not Administration.objects.exists()
    assert TabletSet.objects.get().state == TabletState.FINISHED


def test_an_answer_can_be_changed_and_taken_back(patient: Patient, colleague: User) -> None:
    client = tablet_client(make_set(patient, colleague, "phq4"))
    answer(client, 1, 3)
    page = client.get(question_url(1, 1)).content.decode()
    assert 'value="3"' in page
    assert "checked" in page
    answer(client, 1, None)
    sheet = Administration.objects.get()
    assert (sheet.answers, sheet.state) == ({}, SheetState.PARTIAL)


@pytest.mark.parametrize("data", [{}, {"answer": ""}, {"answer": "7"}, {"answer": "x"}, {"answer": "1\x00"}])
def test_a_wrong_answer_is_asked_again(patient: Patient, colleague: User, data: dict[str, str]) -> None:
    client = tablet_client(make_set(patient, colleague))
    response = client.post(question_url(1, 1), data)
    assert response.status_code == 422
    assert "Choose an answer, or press" in response.content.decode()
    assert not Administration.objects.exists()


def test_a_protected_questionnaire_shows_the_clinics_wording_and_takes_numbers(
    patient: Patient, colleague: User, manager: User
) -> None:
    licence = make_licence(manager)
    make_wording(licence, **MIDAS)
    client = tablet_client(make_set(patient, colleague, "midas"))
    assert "Made-up text of count1" in client.get(question_url(1, 1)).content.decode()
    response = client.post(question_url(1, 1), {"answer": "93"})
    assert response.status_code == 422
    assert "Enter a whole number from 0 to 92." in page_of(response)
    assert 'value="93"' in page_of(response)
    answer(client, 1, 5, 4, 3, 2, 1, None, None)
    sheet = Administration.objects.get()
    assert (sheet.total, sheet.wording.licence, sheet.state) == (15, licence, SheetState.COMPLETE)


def test_a_permission_withdrawn_meanwhile_ends_the_questionnaire(
    patient: Patient, colleague: User, manager: User
) -> None:
    licence = make_licence(manager)
    make_wording(licence, **MIDAS)
    client = tablet_client(make_set(patient, colleague, "midas", "phq4"))
    withdraw_licence(licence=licence, reason="ended", by=manager)
    assert client.get(question_url(1, 1)).url == question_url(2, 1)


def test_questions_follow_the_answers_and_retracted_ones_go(patient: Patient, colleague: User, manager: User) -> None:
    licence = make_licence(manager, "berlin")
    make_wording(licence, **{item.key: "Made-up" for item in instrument("berlin").items})
    client = tablet_client(make_set(patient, colleague, "berlin"))
    assert answer(client, 1, 1).url == question_url(1, 2)
    answer(client, 1, 1, first=2)
    assert answer(client, 1, 0).url == question_url(1, 5)
    assert Administration.objects.get().answers == {"item1": 0}


def test_prefers_not_to_answer_is_an_answer_where_the_questionnaire_knows_it(patient: Patient, people: People) -> None:
    agree(patient)
    allow("ace", people.manager)
    client = tablet_client(make_set(patient, people.treating, "ace"))
    assert "Prefers not" not in client.get(question_url(1, 1)).content.decode()
    answer(client, 1, None, 1)
    assert Administration.objects.get().answers == {"item1": DECLINED, "item2": 1}


class TestInDanger:
    """A positive item 9 of the PHQ-9."""

    def test_a_task_opens_at_once_with_an_owner_and_stays_when_the_patient_walks_away(
        self, people: People, settings: Any
    ) -> None:
        handed = make_set(people.patient, people.colleague, "phq9", "phq4")
        client = tablet_client(handed)
        answer(client, 1, 2, first=9)
        task = SafetyTask.objects.get()
        assert (task.owner, task.opened_by, task.severity) == (people.treating, None, 2)
        leave_alone(handed.tablet, 30)
        client.get(reverse("screening:tablet_hello"))
        assert Administration.objects.get().state == SheetState.PARTIAL
        assert SafetyTask.objects.get().state == "open"

    def test_without_a_prescriber_it_is_whoever_handed_the_tablet_over(self, people: People) -> None:
        nobodys = make_patient()
        join_care_team(people.colleague, nobodys)
        answer(tablet_client(make_set(nobodys, people.colleague, "phq9")), 1, 1, first=9)
        assert SafetyTask.objects.get().owner == people.colleague

    def test_the_patient_reads_where_to_get_help_after_the_sheet_and_at_the_end(
        self, people: People, settings: Any
    ) -> None:
        settings.PATIENT_CRISIS_TEXT = "Ring the crisis line."
        client = tablet_client(make_set(people.patient, people.colleague, "phq9", "phq4"))
        response = answer(client, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1)
        help_url = reverse("screening:tablet_help", args=[1])
        assert response.url == help_url
        page = client.get(help_url).content.decode()
        assert "Ring the crisis line." in page
        assert "Somebody of the clinic will speak with you today." in page
        assert question_url(2, 1) in page
        assert client.get(reverse("screening:tablet_help", args=[2])).status_code == 302
        last = answer(client, 2, 0, 0, 0, 0).content.decode()
        assert "Ring the crisis line." in last
        assert "0" not in last.partition("<main")[2], "no score"

    def test_nobody_else_is_shown_it(self, people: People, settings: Any) -> None:
        settings.PATIENT_CRISIS_TEXT = "Ring the crisis line."
        client = tablet_client(make_set(people.patient, people.colleague, "phq4"))
        assert "crisis" not in answer(client, 1, 3, 3, 3, 3).content.decode()


def test_what_the_desk_finished_meanwhile_is_not_asked_again(patient: Patient, colleague: User) -> None:
    client = tablet_client(make_set(patient, colleague, "phq4", "phq9"))
    make_sheet(patient, "phq4", {f"item{n}": 1 for n in range(1, 5)})
    assert client.get(reverse("screening:tablet_hello")).url == question_url(2, 1)
    assert client.post(question_url(1, 1), {"answer": 1}).url == reverse("screening:tablet_hello")
    assert Administration.objects.count() == 1
