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


@dataclass(frozen=True, slots=True)
class AcuteUse:
    """One medicine taken on one day; days are counted, so the number of doses does not matter.

    code, name: the medicine's key in the catalogue and its generic name.
    overuse_class: the group it counts in. also_class: a second group for the few fixed tablets
    that count in two (sumatriptan with naproxen is a triptan day and an NSAID day).
    gepant, opioid, butalbital: what it is or contains, for the early warnings.
    scheduled: taken on a schedule and not for an attack (a preventive gepant, low-dose aspirin for
    the heart); such an intake never makes an acute medication day.
    """

    code: str
    name: str
    overuse_class: OveruseClass
    also_class: OveruseClass | None = None
    gepant: bool = False
    opioid: bool = False
    butalbital: bool = False
    scheduled: bool = False


@dataclass(frozen=True, slots=True)
class DiaryDay:
    """One recorded day.

    severity: worst pain, 1 mild, 2 moderate, 3 severe; None when not stated or no headache.
    function: 0 normal, 1 somewhat limited, 2 severely limited, 3 in bed; None when not stated.
    acute: every medicine taken. acute_known: True when that list is complete, also when it is
    empty; False when it is not known whether anything, or anything more, was taken.

    Raises ValueError when a value is out of range or a severity stands on a day without headache.
    """

    day: date
    state: DayState
    severity: int | None = None
    function: int | None = None
    acute: tuple[AcuteUse, ...] = ()
    acute_known: bool = False

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
