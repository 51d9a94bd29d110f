"""What a reader of a diary file answers with: days, attacks and faults, each bound to the row it was read from.

Plain values, the same for every kind of file. A reader says what stands in the file and nothing more: which entry
wins over what is recorded already is settled afterwards (apps.diary.imports.settling).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from apps.clinical.diary import Relief
from apps.diary.choices import ImportSource, State
from apps.diary.imports.report import RowNote

# What a worker can hold in its memory and a person can look through; larger files are refused whole.
MOST_ROWS = 100_000

# Called with the share of the file that was read, 0 to 100.
Progress = Callable[[int], None]


class FileRefused(Exception):
    """The file can't be read at all. `place` says where ("row 12", "byte 4096", "sheet “May”"), empty when nowhere."""

    def __init__(self, sentence: str, *, place: str = "") -> None:
        self.sentence = sentence
        self.place = place
        super().__init__(f"{place}: {sentence}" if place else sentence)


@dataclass(frozen=True, slots=True)
class ReadIntake:
    """A medicine as the file names it. doses: 1 when the file does not say."""

    name: str
    doses: int = 1
    relief: Relief | None = None


@dataclass(frozen=True, slots=True)
class ReadAttack:
    """One attack. It marks every local date from `first_day` to `last_day`, whatever the clock did in between.

    key: what identifies the attack within its source, so that it is never taken twice. started, ended: with their
    UTC offset; None when the file has dates only. pain: 0 to 10. severity: 1 to 3, None when not said.
    taken_known: the file says that `taken` is the whole list, also when it is empty.
    symptoms, triggers, premonitory, postdrome, relief_methods: words as the file has them.
    """

    row: int
    key: str
    first_day: date
    last_day: date
    started: datetime | None = None
    ended: datetime | None = None
    pain: int | None = None
    severity: int | None = None
    unilateral: bool | None = None
    pulsating: bool | None = None
    worse_with_activity: bool | None = None
    nausea: bool | None = None
    vomiting: bool | None = None
    photophobia: bool | None = None
    phonophobia: bool | None = None
    aura: bool | None = None
    aura_minutes: int | None = None
    symptoms: tuple[str, ...] = ()
    triggers: tuple[str, ...] = ()
    premonitory: tuple[str, ...] = ()
    postdrome: tuple[str, ...] = ()
    relief_methods: tuple[str, ...] = ()
    most_bothersome: str = ""
    taken: tuple[ReadIntake, ...] = ()
    taken_known: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReadDay:
    """What the file says about one date itself. Fields mean what they mean in `DiaryDay` and `DayContext`.

    state: None when the row says nothing about headache (only sleep or menstruation). An attack list has no such days.
    slept_from, slept_to: begin and end of the sleep that ended on this date, with offset.
    exposures: codes of `apps.diary.choices.Exposure`; None when not asked.
    """

    row: int
    day: date
    state: State | None = None
    severity: int | None = None
    function: int | None = None
    taken: tuple[ReadIntake, ...] = ()
    taken_known: bool = False
    note: str = ""
    menstruation: bool | None = None
    sleep_minutes: int | None = None
    slept_from: datetime | None = None
    slept_to: datetime | None = None
    exposures: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole file. Every row that was read stands in a day, an attack, `repeated` or `faults`, or is in `merged`: rows
    that went into one of those days or attacks together with another row (the stages of one night, the doses of a day)
    or hold nothing that a diary keeps (lying awake, a skipped dose).

    rows_read: rows of the diary, headings and empty lines not counted. remarks: sentences about what the file does
    not say or what was left out on purpose. decided: what was decided over the whole file and is shown for
    confirmation, as label -> value ("Encoding", "UTF-16"; "Order of dates", "day first").
    """

    source: ImportSource
    rows_read: int
    days: tuple[ReadDay, ...] = ()
    attacks: tuple[ReadAttack, ...] = ()
    repeated: tuple[RowNote, ...] = ()
    faults: tuple[RowNote, ...] = ()
    merged: int = 0
    remarks: tuple[str, ...] = ()
    decided: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReadingRules:
    """What a reader must be told: the clinic's zone for times without offset, and the day it is."""

    zone: ZoneInfo
    today: date
    most_rows: int = MOST_ROWS
