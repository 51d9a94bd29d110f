"""After a positive item 9: the notice first and everywhere, a task that is closed with what came of it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.choices import Role
from apps.accounts.models import User
from apps.core.writing import Refused
from apps.overview.presenters.worklist import cards_for
from apps.patients.models import Patient
from apps.screening.models import Administration, SafetyTask
from apps.screening.selectors.safety import handings_of, open_safety_tasks, open_safety_tasks_for
from apps.screening.services.safety import assign_safety_task, close_safety_task
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
    assert (task.severity, task.owner, task.opened_by) == (1, treating, colleague)
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


def late(task: SafetyTask, minutes: int) -> None:
    """Let a task have been due so many minutes ago; its guard would refuse the change."""
    due = timezone.now() - timedelta(minutes=minutes)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE screening_safetytask DISABLE TRIGGER screening_safety_task_guard")
        cursor.execute(
            "UPDATE screening_safetytask SET opened_at = %s, due_at = %s WHERE id = %s",
            [due - timedelta(hours=1), due, task.pk],
        )
        cursor.execute("ALTER TABLE screening_safetytask ENABLE TRIGGER screening_safety_task_guard")


def safety_items(user: User) -> list[tuple[str, str]]:
    cards = {card.title: card for card in cards_for(user, timezone.localdate())}
    return [(item.tag, item.who) for item in cards["Safety"].items] if "Safety" in cards else []


class TestWhoSeesToIt:
    def test_it_is_given_on_and_the_history_stays(
        self, client_of: SignIn, people: People, patient: Patient, django_assert_num_queries: Any
    ) -> None:
        task = make_safety_task(patient)
        make_member(patient, make_user(role=Role.EDUCATOR))
        client = client_of(people.colleague)
        address = reverse("screening:assign_safety_task", args=[patient.pk, task.pk])
        offered = [label for _, label in client.get(address).context["form"].fields["owner"].choices]
        assert offered == ["Nurse Tom Reed, Headache nurse"], "not who has it, not who may not close it"
        response = client.post(address, {"owner": str(people.colleague.pk)}, follow=True)
        assert "Nurse Tom Reed sees to it now" in page_of(response)
        task.refresh_from_db()
        assert (task.owner, task.assigned_by) == (people.colleague, people.colleague)
        assign_safety_task(task=task, owner=people.treating, by=people.colleague)
        with django_assert_num_queries(1):
            handed = [(each.owner, each.by) for each in handings_of(task)]
        assert handed == [
            ("Dr Amara Okafor", ""),
            ("Nurse Tom Reed", "Nurse Tom Reed"),
            ("Dr Amara Okafor", "Nurse Tom Reed"),
        ]
        assert "given by Nurse Tom Reed" in page_of(client.get(page(task)))

    def test_only_to_somebody_who_can_close_it(self, client_of: SignIn, people: People, patient: Patient) -> None:
        task = make_safety_task(patient)
        for owner in (people.stranger, people.manager):
            with pytest.raises(Refused, match="can't close it"):
                assign_safety_task(task=task, owner=owner, by=people.treating)
        with pytest.raises(Refused, match="has this task already"):
            assign_safety_task(task=task, owner=people.treating, by=people.colleague)
        with pytest.raises(PermissionDenied):
            assign_safety_task(task=task, owner=people.treating, by=people.stranger)
        address = reverse("screening:assign_safety_task", args=[patient.pk, task.pk])
        for wrong in ({}, {"owner": str(people.stranger.pk)}, {"owner": "x\x00"}):
            assert client_of(people.colleague).post(address, wrong).status_code == 422
        close_safety_task(task=task, by=people.colleague, **CLOSED)
        with pytest.raises(Refused, match="closed this task already"):
            assign_safety_task(task=task, owner=people.colleague, by=people.treating)
        assert client_of(people.colleague).get(address).status_code == 302


class TestEscalation:
    @pytest.mark.parametrize(
        ("minutes", "tag", "told"),
        [(-5, "Safety", False), (5, "Overdue", False), (29, "Overdue", False), (31, "Escalated", True)],
    )
    def test_everybody_of_the_team_sees_it_and_the_manager_a_number(
        self, people: People, patient: Patient, settings: Any, minutes: int, tag: str, told: bool
    ) -> None:
        settings.SAFETY_ESCALATION_MINUTES = 30
        late(make_safety_task(patient), minutes)
        for user in (people.treating, people.colleague):
            assert safety_items(user) == [(tag, "Ingrid Halvorsen")]
        assert safety_items(people.manager) == ([("Escalated", "1 safety task")] if told else [])
        assert safety_items(people.stranger) == []
        assert safety_items(people.intake_coordinator) == []

    def test_what_is_late_stands_first(self, client_of: SignIn, people: People, patient: Patient) -> None:
        fresh, old = make_safety_task(patient), make_safety_task(patient)
        late(old, 5)
        assert [task.pk for task in open_safety_tasks_for(people.treating)] == [old.pk, fresh.pk]
        today = page_of(client_of(people.treating).get("/"))
        assert today.index(">Overdue<") < today.index(">Safety</span>")
        assert ">Overdue<" in page_of(client_of(people.treating).get(page(old)))


def test_a_graver_answer_after_the_task_was_closed_needs_somebody_again(patient: Patient, people: People) -> None:
    task = make_safety_task(patient, finished=False)
    close_safety_task(task=task, by=people.colleague, **CLOSED)
    rows = Administration.objects.filter(pk=task.sheet_id)
    rows.update(answers={"item9": 1, "item1": 2})
    assert SafetyTask.objects.count() == 1, "the same answer was dealt with"
    rows.update(answers={"item9": 3})
    assert [each.severity for each in open_safety_tasks(patient)] == [3]
    task.refresh_from_db()
    assert (task.state, task.severity) == ("closed", 1)


def test_the_patient_is_shown_where_to_get_help_and_nothing_else(
    client_of: SignIn, people: People, patient: Patient, settings: Any
) -> None:
    settings.PATIENT_CRISIS_TEXT = "Ring the crisis line."
    task = make_safety_task(patient)
    address = reverse("screening:for_patient", args=[patient.pk, task.pk])
    client = client_of(people.colleague)
    assert address in page_of(client.get(page(task)))
    shown = page_of(client.get(address))
    assert "Ring the crisis line." in shown
    for secret in ("Halvorsen", "PHQ-9", "Okafor", "Stay with the patient"):
        assert secret not in shown
