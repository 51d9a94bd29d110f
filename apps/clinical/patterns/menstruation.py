"""Headache around the first day of menstruation, ICHD-3 appendix A1.1.1 and A1.1.2."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from apps.clinical.diary import DayState, DiaryDay, by_date
from apps.clinical.findings import Certainty
from apps.clinical.patterns.comparison import compare
from apps.clinical.patterns.pattern import Pattern, Side, of_neither_side, sides, within
from apps.clinical.periods import ONE_DAY, Period
from apps.clinical.rulebook import Rule, Threshold
from apps.clinical.three_valued import at_least, some

# Days −2, −1, 1, 2 and 3; there is no day 0.
DAYS_BEFORE = 2
DAYS_FROM_FIRST = 3

CYCLES_LOOKED_AT = 3
CYCLES_NEEDED = 2

# Bleeding after fewer free days than this belongs to the same menstruation.
FREE_DAYS_BEFORE_FIRST = 10
# Between first days further apart than this a menstruation was probably not recorded.
LONGEST_CYCLE_DAYS = 45

RULE = Rule(
    id="pattern.menstruation",
    version="1.0",
    title="Around menstruation",
    source=(
        "ICHD-3, Cephalalgia 2018;38:1-211, appendix A1.1.1 and A1.1.2; it speaks of migraine attacks, here headache "
        "days are counted; how cycles are told apart is a clinic convention"
    ),
    certainty=Certainty.CHECK,
    thresholds=(
        Threshold("window", "days −2 to +3, no day 0", "day 1 is the first day of menstruation"),
        Threshold("cycles", "2 of 3", "ICHD-3 appendix"),
        Threshold("a new menstruation", "10 days without before it", "less belongs to the same one"),
        Threshold("longest cycle", "45 days", "further apart, one was probably not recorded"),
    ),
)


class MenstrualRelation(StrEnum):
    """How headache lies to menstruation over the last three cycles."""

    PURE = "pure"
    RELATED = "related"
    NEITHER = "neither"
    CANNOT_TELL = "cannot_tell"
    TOO_FEW_CYCLES = "too_few_cycles"

    @property
    def label(self) -> str:
        """The relation as words for the page."""
        return {
            MenstrualRelation.PURE: "only around menstruation",
            MenstrualRelation.RELATED: "around menstruation and at other times",
            MenstrualRelation.NEITHER: "not in 2 of 3 cycles",
            MenstrualRelation.CANNOT_TELL: "cannot tell",
            MenstrualRelation.TOO_FEW_CYCLES: "not enough cycles",
        }[self]


@dataclass(frozen=True, slots=True)
class MenstrualPattern:
    """The comparison, and the relation over the last three cycles whose first day is recorded.

    first_days: every recorded first day, oldest first. met: in how many of the last three windows headache is recorded.
    """

    pattern: Pattern
    first_days: tuple[date, ...]
    met: int
    relation: MenstrualRelation


@RULE.defines
def menstrual_pattern(days: Iterable[DiaryDay], period: Period) -> MenstrualPattern:
    """Days −2 to +3 around each recorded first day of menstruation against the other days of the same cycles.

    A first day is a day with menstruation after a recorded day without, and without any in the 10 days before. The
    other days of a cycle count only when the next first day follows within 45 days. Over the last three cycles:
    headache in the window of at least two of them, and at no other time between these windows, is "only around
    menstruation"; with other times too it is "around menstruation and at other times". Days that are not known leave
    the answer open; fewer than three cycles give none. The diagnosis is the clinician's.
    """
    diary = by_date(entry for entry in days if entry.day in period)
    known = within(diary.values(), period)
    first_days = _first_days(diary)
    side = _side_of(first_days)
    pattern = Pattern(
        RULE,
        (
            compare(
                "Days −2 to +3 of menstruation",
                *sides(known, side),
                kinds=("around menstruation", "at other times"),
            ),
        )
        if first_days
        else (),
        days=len(period),
        left_out=of_neither_side(period, known, side),
    )
    latest = _unbroken(first_days)[-CYCLES_LOOKED_AT:]
    windows = [_headache(diary, _window(first)) for first in latest]
    return MenstrualPattern(pattern, first_days, windows.count(True), _relation(diary, latest, windows))


def _first_days(diary: Mapping[date, DiaryDay]) -> tuple[date, ...]:
    found: list[date] = []
    latest: date | None = None
    for day in sorted(entry.day for entry in diary.values() if entry.menstruation):
        free = latest is None or (day - latest).days > FREE_DAYS_BEFORE_FIRST
        # Without an entry on the day before, menstruation may have begun earlier.
        if free and day - ONE_DAY in diary:
            found.append(day)
        latest = day
    return tuple(found)


def _window(first: date) -> Period:
    return Period(first - timedelta(days=DAYS_BEFORE), first + timedelta(days=DAYS_FROM_FIRST - 1))


def _followed(first: date, following: date) -> bool:
    return (following - first).days <= LONGEST_CYCLE_DAYS


def _side_of(first_days: Sequence[date]) -> Side:
    around = {day for first in first_days for day in _window(first)}
    cycles = [Period(first, following) for first, following in pairwise(first_days) if _followed(first, following)]

    def side(entry: DiaryDay) -> bool | None:
        if entry.day in around:
            return True
        return False if any(entry.day in cycle for cycle in cycles) else None

    return side


def _unbroken(first_days: Sequence[date]) -> tuple[date, ...]:
    """The latest first days that follow each other without a gap in which one may be missing."""
    run: list[date] = []
    for first in first_days:
        if run and not _followed(run[-1], first):
            run = []
        run.append(first)
    return tuple(run)


def _headache(diary: Mapping[date, DiaryDay], days: Iterable[date]) -> bool | None:
    return some(_answer(diary.get(day)) for day in days)


def _answer(entry: DiaryDay | None) -> bool | None:
    if entry is None or entry.state is DayState.NOT_KNOWN:
        return None
    return entry.state is DayState.HEADACHE


def _relation(
    diary: Mapping[date, DiaryDay], first_days: Sequence[date], windows: Sequence[bool | None]
) -> MenstrualRelation:
    if len(windows) < CYCLES_LOOKED_AT:
        return MenstrualRelation.TOO_FEW_CYCLES
    enough = at_least(CYCLES_NEEDED, windows)
    if enough is False:
        return MenstrualRelation.NEITHER
    around = {day for first in first_days for day in _window(first)}
    between = [day for day in Period(min(around), max(around)) if day not in around]
    elsewhere = _headache(diary, between)
    if enough is None or elsewhere is None:
        return MenstrualRelation.CANNOT_TELL
    return MenstrualRelation.RELATED if elsewhere else MenstrualRelation.PURE
