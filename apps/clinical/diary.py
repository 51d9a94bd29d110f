"""One day of a headache diary as the rules see it.

A date without a `DiaryDay` is not recorded. That is not the same as a day without headache, and
an empty list of medicines is not the same as "none taken": `acute_known` tells them apart.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DayState(StrEnum):
    """What the diary says about headache on one day."""

    HEADACHE = "headache"
    NONE = "none"
    NOT_KNOWN = "not_known"

    @property
    def label(self) -> str:
        """The state as words for the page."""
        return {
            DayState.HEADACHE: "Headache",
            DayState.NONE: "No headache",
            DayState.NOT_KNOWN: "Not known",
        }[self]


class OveruseClass(StrEnum):
    """The groups in which ICHD-3 8.2 counts intake days."""

    ERGOTAMINE = "ergotamine"
    TRIPTAN = "triptan"
    PARACETAMOL = "paracetamol"
    NSAID = "nsaid"
    ASPIRIN = "aspirin"
    OTHER_NON_OPIOID = "other_non_opioid"
    OPIOID = "opioid"
    COMBINATION = "combination"
    OTHER = "other"
    # Taken as an acute medicine but counted in no group of 8.2, for example a gepant.
    NONE = "none"
    # "Took something": an intake whose medicine is not known.
    NOT_IDENTIFIED = "not_identified"


class Relief(StrEnum):
    """What an acute medicine did, as the patient says."""

    NONE = "none"
    SOME = "some"
    FULL = "full"

    @property
    def label(self) -> str:
        """The relief as words for the page."""
        return {Relief.NONE: "No relief", Relief.SOME: "Some relief", Relief.FULL: "Headache gone"}[self]


@dataclass(frozen=True, slots=True)
class AcuteUse:
    """One medicine taken on one day; days are counted, so the number of doses does not matter.

    code, name: the medicine's key in the catalogue and its generic name.
    overuse_class: the group it counts in. also_class: a second group for the few fixed tablets
    that count in two (sumatriptan with naproxen is a triptan day and an NSAID day).
    gepant, opioid, butalbital: what it is or contains, for the early warnings.
    scheduled: taken on a schedule and not for an attack (a preventive gepant, low-dose aspirin for
    the heart); such an intake never makes an acute medication day.
    migraine_specific: a triptan, ergot derivative, gepant or ditan.
    relief: what it did; None when not asked.
    """

    code: str
    name: str
    overuse_class: OveruseClass
    also_class: OveruseClass | None = None
    gepant: bool = False
    opioid: bool = False
    butalbital: bool = False
    scheduled: bool = False
    migraine_specific: bool = False
    relief: Relief | None = None


@dataclass(frozen=True, slots=True)
class Attack:
    """One attack, as far as it was described. It touches every date from `first_day` to `last_day`.

    hours: from begin to end, sleep included; None when either is not known. severity: worst pain, 1 mild, 2 moderate,
    3 severe. Of each feature: True present, False absent, None not asked. aura_minutes: how long the aura lasted.

    Raises ValueError when the last day comes before the first or the severity is out of range.
    """

    first_day: date
    last_day: date
    hours: float | None = None
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

    def __post_init__(self) -> None:
        if self.last_day < self.first_day:
            raise ValueError("an attack cannot end before it begins")
        if self.severity is not None and not 1 <= self.severity <= 3:
            raise ValueError("severity is 1 mild, 2 moderate or 3 severe")


@dataclass(frozen=True, slots=True)
class DiaryDay:
    """One recorded day.

    severity: worst pain, 1 mild, 2 moderate, 3 severe; None when not stated or no headache.
    function: 0 normal, 1 somewhat limited, 2 severely limited, 3 in bed; None when not stated.
    acute: every medicine taken. acute_known: True when that list is complete, also when it is
    empty; False when it is not known whether anything, or anything more, was taken.
    attacks: the attacks that touch this date and were described; a headache day may have none.
    menstruation: None when not asked. sleep_minutes: length of the sleep that ended on this date, None when not known.
    exposures: suspected triggers that were present, with or without headache; None when not asked.

    Raises ValueError when a value is out of range or a severity stands on a day without headache.
    """

    day: date
    state: DayState
    severity: int | None = None
    function: int | None = None
    acute: tuple[AcuteUse, ...] = ()
    acute_known: bool = False
    attacks: tuple[Attack, ...] = ()
    menstruation: bool | None = None
    sleep_minutes: int | None = None
    exposures: frozenset[str] | None = None

    def __post_init__(self) -> None:
        if self.severity is not None and not 1 <= self.severity <= 3:
            raise ValueError("severity is 1 mild, 2 moderate or 3 severe")
        if self.severity is not None and self.state is not DayState.HEADACHE:
            raise ValueError("only a headache day has a severity")
        if self.function is not None and not 0 <= self.function <= 3:
            raise ValueError("function is 0 normal to 3 in bed")

    @property
    def taken_for_headache(self) -> tuple[AcuteUse, ...]:
        """The intakes that make this an acute medication day: all but the scheduled ones."""
        return tuple(use for use in self.acute if not use.scheduled)


def by_date(days: Iterable[DiaryDay]) -> Mapping[date, DiaryDay]:
    """Index diary days by their date. Raises ValueError when a date occurs twice."""
    found: dict[date, DiaryDay] = {}
    for entry in days:
        if entry.day in found:
            raise ValueError(f"the diary has two entries for {entry.day}")
        found[entry.day] = entry
    return found
