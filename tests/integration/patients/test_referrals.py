"""Referrals: noted, answered step by step, sorted by urgency and waiting time."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.core.writing import Refused, StaleSave
from apps.patients.choices import ReferralState
from apps.patients.models import Referral
from apps.patients.selectors.referrals import referral_inbox
from apps.patients.services.referrals import NEXT_STATES, add_referral, answer_referral, correct_referral
from tests.factories.patients import make_patient, make_referral
from tests.fixtures.people import People

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]

LETTER = {"referrer_name": "Dr Letter", "received_on": date(2026, 1, 5), "reason": "Headache", "urgency": "soon"}


def test_every_state_has_next_steps() -> None:
    assert set(NEXT_STATES) == set(ReferralState)


@pytest.mark.parametrize("state", ReferralState)
@pytest.mark.parametrize("wanted", ReferralState)
def test_only_steps_that_follow(state: ReferralState, wanted: ReferralState, people: People) -> None:
    referral = make_referral(people.patient)
    Referral.objects.filter(pk=referral.pk).update(state=state, state_note="Because")
    referral.refresh_from_db()
    if wanted in NEXT_STATES[state]:
        answered = answer_referral(
            referral=referral, expected_version=1, state=wanted, note="Because", by=people.treating
        )
        assert answered.state == wanted
        assert answered.version == 2
    else:
        with pytest.raises(Refused, match="does not follow"):
            answer_referral(referral=referral, expected_version=1, state=wanted, note="Because", by=people.treating)


@pytest.mark.parametrize("state", ["waiting", "declined"])
def test_who_holds_it_up_says_why(state: str, people: People) -> None:
    with pytest.raises(Refused, match="Say what is missing, or why"):
        answer_referral(
            referral=make_referral(people.patient), expected_version=1, state=state, note=" ", by=people.treating
        )


def test_the_second_answer_is_stale(people: People) -> None:
    referral = make_referral(people.patient)
    opened = Referral.objects.get(pk=referral.pk)
    answer_referral(referral=referral, expected_version=1, state="accepted", by=people.treating)
    with pytest.raises(StaleSave):
        answer_referral(referral=opened, expected_version=1, state="declined", note="Full", by=people.colleague)
    opened.refresh_from_db()
    assert opened.state == "accepted"


@pytest.mark.parametrize("received_on", [date(1984, 2, 28), timezone.localdate() + timedelta(days=2)])
def test_impossible_days(received_on: date, people: People) -> None:
    with pytest.raises(Refused) as refused:
        add_referral(patient=people.patient, by=people.treating, asked={**LETTER, "received_on": received_on})
    assert "received_on" in refused.value.errors
    with pytest.raises(Refused):
        correct_referral(
            referral=make_referral(people.patient),
            expected_version=1,
            by=people.treating,
            asked={"received_on": received_on},
        )


def test_three_people(people: People) -> None:
    assert add_referral(patient=people.patient, by=people.treating, asked=LETTER).created_by == people.treating
    assert add_referral(patient=people.patient, by=people.colleague, asked=LETTER).pk
    for nobody in (people.stranger, people.pharmacist, people.auditor):
        with pytest.raises(PermissionDenied):
            add_referral(patient=people.patient, by=nobody, asked=LETTER)


def test_the_inbox_is_sorted_by_urgency_then_by_waiting(people: People) -> None:
    today = timezone.localdate()
    for name, urgency, days in (
        ("new routine", "routine", 1),
        ("old routine", "routine", 90),
        ("new urgent", "urgent", 0),
        ("old urgent", "urgent", 9),
        ("soon", "soon", 30),
    ):
        make_referral(people.patient, referrer_name=name, urgency=urgency, received_on=today - timedelta(days=days))
    closed = make_referral(people.patient, referrer_name="accepted")
    answer_referral(referral=closed, expected_version=1, state="accepted", by=people.treating)

    names = [referral.referrer_name for referral in referral_inbox(people.manager).rows]
    assert names == ["old urgent", "new urgent", "soon", "old routine", "new routine"]
    assert [referral.referrer_name for referral in referral_inbox(people.manager, state="accepted").rows] == [
        "accepted"
    ]
    assert referral_inbox(people.stranger).rows == []
    assert len(referral_inbox(people.colleague).rows) == 5
    seen, after = [], None
    while (page := referral_inbox(people.manager, after=after, size=2)).rows:
        seen += [referral.referrer_name for referral in page.rows]
        if (after := page.later) is None:
            break
    assert seen == names


def test_the_inbox_asks_a_fixed_number_of_queries(people: People, client_of: ClientOf) -> None:
    client = client_of(people.manager)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("patients:referrals")).status_code == 200
        return len(captured)

    make_referral(people.patient)
    one = queries()
    for _ in range(20):
        make_referral(make_patient())
    assert queries() == one


def test_the_page_answers(people: People, client_of: ClientOf) -> None:
    referral = make_referral(people.patient, urgency="urgent", received_on=timezone.localdate() - timedelta(days=3))
    address = reverse("patients:referral", kwargs={"patient_id": people.patient.pk, "referral_id": referral.pk})
    client = client_of(people.treating)
    assert "3 days ago" in client.get(address).content.decode()
    refused = client.post(address, {"state": "waiting", "note": "", "version": "1"})
    assert refused.status_code == 422
    saved = client.post(address, {"state": "waiting", "note": "MRI report", "version": "1"}, follow=True)
    assert "waiting for information" in saved.content.decode()
    assert "MRI report" in saved.content.decode()
    stale = client.post(address, {"state": "declined", "note": "Too far away", "version": "1"})
    assert stale.status_code == 409
    assert "Too far away" in stale.content.decode()
    for nonsense in ({}, {"state": "x", "version": "x"}, {"state": "accepted", "version": "\x00"}):
        assert client.post(address, nonsense).status_code == 422


def test_who_may_only_read_cannot_answer(people: People, client_of: ClientOf) -> None:
    from tests.factories.patients import make_member

    make_member(people.patient, people.pharmacist)
    referral = make_referral(people.patient)
    address = reverse("patients:referral", kwargs={"patient_id": people.patient.pk, "referral_id": referral.pk})
    client = client_of(people.pharmacist)
    assert "You can read this referral" in client.get(address).content.decode()
    client.post(address, {"state": "accepted", "note": "", "version": "1"})
    referral.refresh_from_db()
    assert referral.state == "received"


def test_the_page_corrects(people: People, client_of: ClientOf) -> None:
    referral = make_referral(people.patient)
    address = reverse("patients:correct_referral", kwargs={"patient_id": people.patient.pk, "referral_id": referral.pk})
    data = {"referrer_name": "Dr Other", "received_on": "1/2/2026", "urgency": "soon", "reason": "Aura", "version": "1"}
    client = client_of(people.treating)
    assert client.post(address, data).status_code == 302
    assert client.post(address, {**data, "reason": "Mine"}).status_code == 409
    referral.refresh_from_db()
    assert (referral.referrer_name, referral.reason) == ("Dr Other", "Aura")
