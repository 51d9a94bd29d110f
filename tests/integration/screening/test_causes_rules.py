"""What the database refuses about other causes, lists, consent and status, also when nobody asks the services."""

import json
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.clinical.pseudo_refractory import PSEUDO_ITEMS
from apps.clinical.red_flags import RED_FLAGS
from apps.clinical.secondary_causes import CAUSES
from apps.core.writing import readable_refusal
from apps.patients.models import Patient, Visit
from apps.screening.models import Administration, CauseReview, ChecklistReview, SensitiveConsent
from apps.screening.presenters.causes import open_lines
from apps.screening.selectors.causes import latest_lists, latest_reviews, open_rule_outs
from apps.treatment.models import RefractoryStatus
from tests.factories.causes import close_all_lines, make_consent, make_pseudo, make_red_flags, make_review
from tests.factories.screening import sheet_row
from tests.fixtures.people import People
from tests.refusals import constraint_of

pytestmark = pytest.mark.django_db

TABLES: dict[str, type[Any]] = {
    "checklist": ChecklistReview,
    "cause": CauseReview,
    "consent": SensitiveConsent,
    "status": RefractoryStatus,
}
DAY = "2026-01-05"
ROWS: dict[str, dict[str, Any]] = {
    "checklist": {
        "checklist": "pseudo",
        "answered_on": DAY,
        "answers": {"dose": "no"},
        "same_day": [],
        "notes": {},
        "whole": False,
        "answer": "cannot_tell",
        "headline": "incomplete",
        "rule_version": "1.0",
    },
    "cause": {
        "cause": "iih",
        "state": "to_do",
        "reviewed_on": DAY,
        "asked_for": "",
        "result": "",
        "reason": "",
    },
    "consent": {"topic": "adversity", "answer": "given", "asked_on": DAY, "note": ""},
    "status": {"state": "resistant", "standing": "provisional", "decided_on": DAY, "reasons": "Three classes failed"},
}


def insert(table: str, patient: Patient, **changed: Any) -> uuid.UUID:
    """Write a row in raw SQL, past every line of Python."""
    row = {"id": uuid.uuid4(), "created_at": timezone.now(), "patient_id": patient.pk, **ROWS[table], **changed}
    values = [json.dumps(value) if isinstance(value, dict | list) else value for value in row.values()]
    names, places = ", ".join(row), ", ".join(["%s"] * len(row))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {TABLES[table]._meta.db_table} ({names}) VALUES ({places})",  # noqa: S608 - written above
            values,
        )
    return row["id"]


@pytest.mark.parametrize("table", list(ROWS))
def test_the_row_itself_is_right(patient: Patient, table: str) -> None:
    key = insert(table, patient)
    assert TABLES[table].objects.get().pk == key


@pytest.mark.parametrize(
    ("table", "changed", "rule"),
    [
        ("checklist", {"checklist": "shopping"}, "screening_checklist_answered"),
        ("checklist", {"answers": {}}, "screening_checklist_answered"),
        ("checklist", {"rule_version": ""}, "screening_checklist_answered"),
        ("cause", {"cause": "moon"}, "screening_cause_known"),
        ("cause", {"state": "forgotten"}, "screening_cause_known"),
        ("cause", {"state": "ordered", "asked_for": "MRI"}, "screening_cause_state_whole"),
        ("cause", {"state": "ordered", "due_on": DAY, "asked_for": " "}, "screening_cause_state_whole"),
        ("cause", {"state": "result", "result": "normal"}, "screening_cause_state_whole"),
        ("cause", {"state": "result", "explains": False}, "screening_cause_state_whole"),
        ("cause", {"state": "not_needed", "reason": " "}, "screening_cause_state_whole"),
        ("consent", {"topic": "weather"}, "screening_consent_known"),
        ("consent", {"answer": "perhaps"}, "screening_consent_known"),
        ("status", {"state": "difficult"}, "treatment_status_known"),
        ("status", {"standing": "rumoured"}, "treatment_status_known"),
        ("status", {"reasons": " \n"}, "treatment_status_says_why"),
        ("status", {"standing": "confirmed"}, "treatment_status_needs_rule_outs"),
        ("status", {"standing": "confirmed", "state": "refractory"}, "treatment_status_needs_rule_outs"),
    ],
)
def test_a_row_that_makes_no_sense_is_refused(patient: Patient, table: str, changed: dict[str, Any], rule: str) -> None:
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        insert(table, patient, **changed)
    assert constraint_of(refusal) == rule
    assert not readable_refusal(refusal.value).startswith("The database refused this")


@pytest.mark.parametrize("how", ["update", "raw", "delete"])
@pytest.mark.parametrize(
    ("table", "field", "rule"),
    [
        ("checklist", "headline", "screening_checklist_stays"),
        ("cause", "reason", "screening_cause_review_stays"),
        ("consent", "note", "screening_consent_stays"),
        ("status", "reasons", "treatment_status_stays"),
    ],
    ids=["checklist", "cause", "consent", "status"],
)
def test_what_was_recorded_stays(patient: Patient, table: str, field: str, rule: str, how: str) -> None:
    rows = TABLES[table].objects.filter(pk=insert(table, patient))
    with pytest.raises(IntegrityError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        if how == "update":
            rows.update(**{field: "otherwise"})
        elif how == "raw":
            cursor.execute(f"UPDATE {TABLES[table]._meta.db_table} SET {field} = 'otherwise'")  # noqa: S608
        else:
            cursor.execute(f"DELETE FROM {TABLES[table]._meta.db_table}")  # noqa: S608
    assert constraint_of(refusal) == rule


class TestConsentFirst:
    @pytest.mark.parametrize("said", [(), ("refused",), ("given", "withdrawn"), ("given", "refused")], ids=str)
    def test_sensitive_answers_need_a_consent_that_stands(self, patient: Patient, said: tuple[str, ...]) -> None:
        for answer in said:
            insert("consent", patient, answer=answer, created_at=timezone.now())
        with pytest.raises(IntegrityError) as refusal, transaction.atomic():
            sheet_row(patient, instrument="ace", answers={}, mode="total_only", band="high", missing=10).save()
        assert constraint_of(refusal) == "screening_consent_first"

    def test_results_from_before_stay_and_do_not_change(self, patient: Patient) -> None:
        make_consent(patient)
        sheet = sheet_row(patient, instrument="ace", answers={}, mode="total_only", band="high", missing=10)
        sheet.save()
        insert("consent", patient, answer="withdrawn")
        with pytest.raises(IntegrityError) as refusal, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE screening_administration SET total = 2")
        assert constraint_of(refusal) in ("screening_consent_first", "screening_sheet_final")
        assert Administration.objects.get().total == 1


class TestRedFlagsFirst:
    @pytest.mark.parametrize("asked", ["nothing", "a part", "a part after all of it"])
    def test_a_first_visit_is_not_signed(self, people: People, asked: str) -> None:
        if asked == "a part after all of it":
            make_red_flags(people.patient)
        if asked != "nothing":
            make_red_flags(people.patient, answers={"sudden": False})
        now = timezone.now()
        visit = Visit.objects.create(
            patient=people.patient, clinician=people.treating, visit_on=timezone.localdate(), kind="first"
        )
        signature = {"state": "signed", "signed_at": now, "signed_by": people.treating, "findings": "seen"}
        with pytest.raises(IntegrityError) as refusal, transaction.atomic():
            Visit.objects.filter(pk=visit.pk).update(**signature)
        assert constraint_of(refusal) == "screening_red_flags_first"
        with pytest.raises(IntegrityError) as refusal, transaction.atomic():
            Visit.objects.create(
                patient=people.patient,
                clinician=people.colleague,
                visit_on=timezone.localdate(),
                kind="first",
                **signature,
            )
        assert constraint_of(refusal) == "screening_red_flags_first"
        make_red_flags(people.patient, "painkillers")
        Visit.objects.filter(pk=visit.pk).update(**signature)

    def test_other_visits_need_none(self, people: People) -> None:
        Visit.objects.create(
            patient=people.patient,
            clinician=people.treating,
            visit_on=timezone.localdate(),
            kind="follow_up",
            state="signed",
            signed_at=timezone.now(),
            signed_by=people.treating,
            findings="seen",
        )


class TestOpenLines:
    def test_the_database_knows_the_causes_of_the_rule_book(self, patient: Patient) -> None:
        assert open_rule_outs(patient) == len(CAUSES) + 2
        for number, cause in enumerate(CAUSES, start=1):
            insert("cause", patient, cause=cause.code, state="not_needed", reason="looked at")
            assert open_rule_outs(patient) == len(CAUSES) + 2 - number

    def test_a_status_is_confirmed_once_all_lines_are_closed(self, patient: Patient) -> None:
        close_all_lines(patient)
        assert open_rule_outs(patient) == 0
        insert("status", patient, standing="confirmed")
        make_pseudo(patient, "dose")
        with pytest.raises(IntegrityError) as refusal, transaction.atomic():
            insert("status", patient, standing="confirmed")
        assert constraint_of(refusal) == "treatment_status_needs_rule_outs"
        insert("status", patient, standing="confirmed", state="neither")

    @settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        flags=st.sampled_from([None, 1, len(RED_FLAGS)]),
        pseudo=st.none()
        | st.dictionaries(st.sampled_from([item.code for item in PSEUDO_ITEMS]), st.booleans(), min_size=1),
        states=st.dictionaries(
            st.sampled_from([cause.code for cause in CAUSES]),
            st.sampled_from(["to_do", "ordered", "explains", "result", "not_needed"]),
        ),
    )
    def test_page_and_database_count_the_same(
        self, people: People, flags: int | None, pseudo: dict[str, bool] | None, states: dict[str, str]
    ) -> None:
        patient = Patient.objects.create(given_name="A", family_name="B", date_of_birth="1980-01-01")
        if flags:
            make_red_flags(patient, answers={flag.code: False for flag in RED_FLAGS[:flags]})
        if pseudo:
            make_pseudo(patient, answers=pseudo)
        for cause, state in states.items():
            known = {"state": "result", "result": "x", "explains": state == "explains"}
            other = {"state": state, "asked_for": "MRI", "due_on": timezone.localdate(), "reason": "x"}
            make_review(patient, cause, **(known if state in ("explains", "result") else other))
        found = open_lines(patient, latest_reviews(patient), latest_lists(patient))
        assert len(found) == open_rule_outs(patient)
