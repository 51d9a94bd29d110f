"""What the database refuses about answer sheets and safety tasks, also when nobody asks the services."""

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.clinical.instruments import instrument
from apps.clinical.instruments.cssrs import category_so_far
from apps.core.writing import readable_refusal
from apps.patients.models import Patient
from apps.screening.models import Administration, SafetyTask
from apps.screening.models.safety import RISK
from tests.factories.patients import make_patient
from tests.factories.screening import make_safety_task, make_sheet, phq9, sheet_row

pytestmark = pytest.mark.django_db

SCALE = [{"code": "anxiety", "value": "9"}]
A_TASK_CLOSED = "screening_safety_task_closed_with_outcome"


@contextmanager
def refused(rule: str) -> Iterator[None]:
    """The database names the rule that was broken, and has a sentence for people."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        yield
    assert caught.value.__cause__.diag.constraint_name == rule  # type: ignore[union-attr]
    assert not readable_refusal(caught.value).startswith("The database refused this")


def insert(patient: Patient, **changed: Any) -> uuid.UUID:
    """Write a sheet in raw SQL, past every line of Python."""
    row = {
        "id": uuid.uuid4(),
        "created_at": timezone.now(),
        "updated_at": timezone.now(),
        "version": 1,
        "patient_id": patient.pk,
        "instrument": "phq9",
        "instrument_version": "1.0",
        "rule_version": "1.0",
        "language": "en",
        "mode": "clinician",
        "helper": "",
        "answered_on": timezone.localdate(),
        "state": "partial",
        "answers": phq9(1),
        "missing": 8,
        "band": "",
        "prorated": False,
        "category": "",
        "subscores": [],
        "why_unscored": "",
        "correction_reason": "",
        **changed,
    }
    for name in ("answers", "subscores"):
        row[name] = json.dumps(row[name])
    names, places = ", ".join(row), ", ".join(["%s"] * len(row))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO screening_administration ({names}) VALUES ({places})",  # noqa: S608 - names written above
            list(row.values()),
        )
    return row["id"]  # type: ignore[return-value]


class TestTheSheet:
    @pytest.mark.parametrize(
        ("changed", "rule"),
        [
            ({"missing": 1}, "screening_no_total_from_incomplete_answers"),
            ({"prorated": True}, "screening_no_total_from_incomplete_answers"),
            ({"state": "partial"}, "screening_no_total_before_the_end"),
            ({"band": ""}, "screening_sheet_score_whole"),
            ({"total": None, "why_unscored": "9 open"}, "screening_sheet_score_whole"),
            ({"category": "low"}, "screening_sheet_score_whole"),
            ({"total": None, "band": "", "positive": None}, "screening_no_result_says_why"),
            ({"total": None, "band": "", "positive": None, "why_unscored": " "}, "screening_no_result_says_why"),
            (
                {"total": None, "band": "low risk", "category": "low", "missing": 1},
                "screening_no_category_from_incomplete_answers",
            ),
            (
                {"state": "partial", "total": None, "band": "", "positive": None, "subscores": SCALE},
                "screening_no_total_before_the_end",
            ),
            ({"subscores": {"code": "a"}}, "screening_scales_have_values"),
            ({"subscores": [{"code": "a"}]}, "screening_scales_have_values"),
            ({"subscores": [{"code": "", "value": "1"}]}, "screening_scales_have_values"),
            ({"subscores": [{"code": "a", "value": "x"}]}, "screening_scales_have_values"),
            ({"subscores": [5]}, "screening_scales_have_values"),
            ({"state": "half", "total": None, "band": "", "positive": None}, "screening_sheet_state_known"),
            ({"mode": "guess"}, "screening_sheet_mode_known"),
            ({"instrument_version": ""}, "screening_sheet_versions_kept"),
            ({"rule_version": ""}, "screening_sheet_versions_kept"),
            ({"mode": "total_only"}, "screening_total_only_has_a_total"),
            ({"answers": {"item1": "2"}}, "screening_answers_are_whole_numbers"),
            ({"answers": {"item1": 1.5}}, "screening_answers_are_whole_numbers"),
            ({"answers": {"item1": [1]}}, "screening_answers_are_whole_numbers"),
            ({"answers": [1, 2]}, "screening_answers_are_whole_numbers"),
            ({"answers": 7}, "screening_answers_are_whole_numbers"),
            ({"correction_reason": "typing error"}, "screening_correction_says_why"),
        ],
    )
    def test_refuses(self, patient: Patient, changed: dict[str, Any], rule: str) -> None:
        whole = {"state": "complete", "missing": 0, "total": 1, "band": "minimal", "positive": False}
        with refused(rule):
            insert(patient, **{**whole, **changed})
        with refused(rule):
            Administration.objects.bulk_create([sheet_row(patient, **changed)])

    def test_refuses_answers_from_the_future(self, patient: Patient) -> None:
        with refused("screening_answered_not_in_the_future"):
            insert(patient, answered_on=timezone.localdate() + timedelta(days=3))

    def test_has_one_unfinished_sheet_of_a_kind(self, patient: Patient) -> None:
        insert(patient)
        insert(patient, instrument="gad7")
        with refused("screening_one_unfinished_sheet"):
            insert(patient)

    def test_stays_when_it_is_finished(self, patient: Patient) -> None:
        sheet = make_sheet(patient)
        for change in ({"total": 3}, {"answers": phq9(3)}, {"state": "partial", "total": None}):
            with refused("screening_finished_sheet_stays"):
                Administration.objects.filter(pk=sheet.pk).update(**change)
        with refused("screening_finished_sheet_stays"), connection.cursor() as cursor:
            cursor.execute("DELETE FROM screening_administration WHERE id = %s", [sheet.pk])
        with refused("screening_never_emptied"), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("TRUNCATE screening_administration CASCADE")

    def test_keeps_its_patient(self, patient: Patient) -> None:
        sheet = insert(patient)
        with refused("screening_sheet_keeps_its_patient"):
            Administration.objects.filter(pk=sheet).update(patient=make_patient())

    def test_is_corrected_once_by_a_sheet_that_fits(self, patient: Patient) -> None:
        first = make_sheet(patient)
        why = {"supersedes": first, "correction_reason": "typing error"}
        with refused("screening_correction_says_why"):
            sheet_row(patient, supersedes=first, correction_reason=" ").save()
        with refused("screening_correction_fits"):
            sheet_row(make_patient(), **why).save()
        with refused("screening_correction_fits"):
            sheet_row(patient, instrument="gad7", **why).save()
        sheet_row(patient, **why).save()
        with refused("screening_corrected_once"):
            sheet_row(patient, **why).save()


class TestTheSafetyTaskOpens:
    @pytest.mark.parametrize("value", [0, 1, 2, 3])
    def test_exactly_when_the_rule_book_raises_its_alert(self, patient: Patient, value: int) -> None:
        insert(patient, answers={"item9": value})
        alert = bool(instrument("phq9").score({"item9": value}).alerts)
        assert SafetyTask.objects.filter(patient=patient).exists() is alert

    @pytest.mark.parametrize("question", ["q1", "q2", "q3", "q4", "q5", "q6", "q6_recent"])
    def test_as_grave_as_the_rule_book_says(self, patient: Patient, question: str) -> None:
        insert(patient, instrument="cssrs", answers={question: 1})
        found = category_so_far({question: 1})
        task = SafetyTask.objects.get(patient=patient)
        assert (task.reason, RISK[task.severity]) == ("cssrs_positive", found.label)
        assert task.answer_words == f"C-SSRS, {found.label} by the answers so far"

    def test_once_for_a_sheet_and_raised_by_graver_answers(self, patient: Patient) -> None:
        sheet = insert(patient, instrument="cssrs", answers={"q1": 0, "q2": 0})
        rows = Administration.objects.filter(pk=sheet)
        for answers in ({"q1": 1}, {"q1": 1, "q3": 1}, {"q5": 1}, {"q1": 1}, {"q1": 0}):
            rows.update(answers=answers)
        assert SafetyTask.objects.get().severity == 3

    def test_one_open_for_each_sheet(self, patient: Patient) -> None:
        task = make_safety_task(patient)
        with refused("screening_one_open_safety_task"):
            SafetyTask.objects.create(
                patient=patient, sheet=task.sheet, severity=1, due_at=timezone.now() + timedelta(hours=1)
            )

    def test_on_a_raw_insert_with_the_effective_prescriber_as_owner(self, patient: Patient, treating: User) -> None:
        sheet = insert(patient, answers={"item9": 2})
        task = SafetyTask.objects.get(sheet_id=sheet)
        assert (task.patient, task.severity, task.owner, task.state) == (patient, 2, treating, "open")
        assert task.due_at - task.opened_at == timedelta(minutes=60)

    def test_on_bulk_create(self, patient: Patient) -> None:
        rows = [sheet_row(patient, answers=phq9(0, 0, 0, 0, 0, 0, 0, 0, 1)) for _ in range(2)]
        Administration.objects.bulk_create(rows)
        assert set(SafetyTask.objects.values_list("sheet", flat=True)) == {row.pk for row in rows}

    def test_on_an_update_and_only_once(self, patient: Patient) -> None:
        sheet = insert(patient, answers={"item1": 3})
        rows = Administration.objects.filter(pk=sheet)
        for value in (1, 3, 0, 2):
            rows.update(answers={"item9": value})
        assert SafetyTask.objects.get(sheet=sheet).severity == 3, "the gravest answer is shown"

    def test_belongs_to_whoever_recorded_it_when_nobody_prescribes(self, colleague: User) -> None:
        sheet = insert(make_patient(), answers={"item9": 1}, recorded_by_id=colleague.pk)
        task = SafetyTask.objects.get(sheet_id=sheet)
        assert (task.owner, task.opened_by) == (colleague, colleague)

    def test_not_for_other_instruments_or_items(self, patient: Patient) -> None:
        insert(patient, answers=phq9(3, 3, 3, 3, 3, 3, 3, 3))
        insert(patient, instrument="gad7", answers={"item9": 3})
        assert not SafetyTask.objects.exists()

    def test_an_answer_that_can_not_be_is_refused_with_its_sheet(self, patient: Patient) -> None:
        with refused("screening_safety_task_answer_is_an_alert"):
            insert(patient, answers={"item9": 9})
        assert not Administration.objects.exists()


class TestTheSafetyTaskCloses:
    @pytest.mark.parametrize("left_out", ["closed_by", "closed_at", "action", "outcome"])
    def test_only_with_who_when_what_and_outcome(self, patient: Patient, treating: User, left_out: str) -> None:
        task = make_safety_task(patient)
        whole: dict[str, Any] = {
            "state": "closed",
            "closed_by": treating,
            "closed_at": timezone.now(),
            "action": "Spoke with her",
            "outcome": "Safe tonight",
        }
        rows = SafetyTask.objects.filter(pk=task.pk)
        for empty in [None] if left_out.startswith("closed") else ["", " \n "]:
            with refused(A_TASK_CLOSED):
                rows.update(**{**whole, left_out: empty})
        with refused(A_TASK_CLOSED):
            rows.update(state="closed")
        with refused(A_TASK_CLOSED):
            rows.update(action="Half done")
        assert rows.update(**whole) == 1

    def test_and_stays(self, patient: Patient, treating: User) -> None:
        task = make_safety_task(patient)
        rows = SafetyTask.objects.filter(pk=task.pk)
        with refused("screening_safety_task_is_never_deleted"):
            rows.delete()
        closed = {"closed_by": treating, "closed_at": timezone.now(), "action": "Spoke", "outcome": "Safe"}
        rows.update(state="closed", **closed)
        with refused("screening_closed_safety_task_stays"):
            rows.update(outcome="Something else")
        with refused("screening_safety_task_is_never_deleted"), connection.cursor() as cursor:
            cursor.execute("DELETE FROM screening_safetytask")
        with refused("screening_never_emptied"), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("TRUNCATE screening_safetytask")

    @pytest.mark.parametrize(
        "change",
        [
            {"severity": 1},
            {"reason": "cssrs_positive"},
            {"due_at": timezone.now() + timedelta(days=9)},
            {"opened_at": timezone.now()},
        ],
    )
    def test_keeps_its_reason_and_its_time(self, patient: Patient, change: dict[str, Any]) -> None:
        task = make_safety_task(patient, value=2)
        with refused("screening_safety_task_keeps_its_reason"):
            SafetyTask.objects.filter(pk=task.pk).update(**change)

    def test_changes_hands_by_somebody(self, patient: Patient, colleague: User) -> None:
        rows = SafetyTask.objects.filter(pk=make_safety_task(patient).pk)
        for change in ({"owner": colleague}, {"owner": None}):
            with refused("screening_safety_task_given_by_somebody"):
                rows.update(**change)
        given = {"assigned_by": colleague, "assigned_at": timezone.now()}
        with refused("screening_safety_task_assigned_whole"):
            rows.update(owner=None, **given)
        assert rows.update(owner=colleague, **given) == 1

    def test_belongs_to_the_patient_of_its_sheet(self, patient: Patient) -> None:
        sheet = make_sheet(patient)
        with refused("screening_safety_task_same_patient"):
            SafetyTask.objects.create(
                patient=make_patient(), sheet=sheet, severity=1, due_at=timezone.now() + timedelta(hours=1)
            )

    @pytest.mark.parametrize(
        ("change", "rule"),
        [
            ({"severity": 0}, "screening_safety_task_answer_is_an_alert"),
            ({"due_at": timezone.now() - timedelta(days=1)}, "screening_safety_task_due_later"),
            ({"state": "lost"}, A_TASK_CLOSED),
            ({"reason": "a feeling"}, "screening_safety_task_reason_known"),
            ({"assigned_at": timezone.now()}, "screening_safety_task_assigned_whole"),
        ],
    )
    def test_is_whole_when_it_is_opened_by_hand(self, patient: Patient, change: dict[str, Any], rule: str) -> None:
        sheet = make_sheet(patient)
        whole = {"severity": 1, "due_at": timezone.now() + timedelta(hours=1)}
        with refused(rule):
            SafetyTask.objects.create(patient=patient, sheet=sheet, **{**whole, **change})


def test_history_keeps_every_version_of_sheet_and_task(patient: Patient) -> None:
    task = make_safety_task(patient, finished=False)
    sheets = Administration.pgh_event_model.objects.filter(pgh_obj_id=task.sheet_id)  # type: ignore[attr-defined]
    Administration.objects.filter(pk=task.sheet_id).update(answers={"item9": 2})
    assert list(sheets.order_by("pgh_id").values_list("pgh_label", flat=True)) == ["insert", "update"]
    tasks = SafetyTask.pgh_event_model.objects.filter(pgh_obj_id=task.pk)  # type: ignore[attr-defined]
    assert list(tasks.order_by("pgh_id").values_list("severity", flat=True)) == [1, 2]
