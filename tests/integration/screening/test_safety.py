"""After a positive item 9: the notice first and everywhere, a task that is closed with what came of it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.choices import Role
from apps.accounts.models import User
from apps.core.writing import Refused
from apps.patients.models import Patient
from apps.screening.models import SafetyTask
from apps.screening.selectors.safety import open_safety_tasks, open_safety_tasks_for
from apps.screening.services.safety import close_safety_task
from apps.screening.services.sheets import Filled, correct_answers
from tests.factories.accounts import make_user
from tests.factories.patients import make_member, make_patient
from tests.factories.screening import TESTS, answers_for, make_safety_task, make_sheet
from tests.fixtures.people import People
from tests.integration.screening.test_answering import ask, page_of, sent

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
NOTICE = "PHQ-9 item 9 answered 1: speak with the patient now"
CLOSED = {"action": "Spoke with her for half an hour", "outcome": "No plan, sister stays with her"}


def page(task: SafetyTask) -> str:
    return reverse("screening:safety_task", args=[task.patient_id, task.pk])


def test_the_notice_comes_first_also_after_a_partial_save(
    client_of: SignIn, colleague: User, treating: User, patient: Patient, settings: Any
) -> None:
    settings.SAFETY_TASK_MINUTES = 25
    settings.CRISIS_TEXT = "Ring the crisis team."
    client = client_of(colleague)
    response = sent(client, ask(patient), {"item9": "1"}, later="1")
    task = SafetyTask.objects.get(patient=patient)
    assert (task.item_value, task.owner, task.opened_by) == (1, treating, colleague)
    assert round((task.due_at - task.opened_at).total_seconds() / 60) == 25
    shown = page_of(client.get(response.url))  # type: ignore[attr-defined]
    assert shown.index(NOTICE) < shown.index("<h1>")
    for words in ("Ring the crisis team.", "Dr Amara Okafor", "to be agreed by the clinic", page(task)):
        assert words in shown


def test_the_notice_is_on_every_page_of_the_chart_for_those_who_read_it(
    client_of: SignIn, people: People, patient: Patient
) -> None:
    task = make_safety_task(patient)
    for name in ("patients:visits", "screening:overview", "treatment:plan"):
        shown = page_of(client_of(people.colleague).get(reverse(name, args=[patient.pk])))
        assert NOTICE in shown
        assert page(task) in shown
    team = page_of(client_of(people.manager).get(reverse("patients:team", args=[patient.pk])))
    assert NOTICE not in team, "a manager opens the team page and not the chart"
    close_safety_task(task=task, by=people.colleague, **CLOSED)
    shown = page_of(client_of(people.colleague).get(reverse("patients:visits", args=[patient.pk])))
    assert NOTICE not in shown


def test_it_is_closed_with_what_was_done_and_what_came_of_it(
    client_of: SignIn, colleague: User, patient: Patient
) -> None:
    task = make_safety_task(patient)
    client = client_of(colleague)
    for half in ({"action": "Spoke"}, {"outcome": "Safe"}, {"action": " ", "outcome": "\n"}, {}):
        response = client.post(page(task), half)
        assert response.status_code == 422
        assert not SafetyTask.objects.filter(state="closed").exists()
    assert page_of(client.post(page(task), {"action": "Spoke with her"})).count("Enter what came of it.") == 2
    assert "is closed" in page_of(client.post(page(task), CLOSED, follow=True))
    task.refresh_from_db()
    assert (task.state, task.closed_by, task.outcome) == ("closed", colleague, CLOSED["outcome"])
    again = client.post(page(task), {"action": "Other", "outcome": "Other"}, follow=True)
    assert "closed this task already" in page_of(again)
    task.refresh_from_db()
    assert task.action == CLOSED["action"]


@pytest.mark.parametrize("field", ["action", "outcome"])
@pytest.mark.parametrize("wrong", ["x" * 10_000, "bell \x07"])
def test_bad_text_is_kept_and_refused(
    client_of: SignIn, colleague: User, patient: Patient, field: str, wrong: str
) -> None:
    task = make_safety_task(patient)
    response = client_of(colleague).post(page(task), {**CLOSED, field: wrong})
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {field}
    assert response.context["form"][field].value() == wrong


def test_the_service_refuses_the_same(patient: Patient, people: People) -> None:
    task = make_safety_task(patient)
    with pytest.raises(Refused) as refused:
        close_safety_task(task=task, action=" ", outcome="", by=people.colleague)
    assert set(refused.value.errors) == {"action", "outcome"}
    with pytest.raises(PermissionDenied):
        close_safety_task(task=task, by=people.stranger, **CLOSED)
    close_safety_task(task=task, by=people.colleague, **CLOSED)
    with pytest.raises(Refused, match="Nurse Tom Reed closed this task already"):
        close_safety_task(task=task, by=people.treating, **CLOSED)


def test_who_closes_and_who_reads(client_of: SignIn, people: People, patient: Patient) -> None:
    task = make_safety_task(patient)
    reader = make_user(role=Role.EDUCATOR)
    make_member(patient, reader)
    shown = client_of(reader).get(page(task))
    assert "A nurse, physician or psychologist of the care team closes the task." in page_of(shown)
    assert client_of(reader).post(page(task), CLOSED).status_code == 403
    assert client_of(people.stranger).post(page(task), CLOSED).status_code == 404
    assert client_of(people.manager).get(page(task)).status_code == 403
    elsewhere = reverse("screening:safety_task", args=[make_sheet(patient).patient_id, make_sheet(patient).pk])
    assert client_of(people.treating).get(elsewhere).status_code == 404


def test_a_correction_that_still_has_the_answer_opens_its_own_task(patient: Patient) -> None:
    first = make_safety_task(patient)
    filled = Filled(answers=answers_for("phq9", 27), answered_on=timezone.localdate())
    done = {"sheet": make_sheet(patient, answers=answers_for("phq9", 27)), "filled": filled, "reason": "misread"}
    correct_answers(**done, today=timezone.localdate(), by=TESTS)  # type: ignore[arg-type]
    assert SafetyTask.objects.filter(patient=patient).exclude(pk=first.pk).count() == 2


def test_open_tasks_of_a_patient_and_of_a_person(
    people: People, patient: Patient, django_assert_num_queries: Any
) -> None:
    later = make_safety_task(patient)
    closed = make_safety_task(patient)
    make_safety_task(make_patient())
    close_safety_task(task=closed, by=people.treating, **CLOSED)
    with django_assert_num_queries(1):
        assert [str(task.owner) for task in open_safety_tasks(patient)] == ["Dr Amara Okafor"]
    with django_assert_num_queries(1):
        assert [(task.pk, task.patient.full_name) for task in open_safety_tasks_for(people.colleague)] == [
            (later.pk, "Ingrid Halvorsen")
        ]
    with django_assert_num_queries(0):
        assert list(open_safety_tasks_for(people.manager)) == []
    assert list(open_safety_tasks_for(people.stranger)) == []
