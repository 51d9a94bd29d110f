"""The treatment plan: always another plan, one in force, signed ones stay."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.core.writing import Refused, StaleSave
from apps.treatment.models import TreatmentPlan
from apps.treatment.selectors.plans import active_plan, draft_plan
from apps.treatment.services.plans import begin_plan, sign_plan, write_plan
from tests.fixtures.people import People
from tests.refusals import constraint_of

pytestmark = pytest.mark.django_db
SOON = timezone.localdate() + datetime.timedelta(days=60)
ClientOf = Callable[[User], Client]


def whole(people: People, **changed: Any) -> dict[str, Any]:
    return {
        "goal": "13 to 10 headache days by February",
        "preventive": "Candesartan 16 mg",
        "next_step": "Greater occipital nerve block",
        "next_trigger": "less than 30 % fewer headache days after 12 weeks",
        "review_on": SOON,
        "owner": people.treating,
        **changed,
    }


def drafted(people: People, **written: Any) -> TreatmentPlan:
    plan = begin_plan(patient=people.patient, by=people.treating)
    return write_plan(plan=plan, expected_version=plan.version, by=people.treating, **written)


def in_force(people: People) -> TreatmentPlan:
    plan = drafted(people, **whole(people))
    return sign_plan(plan=plan, expected_version=plan.version, by=people.treating)


@pytest.mark.parametrize("missing", ["next_step", "next_trigger", "review_on", "owner"])
def test_a_plan_without_its_next_step_is_not_signed(people: People, missing: str) -> None:
    empty = None if missing in ("review_on", "owner") else "  "
    plan = drafted(people, **whole(people, **{missing: empty}))
    with pytest.raises(Refused, match=r"next step|sees to it"):
        sign_plan(plan=plan, expected_version=plan.version, by=people.treating)
    assert active_plan(people.patient) is None


@pytest.mark.parametrize(
    ("column", "value", "constraint"),
    [
        ("next_step", "''", "treatment_active_plan_has_a_next_step"),
        ("next_step", "E' \\n\\t '", "treatment_active_plan_has_a_next_step"),
        ("next_trigger", "''", "treatment_active_plan_has_a_next_step"),
        ("review_on", "NULL", "treatment_active_plan_has_a_next_step"),
        ("owner_id", "NULL", "treatment_active_plan_has_an_owner"),
    ],
)
def test_the_database_refuses_an_active_plan_without_a_next_step(
    people: People, column: str, value: str, constraint: str
) -> None:
    plan = drafted(people, **whole(people))
    with pytest.raises(IntegrityError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE treatment_treatmentplan SET state = 'active', signed_at = now(), signed_by_id = %s,"  # noqa: S608
            f" {column} = {value} WHERE id = %s",
            [people.treating.pk, plan.pk],
        )
    assert constraint_of(refusal) == constraint


def test_the_next_version_replaces_the_one_in_force(people: People) -> None:
    first = in_force(people)
    draft = begin_plan(patient=people.patient, by=people.colleague)
    assert (draft.number, draft.preventive, draft.review_on) == (2, "Candesartan 16 mg", None)
    write_plan(plan=draft, expected_version=draft.version, by=people.colleague, review_on=SOON)
    sign_plan(plan=draft, expected_version=draft.version, by=people.treating)
    first.refresh_from_db()
    assert first.state == "superseded"
    assert active_plan(people.patient) == draft


def test_a_nurse_writes_and_does_not_sign_and_a_stranger_does_neither(people: People) -> None:
    plan = drafted(people, **whole(people))
    with pytest.raises(PermissionDenied):
        sign_plan(plan=plan, expected_version=plan.version, by=people.colleague)
    with pytest.raises(PermissionDenied):
        write_plan(plan=plan, expected_version=plan.version, by=people.stranger, goal="other")
    with pytest.raises(PermissionDenied):
        begin_plan(patient=people.patient, by=people.stranger)


def test_one_draft_and_one_active_plan(people: People) -> None:
    plan = in_force(people)
    begin_plan(patient=people.patient, by=people.treating)
    with pytest.raises(Refused, match="draft of the next plan"):
        begin_plan(patient=people.patient, by=people.treating)
    for constraint, row in (
        ("treatment_one_draft_plan", {"number": 9}),
        ("treatment_plan_numbered", {"number": plan.number, "state": "superseded"}),
        ("treatment_one_active_plan", {"number": 9, "state": "active"}),
    ):
        signature = {} if "state" not in row else {"signed_at": timezone.now(), "signed_by": people.treating}
        with pytest.raises(IntegrityError) as refusal, transaction.atomic():
            TreatmentPlan.objects.create(patient=people.patient, **whole(people), **row, **signature)
        assert constraint_of(refusal) == constraint


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"state": "lost", "signed_at": timezone.now()}, "treatment_plan_signature_paired"),
        ({"signed_at": timezone.now()}, "treatment_plan_signature_paired"),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused(people: People, wrong: dict[str, Any], constraint: str) -> None:
    plan = drafted(people, **whole(people))
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        TreatmentPlan.objects.filter(pk=plan.pk).update(**wrong)
    assert constraint_of(refusal) == constraint


def test_a_plan_in_an_unknown_state_is_refused(people: People) -> None:
    plan = drafted(people, **whole(people))
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        TreatmentPlan.objects.filter(pk=plan.pk).update(
            state="lost", signed_at=timezone.now(), signed_by=people.treating
        )
    assert constraint_of(refusal) == "treatment_plan_state_known"


@pytest.mark.parametrize("path", ["update", "reopen", "delete"])
def test_a_signed_plan_stays(people: People, path: str) -> None:
    rows = TreatmentPlan.objects.filter(pk=in_force(people).pk)
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        if path == "update":
            rows.update(next_step="something else")
        elif path == "reopen":
            rows.update(state="draft", signed_at=None, signed_by=None)
        else:
            rows.delete()
    assert constraint_of(refusal) == "treatment_plan_signed_stays"


def test_two_people_at_once_lose_nothing(people: People) -> None:
    plan = drafted(people, **whole(people))
    old = plan.version
    write_plan(plan=plan, expected_version=old, by=people.colleague, goal="the nurse's goal")
    with pytest.raises(StaleSave) as stale:
        write_plan(plan=plan, expected_version=old, by=people.treating, goal="the doctor's goal")
    assert stale.value.current.goal == "the nurse's goal"  # type: ignore[attr-defined]


# The pages


def test_written_and_signed_through_the_page(people: People, client_of: ClientOf) -> None:
    client = client_of(people.treating)
    where = {"patient_id": people.patient.pk}
    client.post(reverse("treatment:begin_plan", kwargs=where))
    page = reverse("treatment:write_plan", kwargs=where)
    typed = {
        "goal": "fewer bad days",
        "next_step": "",
        "next_trigger": "",
        "review_on": SOON.strftime("%d/%m/%Y"),
        "owner": str(people.treating.pk),
        "version": 1,
        "sign": "1",
    }
    refused = client.post(page, typed)
    assert refused.status_code == 422
    assert "needs a next step" in refused.content.decode()
    assert "fewer bad days" in refused.content.decode()
    signed = client.post(
        page,
        {
            **typed,
            "next_step": "Nerve block",
            "next_trigger": "no effect after 12 weeks",
            "version": refused.context["form"]["version"].value(),
        },
    )
    assert signed.status_code == 302
    plan = active_plan(people.patient)
    assert plan is not None
    assert (plan.signed_by, plan.next_step) == (people.treating, "Nerve block")
    shown = client_of(people.colleague).get(reverse("treatment:plan", kwargs=where)).content.decode()
    assert "Nerve block" in shown
    assert client_of(people.stranger).get(reverse("treatment:plan", kwargs=where)).status_code == 404


def test_the_owner_is_somebody_of_the_care_team(people: People, client_of: ClientOf) -> None:
    client = client_of(people.treating)
    where = {"patient_id": people.patient.pk}
    client.post(reverse("treatment:begin_plan", kwargs=where))
    answer = client.post(
        reverse("treatment:write_plan", kwargs=where), {"owner": str(people.stranger.pk), "version": 1}
    )
    assert answer.status_code == 422


@pytest.mark.parametrize(
    "bad",
    [
        {"review_on": "30/02/2027"},
        {"goal": "x" * 2001},
        {"next_trigger": "\x00"},
        {"version": "-1"},
        {"owner": "nobody"},
    ],
)
def test_bad_input_is_told(people: People, client_of: ClientOf, bad: dict[str, str]) -> None:
    client = client_of(people.treating)
    where = {"patient_id": people.patient.pk}
    client.post(reverse("treatment:begin_plan", kwargs=where))
    answer = client.post(reverse("treatment:write_plan", kwargs=where), {"version": "1", **bad})
    assert answer.status_code == 422
    draft = draft_plan(people.patient)
    assert draft is not None
    assert draft.version == 1
