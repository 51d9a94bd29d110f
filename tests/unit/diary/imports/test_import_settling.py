"""Which entries of a file come in: tables of cases, and properties for any file and diary."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.clinical.diary import Relief
from apps.diary.choices import State
from apps.diary.entries import DayEntry, IntakeEntry
from apps.diary.import_choices import Overlap
from apps.diary.imports.meanings import UnknownNames
from apps.diary.imports.parsed import ReadAttack, ReadDay, Reading, ReadIntake
from apps.diary.imports.report import RowNote
from apps.diary.imports.settling import Diary, RecordedAttack, RecordedDay, Settled, dates_of, settle, stored_key
from tests.factories.diary_files import MEANINGS, NOTHING_RECORDED, at, attack, reading, said, timed

TODAY = date(2026, 11, 22)
DAY = date(2026, 10, 5)
NEXT = DAY + timedelta(days=1)
THIRD = DAY + timedelta(days=2)


def settled(*rows: ReadDay | ReadAttack, diary: Diary = NOTHING_RECORDED, rule: Overlap = Overlap.KEEP) -> Settled:
    return settle(reading(*rows), diary, MEANINGS, rule=rule, today=TODAY)


def recorded(*entries: DayEntry, by_hand: bool = True, **more: object) -> Diary:
    return Diary(
        {entry.day: RecordedDay(entry, by_hand) for entry in entries},
        more.get("attacks", ()),  # type: ignore[arg-type]
        more.get("besides", {}),  # type: ignore[arg-type]
    )


def entry(day: date, state: State = State.HEADACHE, *codes: str | None, **fields: object) -> DayEntry:
    return DayEntry(day, state, intakes=tuple(IntakeEntry(code) for code in codes), **fields)  # type: ignore[arg-type]


# --- what a file says about a date ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([attack(1, DAY, severity=3)], entry(DAY, severity=3), id="one attack, its severity"),
        pytest.param([attack(1, DAY)], entry(DAY), id="severity not said"),
        pytest.param(
            [attack(1, DAY, severity=1), attack(2, DAY, severity=3)], entry(DAY, severity=3), id="the worst of two"
        ),
        pytest.param([attack(1, DAY, severity=1), attack(2, DAY)], entry(DAY), id="the other may have been worse"),
        pytest.param(
            [attack(1, DAY, severity=3), attack(2, DAY)], entry(DAY, severity=3), id="nothing is worse than severe"
        ),
        pytest.param(
            [attack(1, DAY, severity=2), attack(2, DAY, NEXT, severity=2)],
            entry(DAY, severity=2),
            id="a long attack that was never worse",
        ),
        pytest.param(
            [attack(1, DAY, severity=2), attack(2, DAY, NEXT, severity=3)], entry(DAY), id="a long attack, when worst?"
        ),
        pytest.param([attack(1, DAY, None, "Maxalt")], entry(DAY, State.HEADACHE, "rizatriptan"), id="medicine"),
        pytest.param(
            [attack(1, DAY, None, "Maxalt", taken_known=True)],
            entry(DAY, State.HEADACHE, "rizatriptan", intakes_known=True),
            id="the whole list",
        ),
        pytest.param([attack(1, DAY, taken_known=True)], entry(DAY, intakes_known=True), id="no medication"),
        pytest.param(
            [attack(1, DAY, taken_known=True), attack(2, DAY)], entry(DAY), id="of the other attack nobody knows"
        ),
        pytest.param(
            [attack(1, DAY, None, "Candesartan", "Something")],
            entry(DAY, State.HEADACHE, None),
            id="a preventive is left out, something stays",
        ),
        pytest.param(
            [attack(1, DAY, None, "Maxalt"), attack(2, DAY, None, "Rizatriptan")],
            replace(entry(DAY), intakes=(IntakeEntry("rizatriptan", 2),)),
            id="doses of two attacks of one file",
        ),
        pytest.param(
            [said(1, DAY, State.HEADACHE, "Maxalt"), attack(2, DAY, None, "Maxalt", severity=2)],
            entry(DAY, State.HEADACHE, "rizatriptan", severity=2),
            id="said for the day and for the attack is said twice",
        ),
        pytest.param(
            [said(1, DAY, State.HEADACHE, severity=1), attack(2, DAY, severity=2)],
            entry(DAY, severity=1),
            id="the day's own severity counts",
        ),
        pytest.param([said(1, DAY, State.NOT_KNOWN), attack(2, DAY)], entry(DAY), id="not known yields"),
        pytest.param([said(1, DAY, State.NONE)], entry(DAY, State.NONE), id="headache-free"),
        pytest.param([said(1, DAY, None, "Maxalt")], entry(DAY, State.NOT_KNOWN, "rizatriptan"), id="medicine only"),
        pytest.param(
            [said(1, DAY, State.HEADACHE, note="storm"), said(2, DAY, None, "Maxalt")],
            entry(DAY, State.HEADACHE, "rizatriptan", note="storm"),
            id="two rows that complete each other",
        ),
    ],
)
def test_what_the_rows_say_about_their_date(rows: list[ReadDay | ReadAttack], expected: DayEntry) -> None:
    found = settled(*rows)
    assert found.added == {DAY: expected} | {day: found.added[day] for day in found.added if day != DAY}
    assert found.account.imported == tuple(sorted({row.row for row in rows}))


def test_an_attack_over_midnight_marks_both_dates_and_its_medicines_stand_on_the_first() -> None:
    found = settled(attack(1, DAY, NEXT, "Maxalt", severity=3, taken_known=True))
    assert found.added == {DAY: entry(DAY, State.HEADACHE, "rizatriptan"), NEXT: entry(NEXT)}
    assert found.attacks[0].severity == 3


def test_no_medication_over_several_dates_is_known_for_all_of_them() -> None:
    found = settled(attack(1, DAY, THIRD, taken_known=True))
    assert found.added == {day: entry(day, intakes_known=True) for day in (DAY, NEXT, THIRD)}


def test_dates_between_attacks_stay_not_recorded() -> None:
    found = settled(attack(1, DAY), attack(2, THIRD))
    assert found.added.keys() == {DAY, THIRD}


def test_the_better_relief_of_a_day_is_kept() -> None:
    some = replace(attack(1, DAY), taken=(ReadIntake("Maxalt", 1, Relief.FULL),))
    none = replace(attack(2, DAY), taken=(ReadIntake("Maxalt", 1, Relief.NONE),))
    assert settled(some, none).added[DAY].intakes[0].relief == "full"


def test_only_sleep_makes_no_day() -> None:
    found = settled(said(1, DAY, None, sleep_minutes=420))
    assert (found.added, found.besides) == ({}, {DAY: {"sleep_minutes": 420}})
    assert found.account.imported == (1,)


def test_a_row_that_says_nothing_is_accounted_for() -> None:
    found = settled(said(1, DAY, None))
    assert [note.row for note in found.account.duplicate] == [1]


def test_an_unknown_name_stops_everything() -> None:
    with pytest.raises(UnknownNames, match="Unobtainium"):
        settled(attack(1, DAY, None, "Unobtainium", "Maxalt"))


# --- a file against itself ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([said(1, DAY, State.NONE), said(2, DAY)], id="two rows"),
        pytest.param([said(1, DAY, severity=1), said(2, DAY, severity=2)], id="two severities"),
        pytest.param([said(1, DAY, State.HEADACHE, "Maxalt"), said(2, DAY, State.HEADACHE, "Ibuprofen")], id="lists"),
        pytest.param([said(1, DAY, State.NONE), attack(2, DAY)], id="an attack on a headache-free day"),
    ],
)
def test_rows_that_contradict_each_other_leave_the_day_not_recorded(rows: list[ReadDay | ReadAttack]) -> None:
    found = settled(*rows)
    assert (found.added, found.attacks) == ({}, ())
    assert [note.row for note in found.account.refused] == [1, 2]
    assert "Rows 1 and 2 contradict each other about 5 Oct 2026" in found.account.refused[0].sentence


def test_a_contradicted_date_does_not_take_the_others_with_it() -> None:
    found = settled(said(1, DAY, State.NONE), attack(2, DAY, NEXT))
    assert found.added.keys() == {NEXT}
    assert found.attacks == ()
    assert found.account.imported == (2,)
    assert [note.row for note in found.account.remarks] == [2]


def test_repetitions_count_once() -> None:
    found = settled(said(1, DAY), said(2, DAY), attack(3, NEXT, key="k"), attack(4, NEXT, key="k"))
    assert found.account.imported == (1, 3)
    assert [note.row for note in found.account.duplicate] == [2, 4]


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (attack(1, TODAY, TODAY + timedelta(days=1)), "future"),
        (attack(1, date(1985, 1, 1)), "before 1990"),
        (attack(1, DAY, DAY - timedelta(days=1)), "ends before"),
        (attack(1, DAY - timedelta(days=40), DAY), "31 days"),
        (attack(1, DAY, pain=11), "0 to 10"),
        (attack(1, DAY, severity=4), "mild"),
        (attack(1, DAY, aura_minutes=5), "aura"),
        (replace(timed(1, at(DAY), 2), ended=at(DAY, 1)), "ends before"),
        (replace(attack(1, DAY), started=at(DAY).replace(tzinfo=None)), "distance from UTC"),
        (said(1, TODAY + timedelta(days=1)), "future"),
        (said(1, DAY, State.NONE, severity=2), "severity"),
    ],
    ids=["future", "1985", "backwards", "long", "pain", "severity", "aura", "times", "naive", "day", "day severity"],
)
def test_what_cannot_be_is_refused_with_its_row_and_the_rest_comes_in(bad: ReadDay | ReadAttack, words: str) -> None:
    found = settled(bad, attack(2, THIRD))
    assert found.account.imported == (2,)
    assert [note.row for note in found.account.refused] == [1]
    assert words in found.account.refused[0].sentence


def test_faults_and_repetitions_of_the_reader_are_in_the_account() -> None:
    file = reading(attack(1, DAY), faults=(RowNote(2, "Not a date."),), repeated=(RowNote(3, "Repeats row 1."),))
    found = settle(file, NOTHING_RECORDED, MEANINGS, rule=Overlap.KEEP, today=TODAY)
    assert found.account.refused == (RowNote(2, "Not a date."),)
    assert found.account.duplicate == (RowNote(3, "Repeats row 1."),)


# --- a file against the diary ---------------------------------------------------------------------------------------

FREE = entry(DAY, State.NONE)
MILD = entry(DAY, severity=1)


@pytest.mark.parametrize(
    ("was", "by_hand", "rule", "replaced", "stored"),
    [
        (MILD, True, Overlap.KEEP, False, True),
        (MILD, False, Overlap.KEEP, False, True),
        (MILD, True, Overlap.REPLACE, False, True),
        (MILD, False, Overlap.REPLACE, True, True),
        (FREE, True, Overlap.KEEP, False, False),
        (FREE, False, Overlap.KEEP, False, False),
        (FREE, True, Overlap.REPLACE, False, False),
        (FREE, False, Overlap.REPLACE, True, True),
    ],
)
def test_the_rule_for_overlaps(was: DayEntry, by_hand: bool, rule: Overlap, replaced: bool, stored: bool) -> None:
    found = settled(attack(1, DAY, severity=3), diary=recorded(was, by_hand=by_hand), rule=rule)
    assert found.added == {}
    assert (DAY in found.replaced) == replaced
    assert bool(found.attacks) == stored
    assert [(each.day, each.recorded, each.replaced) for each in found.differing] == [(DAY, was, replaced)]
    assert len(found.attacks_left_out) == (not stored)


def test_a_described_attack_keeps_its_headache_day() -> None:
    present = recorded(MILD, by_hand=False, attacks=(RecordedAttack("k", DAY, DAY),))
    found = settled(said(1, DAY, State.NONE), diary=present, rule=Overlap.REPLACE)
    assert (found.replaced, [each.replaced for each in found.differing]) == ({}, [False])


def test_an_attack_does_not_lie_on_a_day_that_stays_not_known() -> None:
    found = settled(attack(1, DAY), diary=recorded(entry(DAY, State.NOT_KNOWN)))
    assert (found.attacks, found.changes_nothing) == ((), True)
    assert "no headache day is recorded for 5 Oct 2026" in found.attacks_left_out[0][1]


def test_an_equal_day_is_a_repetition() -> None:
    found = settled(said(1, DAY, severity=1), diary=recorded(MILD))
    assert (found.same, found.differing, found.changes_nothing) == (1, (), True)
    assert [note.row for note in found.account.duplicate] == [1]


@pytest.mark.parametrize(
    ("present", "stored"),
    [
        (RecordedAttack("", DAY, DAY, at(DAY, 10), at(DAY, 13)), False),
        (RecordedAttack("", DAY, DAY, at(DAY, 1), at(DAY, 12)), True),
        (RecordedAttack("", DAY, DAY, at(DAY, 14), at(DAY, 20)), True),
        (RecordedAttack("", DAY, DAY, at(DAY, 12), at(DAY, 12)), False),
        (RecordedAttack("", DAY, DAY), False),
        (RecordedAttack("", DAY - timedelta(days=1), NEXT), False),
        (RecordedAttack("", NEXT, NEXT), True),
        (RecordedAttack(stored_key(reading().source, "a1"), NEXT, NEXT), False),
    ],
    ids=["within", "ends as it begins", "begins as it ends", "same start", "date", "around", "other date", "same key"],
)
def test_an_attack_that_is_there_in_other_words_is_not_stored_again(present: RecordedAttack, stored: bool) -> None:
    found = settled(timed(1, at(DAY, 12), 2), diary=recorded(attacks=(present,)))
    assert bool(found.attacks) == stored


def test_sleep_and_menstruation_fill_what_is_empty_and_change_nothing() -> None:
    diary = recorded(besides={DAY: {"sleep_minutes": 400}, NEXT: {"menstruation": True}})
    found = settled(
        said(1, DAY, None, sleep_minutes=300, menstruation=False),
        said(2, NEXT, None, sleep_minutes=300, menstruation=True),
        said(3, THIRD, None, exposures=("stress",)),
        diary=diary,
    )
    assert found.besides == {
        DAY: {"menstruation": False},
        NEXT: {"sleep_minutes": 300},
        THIRD: {"exposures": ["stress"]},
    }
    assert "Sleep of 5 Oct 2026 stays as recorded." in found.account.remarks[0].sentence


def test_a_long_key_is_stored_short() -> None:
    key = stored_key(reading().source, "k" * 200)
    assert len(key) == 64
    assert key != stored_key(reading().source, "k" * 201)
    assert stored_key(reading().source, "") == ""


def test_the_dates_of_a_file() -> None:
    assert dates_of(reading()) is None
    period = dates_of(reading(said(1, NEXT), attack(2, DAY, THIRD)))
    assert period is not None
    assert (period.first, period.last) == (DAY, THIRD)


# --- for any file and diary -----------------------------------------------------------------------------------------

DATES = st.dates(DAY, DAY + timedelta(days=6))
TAKEN = st.lists(st.sampled_from(sorted(MEANINGS)), max_size=2, unique=True)


@st.composite
def attacks(draw: st.DrawFn) -> ReadAttack:
    first = draw(DATES)
    row = draw(st.integers(1, 30))
    last = first + timedelta(days=draw(st.integers(-1, 3)))
    made = attack(row, first, last, *draw(TAKEN), key=draw(st.sampled_from(["", f"k{row}", "k1"])))
    made = replace(made, severity=draw(st.sampled_from([None, 1, 3])), taken_known=draw(st.booleans()))
    if draw(st.booleans()) and last >= first:
        return replace(made, started=at(first, draw(st.integers(0, 12))), ended=at(last, draw(st.integers(12, 23))))
    return made


@st.composite
def rows_of_days(draw: st.DrawFn) -> ReadDay:
    return said(
        draw(st.integers(1, 30)),
        draw(DATES),
        draw(st.sampled_from([None, *State])),
        *draw(TAKEN),
        severity=draw(st.sampled_from([None, None, 2])),
        taken_known=draw(st.booleans()),
        sleep_minutes=draw(st.sampled_from([None, 300])),
        menstruation=draw(st.sampled_from([None, True])),
    )


FILES = st.lists(st.one_of(attacks(), rows_of_days()), max_size=8).map(lambda rows: reading(*rows))
DIARIES = st.dictionaries(DATES, st.tuples(st.sampled_from(list(State)), st.booleans()), max_size=4).map(
    lambda days: Diary({day: RecordedDay(entry(day, state), hand) for day, (state, hand) in days.items()}, (), {})
)


def after(diary: Diary, file: Reading, found: Settled) -> Diary:
    """The diary once this was taken."""
    written = {day: RecordedDay(each, by_hand=False) for day, each in {**found.added, **found.replaced}.items()}
    attacks = tuple(
        RecordedAttack(stored_key(file.source, each.key), each.first_day, each.last_day, each.started, each.ended)
        for each in found.attacks
    )
    besides = {day: {**diary.besides.get(day, {}), **fields} for day, fields in found.besides.items()}
    return Diary({**diary.days, **written}, (*diary.attacks, *attacks), {**diary.besides, **besides})


@given(file=FILES, diary=DIARIES, rule=st.sampled_from(list(Overlap)))
@settings(max_examples=60, deadline=None)
def test_taking_the_same_file_twice_changes_nothing(file: Reading, diary: Diary, rule: Overlap) -> None:
    first = settle(file, diary, MEANINGS, rule=rule, today=TODAY)
    again = settle(file, after(diary, file, first), MEANINGS, rule=rule, today=TODAY)
    assert again.changes_nothing


@given(file=FILES, diary=DIARIES, rule=st.sampled_from(list(Overlap)))
@settings(max_examples=60, deadline=None)
def test_nothing_is_invented_lost_or_counted_twice(file: Reading, diary: Diary, rule: Overlap) -> None:
    found = settle(file, diary, MEANINGS, rule=rule, today=TODAY)
    account = found.account
    rows = [*account.imported, *(note.row for note in (*account.duplicate, *account.refused))]
    assert sorted(rows) == sorted({row.row for row in (*file.days, *file.attacks)}), "each row once"
    said_free = {row.day for row in file.days if row.state is State.NONE}
    written = {**found.added, **found.replaced}
    assert {day for day, each in written.items() if each.state is State.NONE} <= said_free, "no invented good days"
    assert not found.added.keys() & diary.days.keys()
    assert all(not diary.days[day].by_hand for day in found.replaced), "what people typed stays"
    if rule is Overlap.KEEP:
        assert not found.replaced
    later = after(diary, file, found).days
    for each in found.attacks:
        for offset in range((each.last_day - each.first_day).days + 1):
            day = each.first_day + timedelta(days=offset)
            assert later[day].entry.state is State.HEADACHE, "an attack lies on headache days"
