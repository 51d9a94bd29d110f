"""From a confirmed file to the diary and back: all of it or nothing, once, by whom it was confirmed."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from apps.accounts.models import User
from apps.core.writing import Refused
from apps.diary import jobs, taking
from apps.diary.choices import BatchState, Source, State
from apps.diary.entries import DayEntry, IntakeEntry
from apps.diary.import_choices import FileState, Overlap
from apps.diary.imports.parsed import ReadIntake
from apps.diary.imports.report import RowNote
from apps.diary.models import (
    AcuteIntake,
    Attack,
    DayContext,
    DiaryDay,
    DiaryFile,
    DiaryFilePart,
    ImportBatch,
    MedicineName,
)
from apps.diary.selectors.files import days_that_stay
from apps.diary.services import Undone, confirm_file, record_day, undo_import
from apps.diary.tasks import take_file
from apps.patients.models import CareTeamMembership, Patient
from tests.factories.diary import headache, record
from tests.factories.diary_files import at, attack, bring_in, known_names, read_in, reading, said, timed

pytestmark = pytest.mark.django_db

DAY = date(2026, 10, 5)
NEXT = DAY + timedelta(days=1)
THIRD = DAY + timedelta(days=2)


@pytest.fixture
def nurse(patient: Patient, colleague: User) -> User:
    """A nurse of the care team, for whose patient the names are decided."""
    known_names(patient, colleague)
    return colleague


def batch_of(file: DiaryFile) -> ImportBatch:
    assert file.batch is not None, file.failure_text
    return file.batch


def rows_of(batch: ImportBatch) -> list[int]:
    notes = [*batch.report["duplicate"], *batch.report["refused"]]
    return sorted([*batch.report["imported"], *(note["row"] for note in notes)])


def test_attacks_days_medicines_and_nights_come_in(patient: Patient, nurse: User) -> None:
    file = bring_in(
        patient,
        nurse,
        reading(
            timed(1, at(DAY, 22), 5, "Maxalt", severity=3, pain=8, nausea=True, symptoms=("Nausea",), note="n" * 600),
            attack(2, THIRD, None, "Something", "Candesartan", severity=2, taken_known=True),
            said(3, THIRD, None, sleep_minutes=400, menstruation=True),
            faults=(RowNote(4, "Not a date."),),
        ),
    )
    batch = batch_of(file)
    assert (file.state, file.failure_text) == (FileState.IMPORTED, "")
    assert (batch.rows_read, batch.rows_imported, batch.rows_duplicate, batch.rows_refused) == (4, 3, 0, 1)
    assert rows_of(batch) == [1, 2, 3, 4]
    assert batch.report["counts"] == {"days": 3, "replaced": 0, "attacks": 2, "intakes": 2, "besides": 1}
    days = {row.day: row for row in DiaryDay.objects.filter(patient=patient)}
    assert {day: (row.state, row.severity, row.intakes_known) for day, row in days.items()} == {
        DAY: (State.HEADACHE, None, False),
        NEXT: (State.HEADACHE, None, False),
        THIRD: (State.HEADACHE, 2, True),
    }
    assert {(row.source, row.import_batch, row.created_by) for row in days.values()} == {(Source.IMPORT, batch, nurse)}
    taken = AcuteIntake.objects.order_by("day__day").values_list("day__day", "medicine__code", "doses")
    assert list(taken) == [(DAY, "rizatriptan", 1), (THIRD, None, 1)]
    first = Attack.objects.get(first_day=DAY)
    assert (first.last_day, first.pain, first.severity, first.nausea, first.symptoms) == (NEXT, 8, 3, True, ["Nausea"])
    assert (first.started_at, first.started_offset, len(first.note)) == (at(DAY, 22), 0, 500)
    night = DayContext.objects.get()
    assert (night.day, night.sleep_minutes, night.menstruation, night.import_batch) == (THIRD, 400, True, batch)
    assert not DiaryFilePart.objects.exists(), "what was uploaded is gone"
    assert DiaryFile.objects.values_list("reading", flat=True).get() is None


def test_the_same_file_again_changes_nothing_and_says_so(patient: Patient, nurse: User) -> None:
    found = reading(attack(1, DAY, None, "Maxalt"), said(2, THIRD, State.NONE, sleep_minutes=300))
    bring_in(patient, nurse, found)
    again = batch_of(bring_in(patient, nurse, found))
    assert (again.rows_read, again.rows_imported, again.rows_duplicate) == (2, 0, 2)
    assert (DiaryDay.objects.count(), Attack.objects.count(), AcuteIntake.objects.count()) == (2, 1, 1)
    assert set(DiaryDay.objects.values_list("version", flat=True)) == {1}


def test_undo_takes_everything_back_and_it_can_come_in_again(patient: Patient, nurse: User) -> None:
    found = reading(attack(1, DAY, None, "Maxalt"), said(2, THIRD, None, sleep_minutes=300))
    batch = batch_of(bring_in(patient, nurse, found))
    assert undo_import(batch=batch, by=nurse) == Undone(days=1, restored=0, attacks=1, besides=1, kept=())
    assert not any(model.objects.exists() for model in (DiaryDay, Attack, AcuteIntake, DayContext))
    assert batch_of(bring_in(patient, nurse, found)).rows_imported == 2
    with pytest.raises(Refused, match="already"):
        undo_import(batch=batch, by=nurse)


def test_undo_leaves_what_somebody_changed_since(patient: Patient, nurse: User) -> None:
    batch = batch_of(
        bring_in(patient, nurse, reading(attack(1, DAY), attack(2, NEXT), said(3, NEXT, None, sleep_minutes=300)))
    )
    today = timezone.localdate()
    record_day(patient=patient, entry=headache(DAY, severity=3), seen_version=1, by=nurse, today=today)
    DayContext.objects.update(version=2)
    assert undo_import(batch=batch, by=nurse) == Undone(days=1, restored=0, attacks=2, besides=0, kept=(DAY,))
    assert (DiaryDay.objects.get().severity, Attack.objects.count()) == (3, 0)


def test_an_attack_that_somebody_corrected_stays_with_its_days(patient: Patient, nurse: User) -> None:
    batch = batch_of(bring_in(patient, nurse, reading(attack(1, DAY, NEXT), attack(2, THIRD))))
    assert days_that_stay(batch) == []
    Attack.objects.filter(first_day=DAY).update(version=2)
    assert days_that_stay(batch) == [DAY, NEXT]
    assert undo_import(batch=batch, by=nurse) == Undone(days=1, restored=0, attacks=1, besides=0, kept=(DAY, NEXT))
    assert Attack.objects.get().last_day == NEXT


def test_what_was_replaced_comes_back(patient: Patient, nurse: User) -> None:
    earlier = batch_of(
        bring_in(patient, nurse, reading(said(1, DAY, State.HEADACHE, "Maxalt", severity=1, note="first")))
    )
    record(patient, headache(NEXT, "ibuprofen", severity=1))
    later = bring_in(patient, nurse, reading(said(1, DAY, State.NONE), said(2, NEXT, State.NONE)), Overlap.REPLACE)
    batch = batch_of(later)
    assert (DiaryDay.objects.get(day=DAY).state, DiaryDay.objects.get(day=NEXT).state) == (State.NONE, State.HEADACHE)
    assert (batch.rows_imported, batch.rows_refused) == (1, 1)
    assert not AcuteIntake.objects.filter(day__day=DAY).exists()
    assert undo_import(batch=batch, by=nurse) == Undone(days=0, restored=1, attacks=0, besides=0, kept=())
    day = DiaryDay.objects.get(day=DAY)
    assert (day.state, day.severity, day.note, day.import_batch) == (State.HEADACHE, 1, "first", earlier)
    assert AcuteIntake.objects.get(day=day).medicine.code == "rizatriptan"  # type: ignore[union-attr]
    assert day.version == 3, "a page that was open before notices"
    assert undo_import(batch=earlier, by=nurse).days == 1, "what came back still belongs to the earlier import"


def test_what_was_replaced_does_not_come_back_when_its_own_import_was_taken_back(patient: Patient, nurse: User) -> None:
    earlier = batch_of(bring_in(patient, nurse, reading(said(1, DAY, severity=1))))
    later = batch_of(bring_in(patient, nurse, reading(said(1, DAY, State.NONE)), Overlap.REPLACE))
    assert undo_import(batch=earlier, by=nurse).days == 0
    assert undo_import(batch=later, by=nurse).days == 1
    assert not DiaryDay.objects.exists()


def test_a_replaced_day_that_was_corrected_since_stays(patient: Patient, nurse: User) -> None:
    bring_in(patient, nurse, reading(said(1, DAY, severity=1)))
    batch = batch_of(bring_in(patient, nurse, reading(said(1, DAY, State.NONE)), Overlap.REPLACE))
    record_day(patient=patient, entry=headache(DAY), seen_version=2, by=nurse, today=timezone.localdate())
    assert undo_import(batch=batch, by=nurse) == Undone(days=0, restored=0, attacks=0, besides=0, kept=(DAY,))


def test_what_is_filled_in_beside_an_entry_is_empty_again_after_undo(patient: Patient, nurse: User) -> None:
    DayContext.objects.create(patient=patient, day=DAY, menstruation=True, created_by=nurse)
    batch = batch_of(bring_in(patient, nurse, reading(said(1, DAY, None, sleep_minutes=300))))
    night = DayContext.objects.get()
    assert (night.menstruation, night.sleep_minutes, night.version, night.import_batch) == (True, 300, 2, None)
    assert undo_import(batch=batch, by=nurse).besides == 1
    night.refresh_from_db()
    assert (night.menstruation, night.sleep_minutes) == (True, None)


# --- all or nothing, once, by whom ----------------------------------------------------------------------------------


def counts() -> list[int]:
    return [model.objects.count() for model in (ImportBatch, DiaryDay, AcuteIntake, Attack, DayContext)]


@pytest.mark.parametrize("broken", ["DiaryDay", "AcuteIntake", "Attack", "DayContext"])
def test_a_fault_in_the_middle_leaves_nothing(
    patient: Patient, nurse: User, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("the disk is full")

    from apps.diary import taking_rows

    copy = taking_rows.copy_rows
    monkeypatch.setattr(
        taking_rows,
        "copy_rows",
        lambda rows: fail() if rows and type(rows[0]).__name__ == broken else copy(rows),
    )
    file = bring_in(patient, nurse, reading(attack(1, DAY, None, "Maxalt"), said(2, THIRD, sleep_minutes=300)))
    assert (file.state, file.batch) == (FileState.FAILED, None)
    assert "Nothing was taken" in file.failure_text
    assert counts() == [0, 0, 0, 0, 0]


def test_confirmed_twice_and_offered_twice_is_taken_once(patient: Patient, nurse: User, treating: User) -> None:
    file = read_in(patient, nurse, reading(attack(1, DAY)))
    confirm_file(file=file, overlap=Overlap.KEEP, by=nurse)
    confirm_file(file=file, overlap=Overlap.REPLACE, by=treating)
    take_file(str(file.pk))
    take_file(str(file.pk))
    file.refresh_from_db()
    assert (file.confirmed_by, file.overlap) == (nurse, Overlap.KEEP)
    assert counts() == [1, 1, 0, 1, 0]


def test_a_process_that_was_given_up_writes_nothing(
    patient: Patient, nurse: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = taking.write_settled

    def slow(file: DiaryFile, *arguments: Any, **more: Any) -> ImportBatch:
        waiting = {"state": FileState.CONFIRMED, "held_by": None, "heartbeat_at": None}
        DiaryFile.objects.filter(pk=file.pk).update(**waiting)
        assert jobs.claim(file_id=file.pk, waiting=FileState.CONFIRMED, by=jobs.WORKER) is not None
        return whole(file, *arguments, **more)

    monkeypatch.setattr(taking, "write_settled", slow)
    file = bring_in(patient, nurse, reading(attack(1, DAY)))
    assert counts() == [0, 0, 0, 0, 0]
    assert file.state == FileState.TAKING, "the other process still has it"


def test_who_lost_the_right_after_confirming_is_refused(patient: Patient, nurse: User) -> None:
    file = read_in(patient, nurse, reading(attack(1, DAY)))
    confirm_file(file=file, overlap=Overlap.KEEP, by=nurse)
    CareTeamMembership.objects.filter(member=nurse).delete()
    take_file(str(file.pk))
    file.refresh_from_db()
    assert file.state == FileState.FAILED
    assert "may not edit this diary any more" in file.failure_text
    assert counts() == [0, 0, 0, 0, 0]


def test_a_name_that_nobody_explains_any_more_stops_it(patient: Patient, nurse: User) -> None:
    file = read_in(patient, nurse, reading(attack(1, DAY, None, "Maxalt")))
    MedicineName.objects.all().delete()
    confirm_file(file=file, overlap=Overlap.KEEP, by=nurse)
    take_file(str(file.pk))
    file.refresh_from_db()
    assert "“Maxalt”" in file.failure_text
    assert counts() == [0, 0, 0, 0, 0]


def test_a_discarded_file_is_not_confirmed(patient: Patient, nurse: User) -> None:
    from apps.diary.services import discard_file

    file = read_in(patient, nurse, reading(attack(1, DAY)))
    discard_file(file=file, by=nurse)
    with pytest.raises(Refused, match="discarded"):
        confirm_file(file=file, overlap=Overlap.KEEP, by=nurse)
    with pytest.raises(Refused, match="can't be discarded"):
        discard_file(file=file, by=nurse)


def test_too_many_doses_are_recorded_as_the_most(patient: Patient, nurse: User) -> None:
    two = [attack(row, DAY) for row in (1, 2)]
    many = [type(each)(**{**_fields(each), "taken": (ReadIntake("Maxalt", 15),)}) for each in two]
    bring_in(patient, nurse, reading(*many))
    assert AcuteIntake.objects.get().doses == 20


def _fields(record: Any) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__slots__}


def test_an_import_and_its_undo_are_in_the_history_with_their_author(patient: Patient, nurse: User) -> None:
    from pghistory.models import Events

    batch = batch_of(bring_in(patient, nurse, reading(attack(1, DAY))))
    kept, day = Attack.objects.get(), DiaryDay.objects.get()
    undo_import(batch=batch, by=nurse)
    for written in (batch, kept, day):
        events = list(Events.objects.tracks(written))
        assert len(events) == 2
        assert {event.pgh_context["who"] for event in events} == {str(nurse)}
    assert batch.state == BatchState.UNDONE


def test_a_day_entered_as_said_is_a_repetition(patient: Patient, nurse: User) -> None:
    record(patient, DayEntry(DAY, State.HEADACHE, severity=2, intakes=(IntakeEntry("rizatriptan"),)))
    batch = batch_of(bring_in(patient, nurse, reading(said(1, DAY, State.HEADACHE, "Maxalt", severity=2))))
    assert (batch.rows_duplicate, batch.rows_imported) == (1, 0)
