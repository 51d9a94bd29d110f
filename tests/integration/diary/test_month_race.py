"""Two people save the same month in the same moment: one is recorded, the other is told, nothing is mixed."""

import threading
from collections.abc import Sequence

import pytest
from django.db import connection

from apps.accounts.models import User
from apps.clinical.periods import calendar_month
from apps.diary.entries import DayEntry
from apps.diary.models import AcuteIntake, DiaryDay
from apps.diary.services import StaleDays, record_month
from apps.patients.models import Patient
from tests.factories.diary import headache, make_acute_medicine, no_headache

pytestmark = pytest.mark.django_db(transaction=True)

OCTOBER = calendar_month(2026, 10)
LONGEST_WAIT = 30


def _save(patient_id: object, by: User, entries: Sequence[DayEntry], start: threading.Barrier, out: list[str]) -> None:
    try:
        patient = Patient.objects.get(pk=patient_id)
        start.wait(LONGEST_WAIT)
        record_month(patient=patient, month=OCTOBER, entries=entries, seen={}, by=by, today=OCTOBER.last)
    except StaleDays as stale:
        out.append(f"stale {len(stale.conflicts)}")
    else:
        out.append("saved")
    finally:
        connection.close()


def test_of_two_months_typed_into_an_empty_diary_one_is_recorded_whole(
    patient: Patient, treating: User, colleague: User
) -> None:
    make_acute_medicine("rizatriptan")
    start = threading.Barrier(2)
    outcomes: list[str] = []
    versions = {
        treating: [headache(day, "rizatriptan") for day in OCTOBER],
        colleague: [no_headache(day) for day in OCTOBER],
    }
    threads = [
        threading.Thread(target=_save, args=(patient.pk, by, entries, start, outcomes))
        for by, entries in versions.items()
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONGEST_WAIT)
    assert sorted(outcomes) == ["saved", "stale 31"]
    (author,) = set(DiaryDay.objects.values_list("created_by", flat=True))
    assert set(DiaryDay.objects.values_list("version", flat=True)) == {1}
    assert DiaryDay.objects.count() == 31
    assert AcuteIntake.objects.count() == (31 if author == treating.pk else 0)
