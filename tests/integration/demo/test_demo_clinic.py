"""The demo clinic: the same every time, whole or not at all, and what a visitor needs is in it."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db.models import Max, Min
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from apps.accounts.choices import Role
from apps.accounts.models import PrescriberCredential, User
from apps.clinical.overuse_states import OveruseState
from apps.diary.models import AcuteIntake, Attack, DayContext, DiaryDay, DiaryLink, ImportBatch
from apps.diary.selectors import overuse_assessment
from apps.documents.models import Document
from apps.overview.demo import people
from apps.overview.demo.details import TYPED
from apps.overview.demo.names import names
from apps.overview.demo.rule_outs import WORK_UPS
from apps.patients.models import Patient, PrescriberDesignation, Referral, Visit
from apps.screening.models import ChecklistReview, SafetyTask
from apps.screening.selectors.causes import open_rule_outs, overdue_tests_for
from apps.treatment.models import MedicationChange, RefractoryStatus, TreatmentPlan

pytestmark = pytest.mark.slow

TABLES = (Patient, Referral, PrescriberDesignation, DiaryDay, AcuteIntake, MedicationChange, TreatmentPlan, User)


def load(*arguments: str) -> str:
    out = StringIO()
    call_command("load_demo", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The clinic, set up once for the tests of this file and taken away after them."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        yield load()
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    with django_db_blocker.unblock():
        yield loaded


def test_everybody_of_the_published_data_is_there_with_their_days(demo: str) -> None:
    assert "4151 taken, 1 repeated, 0 refused" in demo
    assert Patient.objects.filter(is_demo=True).count() == 133
    assert DiaryDay.objects.count() == 4151
    assert ImportBatch.objects.get(patient=None).report["duplicate"][0]["row"] == 2852
    latest = DiaryDay.objects.aggregate(last=Max("day"), first=Min("day"))
    assert latest["last"] == timezone.localdate()
    assert latest["first"] < timezone.localdate() - timedelta(days=100)


def test_every_intake_is_marked_as_invented(demo: str) -> None:
    assert AcuteIntake.objects.count() > 1000
    assert not AcuteIntake.objects.filter(is_invented=False).exists()


def test_ten_people_have_details_and_one_handed_files_in(demo: str) -> None:
    handed_in = ImportBatch.objects.exclude(patient=None)
    assert {batch.source for batch in handed_in} == {"migraine_buddy", "apple_health"}
    assert {batch.rows_refused for batch in handed_in} == {0}
    assert Attack.objects.values("patient").distinct().count() == 1
    assert DiaryDay.objects.filter(severity__isnull=False).values("patient").distinct().count() == len(TYPED)
    assert DayContext.objects.filter(sleep_minutes__isnull=False, menstruation=True).count() > 10
    assert DiaryLink.objects.get().revoked_at is None


def test_a_second_run_changes_nothing(demo: str) -> None:
    before = {table: table.objects.count() for table in TABLES}
    assert "Nothing was changed" in load()
    assert {table: table.objects.count() for table in TABLES} == before


def test_the_answers_of_the_overuse_rule_all_occur(demo: str) -> None:
    today = timezone.localdate()
    states = Counter(overuse_assessment(patient, today).state for patient in Patient.objects.filter(is_demo=True))
    wanted = {
        OveruseState.NONE,
        OveruseState.AT_RISK,
        OveruseState.OVERUSE_NOT_SUSTAINED,
        OveruseState.OVERUSE_SUSTAINED,
        OveruseState.CANNOT_TELL,
    }
    assert wanted <= set(states), states


def test_prescribers_cover_and_what_a_manager_must_notice(demo: str) -> None:
    now = timezone.now()
    in_force = PrescriberDesignation.objects.filter(period__contains=now)
    assert in_force.filter(kind="cover").count() == 1
    assert in_force.filter(kind="designated").count() == 129
    soon = PrescriberCredential.objects.filter(valid_to__lt=timezone.localdate() + timedelta(days=30))
    assert in_force.filter(prescriber__in=soon.values("user")).exists()
    assert Counter(Referral.objects.values_list("state", flat=True)) == {"accepted": 130, "received": 2, "waiting": 1}


def test_ten_stories_are_complete(demo: str) -> None:
    assert TreatmentPlan.objects.filter(state="active").count() == 10
    assert Visit.objects.filter(state="signed").count() == 10
    assert MedicationChange.objects.values("patient").distinct().count() == 10
    assert SafetyTask.objects.filter(state="open").count() == 1
    assert Document.objects.get().kind == "visit_summary"


def test_somebody_is_ready_for_a_first_visit(demo: str) -> None:
    patient = people.first_visit()
    assert patient is not None
    assert not patient.visits.exists()
    assert patient.diary_days.filter(day__gt=timezone.localdate() - timedelta(days=30)).count() == 30


def test_the_accounts_are_printed_one_of_each_role_and_open(demo: str) -> None:
    out = StringIO()
    call_command("demo_accounts", stdout=out)
    lines = out.getvalue().splitlines()
    addresses = [line.split()[0] for line in lines if "@" in line]
    assert sorted(User.objects.get(email=each).role for each in addresses) == sorted(Role.values)
    password = next(line for line in lines if line.startswith("Password")).rpartition(" ")[2]
    assert User.objects.get(email=addresses[0]).check_password(password)
    assert "Ready for a first visit" in out.getvalue()


def test_names_are_the_same_every_time_and_never_repeat() -> None:
    def first_hundred() -> list[object]:
        supply = names("female")
        return [next(supply) for _ in range(100)]

    assert first_hundred() == first_hundred()
    assert len({(name.given, name.family) for name in first_hundred()}) == 100  # type: ignore[attr-defined]


def test_a_published_age_is_right_on_the_day_of_the_demo() -> None:
    from apps.overview.demo.source import published_diaries

    on = date(2026, 11, 22)
    for person in published_diaries().people:
        born = people.birth_of(person, on)
        assert Patient(date_of_birth=born).age_on(on) == person.age


def test_work_ups_are_at_every_stage(demo: str) -> None:
    by_person = {work_up.person: work_up for work_up in WORK_UPS}
    confirmed = [status for status in RefractoryStatus.objects.all() if status.standing == "confirmed"]
    assert [open_rule_outs(status.patient) for status in confirmed] == [0]
    assert RefractoryStatus.objects.count() == sum(bool(work_up.status) for work_up in by_person.values()) == 3
    doctor = User.objects.get(email__startswith="okafor@")
    assert [review.cause for review in overdue_tests_for(doctor, timezone.localdate())] == ["sleep_apnoea"]
    assert ChecklistReview.objects.filter(checklist="red_flags", whole=True).count() == len(WORK_UPS)
