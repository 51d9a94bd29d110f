"""The loop of a sleep study: every step, every refused jump, who may take it, what is overdue, and the days around it."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
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
from apps.core.dates import short_date
from apps.core.writing import Refused, StaleSave
from apps.screening.choices import REFERRAL_ORDER, ReferralState, SleepDisorder
from apps.screening.forms.sleep_referrals import STEP_FORMS
from apps.screening.models import SleepReferral
from apps.screening.selectors.sleep_referrals import overdue_page
from apps.screening.services.sleep_referrals import drop_referral, move_due_date, record_adherence, take_step
from apps.screening.sleep_steps import is_open
from tests.factories.accounts import make_user
from tests.factories.patients import make_patient
from tests.factories.sleep import GIVEN, make_sleep_screen, make_sleep_study
from tests.fixtures.people import People, join_care_team
from tests.integration.screening.test_answering import page_of

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
STEPS = [step for step in ReferralState if step not in (ReferralState.WANTED, ReferralState.DROPPED)]
ALLOWED = {
    ("wanted", "ordered"),
    ("ordered", "booked"),
    ("ordered", "done"),
    ("booked", "booked"),
    ("booked", "done"),
    ("done", "result"),
    ("result", "acted_on"),
}


def address(name: str, study: SleepReferral, *more: Any) -> str:
    return reverse(f"screening:{name}", args=[study.patient_id, study.pk, *more])


def at(state: ReferralState, people: People) -> SleepReferral:
    """A study that stands at a step, all of it a week ago."""
    week_ago = timezone.localdate() - timedelta(days=7)
    if state != ReferralState.DROPPED:
        return make_sleep_study(people.patient, by=people.treating, state=state, on=week_ago)
    study = make_sleep_study(people.patient, by=people.treating)
    return drop_referral(
        referral=study, reason="Done elsewhere", today=week_ago, expected_version=study.version, by=people.treating
    )


def step(study: SleepReferral, to: ReferralState, by: User, **more: Any) -> SleepReferral:
    today = timezone.localdate()
    given: dict[str, Any] = {"on": today, "today": today, "given": GIVEN.get(to, {}), **more}
    return take_step(**{"referral": study, "step": to, "expected_version": study.version, "by": by, **given})


@pytest.mark.parametrize("state", list(ReferralState), ids=lambda state: f"from {state.value}")
def test_no_step_is_jumped_over_and_none_is_taken_back(people: People, state: ReferralState) -> None:
    for to in STEPS:
        study = at(state, people)
        if (state, to) in ALLOWED:
            assert step(study, to, people.treating).state == to
        else:
            with pytest.raises(Refused, match="This can't come next"):
                step(study, to, people.treating)
            assert SleepReferral.objects.get(pk=study.pk).state == state
        left = SleepReferral.objects.get(pk=study.pk)
        if is_open(left.state):
            drop_referral(
                referral=left,
                reason="Next case",
                today=timezone.localdate(),
                expected_version=left.version,
                by=people.treating,
            )


@pytest.mark.parametrize("state", [ReferralState.ACTED_ON, ReferralState.DROPPED], ids=["acted on", "dropped"])
def test_what_is_over_is_not_dropped(people: People, state: ReferralState) -> None:
    study = at(state, people)
    with pytest.raises(Refused):
        drop_referral(
            referral=study, reason="x", today=timezone.localdate(), expected_version=study.version, by=people.treating
        )


def test_each_step_says_when_the_next_is_due(people: People, settings: Any) -> None:
    settings.SLEEP_STEP_DAYS = 10
    today = timezone.localdate()
    study = make_sleep_study(people.patient, by=people.treating)
    assert study.due_on == today + timedelta(days=10)
    study = step(study, ReferralState.ORDERED, people.treating, due_on=today + timedelta(days=3))
    assert study.due_on == today + timedelta(days=3)
    appointment = today + timedelta(days=40)
    study = step(study, ReferralState.BOOKED, people.treating, on=appointment)
    assert (study.booked_for, study.due_on) == (appointment, appointment)
    study = step(study, ReferralState.BOOKED, people.treating, on=appointment + timedelta(days=1))
    assert study.due_on == appointment + timedelta(days=1)
    for to in (ReferralState.DONE, ReferralState.RESULT):
        study = step(study, to, people.treating)
        assert study.due_on == today + timedelta(days=10)
    assert step(study, ReferralState.ACTED_ON, people.treating).due_on is None
    with pytest.raises(Refused, match="from today on"):
        step(at(ReferralState.ORDERED, people), ReferralState.DONE, people.treating, due_on=today - timedelta(days=1))


def test_only_an_appointment_may_be_to_come(people: People) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(Refused, match="future"):
        step(at(ReferralState.ORDERED, people), ReferralState.DONE, people.treating, on=tomorrow)


def test_a_stale_save_changes_nothing(client_of: SignIn, people: People) -> None:
    study = at(ReferralState.DONE, people)
    where = address("sleep_step", study, "result")
    typed = {"version": study.version, "on": short_date(timezone.localdate()), "result": "Mine", "ahi": "7"}
    step(study, ReferralState.RESULT, people.treating)
    response = client_of(people.colleague).post(where, typed)
    assert response.status_code == 409
    page = page_of(response)
    assert "Somebody else changed this" in page
    assert "Mine" in page
    recorded = SleepReferral.objects.get()
    assert (recorded.result, recorded.ahi) == ("Moderate sleep apnoea", Decimal(22))
    with pytest.raises(StaleSave):
        step(study, ReferralState.RESULT, people.treating)


def test_a_second_study_for_the_same_is_refused_on_the_page(client_of: SignIn, people: People) -> None:
    make_sleep_screen(people.patient, by=people.treating)
    make_sleep_study(people.patient, by=people.treating)
    client, where = client_of(people.colleague), reverse("screening:sleep_want", args=[people.patient.pk, "apnoea"])
    form = client.get(where).context["form"]
    response = client.post(where, {name: form[name].value() for name in form.fields})
    assert response.status_code == 422
    assert "A study for this is on its way already." in page_of(response)


def test_a_study_is_wanted_with_the_reasons_of_the_finding(client_of: SignIn, people: People) -> None:
    screen = make_sleep_screen(people.patient, by=people.treating)
    client, where = client_of(people.colleague), reverse("screening:sleep_want", args=[people.patient.pk, "apnoea"])
    form = client.get(where).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    assert "Increased risk of sleep apnoea" in sent["indicators"]
    assert "Habitual loud snoring: yes" in sent["indicators"]
    assert client.post(where, {**sent, "indicators": " "}).status_code == 422
    assert client.post(where, sent).status_code == 302
    study = SleepReferral.objects.get()
    assert (study.study, study.screen, study.created_by) == ("psg_or_hsat", screen, people.colleague)
    page = page_of(client.get(address("sleep_referral", study)))
    assert "A physician orders it." in page
    assert "Order it" not in page


@pytest.mark.parametrize(
    ("state", "to", "typed", "sentence"),
    [
        ("ordered", "booked", {"on": ""}, "Enter the day of the appointment."),
        ("ordered", "booked", {"on": "1/1/1999"}, "Enter a date from"),
        ("ordered", "done", {"on": "1/1/2099"}, "Enter a date up to"),
        ("ordered", "done", {"on": "31/2/2026"}, "There is no 31 February 2026"),
        ("done", "result", {"result": ""}, "Write what the result is."),
        ("done", "result", {"ahi": "201"}, "Enter the apnoea-hypopnoea index (AHI) as a number up to 200."),
        ("done", "result", {"spo2_nadir": "29"}, "Enter the lowest oxygen saturation as a number from 30 upwards."),
        ("done", "result", {"plmi": "many"}, "Enter a number from 0 to 300 with at most 1 decimal."),
        ("done", "result", {"mslt_minutes": "21"}, "Enter the mean sleep latency (MSLT) as a number up to 20."),
        ("result", "acted_on", {"action": ""}, "Write what was done about the result."),
        ("result", "acted_on", {"cpap_hours": "25"}, "Enter the hours a night that CPAP is used as a number up to 24."),
        ("result", "acted_on", {"cpap_nights": "101"}, "as a number up to 100."),
    ],
)
def test_a_step_says_what_is_wrong_and_keeps_what_was_typed(
    client_of: SignIn, people: People, state: str, to: str, typed: dict[str, str], sentence: str
) -> None:
    study = at(ReferralState(state), people)
    whole = {"on": short_date(timezone.localdate()), "result": "AHI high", "action": "CPAP begun", **typed}
    response = client_of(people.colleague).post(address("sleep_step", study, to), {"version": study.version, **whole})
    assert response.status_code == 422
    assert sentence in page_of(response)
    form = response.context["form"]
    assert {name: form[name].value() for name in typed} == typed
    assert SleepReferral.objects.get().state == state


def test_the_use_of_cpap_is_noted_later_too(client_of: SignIn, people: People) -> None:
    study = at(ReferralState.ACTED_ON, people)
    where, client = address("sleep_adherence", study), client_of(people.colleague)
    assert client.post(where, {"version": study.version, "cpap_hours": "5.5", "cpap_nights": "64"}).status_code == 302
    page = page_of(client.get(address("sleep_referral", study)))
    assert "5.5 hours a night" in page
    assert "a payer’s rule, not a goal" in page
    with pytest.raises(Refused):
        early = make_sleep_study(people.patient, by=people.treating)
        record_adherence(
            referral=early, cpap_hours=5, cpap_nights=None, expected_version=early.version, by=people.treating
        )


def test_a_waiting_list_moves_the_day(client_of: SignIn, people: People) -> None:
    study = make_sleep_study(people.patient, by=people.treating, overdue=True)
    client, where, today = client_of(people.colleague), address("sleep_due", study), timezone.localdate()
    late = client.post(where, {"version": study.version, "due_on": short_date(today - timedelta(days=1))})
    assert "Enter a date from" in page_of(late)
    assert client.post(where, {"version": study.version, "due_on": short_date(today)}).status_code == 302
    moved = SleepReferral.objects.get()
    assert (moved.due_on, moved.state) == (today, "wanted")
    drop_referral(referral=moved, reason="x", today=today, expected_version=moved.version, by=people.treating)
    moved.refresh_from_db()
    with pytest.raises(Refused):
        move_due_date(referral=moved, due_on=today, today=today, expected_version=moved.version, by=people.treating)
    assert client.get(where).status_code == 302


def test_not_pursued_needs_a_reason_and_keeps_it(client_of: SignIn, people: People) -> None:
    study, client = at(ReferralState.BOOKED, people), client_of(people.colleague)
    where = address("sleep_drop", study)
    assert "Say why it is not pursued." in page_of(client.post(where, {"version": study.version, "reason": " "}))
    client.post(where, {"version": study.version, "reason": "Moved away"})
    page = page_of(client.get(address("sleep_referral", study)))
    assert "Moved away" in page
    assert "not reached" in page
    assert client.get(where).status_code == 302
    assert client.get(address("sleep_step", study, "done")).status_code == 302


class TestRights:
    def test_a_physician_orders_and_the_nurse_does_the_rest(self, client_of: SignIn, people: People) -> None:
        study = make_sleep_study(people.patient, by=people.colleague)
        assert client_of(people.colleague).get(address("sleep_order", study)).status_code == 403
        with pytest.raises(PermissionDenied):
            step(study, ReferralState.ORDERED, people.colleague)
        study = step(study, ReferralState.ORDERED, people.treating)
        assert study.ordered_by == people.treating
        for to in STEPS[1:]:
            study = step(study, to, people.colleague)
        assert study.ordered_by == people.treating

    def test_who_may_not_record_reads_only(self, client_of: SignIn, people: People) -> None:
        reader = make_user(role=Role.PHYSIOTHERAPIST)
        join_care_team(reader, people.patient)
        study = at(ReferralState.ORDERED, people)
        client = client_of(reader)
        page = page_of(client.get(address("sleep_referral", study)))
        assert "Enter the appointment" not in page
        assert "Don’t pursue it" not in page
        for name, more in (
            ("sleep_order", []),
            ("sleep_step", ["booked"]),
            ("sleep_drop", []),
            ("sleep_adherence", []),
        ):
            assert client.post(address(name, study, *more)).status_code == 403
        with pytest.raises(PermissionDenied):
            step(study, ReferralState.BOOKED, reader)
        with pytest.raises(PermissionDenied):
            drop_referral(
                referral=study, reason="x", today=timezone.localdate(), expected_version=study.version, by=reader
            )

    def test_a_stranger_and_another_chart_find_nothing(self, client_of: SignIn, people: People) -> None:
        study, other = at(ReferralState.ORDERED, people), make_patient()
        join_care_team(people.colleague, other)
        for name, more in (("sleep_referral", []), ("sleep_order", []), ("sleep_step", ["done"]), ("sleep_drop", [])):
            assert client_of(people.stranger).get(address(name, study, *more)).status_code == 404
            elsewhere = reverse(f"screening:{name}", args=[other.pk, study.pk, *more])
            assert client_of(people.colleague).get(elsewhere).status_code in {403, 404}
        assert client_of(people.colleague).get(address("sleep_step", study, "ordered")).status_code == 404


class TestOverdue:
    def test_is_seen_on_the_chart_the_worklist_and_the_list(self, client_of: SignIn, people: People) -> None:
        client = client_of(people.colleague)
        places = [
            reverse("overview:today"),
            reverse("screening:sleep_referrals"),
            reverse("patients:detail", args=[people.patient.pk]),
        ]
        study = make_sleep_study(people.patient, by=people.treating, state=ReferralState.DONE)
        SleepReferral.objects.filter(pk=study.pk).update(due_on=timezone.localdate())
        for place in places:
            assert address("sleep_referral", study) not in page_of(client.get(place))
        SleepReferral.objects.filter(pk=study.pk).update(due_on=timezone.localdate() - timedelta(days=1))
        for place in places:
            page = page_of(client.get(place))
            assert address("sleep_referral", study) in page
            assert "for the result" in page
        for nobody in (people.stranger, people.manager):
            for place in places[:2]:
                assert address("sleep_referral", study) not in page_of(client_of(nobody).get(place))

    def test_what_is_over_is_not_overdue(self, people: People) -> None:
        for state in (ReferralState.ACTED_ON, ReferralState.DROPPED):
            at(state, people)
        assert overdue_page(people.treating, timezone.localdate() + timedelta(days=900)).rows == ()

    def test_is_paged_and_costs_the_same_for_many(self, client_of: SignIn, people: People) -> None:
        client, where = client_of(people.treating), reverse("screening:sleep_referrals")

        def add(number: int) -> None:
            patient = make_patient()
            join_care_team(people.treating, patient)
            SleepReferral.objects.create(
                patient=patient,
                disorder=SleepDisorder.APNOEA,
                study="psg",
                indicators="Snores",
                due_on=timezone.localdate() - timedelta(days=number + 1),
            )

        def queries() -> list[int]:
            asked_for = []
            for page in (where, reverse("overview:today")):
                with CaptureQueriesContext(connection) as asked:
                    assert client.get(page).status_code == 200
                asked_for.append(len(asked))
            return asked_for

        add(0)
        queries()
        few = queries()
        for number in range(1, 4):
            add(number)
        assert queries() == few
        first = overdue_page(people.treating, timezone.localdate(), size=3)
        second = overdue_page(people.treating, timezone.localdate(), page=2, size=3)
        assert ([len(page.rows) for page in (first, second)], first.has_more, second.has_more) == ([3, 1], True, False)
        due = [study.due_on for page in (first, second) for study in page.rows]
        assert due == sorted(due)  # type: ignore[type-var]
        assert client.get(where, {"page": "x"}).status_code == 200
        assert client.get(where, {"page": "99"}).status_code == 200


def test_every_order_has_its_form() -> None:
    assert set(STEP_FORMS) == set(REFERRAL_ORDER[1:])
