"""Headache days before and after a medicine was begun, changed or stopped."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from apps.clinical.diary import DiaryDay
from apps.clinical.findings import Certainty
from apps.clinical.patterns.comparison import Comparison, compare
from apps.clinical.patterns.pattern import Pattern, sides, within
from apps.clinical.periods import ONE_DAY, Period
from apps.clinical.rulebook import Rule, Threshold

# As far as three months to either side: an oral preventive needs two at its target dose.
REACH_DAYS = 90

# 80 % of the 28-day baseline that trials ask for before a preventive is begun or changed.
LEAST_DAYS_EACH_SIDE = 23

RULE = Rule(
    id="pattern.medicine_changes",
    version="1.0",
    title="Before and after a change of medicine",
    source="International Headache Society trial guidelines (28-day baseline, 80 % of days); reach: clinic convention",
    certainty=Certainty.CONVENTION,
    thresholds=(
        Threshold("recorded days on each side", "at least 23", "80 % of a 28-day baseline"),
        Threshold("reach", "90 days to either side", "an oral preventive needs two months at its target dose"),
    ),
)

REMARK = "headache often eases after a bad spell whatever is done, and several things may have changed at once"


@dataclass(frozen=True, slots=True, order=True)
class MedicineChange:
    """A date from which a medicine was taken otherwise: "candesartan begun"."""

    on: date
    label: str


@RULE.defines
def medicine_change_pattern(days: Iterable[DiaryDay], period: Period, changes: Sequence[MedicineChange]) -> Pattern:
    """For each change within the period: the share of headache days from that date on, against the share before it,
    up to 90 days to either side.

    The date itself belongs to the time after. Nothing is said with fewer than 23 recorded days on either side.
    """
    known = within(days, period)
    ordered = sorted(change for change in changes if change.on in period)
    return Pattern(
        RULE,
        tuple(_compared(known, change) for change in ordered),
        days=len(period),
        left_out=len(period) - len(known),
        remark=REMARK,
    )


def _compared(known: tuple[DiaryDay, ...], change: MedicineChange) -> Comparison:
    reach = timedelta(days=REACH_DAYS)
    before, after = Period(change.on - reach, change.on - ONE_DAY), Period(change.on, change.on + reach - ONE_DAY)

    def afterwards(entry: DiaryDay) -> bool | None:
        return True if entry.day in after else False if entry.day in before else None

    return compare(
        change.label, *sides(known, afterwards), least_each_way=LEAST_DAYS_EACH_SIDE, kinds=("afterwards", "before")
    )
