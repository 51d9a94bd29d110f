"""Days and months are recorded once, corrected with care, and never overwritten behind somebody's back."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User
from apps.clinical.periods import calendar_month
from apps.core.writing import Refused
from apps.diary.choices import Relief, State
from apps.diary.entries import DayEntry, IntakeEntry
from apps.diary.models import AcuteIntake, DiaryDay
from apps.diary.services import StaleDays, record_day, record_month
from apps.patients.models import Patient
from tests.factories.diary import headache, make_acute_medicine, no_headache

pytestmark = pytest.mark.django_db

OCTOBER = calendar_month(2026, 10)
TODAY = date(2026, 11, 1)


def _versions(patient: Patient) -> dict[date, int]:
    return dict(DiaryDay.objects.filter(patient=patient).values_list("day", "version"))


def _save(patient: Patient, by: User, entries: list[DayEntry], seen: dict[date, int] | None = None) -> object:
    return record_month(
        patient=patient,
        month=OCTOBER,
        entries=entries,
        seen=_versions(patient) if seen is None else seen,
        by=by,
        today=TODAY,
    )


@pytest.fixture(autouse=True)
def medicines() -> None:
    make_acute_medicine("rizatriptan")
    make_acute_medicine("ibuprofen", overuse_class="nsaid")


def test_a_month_is_recorded_and_its_author_is_known(patient: Patient, treating: User) -> None:
    saved = _save(patient, treating, [headache(day, "rizatriptan") for day in OCTOBER])
    assert (saved.added, saved.changed, saved.removed) == (31, 0, 0)  # type: ignore[attr-defined]
    assert DiaryDay.objects.filter(patient=patient, created_by=treating, version=1).count() == 31
    assert AcuteIntake.objects.filter(patient=patient, medicine__code="rizatriptan", doses=1).count() == 31


def test_the_same_month_sent_twice_changes_nothing(patient: Patient, treating: User) -> None:
    entries = [headache(day, "rizatriptan") for day in OCTOBER]
    _save(patient, treating, entries)
    again = _save(patient, treating, entries, seen={})
    assert not again
    assert set(_versions(patient).values()) == {1}


def test_a_whole_month_with_everything_in_it_takes_at_most_ten_queries(patient: Patient, treating: User) -> None:
    days = OCTOBER.days
    _save(patient, treating, [headache(day, "rizatriptan", "ibuprofen") for day in days[:25]])
    corrected = [headache(day, "rizatriptan", severity=3) for day in days[5:20]]
    added = [headache(day, "ibuprofen") for day in days[25:]]
    seen = _versions(patient)
    patient.__dict__["_has_to_do_with"] = {treating.pk: True}  # as a page has it already
    with CaptureQueriesContext(
        connection,
    ) as queries:
        saved = _save(patient, treating, corrected + added, seen)
    assert (saved.added, saved.changed, saved.removed) == (6, 15, 10)  # type: ignore[attr-defined]
    assert len(queries) <= 10, [query["sql"][:90] for query in queries]


def test_a_correction_keeps_what_the_page_does_not_show(patient: Patient, treating: User) -> None:
    day = OCTOBER.first
    _save(patient, treating, [headache(day, "rizatriptan")])
    AcuteIntake.objects.update(taken_before_pain=True, note="on the train")
    two = DayEntry(day, State.HEADACHE, 3, intakes=(IntakeEntry("rizatriptan", 2),), intakes_known=True)
    _save(patient, treating, [two])
    intake = AcuteIntake.objects.get()
    assert (intake.doses, intake.taken_before_pain, intake.note) == (2, True, "on the train")
    assert DiaryDay.objects.get().version == 2


def test_what_was_asked_besides_medicine_and_doses_is_a_change_and_what_was_not_asked_is_none(
    patient: Patient, treating: User
) -> None:
    day = OCTOBER.first

    def save(intake: IntakeEntry) -> tuple[int, str, bool | None]:
        _save(patient, treating, [DayEntry(day, State.HEADACHE, 2, intakes=(intake,), intakes_known=True)])
        row = AcuteIntake.objects.get()
        return DiaryDay.objects.get().version, row.relief, row.taken_before_pain

    assert save(IntakeEntry("rizatriptan")) == (1, "", None)
    assert save(IntakeEntry("rizatriptan", relief=Relief.FULL)) == (2, "full", None)
    assert save(IntakeEntry("rizatriptan", taken_before_pain=True)) == (3, "full", True)
    assert save(IntakeEntry("rizatriptan")) == (3, "full", True)
    assert save(IntakeEntry("rizatriptan", taken_before_pain=False)) == (4, "full", False)


def test_an_emptied_day_becomes_not_recorded_and_the_history_keeps_it(patient: Patient, treating: User) -> None:
    _save(patient, treating, [headache(OCTOBER.first, "rizatriptan")])
    saved = _save(patient, treating, [])
    assert saved.removed == 1  # type: ignore[attr-defined]
    assert not DiaryDay.objects.exists()
    assert not AcuteIntake.objects.exists()
    labels = DiaryDay.pgh_event_model.objects.order_by("pgh_id").values_list("pgh_label", flat=True)  # type: ignore[attr-defined]
    assert list(labels) == ["insert", "delete"]


def test_a_day_changed_by_somebody_else_meanwhile_is_not_overwritten(
    patient: Patient, treating: User, colleague: User
) -> None:
    first, second = OCTOBER.days[:2]
    _save(patient, treating, [headache(first), headache(second)])
    seen = _versions(patient)
    record_day(patient=patient, entry=headache(first, severity=3), seen_version=1, by=colleague, today=TODAY)
    with pytest.raises(StaleDays) as stale:
        _save(patient, treating, [no_headache(first), headache(second, severity=1)], seen)
    (conflict,) = stale.value.conflicts
    assert conflict.day == first
    assert conflict.typed == no_headache(first)
    assert conflict.recorded is not None
    assert (conflict.recorded.severity, conflict.version) == (3, 2)
    assert DiaryDay.objects.get(day=second).severity == 2, "nothing of the month was saved"


def test_two_people_typing_the_same_empty_day_do_not_overwrite_each_other(
    patient: Patient, treating: User, colleague: User
) -> None:
    _save(patient, treating, [headache(OCTOBER.first)], seen={})
    with pytest.raises(StaleDays):
        _save(patient, colleague, [no_headache(OCTOBER.first)], seen={})


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        (headache(date(2026, 11, 2)), "day"),
        (headache(date(1989, 12, 31)), "day"),
        (headache(date(2026, 9, 30)), "day"),
        (DayEntry(OCTOBER.first, State.NONE, severity=1), "headache"),
        (headache(OCTOBER.first, severity=4), "headache"),
        (DayEntry(OCTOBER.first, State.NOT_KNOWN, function=0), "function"),
        (headache(OCTOBER.first, function=4), "function"),
        (headache(OCTOBER.first, "rizatriptan", "rizatriptan"), "medicines"),
        (DayEntry(OCTOBER.first, State.HEADACHE, intakes=(IntakeEntry("rizatriptan", 21),)), "medicines"),
        (headache(OCTOBER.first, note="x" * 501), "note"),
    ],
)
def test_impossible_entries_are_refused_at_their_day_and_field(
    patient: Patient, treating: User, entry: DayEntry, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        _save(patient, treating, [entry])
    assert list(refused.value.errors) == [f"{entry.day.isoformat()}:{field}"]
    assert not DiaryDay.objects.exists()


def test_an_unknown_medicine_leaves_nothing_half_saved(patient: Patient, treating: User) -> None:
    with pytest.raises(Refused, match="unobtainium"):
        _save(patient, treating, [headache(OCTOBER.first, "unobtainium")])
    assert not DiaryDay.objects.exists()


def test_something_not_known_what_can_be_recorded_once_a_day(patient: Patient, treating: User) -> None:
    unknown = DayEntry(OCTOBER.first, State.HEADACHE, intakes=(IntakeEntry(None),), intakes_known=True)
    _save(patient, treating, [unknown])
    _save(patient, treating, [DayEntry(OCTOBER.first, State.HEADACHE, intakes=(IntakeEntry(None, 3),))])
    intake = AcuteIntake.objects.get()
    assert (intake.medicine, intake.doses) == (None, 3)


def test_who_may_not_edit_is_refused(patient: Patient, stranger: User, manager: User) -> None:
    for person in (stranger, manager):
        with pytest.raises(PermissionDenied):
            _save(patient, person, [headache(OCTOBER.first)])
    assert not DiaryDay.objects.exists()
