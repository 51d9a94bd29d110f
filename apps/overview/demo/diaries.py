"""The published days with invented acute intakes, through the diary's own import.

What people of this clinic take is invented by habit: a habit says on which days which medicine is taken, how many days
in 30 at most, and on how many days the list is not known. The habits are chosen so that every answer of the overuse
rule occurs.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from apps.diary.choices import ImportSource, State
from apps.diary.entries import DayEntry, IntakeEntry
from apps.diary.facts import sorted_intakes
from apps.diary.imports.kostecki import KosteckiDay, KosteckiDiaries
from apps.diary.imports.report import ImportRow
from apps.diary.models import ImportBatch
from apps.diary.services import import_days
from apps.overview.demo.chance import chance
from apps.overview.demo.staff import PROCESS

WINDOW = 30


@dataclass(frozen=True)
class Habit:
    """How somebody takes acute medicine.

    medicines: taken in turn. share: of headache days with an intake. at_most: intake days in any 30 days. otherwise:
    share of days without headache with an intake. unknown: share of days whose list nobody wrote down. from_day: the
    habit begins so many days before the last one; before that nothing is taken.
    """

    medicines: tuple[str, ...]
    share: float
    at_most: int = WINDOW
    otherwise: float = 0.0
    unknown: float = 0.0
    from_day: int | None = None


HABITS: Mapping[str, Habit] = {
    "sparing": Habit(("rizatriptan",), 0.4, at_most=5),
    "careful": Habit(("ibuprofen", "sumatriptan-oral"), 0.6, at_most=7),
    "near": Habit(("zolmitriptan",), 0.9, at_most=9),
    "triptan": Habit(("sumatriptan-oral",), 0.85),
    "rotating": Habit(("rizatriptan", "ibuprofen", "paracetamol"), 0.9, at_most=24),
    "analgesic": Habit(("ibuprofen", "paracetamol"), 0.95, otherwise=0.4),
    "combination": Habit(("aspirin-paracetamol-caffeine",), 0.75),
    "opioid": Habit(("eletriptan", "eletriptan", "codeine-paracetamol"), 0.7),
    "gepant": Habit(("rimegepant",), 0.5, at_most=12),
    "recent": Habit(("naratriptan",), 0.95, from_day=WINDOW),
    "unsure": Habit(("sumatriptan-oral", "naproxen"), 0.5, at_most=14, unknown=0.35),
}
_ORDER = tuple(HABITS)

# People whose course the stories tell; everybody else gets a habit by chance.
CHOSEN = {
    5: "triptan", 7: "recent", 10: "rotating", 22: "triptan", 24: "combination", 50: "analgesic", 55: "analgesic",
    74: "near", 75: "unsure", 98: "rotating", 110: "opioid", 3: "sparing", 49: "careful", 34: "near",
}  # fmt: skip


def import_diaries(
    diaries: KosteckiDiaries, patients: Mapping[int, UUID], *, ends: Mapping[int, date], today: date
) -> ImportBatch:
    """Record everybody's days; `ends` says on which date each diary ends."""
    last_times = {number: diaries.last_time(number) for number in patients}
    intakes = {number: _intakes_of(number, diaries, last_times[number]) for number in patients}
    rows = [
        ImportRow(
            row=each.row,
            patient_id=patients[each.person],
            entry=_entry(each, ends[each.person] + timedelta(days=each.time - last_times[each.person]), intakes),
        )
        for each in diaries.days
    ]
    return import_days(
        source=ImportSource.KOSTECKI_DILLON,
        label="KosteckiDillon: 133 published headache diaries",
        rows=rows,
        unreadable=diaries.unreadable,
        by=PROCESS,
        today=today,
        invented_intakes=True,
    )


def diary_end(person: int, *, on: date) -> date:
    """Most diaries are up to date, some lag a few days, and a few have gone quiet."""
    dice = chance("end", person)
    if person in CHOSEN:
        return on
    if dice.random() < 0.08:
        return on - timedelta(days=dice.randint(15, 40))
    return on - timedelta(days=dice.choice([0, 0, 0, 0, 1, 1, 2, 4]))


# The medicines of each day of treatment; a day that is absent has a list nobody wrote down.
_Intakes = Mapping[int, Mapping[int, tuple[IntakeEntry, ...]]]


def _entry(each: KosteckiDay, day: date, intakes: _Intakes) -> DayEntry:
    taken = intakes[each.person].get(each.time)
    return DayEntry(day=day, state=each.state, intakes=taken or (), intakes_known=taken is not None)


def _intakes_of(person: int, diaries: KosteckiDiaries, last: int) -> dict[int, tuple[IntakeEntry, ...]]:
    dice = chance("intakes", person)
    habit = HABITS[CHOSEN.get(person) or dice.choice(_ORDER)]
    states = {each.time: each.state for each in diaries.days if each.person == person}
    medicines = _in_turn(habit.medicines)
    taken: dict[int, tuple[IntakeEntry, ...]] = {}
    for time in sorted(states):
        likely = habit.share if states[time] is State.HEADACHE else habit.otherwise
        known, takes = dice.random() >= habit.unknown, dice.random() < likely
        if not known:
            continue
        begun = habit.from_day is None or time > last - habit.from_day
        before = sum(1 for earlier in taken if earlier > time - WINDOW and taken[earlier])
        if takes and begun and before < habit.at_most:
            taken[time] = sorted_intakes([IntakeEntry(next(medicines), 2 if dice.random() < 0.25 else 1)])
        else:
            taken[time] = ()
    return taken


def _in_turn(medicines: tuple[str, ...]) -> Iterator[str]:
    while True:
        yield from medicines
