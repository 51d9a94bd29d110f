"""Which questionnaires are due at a visit.

Suggested schedule, a clinic convention to be confirmed: a full set at the beginning; PHQ-4 and the global impression at
every visit; MIDAS, HIT-6 and ISI every three months; childhood adversity once and optional.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from apps.clinical.findings import Certainty
from apps.clinical.rulebook import Rule, Threshold

MONTHS_BETWEEN = 3
# A visit a few days early still counts as the visit of that quarter.
DAYS_EARLY = 14
DAYS_A_MONTH = 30


class Rhythm(StrEnum):
    """How often an instrument is given."""

    ONCE = "once"
    EVERY_VISIT = "every_visit"
    QUARTERLY = "quarterly"

    @property
    def label(self) -> str:
        """The rhythm as words for the page."""
        return {
            Rhythm.ONCE: "once, at the beginning",
            Rhythm.EVERY_VISIT: "at every visit",
            Rhythm.QUARTERLY: "every 3 months",
        }[self]


@dataclass(frozen=True, slots=True)
class Scheduled:
    """An instrument in the schedule. optional: offered and never overdue. only_when: a condition in words."""

    code: str
    rhythm: Rhythm
    optional: bool = False
    only_when: str = ""


DEFAULT_SCHEDULE = (
    Scheduled("phq4", Rhythm.EVERY_VISIT),
    Scheduled("pgic", Rhythm.EVERY_VISIT),
    Scheduled("midas", Rhythm.QUARTERLY),
    Scheduled("hit6", Rhythm.QUARTERLY),
    Scheduled("isi", Rhythm.QUARTERLY),
    Scheduled("phq9", Rhythm.ONCE),
    Scheduled("gad7", Rhythm.ONCE),
    Scheduled("nosas", Rhythm.ONCE),
    Scheduled("ess", Rhythm.ONCE),
    Scheduled("rls", Rhythm.ONCE),
    Scheduled("asc12", Rhythm.ONCE),
    Scheduled("sds", Rhythm.ONCE),
    Scheduled("ndi", Rhythm.ONCE, only_when="neck pain"),
    Scheduled("ace", Rhythm.ONCE, optional=True),
)


@dataclass(frozen=True, slots=True)
class Due:
    """An instrument that is due. last: when it was answered before, None for never. reason: in words."""

    scheduled: Scheduled
    last: date | None
    reason: str


RULE = Rule(
    id="screening.schedule",
    version="1.0",
    title="When questionnaires are due",
    source="clinic convention",
    certainty=Certainty.CONVENTION,
    thresholds=(
        Threshold("between two of a quarter", "3 months of 30 days", "MIDAS asks about three months"),
        Threshold("early", "14 days", "a visit that comes early counts"),
    ),
)


@RULE.defines
def due_at_visit(schedule: Iterable[Scheduled], latest: Mapping[str, date | None], *, on: date) -> tuple[Due, ...]:
    """What is due at a visit on a date.

    Given once: due until it was answered. At every visit: due unless it was answered on that date. Every three months:
    due when it was never answered or the last time is 76 days ago or more (90 days, a visit may be two weeks early).
    Answers dated after the visit do not count.
    """
    found = (_due(each, latest.get(each.code), on) for each in schedule)
    return tuple(due for due in found if due is not None)


def _due(scheduled: Scheduled, last: date | None, on: date) -> Due | None:
    if last is None or last > on:
        return Due(scheduled, None, "never answered")
    days = (on - last).days
    if scheduled.rhythm is Rhythm.ONCE:
        return None
    if scheduled.rhythm is Rhythm.EVERY_VISIT:
        return Due(scheduled, last, scheduled.rhythm.label) if days > 0 else None
    if days < MONTHS_BETWEEN * DAYS_A_MONTH - DAYS_EARLY:
        return None
    return Due(scheduled, last, f"last {days} days ago")
