"""A withdrawal in force: its checks, its end, the watch for relapse, and how it is closed."""

from typing import Any

import pytest
from django.urls import reverse

from apps.accounts.models import User
from apps.clinical.withdrawal_checks import months_after
from apps.core.dates import short_date
from apps.core.writing import Refused
from apps.overview.presenters.worklist import cards_for
from apps.screening.services.withdrawal import sign_withdrawal
from apps.screening.services.withdrawal_course import (
    add_check,
    close_withdrawal,
    do_check,
    end_withdrawal,
    move_check,
)
from tests.factories.diary import headache, make_acute_medicine, no_headache, record
from tests.factories.withdrawal import make_draft, make_running, make_watched, with_medicine
from tests.fixtures.people import People
from tests.integration.screening.test_withdrawal import SignIn, in_days, page, text, today

pytestmark = pytest.mark.django_db


def test_a_check_is_done_with_words(client_of: SignIn, people: People) -> None:
    plan = make_running(people.patient, people.treating, starts_on=in_days(-5))
    check = plan.checks.order_by("due_on")[0]
    client, address = client_of(people.colleague), page(people, "withdrawal_check", check.pk)
    for sent in ({"done_on": short_date(today()), "found": " "}, {"done_on": short_date(in_days(1)), "found": "Well"}):
        assert client.post(address, sent).status_code == 422
    assert "Overdue" in text(client.get(page(people)))
    client.post(address, {"done_on": short_date(today()), "found": "Bad days, goes on"})
    check.refresh_from_db()
    assert (check.done_by, check.done_on) == (people.colleague, today())
    assert "Bad days, goes on" in text(client.get(page(people)))
    assert "looked already" in text(client.get(address, follow=True))
    with pytest.raises(Refused, match="Nurse Tom Reed looked already"):
        do_check(check=check, found="again", done_on=today(), today=today(), by=people.treating)


def test_checks_are_moved_and_added_one_a_day(client_of: SignIn, people: People) -> None:
    plan = make_draft(people.patient, people.colleague)
    first, second = plan.checks.order_by("due_on")[:2]
    move_check(check=first, due_on=in_days(5), by=people.colleague)
    add_check(plan=plan, due_on=in_days(6), by=people.colleague)
    client = client_of(people.colleague)
    response = client.post(page(people, "add_withdrawal_check", plan.pk), {"due_on": short_date(second.due_on)})
    assert response.status_code == 422
    assert "A check is planned for that day already." in text(response)
    early = client.post(page(people, "move_withdrawal_check", first.pk), {"due_on": short_date(in_days(-5))})
    assert "onwards: then the withdrawal begins" in text(early)
    assert "not in force" in text(client.get(page(people, "withdrawal_check", first.pk), follow=True))


def test_a_check_that_is_due_stands_on_the_worklist_and_in_the_chart(client_of: SignIn, people: People) -> None:
    def on_worklist(user: User) -> list[str]:
        return [
            item.tag
            for card in cards_for(user, today())
            if card.title == "Withdrawals to look at"
            for item in card.items
        ]

    plan = make_draft(people.patient, people.colleague, starts_on=in_days(-7))
    assert on_worklist(people.colleague) == []
    with_medicine(plan, people.treating)
    sign_withdrawal(plan=plan, expected_version=plan.version, today=today(), by=people.treating)
    assert on_worklist(people.colleague) == ["Overdue", "Today"]
    assert on_worklist(people.treating) == ["Overdue", "Today"]
    assert on_worklist(people.stranger) == []
    assert on_worklist(people.manager) == []
    visits = reverse("patients:visits", args=[people.patient.pk])
    assert "A check of the withdrawal is due" in text(client_of(people.colleague).get(visits))
    close_withdrawal(plan=plan, outcome="Moved away", expected_version=plan.version, by=people.colleague)
    assert on_worklist(people.colleague) == []
    assert "A check of the withdrawal is due" not in text(client_of(people.colleague).get(visits))


def test_the_end_begins_a_watch_with_a_check_each_month(client_of: SignIn, people: People, settings: Any) -> None:
    plan = make_running(people.patient, people.treating, starts_on=in_days(-20))
    client, address = client_of(people.colleague), page(people, "end_withdrawal", plan.pk)
    for day in (in_days(-21), in_days(1)):
        response = client.post(address, {"version": plan.version, "ended_on": short_date(day)})
        assert "up to today" in text(response)
    assert client.post(address, {"version": 77, "ended_on": short_date(today())}).status_code == 409
    client.post(address, {"version": plan.version, "ended_on": short_date(today())})
    plan.refresh_from_db()
    assert (plan.state, plan.ended_on, plan.watched_until) == ("watching", today(), months_after(today(), 12))
    due = set(plan.checks.values_list("due_on", flat=True))
    assert {months_after(today(), number) for number in range(1, 13)} <= due
    assert "Only a withdrawal in force can end." in text(client.get(address, follow=True))
    with pytest.raises(Refused):
        end_withdrawal(plan=plan, ended_on=today(), expected_version=plan.version, today=today(), by=people.colleague)


def test_relapse_is_said_with_its_day(client_of: SignIn, people: People) -> None:
    make_acute_medicine("rizatriptan")
    ended = in_days(-40)
    record(
        people.patient,
        *(headache(in_days(-n), "rizatriptan") for n in range(60, 39, -1)),
        *(no_headache(in_days(-n)) for n in range(39, 12, -1)),
        *(headache(in_days(-n), "rizatriptan") for n in range(12, -1, -1)),
    )
    make_watched(people.patient, people.treating, ended)
    shown = text(client_of(people.colleague).get(page(people)))
    assert f"Above the limit again since {short_date(in_days(-3))}" in shown
    assert "acute medicines on 3 of 30 days" in shown


def test_nothing_is_said_about_relapse_on_the_day_of_the_end(client_of: SignIn, people: People) -> None:
    make_watched(people.patient, people.treating, today())
    assert "Watched for relapse" not in text(client_of(people.colleague).get(page(people)))


def test_a_plan_is_closed_with_what_came_of_it(client_of: SignIn, people: People) -> None:
    plan = make_running(people.patient, people.treating)
    client, address = client_of(people.colleague), page(people, "close_withdrawal", plan.pk)
    assert client.post(address, {"version": plan.version, "outcome": " "}).status_code == 422
    client.post(address, {"version": plan.version, "outcome": "Down to 4 days a month"})
    shown = text(client.get(page(people)))
    for words in ("No withdrawal plan", "Down to 4 days a month", "rizatriptan: stop at once", "Earlier plans"):
        assert words in shown
    assert "is closed" in text(client.get(address, follow=True))
    plan.refresh_from_db()
    with pytest.raises(Refused, match="closed already"):
        close_withdrawal(plan=plan, outcome="x", expected_version=plan.version, by=people.colleague)
    with pytest.raises(Refused, match="is closed"):
        add_check(plan=plan, due_on=in_days(9), by=people.colleague)
    make_draft(people.patient, people.colleague)
