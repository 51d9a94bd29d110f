"""MigraLog: episodes, a day's own worst intensity, status, doses; nothing taken over that was not said."""

from datetime import date
from typing import Any

import pytest

from apps.clinical.diary import Relief
from apps.diary.choices import ImportSource, State
from apps.diary.imports.parsed import FileRefused, ReadDay, Reading, ReadIntake
from tests.unit.diary.imports.examples import accounted, episode, migralog, milliseconds, read


def taken(**sections: list[Any]) -> Reading:
    reading = read(migralog(**sections))
    accounted(reading)
    return reading


def status(day: str, colour: str, **more: Any) -> dict[str, Any]:
    return {"id": day, "date": day, "status": colour, "prompted": True, **more}


def dose(moment: int, medicine: str = "suma", **more: Any) -> dict[str, Any]:
    return {"id": f"d{moment}", "medicationId": medicine, "timestamp": moment, "quantity": 1, **more}


def intensity(moment: int, pain: Any, identity: str = "e1") -> dict[str, Any]:
    return {"id": f"i{moment}", "episodeId": identity, "timestamp": moment, "intensity": pain}


EVENING = milliseconds(2026, 3, 28, 22)
MORNING = milliseconds(2026, 3, 29, 6)
NIGHT = episode("e1", EVENING, MORNING)


def test_an_episode_is_an_attack() -> None:
    reading = taken(
        episodes=[
            episode(
                "e1",
                EVENING,
                MORNING,
                locations=["left_eye", "left_temple"],
                qualities=["throbbing"],
                symptoms=["nausea", "light_sensitivity", "smell_sensitivity"],
                triggers=["lack_of_sleep"],
                notes="Bad",
            )
        ],
        episodeNotes=[{"id": "n", "episodeId": "e1", "timestamp": MORNING, "note": "Better now"}],
    )
    (attack,) = reading.attacks
    assert reading.source is ImportSource.MIGRALOG
    assert (attack.first_day, attack.last_day) == (date(2026, 3, 28), date(2026, 3, 29))
    assert (attack.unilateral, attack.pulsating, attack.nausea, attack.photophobia) == (True, True, True, True)
    assert (attack.phonophobia, attack.vomiting, attack.aura) == (None, None, None)
    assert attack.symptoms == ("nausea", "light sensitivity", "smell sensitivity")
    assert attack.triggers == ("lack of sleep",)
    assert attack.note == "Bad\nBetter now"
    assert reading.merged == 1


def test_times_are_read_in_the_clinics_zone() -> None:
    (attack,) = taken(episodes=[episode("e1", milliseconds(2026, 6, 1, 23, 30), None)]).attacks
    assert attack.first_day == date(2026, 6, 2)
    assert attack.ended is None


def test_each_date_has_its_own_worst_intensity() -> None:
    reading = taken(
        episodes=[NIGHT],
        intensityReadings=[
            intensity(EVENING, 4),
            intensity(milliseconds(2026, 3, 28, 23), 2),
            intensity(milliseconds(2026, 3, 29, 1), 7.5),
            intensity(MORNING, 0),
        ],
    )
    assert [(day.day.day, day.state, day.severity) for day in reading.days] == [
        (28, State.HEADACHE, 2),
        (29, State.HEADACHE, 3),
    ]
    (attack,) = reading.attacks
    assert (attack.pain, attack.severity) == (8, 3)
    assert reading.merged == 2


@pytest.mark.parametrize(
    ("colour", "state"), [("green", State.NONE), ("yellow", State.NOT_KNOWN), ("red", State.HEADACHE)]
)
def test_status_of_a_date(colour: str, state: State) -> None:
    (day,) = taken(dailyStatusLogs=[status("2026-03-01", colour, statusType="prodrome", notes="Yawning")]).days
    assert (day.day, day.state, day.severity, day.taken_known) == (date(2026, 3, 1), state, None, False)
    assert day.note == "Prodrome: Yawning"


def test_an_episode_wins_over_a_status_that_says_otherwise() -> None:
    reading = taken(
        episodes=[NIGHT],
        dailyStatusLogs=[status("2026-03-28", "green"), status("2026-03-29", "red"), status("2026-03-30", "green")],
    )
    assert [(day.day.day, day.state) for day in reading.days] == [(29, State.HEADACHE), (30, State.NONE)]
    assert [note.row for note in reading.repeated] == [2]


def test_doses_stand_on_their_local_date() -> None:
    late = milliseconds(2026, 6, 1, 23, 30)
    (day,) = taken(medicationDoses=[dose(late, effectivenessRating=7), dose(late + 1000, status="taken")]).days
    assert day == ReadDay(
        row=1, day=date(2026, 6, 2), state=State.NOT_KNOWN, taken=(ReadIntake("Sumatriptan", 2, None),)
    )


@pytest.mark.parametrize(("rating", "relief"), [(0, Relief.NONE), (1, Relief.SOME), (10, Relief.SOME), (None, None)])
def test_effect_of_a_dose(rating: int | None, relief: Relief | None) -> None:
    (day,) = taken(medicationDoses=[dose(EVENING, effectivenessRating=rating)]).days
    assert day.taken[0].relief is relief


@pytest.mark.parametrize(
    "left_out",
    [dose(EVENING, status="skipped"), dose(EVENING, "prop"), dose(EVENING, "magn")],
    ids=["skipped", "preventive", "supplement"],
)
def test_what_is_no_acute_intake_is_left_out(left_out: dict[str, Any]) -> None:
    reading = taken(medicationDoses=[left_out])
    assert reading.days == ()
    assert (reading.rows_read, reading.merged) == (1, 1)


@pytest.mark.parametrize(
    ("sections", "words"),
    [
        ({"episodes": [episode("e", milliseconds(1900, 1, 1), None)]}, "Episode 1: Check the year"),
        ({"episodes": [episode("e", milliseconds(2100, 1, 1), None)]}, "in the future"),
        ({"episodes": [episode("e", 50_000 * 31_556_952_000, None)]}, "that is no time"),
        ({"episodes": [episode("e", 10**400, None)]}, "a number was expected"),
        ({"episodes": [episode("e", EVENING, EVENING - 1000)]}, "ends before"),
        ({"episodes": [episode("e", "soon", None)]}, "“soon”"),  # type: ignore[arg-type]
        ({"episodes": [{"id": "e"}]}, "startTime is missing"),
        ({"episodes": [7]}, "not built like"),
        ({"episodes": [episode("e", float("nan"), None)]}, "“nan”"),  # type: ignore[arg-type]
        ({"dailyStatusLogs": [status("1.3.2026", "green")]}, "“1.3.2026”"),
        ({"dailyStatusLogs": [status("2026-03-01", "blue")]}, "“blue”"),
        ({"dailyStatusLogs": [status("2027-03-01", "green")]}, "Daily status 1: Check the date"),
        ({"medicationDoses": [dose(EVENING, "unheard")]}, "Dose 1: Its medicine"),
        ({"medicationDoses": [dose(EVENING, status="lost")]}, "“lost”"),
        ({"medicationDoses": [dose(EVENING, quantity=0)]}, "quantity"),
        ({"intensityReadings": [intensity(EVENING, 3, "unheard")]}, "Its episode"),
        ({"episodeNotes": [{"episodeId": None, "note": "x"}]}, "Its episode"),
    ],
)
def test_a_fault_names_its_entry(sections: dict[str, list[Any]], words: str) -> None:
    reading = taken(**sections)
    (fault,) = reading.faults
    assert fault.row == 1
    assert words in fault.sentence


def test_an_intensity_outside_0_to_10_is_a_fault_and_the_episode_stays() -> None:
    reading = taken(episodes=[NIGHT], intensityReadings=[intensity(EVENING, 11), intensity(EVENING, -1)])
    assert [fault.row for fault in reading.faults] == [2, 3]
    assert reading.attacks[0].pain is None


def test_the_same_status_twice_counts_once_and_another_one_is_a_fault() -> None:
    reading = taken(dailyStatusLogs=[status("2026-03-01", colour) for colour in ("green", "green", "red")])
    assert [day.state for day in reading.days] == [State.NONE]
    assert [note.row for note in reading.repeated] == [2]
    assert [note.row for note in reading.faults] == [3]


def test_the_place_never_leaves_the_reader() -> None:
    assert "51.5007" not in repr(taken(episodes=[NIGHT]))


def test_characters_that_cannot_be_stored_are_left_out() -> None:
    (attack,) = taken(
        episodes=[episode("e\ud800", EVENING, MORNING, notes="a\x00b\ud800c", symptoms=["na\x00usea"])]
    ).attacks
    assert attack.note == "abc"
    attack.key.encode()
    assert attack.symptoms == ("nausea",)


@pytest.mark.parametrize(
    "content",
    [
        migralog(episodes=[NIGHT])[:-30],
        b'{"metadata": 1, "episodes": ' + b"[" * 200_000 + b', "medicationDoses": []}',
        b'{"metadata": 1, "medicationDoses": [], "episodes": [' + b"9" * 5000 + b"]}",
        b'{"metadata": 1, "medicationDoses": [], "episodes": [' + b"[]," * 600_000 + b"[]]}",
        b'{"metadata": 1, "medicationDoses": [], "episodes": ["' + b"x" * 17_000_000 + b'"]}',
        b'["metadata", "episodes", "medicationDoses"]',
        b'{"something": "else"}',
    ],
    ids=["cut off", "deep", "long number", "many", "large", "a list", "another"],
)
def test_what_is_no_sound_export_is_refused(content: bytes) -> None:
    with pytest.raises(FileRefused):
        read(content)
