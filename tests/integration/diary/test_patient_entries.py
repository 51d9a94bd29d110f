"""What a patient sends by the personal diary link, and what stands in the diary afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from apps.accounts.models import User
from apps.clinical.periods import Period
from apps.diary.choices import Relief, Severity, Source, State
from apps.diary.entries import DayEntry, IntakeEntry
from apps.diary.models import AcuteIntake, Attack, DayContext, DiaryDay, LinkEntry
from apps.diary.services import record_day
from apps.diary.services.links import MadeLink
from apps.patients.models import Patient
from tests.factories.diary import headache, no_headache, record
from tests.factories.diary_link import payload, send
from tests.fixtures.patient_writing import TODAY, Say, taken, the_day

pytestmark = pytest.mark.django_db


def test_no_headache_says_also_that_nothing_was_taken(say: Say) -> None:
    said = say("none")
    row = the_day()
    assert (row.state, row.source, row.intakes_known, row.entered_late) == (State.NONE, Source.LINK, True, False)
    assert said["sentence"] == "Saved: no headache."
    assert "No headache" in said["page"]


def test_no_headache_with_a_medicine(say: Say) -> None:
    say("none", took=["ibuprofen"], **{"doses-ibuprofen": "2"})
    assert (the_day().state, taken()) == (State.NONE, {"ibuprofen": 2})


def test_an_attack_in_three_answers(say: Say) -> None:
    say("attack", severity="3", took="sumatriptan")
    row, attack = the_day(), Attack.objects.get()
    assert (row.state, row.severity, row.intakes_known, taken()) == (State.HEADACHE, 3, True, {"sumatriptan": 1})
    assert (attack.first_day, attack.last_day, attack.severity, attack.source) == (TODAY, TODAY, 3, Source.LINK)
    assert attack.started_at is None


@pytest.mark.parametrize(
    ("took", "known", "recorded"),
    [
        ([], False, {}),
        (["nothing"], True, {}),
        (["other"], True, {None: 1}),
        (["other", "ibuprofen"], True, {None: 1, "ibuprofen": 1}),
    ],
    ids=["skipped", "nothing", "something else", "both"],
)
def test_the_list_of_medicines_is_complete_when_the_question_was_answered(
    say: Say, took: list[str], known: bool, recorded: dict[str | None, int]
) -> None:
    say("attack", severity="1", took=took, other_name="pink tablet")
    assert (the_day().intakes_known, taken()) == (known, recorded)
    if None in recorded:
        assert AcuteIntake.objects.get(medicine=None).note == "pink tablet"


def test_a_second_attack_makes_the_day_the_worse_of_both_and_adds_the_doses(say: Say) -> None:
    say("attack", severity="3", took=["sumatriptan"], relief="none", function="1")
    say(
        "attack",
        severity="1",
        took=["sumatriptan", "other"],
        relief="full",
        other_name="drops",
        **{"doses-sumatriptan": "2"},
    )
    row = the_day()
    assert Attack.objects.count() == 2
    assert (row.severity, row.function, row.intakes_known) == (3, 1, True)
    assert taken() == {"sumatriptan": 3, None: 1}
    assert AcuteIntake.objects.get(medicine__code="sumatriptan").relief == Relief.FULL


def test_a_second_attack_that_skips_the_medicines_leaves_the_list_open(say: Say) -> None:
    say("attack", severity="1", took=["nothing"])
    say("attack", severity="2")
    assert the_day().intakes_known is False


def test_more_than_twenty_doses_are_refused_whole(say: Say) -> None:
    say("attack", severity="1", took=["ibuprofen"], **{"doses-ibuprofen": "20"})
    said = say("attack", expect=422, severity="3", took=["ibuprofen"])
    assert "20 doses" in said["errors"]["took"][0]
    assert (Attack.objects.count(), the_day().severity, taken()) == (1, 1, {"ibuprofen": 20})


def test_an_attack_over_midnight_marks_both_days(say: Say) -> None:
    say("attack", severity="2", took=["sumatriptan"], started="2026-06-16T22:30", ended="2026-06-17T03:00")
    attack = Attack.objects.get()
    assert (attack.first_day, attack.last_day) == (TODAY - timedelta(days=1), TODAY)
    assert (attack.started_offset, attack.ended_at - attack.started_at) == (60, timedelta(hours=4, minutes=30))
    yesterday = the_day(TODAY - timedelta(days=1))
    assert (yesterday.state, yesterday.severity, yesterday.intakes_known) == (State.HEADACHE, 2, False)
    assert taken(yesterday.day) == {}
    assert taken() == {"sumatriptan": 1}


def test_still_going_on_extends_the_attack_by_one_tap(say: Say) -> None:
    yesterday = TODAY - timedelta(days=1)
    say("attack", yesterday, severity="3", took=["nothing"])
    say("ongoing")
    attack, row = Attack.objects.get(), the_day()
    assert (attack.first_day, attack.last_day) == (yesterday, TODAY)
    assert (row.state, row.severity, row.intakes_known) == (State.HEADACHE, None, False)
    say("ongoing")
    assert Attack.objects.get().last_day == TODAY


def test_nothing_goes_on_after_an_end(say: Say) -> None:
    say("attack", TODAY - timedelta(days=1), severity="3", started="2026-06-16T08:00", ended="2026-06-16T12:00")
    assert "no headache before" in say("ongoing", expect=422)["errors"]["day"][0]
    assert not DiaryDay.objects.filter(day=TODAY).exists()


def test_details_are_added_afterwards_and_skipped_ones_stay(say: Say) -> None:
    say("attack", severity="2", took=["sumatriptan"], nausea="yes")
    attack = Attack.objects.get()
    say(
        "details",
        attack=str(attack.pk),
        severity="3",
        relief="some",
        before_pain="no",
        photophobia="no",
        note="storm",
        started="2026-06-17T08:00",
        function="2",
    )
    attack.refresh_from_db()
    intake = AcuteIntake.objects.get()
    assert (attack.severity, attack.nausea, attack.photophobia, attack.aura, attack.note) == (
        3,
        True,
        False,
        None,
        "storm",
    )
    assert (intake.relief, intake.taken_before_pain, intake.doses) == (Relief.SOME, False, 1)
    assert (the_day().severity, the_day().function, the_day().intakes_known) == (3, 2, True)


def test_what_came_before_and_after_and_what_helped_is_kept(say: Say) -> None:
    say("attack", severity="2", aura="yes", aura_minutes="20", premonitory=["yawning", "stiff neck"])
    attack = Attack.objects.get()
    say("details", attack=str(attack.pk), postdrome=["tired"], relief_methods=["dark room", "cold"])
    attack.refresh_from_db()
    assert (attack.aura, attack.aura_minutes, attack.premonitory) == (True, 20, ["yawning", "stiff neck"])
    assert (attack.postdrome, attack.relief_methods) == (["tired"], ["dark room", "cold"])
    say("details", attack=str(attack.pk), aura="no")
    attack.refresh_from_db()
    assert (attack.aura, attack.aura_minutes) == (False, None)


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"aura_minutes": "20"}, "aura_minutes"),
        ({"aura": "no", "aura_minutes": "20"}, "aura_minutes"),
        ({"aura": "yes", "aura_minutes": "5000"}, "aura_minutes"),
        ({"premonitory": ["moon"]}, "premonitory"),
    ],
    ids=["length without aura", "length of no aura", "four days", "not on the list"],
)
def test_details_that_can_not_be_are_refused_beside_their_field(say: Say, answers: dict[str, Any], field: str) -> None:
    assert list(say("attack", severity="2", expect=422, **answers)["errors"]) == [field]
    assert not Attack.objects.exists()


def test_details_reach_no_attack_of_somebody_else(say: Say, patient: Patient, manager: User) -> None:
    other = Patient.objects.create(given_name="Ola", family_name="Nord", date_of_birth=date(1990, 1, 1))
    foreign = Attack.objects.create(patient=other, first_day=TODAY, last_day=TODAY, source=Source.LINK)
    clinic = Attack.objects.create(patient=patient, first_day=TODAY, last_day=TODAY)
    say("attack", severity="1")
    for attack in (foreign, clinic):
        say("details", expect=422, attack=str(attack.pk), severity="3")
        attack.refresh_from_db()
        assert attack.severity is None


@pytest.mark.parametrize(
    ("times", "field"),
    [
        ({"ended": "2026-06-17T09:00"}, "started"),
        ({"started": "2026-06-17T09:00", "ended": "2026-06-17T08:00"}, "ended"),
        ({"started": "2026-06-17T13:00"}, "started"),
        ({"started": "2026-06-08T13:00"}, "started"),
        ({"started": "2026-06-17T09:00", "ended": "9999-12-31T23:59"}, "ended"),
        ({"started": "0001-01-01T00:00"}, "started"),
        ({"started": "yesterday"}, "started"),
        ({"started": "2026-06-17T09:00+02:00"}, "started"),
    ],
    ids=["end alone", "end first", "future", "too early", "year 9999", "year 1", "words", "with zone"],
)
def test_times_that_can_not_be_are_refused_beside_their_field(say: Say, times: dict[str, str], field: str) -> None:
    assert list(say("attack", expect=422, severity="1", **times)["errors"]) == [field]
    assert not Attack.objects.exists()
    assert not DiaryDay.objects.exists()


def test_no_headache_asks_before_a_headache_goes(say: Say) -> None:
    say("attack", severity="2", took=["sumatriptan"])
    asked = say("none", expect=409)
    assert (asked["result"], asked["answer"]) == ("asked", {"confirmed": "on"})
    assert (the_day().state, taken(), Attack.objects.count()) == (State.HEADACHE, {"sumatriptan": 1}, 1)
    say("none", confirmed="on")
    row = the_day()
    assert (row.state, row.severity, row.function, taken()) == (State.NONE, None, None, {})
    assert not Attack.objects.exists()


@pytest.mark.parametrize(("out", "left"), [(0, (1, 2)), (2, (0, 1))], ids=["first day", "last day"])
def test_a_day_without_headache_is_taken_out_of_a_long_attack(say: Say, out: int, left: tuple[int, int]) -> None:
    first = TODAY - timedelta(days=2)
    say("attack", severity="2", started="2026-06-15T20:00", ended="2026-06-17T06:00")
    say("none", first + timedelta(days=out), confirmed="on")
    attack = Attack.objects.get()
    assert (attack.first_day, attack.last_day) == tuple(first + timedelta(days=each) for each in left)
    assert attack.ended_at is None


def test_a_day_is_corrected_whole(say: Say) -> None:
    say("attack", severity="3", took=["sumatriptan"], relief="full")
    say(
        "correct",
        seen="1",
        state="headache",
        severity="1",
        took=["sumatriptan", "ibuprofen"],
        function="1",
        note="mild after all",
        **{"doses-sumatriptan": "2"},
    )
    row = the_day()
    assert (row.severity, row.function, row.note, row.version) == (1, 1, "mild after all", 2)
    assert taken() == {"sumatriptan": 2, "ibuprofen": 1}
    assert AcuteIntake.objects.get(medicine__code="sumatriptan").relief == Relief.FULL
    assert Attack.objects.get().severity == Severity.MILD
    say("correct", seen="1", expect=409, state="headache", severity="2")


def test_a_correction_is_in_the_history_in_the_patients_name(say: Say) -> None:
    say("none")
    say("attack", severity="2")
    events = DiaryDay.pgh_event_model.objects.order_by("pgh_id")
    assert [(event.pgh_label, event.state) for event in events] == [("insert", "none"), ("update", "headache")]
    context = events.last().pgh_context.metadata
    assert context["who"] == "process: the patient, by diary link"


@pytest.mark.parametrize("source", [Source.CLINIC, Source.IMPORT])
@pytest.mark.parametrize(
    "entry",
    [{"kind": "none"}, {"kind": "attack", "severity": "3"}, {"kind": "correct", "state": "none", "seen": "1"}],
    ids=["none", "attack", "correct"],
)
def test_what_the_clinic_wrote_down_is_not_overwritten(
    say: Say, patient: Patient, source: Source, entry: dict[str, str]
) -> None:
    record(patient, headache(TODAY, severity=1))
    DiaryDay.objects.update(source=source)
    said = say(expect=422, **entry)
    assert "telephone the clinic" in said["errors"]["day"][0]
    assert (the_day().severity, the_day().version) == (1, 1)
    assert not Attack.objects.exists()


def test_an_attack_does_not_reach_over_a_day_that_the_clinic_called_free(say: Say, patient: Patient) -> None:
    record(patient, no_headache(TODAY - timedelta(days=1)))
    said = say("attack", expect=422, severity="2", started="2026-06-16T22:00")
    assert "16 Jun 2026" in said["errors"]["day"][0]
    assert (DiaryDay.objects.count(), Attack.objects.count()) == (1, 0)


def test_a_day_that_the_clinic_changed_is_shown_before_it_is_written(
    say: Say, patient: Patient, colleague: User, link: MadeLink
) -> None:
    say("attack", severity="3")
    typed = DayEntry(TODAY, State.HEADACHE, severity=1, intakes=(IntakeEntry("ibuprofen"),), intakes_known=True)
    record_day(patient=patient, entry=typed, seen_version=1, by=colleague, today=TODAY)
    asked = say("attack", expect=409, seen="1", severity="2")
    assert asked["sentence"].startswith(
        "The clinic changed this day meanwhile. It now says: Mild headache, ibuprofen × 1."
    )
    assert asked["answer"] == {"seen": "2"}
    assert (the_day().severity, Attack.objects.count()) == (1, 1)
    say("attack", seen="2", severity="2")
    assert (the_day().severity, Attack.objects.count()) == (2, 2)


def test_the_patients_own_entries_do_not_stand_in_each_others_way(say: Say) -> None:
    for severity in ("1", "2", "3"):
        say("attack", seen="0", severity=severity)
    assert (the_day().severity, Attack.objects.count()) == (3, 3)


def test_about_the_day_stands_beside_the_diary(say: Say) -> None:
    say("about", sleep_hours="7.5", menstruation="no", exposures=["stress", "weather"])
    row = DayContext.objects.get()
    assert (row.sleep_minutes, row.menstruation, row.exposures, row.source) == (
        450,
        False,
        ["stress", "weather"],
        Source.LINK,
    )
    say("about", exposures=["nothing"])
    row.refresh_from_db()
    assert (row.sleep_minutes, row.exposures) == (450, [])
    assert not DiaryDay.objects.exists()


def test_about_the_day_fills_only_what_the_clinic_left_open(say: Say, patient: Patient) -> None:
    DayContext.objects.create(patient=patient, day=TODAY, sleep_minutes=300)
    say("about", sleep_hours="9", menstruation="yes")
    row = DayContext.objects.get()
    assert (row.sleep_minutes, row.menstruation) == (300, True)


def test_the_same_key_is_one_entry_and_other_answers_are_refused(say: Say, link: MadeLink) -> None:
    entry = payload("attack", severity="2", took=["sumatriptan"])
    first = send(link.token, entry)
    again = send(link.token, entry)
    assert (first.status_code, again.status_code) == (200, 200)
    assert again.json()["sentence"] == first.json()["sentence"]
    other = send(link.token, entry | {"severity": "3"})
    assert (other.status_code, list(other.json()["errors"])) == (422, ["key"])
    assert (Attack.objects.count(), the_day().severity, taken()) == (1, 2, {"sumatriptan": 1})
    assert LinkEntry.objects.count() == 1


def test_the_numbers_see_what_the_patient_entered(say: Say, patient: Patient) -> None:
    from apps.diary.selectors import diary_days

    say("attack", severity="2", took=["sumatriptan"], nausea="yes")
    say("about", sleep_hours="6")
    (day,) = diary_days(patient, Period(TODAY, TODAY))
    assert (day.severity, [use.code for use in day.acute], day.acute_known, day.sleep_minutes) == (
        2,
        ["sumatriptan"],
        True,
        360,
    )
    assert day.attacks[0].nausea is True


def test_an_entry_costs_a_known_number_of_queries(
    link: MadeLink, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    with django_assert_max_num_queries(43):
        send(link.token, payload("attack", severity="2", took=["sumatriptan"]))
    assert timezone.localdate() == TODAY
