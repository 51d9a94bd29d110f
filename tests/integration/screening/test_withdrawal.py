"""From the draft of a withdrawal to the watch for relapse: who may what, what is refused, what the page says."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.accounts.choices import Role
from apps.accounts.models import User
from apps.clinical.withdrawal_checks import months_after
from apps.core.dates import short_date
from apps.core.writing import Refused, StaleSave
from apps.diary.models import DiaryDay
from apps.screening.models import WithdrawalPlan
from apps.screening.services.withdrawal import Planned, Step, plan_medicine, sign_withdrawal, write_withdrawal
from tests.factories.accounts import make_user
from tests.factories.diary import headache, make_acute_medicine, no_headache, record
from tests.factories.patients import make_patient
from tests.factories.treatment import make_medicine
from tests.factories.withdrawal import make_draft, make_opioid, make_running, make_watched, with_medicine
from tests.fixtures.people import People, join_care_team

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]


def today() -> date:
    return timezone.localdate()


def in_days(days: int) -> date:
    return today() + timedelta(days=days)


def page(people: People, name: str = "withdrawal", *more: Any) -> str:
    return reverse(f"screening:{name}", args=[people.patient.pk, *more])


def text(response: Any) -> str:
    return str(response.content.decode())


def line_page(plan: WithdrawalPlan, code: str) -> str:
    return reverse("screening:withdrawal_line", args=[plan.patient_id, plan.pk, code])


# The draft


def test_the_team_drafts_and_a_draft_comes_with_its_checks(client_of: SignIn, people: People) -> None:
    client = client_of(people.colleague)
    assert "No withdrawal plan" in text(client.get(page(people)))
    form = client.get(page(people, "begin_withdrawal")).context["form"]
    sent = {
        "form_token": form["form_token"].value(),
        "starts_on": short_date(in_days(10)),
        "place": "day_clinic",
        "bridge": "Naproxen for two weeks",
        "preventive": "Topiramate 50 mg",
        "preventive_on": short_date(today()),
        "told": "It gets worse first",
    }
    for _ in range(2):
        response = client.post(page(people, "begin_withdrawal"), sent, follow=True)
    shown = text(response)
    for words in ("Draft", "day clinic", "Naproxen for two weeks", "It gets worse first", "Topiramate 50 mg", "day 3"):
        assert words in shown
    plan = WithdrawalPlan.objects.get()
    assert plan.created_by == people.colleague
    offsets = [(check.due_on - plan.starts_on).days for check in plan.checks.order_by("due_on")]
    assert offsets[:4] == [3, 7, 14, 28]
    assert plan.checks.order_by("due_on").last().due_on == months_after(plan.starts_on, 2)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"starts_on": ""}, "Enter the day it begins."),
        ({"starts_on": "31/2/2027"}, "There is no 31 February 2027."),
        ({"starts_on": "1/1/2050"}, "Enter a date up to"),
        ({"place": "garden"}, "Select one of the answers in the list."),
        ({"bridge": "bell \x07"}, "character"),
        ({"preventive": " ", "preventive_on": "1/12/2026"}, "Enter which preventive begins on that day"),
    ],
    ids=["no day", "no such day", "far away", "nowhere", "control character", "a day of nothing"],
)
def test_a_wrong_draft_is_shown_again(client_of: SignIn, people: People, wrong: dict[str, str], sentence: str) -> None:
    client = client_of(people.colleague)
    form = client.get(page(people, "begin_withdrawal")).context["form"]
    sent = {"form_token": form["form_token"].value(), "starts_on": "1/12/2026", "place": "home", "told": "kept text"}
    response = client.post(page(people, "begin_withdrawal"), {**sent, **wrong})
    assert response.status_code == 422
    assert sentence in text(response)
    assert "kept text" in text(response)
    assert not WithdrawalPlan.objects.exists()


def test_another_begin_moves_the_planned_checks(people: People) -> None:
    plan = make_draft(people.patient, people.colleague)
    before = list(plan.checks.order_by("due_on").values_list("due_on", flat=True))
    for days in (4, -3):
        new = plan.starts_on + timedelta(days=days)
        write_withdrawal(plan=plan, expected_version=plan.version, by=people.colleague, starts_on=new)
        before = [day + timedelta(days=days) for day in before]
        assert list(plan.checks.order_by("due_on").values_list("due_on", flat=True)) == before


def test_a_stale_save_shows_both_versions(client_of: SignIn, people: People) -> None:
    plan = make_draft(people.patient, people.colleague)
    address = page(people, "write_withdrawal", plan.pk)
    stale = {"version": plan.version, "starts_on": short_date(today()), "place": "home", "bridge": "mine"}
    write_withdrawal(plan=plan, expected_version=plan.version, by=people.treating, bridge="theirs")
    response = client_of(people.colleague).post(address, stale)
    assert response.status_code == 409
    assert "theirs" in text(response)
    assert "mine" in text(response)
    plan.refresh_from_db()
    assert plan.bridge == "theirs"


def test_medicines_of_the_diary_are_offered_with_their_days_and_flags(client_of: SignIn, people: People) -> None:
    make_opioid()
    make_acute_medicine("rizatriptan")
    record(
        people.patient, *(headache(in_days(-n), "tramadol") for n in range(22)), headache(in_days(-60), "rizatriptan")
    )
    plan = make_draft(people.patient, people.colleague)
    shown = text(client_of(people.colleague).get(page(people)))
    assert "taken on 22–30 days of the last 30" in shown
    for words in (
        "Do not stop abruptly: taper",
        "Hospital or specialist advised",
        "May be stopped at once, or limited",
    ):
        assert words in shown
    assert line_page(plan, "tramadol") in shown
    assert shown.index(line_page(plan, "tramadol")) < shown.index(line_page(plan, "rizatriptan"))


def test_a_stop_of_an_opioid_needs_a_reason(client_of: SignIn, people: People) -> None:
    make_opioid()
    record(people.patient, headache(in_days(-1), "tramadol"))
    plan = make_draft(people.patient, people.colleague)
    client, address = client_of(people.colleague), line_page(plan, "tramadol")
    response = client.post(address, {"version": plan.version, "way": "stop"})
    assert response.status_code == 422
    assert response.context["form"].errors["against"] == [
        "Say why, or choose a taper: this medicine should not end abruptly."
    ]
    assert not plan.lines.exists()
    client.post(address, {"version": plan.version, "way": "stop", "against": "Two tablets in all, years ago"})
    assert plan.lines.get().against == "Two tablets in all, years ago"
    assert "Against the advice, because:" in text(client.get(page(people)))


def test_a_taper_has_dated_steps_and_drops_what_was_typed_for_a_stop(client_of: SignIn, people: People) -> None:
    make_opioid()
    plan = make_draft(people.patient, people.colleague)
    client, address = client_of(people.colleague), line_page(plan, "tramadol")
    first, second = in_days(0), in_days(7)
    steps = f"{first:%d/%m/%Y}: 3 tablets a day\n\n{short_date(second)}: 2 tablets a day"
    client.post(
        address, {"version": plan.version, "way": "taper", "steps": steps, "against": "gone", "limit_days": "x"}
    )
    line = plan.lines.get()
    assert line.steps == [
        {"on": first.isoformat(), "words": "3 tablets a day"},
        {"on": second.isoformat(), "words": "2 tablets a day"},
    ]
    assert (line.against, line.limit_days) == ("", None)
    assert f"{short_date(second)}: 2 tablets a day" in text(client.get(address))
    assert f"From {short_date(second)}: 2 tablets a day" in text(client.get(page(people)))


@pytest.mark.parametrize(
    ("steps", "sentence"),
    [
        ("", "Write each step as the day, a colon and the dose"),
        ("tomorrow 3 tablets", "Line 1: write each step"),
        ("1/12/2090: 3 tablets\n31/2/2091: 2", "Line 2: There is no 31 February 2091."),
        ("2/12/2090: 3\n1/12/2090: 2", "Enter the steps in the order of their days"),
        ("1/12/2090: 3\n1/12/2090: 2", "Enter the steps in the order of their days"),
        ("1/12/2020: 3", "then the withdrawal begins"),
        ("1/12/2090: " + "x" * 201, "at most 200 characters"),
        ("1/12/2090: 3\n" * 41, "Enter at most 40 steps."),
    ],
    ids=["none", "no colon", "no such day", "back in time", "twice", "too early", "long words", "too many"],
)
def test_wrong_steps_are_named_by_their_line(client_of: SignIn, people: People, steps: str, sentence: str) -> None:
    make_opioid()
    plan = make_draft(people.patient, people.colleague)
    response = client_of(people.colleague).post(
        line_page(plan, "tramadol"), {"version": plan.version, "way": "taper", "steps": steps}
    )
    assert response.status_code == 422
    assert sentence in str(response.context["form"].errors["steps"])
    assert not plan.lines.exists()


@pytest.mark.parametrize("days", ["", "0", "32", "-1", "many", "1.5"])
def test_a_limit_is_a_number_of_days(client_of: SignIn, people: People, days: str) -> None:
    make_acute_medicine("rizatriptan")
    plan = make_draft(people.patient, people.colleague)
    address = line_page(plan, "rizatriptan")
    response = client_of(people.colleague).post(address, {"version": plan.version, "way": "limit", "limit_days": days})
    assert "Enter 1 to 31 days a month; none at all is a stop." in text(response)
    client_of(people.colleague).post(address, {"version": plan.version, "way": "limit", "limit_days": "8"})
    assert "At most 8 days a month" in text(client_of(people.colleague).get(page(people))).replace("at most", "At most")


def test_a_preventive_that_must_not_end_abruptly_is_flagged(client_of: SignIn, people: People) -> None:
    make_medicine("topiramate", ingredients=["topiramate"], pharmacological_class="anticonvulsant")
    make_medicine("propranolol", ingredients=["propranolol"], pharmacological_class="beta_blocker")
    make_medicine("clonazepam", ingredients=["clonazepam"], pharmacological_class="benzodiazepine")
    plan = make_draft(people.patient, people.colleague)
    client = client_of(people.colleague)
    for code, words in (
        ("topiramate", "whether the patient has epilepsy"),
        ("propranolol", "Do not stop abruptly: taper"),
        ("clonazepam", "Hospital or specialist advised"),
    ):
        chosen = client.get(page(people, "choose_withdrawal_line", plan.pk), {"medicine": code}, follow=True)
        assert words in text(chosen)
        assert client.post(line_page(plan, code), {"version": plan.version, "way": "stop"}).status_code == 422


@pytest.mark.parametrize("code", ["", "no-such-medicine", "\x00"])
def test_no_medicine_is_chosen(client_of: SignIn, people: People, code: str) -> None:
    plan = make_draft(people.patient, people.colleague)
    response = client_of(people.colleague).get(
        page(people, "choose_withdrawal_line", plan.pk), {"medicine": code}, follow=True
    )
    assert "Select the medicine that is to be ended." in text(response)


def test_two_people_can_not_plan_past_each_other(client_of: SignIn, people: People) -> None:
    plan = make_draft(people.patient, people.colleague)
    seen = plan.version
    with_medicine(plan, people.treating)
    response = client_of(people.colleague).post(line_page(plan, "rizatriptan"), {"version": seen, "way": "stop"})
    assert response.status_code == 409
    assert "The plan was changed meanwhile" in text(response)
    address = page(people, "drop_withdrawal_line", plan.pk, "rizatriptan")
    client = client_of(people.colleague)
    for version in (str(seen), "", "x" * 30):
        assert "Somebody else changed this plan" in text(client.post(address, {"version": version}, follow=True))
    assert plan.lines.exists()
    assert "is out of the plan" in text(client.post(address, {"version": plan.version}, follow=True))
    assert not plan.lines.exists()


# The signature


def test_only_the_prescriber_puts_it_in_force(client_of: SignIn, people: People) -> None:
    plan = with_medicine(make_draft(people.patient, people.colleague), people.colleague)
    shown = text(client_of(people.colleague).get(page(people)))
    assert "Only the prescriber puts this plan in force" in shown
    assert "Dr Amara Okafor, designated prescriber" in shown
    assert "Sign and put in force" not in shown
    address, sent = page(people, "sign_withdrawal", plan.pk), {"version": plan.version}
    assert client_of(people.colleague).post(address, sent).status_code == 403
    assert client_of(people.stranger).post(address, sent).status_code == 404
    with pytest.raises(PermissionDenied):
        sign_withdrawal(plan=plan, expected_version=plan.version, today=today(), by=people.stranger)
    client = client_of(people.treating)
    assert "Sign and put in force" in text(client.get(page(people)))
    assert "is in force" in text(client.post(address, sent, follow=True))
    plan.refresh_from_db()
    assert (plan.state, plan.signed_by) == ("running", people.treating)
    assert "put in force already" in text(client.post(address, {"version": plan.version}, follow=True))


def test_an_unfinished_draft_is_not_signed(client_of: SignIn, people: People) -> None:
    plan = make_draft(people.patient, people.treating)
    client, address = client_of(people.treating), page(people, "sign_withdrawal", plan.pk)
    assert "Say first which medicine is ended" in text(client.post(address, {"version": plan.version}, follow=True))
    with_medicine(plan, people.treating)
    assert "Somebody else changed" in text(client.post(address, {"version": plan.version - 1}, follow=True))
    plan.refresh_from_db()
    assert plan.state == "draft"


def test_what_has_become_dangerous_since_the_draft_is_not_signed(people: People) -> None:
    opioid = make_opioid()
    for day in range(30):
        record(people.patient, no_headache(in_days(-day)))
    plan = make_draft(people.patient, people.treating)
    with_medicine(plan, people.treating, opioid, way="limit", limit_days=2)
    DiaryDay.objects.filter(patient=people.patient).update(intakes_known=False)
    with pytest.raises(Refused, match="the diary shows more days by now"):
        sign_withdrawal(plan=plan, expected_version=plan.version, today=today(), by=people.treating)


def test_a_step_before_the_begin_is_not_signed(people: People) -> None:
    plan = make_draft(people.patient, people.treating)
    planned = Planned("taper", steps=(_step(1),))
    plan_medicine(
        plan=plan,
        medicine=make_opioid(),
        planned=planned,
        expected_version=plan.version,
        today=today(),
        by=people.treating,
    )
    write_withdrawal(plan=plan, expected_version=plan.version, by=people.treating, starts_on=in_days(5))
    with pytest.raises(Refused, match="a step comes before the withdrawal begins"):
        sign_withdrawal(plan=plan, expected_version=plan.version, today=today(), by=people.treating)


def _step(days: int) -> Step:
    return Step(in_days(days), "3 tablets a day")


def test_a_signed_plan_is_not_written_any_more(client_of: SignIn, people: People) -> None:
    plan = make_running(people.patient, people.treating)
    client = client_of(people.colleague)
    for address in (page(people, "write_withdrawal", plan.pk), line_page(plan, "rizatriptan")):
        assert "is signed and stays as it is" in text(client.get(address, follow=True))
    with pytest.raises(Refused, match="stays as it is"):
        write_withdrawal(plan=plan, expected_version=plan.version, by=people.colleague, bridge="x")
    assert "Change the draft" not in text(client.get(page(people)))


# Rights


def test_who_reads_and_who_writes(client_of: SignIn, people: People) -> None:
    plan = make_draft(people.patient, people.colleague)
    reader = make_user(role=Role.EDUCATOR)
    join_care_team(reader, people.patient)
    shown = text(client_of(reader).get(page(people)))
    assert "Draft" in shown
    assert "Change the draft" not in shown
    for name, more in (("begin_withdrawal", []), ("write_withdrawal", [plan.pk]), ("close_withdrawal", [plan.pk])):
        assert client_of(reader).get(page(people, name, *more)).status_code == 403
        assert client_of(people.stranger).get(page(people, name, *more)).status_code == 404
    with pytest.raises(PermissionDenied):
        write_withdrawal(plan=plan, expected_version=plan.version, by=people.stranger, bridge="x")
    with pytest.raises(StaleSave):
        write_withdrawal(plan=plan, expected_version=99, by=people.colleague, bridge="x")


def test_a_plan_of_another_chart_is_not_found(client_of: SignIn, people: People) -> None:
    other = make_patient()
    join_care_team(people.treating, other)
    plan = make_draft(other, people.treating)
    client = client_of(people.treating)
    for name, more in (
        ("write_withdrawal", [plan.pk]),
        ("end_withdrawal", [plan.pk]),
        ("withdrawal_check", [plan.checks.all()[0].pk]),
    ):
        assert client.get(page(people, name, *more)).status_code == 404


def test_the_page_asks_the_same_few_questions_of_a_long_chart(client_of: SignIn, people: People) -> None:
    make_acute_medicine("rizatriptan")
    make_acute_medicine("naproxen", overuse_class="nsaid")
    record(people.patient, headache(in_days(-40), "rizatriptan"))
    make_watched(people.patient, people.treating, in_days(-40))
    client = client_of(people.colleague)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(page(people))
        return len(seen)

    queries()
    few = queries()
    record(people.patient, *(headache(in_days(-n), "rizatriptan", "naproxen") for n in range(30)))
    assert queries() == few
