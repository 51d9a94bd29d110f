"""The attack list of Migraine Buddy: both generations, every date by the local clock, nothing invented."""

from datetime import date, datetime, timedelta, timezone

import pytest

from apps.clinical.diary import Relief
from apps.diary.choices import ImportSource
from apps.diary.imports.parsed import FileRefused, ReadAttack, ReadIntake
from tests.unit.diary.imports.examples import (
    BUDDY_BEFORE,
    BUDDY_NOW,
    EVENTS_ON_TOP,
    accounted,
    attack,
    buddy,
    read,
    table,
)


def only(content: bytes) -> ReadAttack:
    reading = read(content)
    accounted(reading)
    assert not reading.faults
    assert not reading.days
    (found,) = reading.attacks
    return found


@pytest.mark.parametrize("headings", [BUDDY_NOW, BUDDY_BEFORE], ids=["current", "older"])
@pytest.mark.parametrize("turned", [False, True], ids=["in order", "columns turned round"])
def test_both_generations_are_recognised_by_their_headings_not_by_position(
    headings: tuple[str, ...], turned: bool
) -> None:
    reading = read(buddy([attack()], headings=headings[::-1] if turned else headings))
    assert reading.source is ImportSource.MIGRAINE_BUDDY
    (found,) = reading.attacks
    assert (found.first_day, found.last_day, found.pain, found.severity) == (date(2026, 3, 2), date(2026, 3, 2), 7, 3)
    assert reading.rows_read == 1


def test_a_table_of_events_above_the_attacks_is_left_out_and_said() -> None:
    reading = read(buddy([attack()], top=EVENTS_ON_TOP))
    assert len(reading.attacks) == 1
    assert any(remark.startswith("1 line above") for remark in reading.remarks)
    assert reading.attacks[0].row == 5


@pytest.mark.parametrize(
    ("started", "hour"),
    [
        ("3/2/26 14:30", 14),
        ("03/02/2026 14:30", 14),
        ("3/2/26 2:30 PM", 14),
        ("3/2/26 12:30 AM", 0),
        ("3/2/26 12:30 pm", 12),
        ("2026-03-02 14:30", 14),
    ],
)
def test_times_with_the_month_first(started: str, hour: int) -> None:
    found = only(buddy([attack(started)]))
    assert found.first_day == date(2026, 3, 2)
    assert found.started is not None
    assert (found.started.hour, found.started.minute) == (hour, 30)


def test_a_file_saved_with_the_day_first_is_noticed_over_all_rows() -> None:
    reading = read(buddy([attack("2/3/26 14:30"), attack("25/3/26 08:00")]))
    assert [found.first_day for found in reading.attacks] == [date(2026, 3, 2), date(2026, 3, 25)]
    assert reading.decided["Order of dates"] == "day first"


def test_a_single_date_that_does_not_fit_the_order_is_a_fault_of_its_row() -> None:
    reading = read(buddy([attack("2/23/26 14:30"), attack("25/3/26 08:00")]))
    accounted(reading)
    assert [found.first_day for found in reading.attacks] == [date(2026, 2, 23)]
    (fault,) = reading.faults
    assert fault.row == 5
    assert "month first" in fault.sentence


@pytest.mark.parametrize(
    ("lasted", "last_day"),
    [
        ("01h 00m", date(2026, 3, 2)),
        ("09h 29m", date(2026, 3, 2)),
        ("09h 30m", date(2026, 3, 2)),
        ("09h 31m", date(2026, 3, 3)),
        ("1d 02h 15m", date(2026, 3, 3)),
        ("2d", date(2026, 3, 4)),
        ("45m", date(2026, 3, 2)),
        ("", date(2026, 3, 2)),
    ],
)
def test_an_attack_marks_every_local_date_but_not_the_one_that_begins_as_it_ends(lasted: str, last_day: date) -> None:
    found = only(buddy([attack("3/2/26 14:30", lasted)]))
    assert (found.first_day, found.last_day) == (date(2026, 3, 2), last_day)
    assert (found.ended is None) == (lasted == "")


@pytest.mark.parametrize(
    ("started", "lasted", "last_day", "ends"),
    [
        # The clock goes from 01:00 to 02:00: ten hours after 14:30 it shows 01:30.
        ("3/28/26 14:30", "10h 00m", date(2026, 3, 29), (0, 30)),
        ("3/28/26 23:30", "01h 30m", date(2026, 3, 29), (2, 0)),
        ("3/29/26 00:30", "23h 00m", date(2026, 3, 30), (0, 30)),
        ("3/29/26 00:30", "22h 30m", date(2026, 3, 29), (0, 0)),
        # The clock goes from 02:00 back to 01:00.
        ("10/25/26 00:30", "24h 00m", date(2026, 10, 25), (23, 30)),
        ("10/24/26 23:30", "25h 30m", date(2026, 10, 25), (0, 0)),
    ],
)
def test_without_offsets_the_length_is_real_time_in_the_clinics_zone(
    started: str, lasted: str, last_day: date, ends: tuple[int, int]
) -> None:
    found = only(buddy([attack(started, lasted)], headings=BUDDY_BEFORE))
    assert found.last_day == last_day
    assert found.started is not None
    assert found.ended is not None
    assert (found.ended.hour, found.ended.minute) == ends
    hours, minutes = int(lasted[:2]), int(lasted[4:6])
    assert found.ended - found.started == timedelta(hours=hours, minutes=minutes)


@pytest.mark.parametrize(
    ("start_offset", "end_offset", "last_day"),
    [
        ("0", "0", date(2026, 3, 3)),
        # Six hours from 20:00 end at 02:00 in London, at 21:00 in New York, at 11:00 in Tokyo.
        ("0", "-300", date(2026, 3, 2)),
        ("0", "540", date(2026, 3, 3)),
        ("-300", "600", date(2026, 3, 3)),
        # Across the date line westward the attack ends on an earlier date than it began.
        ("780", "-600", date(2026, 3, 2)),
    ],
)
def test_travel_the_end_has_the_date_of_its_own_offset(start_offset: str, end_offset: str, last_day: date) -> None:
    row = attack("3/2/26 20:00", "06h 00m", offset=start_offset)
    found = only(buddy([row | {"End UTC Offset (min)": end_offset}]))
    assert (found.first_day, found.last_day) == (date(2026, 3, 2), last_day)
    assert found.started == datetime(2026, 3, 2, 20, tzinfo=timezone(timedelta(minutes=int(start_offset))))
    assert found.ended is not None
    assert found.ended - found.started == timedelta(hours=6)


def test_the_place_never_leaves_the_reader() -> None:
    reading = read(buddy([attack(Geohash="u10hfrzzz", Attack_Location="Home")]))
    assert "u10hfrzzz" not in repr(reading)
    assert reading.attacks


def test_features_are_what_is_named_and_nothing_else() -> None:
    found = only(
        buddy(
            [
                attack(
                    Symptoms="Pounding Pain, Nausea, Sensitivity to Light, Pain worse if moving",
                    Pain_Positions="Left temple, Left eye",
                    Attack_Types="Migraine with aura",
                    Potential_Triggers="Stress, Wine (red, cheap)",
                    Premonitory_Symptoms="Yawning",
                    Most_Bothersome_Symptom="Nausea",
                    Helpful_Non_Drug_Relief_Methods="Dark room, Sleep",
                    Affected_Activities="Could not work",
                    Notes="First line\r\nsecond line",
                )
            ]
        )
    )
    assert (found.pulsating, found.nausea, found.photophobia, found.worse_with_activity) == (True, True, True, True)
    assert (found.vomiting, found.phonophobia) == (None, None)
    assert (found.unilateral, found.aura) == (True, True)
    assert found.triggers == ("Stress", "Wine (red, cheap)")
    assert (found.premonitory, found.most_bothersome) == (("Yawning",), "Nausea")
    assert found.relief_methods == ("Dark room", "Sleep")
    assert found.note == "First line\nsecond line"


def test_pain_on_both_sides_is_not_one_sided_and_without_aura_is_none() -> None:
    found = only(buddy([attack(Pain_Positions="Left temple, Right eye", Attack_Types="Migraine without aura")]))
    assert (found.unilateral, found.aura) == (False, False)


@pytest.mark.parametrize(
    ("columns", "taken", "known"),
    [
        ({}, (), False),
        ({"Helpful_Medication": "No medication"}, (), True),
        ({"Helpful_Medication": "Sumatriptan"}, (ReadIntake("Sumatriptan", 1, Relief.SOME),), True),
        ({"Somewhat_Helpful_Medication": "Sumatriptan"}, (ReadIntake("Sumatriptan", 1, Relief.SOME),), True),
        ({"Unsure_Medication": "Ibuprofen"}, (ReadIntake("Ibuprofen", 1, None),), True),
        (
            {"Helpful_Medication": "Sumatriptan, Ibuprofen", "Unhelpful_Medication": "ibuprofen, Codeine"},
            (
                ReadIntake("Sumatriptan", 1, Relief.SOME),
                ReadIntake("ibuprofen", 1, None),
                ReadIntake("Codeine", 1, Relief.NONE),
            ),
            True,
        ),
    ],
    ids=["not asked", "none", "helpful", "somewhat", "unsure", "in two columns"],
)
def test_medicines(columns: dict[str, str], taken: tuple[ReadIntake, ...], known: bool) -> None:
    found = only(buddy([attack(**columns)]))
    assert (found.taken, found.taken_known) == (taken, known)


@pytest.mark.parametrize(
    ("level", "pain", "severity", "remark"),
    [
        ("0", 0, None, "Pain 0 has no severity"),
        ("1", 1, 1, ""),
        ("3", 3, 1, ""),
        ("4", 4, 2, ""),
        ("6", 6, 2, ""),
        ("7", 7, 3, ""),
        ("10", 10, 3, ""),
        ("11", None, None, "taken without it (row 4)"),
        ("a lot", None, None, "not between 0 and 10"),
        ("", None, None, ""),
    ],
)
def test_pain_levels(level: str, pain: int | None, severity: int | None, remark: str) -> None:
    reading = read(buddy([attack(Pain_Level=level)]))
    (found,) = reading.attacks
    assert (found.pain, found.severity) == (pain, severity)
    assert any(remark in sentence for sentence in reading.remarks)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"Started": "soon"}, "“soon”"),
        ({"Started": ""}, "a time was expected"),
        ({"Started": "2/30/26 10:00"}, "2/30/26"),
        ({"Started": "3/2/26 13:00 PM"}, "13:00 PM"),
        ({"Started": "3/2/1900 10:00"}, "before 1990"),
        ({"Started": "3/2/2100 10:00"}, "in the future"),
        ({"Started": "12/31/9999 23:59"}, "in the future"),
        ({"Lasted": "long"}, "“long”"),
        ({"Lasted": "-1h"}, "“-1h”"),
        ({"Lasted": "99d 00h 00m"}, "31 days"),
        ({"Start UTC Offset (min)": "900"}, "“900”"),
        ({"End UTC Offset (min)": "east"}, "“east”"),
    ],
)
def test_a_fault_is_bound_to_its_row_and_the_others_are_read(change: dict[str, str], words: str) -> None:
    reading = read(buddy([attack("3/1/26 10:00"), attack() | change, attack("3/5/26 10:00")]))
    accounted(reading)
    (fault,) = reading.faults
    assert fault.row == 5
    assert words in fault.sentence
    assert [found.row for found in reading.attacks] == [4, 6]


def test_a_row_wider_than_the_headings_is_a_fault() -> None:
    content = buddy([attack()]) + table([["2", "3/4/26 10:00", *[""] * 22, "too much"]]).encode()
    reading = read(content)
    accounted(reading)
    assert "more cells" in reading.faults[0].sentence


def test_a_repeated_row_counts_once_and_a_second_attack_at_the_same_minute_is_a_fault() -> None:
    reading = read(buddy([attack(), attack(), attack(Notes="another")]))
    accounted(reading)
    assert [found.row for found in reading.attacks] == [4]
    assert [note.row for note in reading.repeated] == [5]
    assert [note.row for note in reading.faults] == [6]


def test_the_key_is_the_same_in_both_generations_and_when_the_length_is_corrected() -> None:
    keys = {
        only(content).key
        for content in (
            buddy([attack()]),
            buddy([attack()], headings=BUDDY_BEFORE),
            buddy([attack("3/2/2026 2:30 PM", "05h 00m", Notes="x")]),
        )
    }
    assert len(keys) == 1


def test_a_long_note_is_shortened_and_said() -> None:
    reading = read(buddy([attack(Notes="a" * 2000)]))
    assert len(reading.attacks[0].note) == 500
    assert any("shortened (row 4)" in remark for remark in reading.remarks)


def test_characters_that_cannot_be_stored_are_left_out() -> None:
    found = only(buddy([attack(Notes="a\x07b", Symptoms="Nau\x0bsea")]))
    assert found.note == "ab"
    assert found.symptoms == ("Nausea",)


def test_an_attack_list_makes_no_headache_free_days() -> None:
    reading = read(buddy([attack("3/1/26 10:00"), attack("3/9/26 10:00")]))
    assert reading.days == ()
    assert any("stay not recorded" in remark for remark in reading.remarks)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings(encoding: str) -> None:
    content = buddy([attack(Notes="Été à Zürich")]).decode().encode(encoding)
    assert only(content).note == "Été à Zürich"


def test_a_file_cut_off_inside_a_quoted_note_is_refused_with_its_row() -> None:
    content = buddy([attack(), attack("3/4/26 10:00", Notes="one, two\nthree")])
    with pytest.raises(FileRefused) as refusal:
        read(content[: content.rindex(b"three")])
    assert refusal.value.place == "row 5"
    assert "never closed" in refusal.value.sentence
