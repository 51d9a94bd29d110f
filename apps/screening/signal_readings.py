"""What one patient's 30 days say about each thing a signal can be about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from apps.clinical.findings import Interval
from apps.clinical.overuse_headline import ALL_TOGETHER_LIMIT
from apps.diary.selectors.above import EVERYTHING, Standing, Subject, standing_of
from apps.diary.selectors.rollup import WindowBits
from apps.screening.choices import SignalLevel

# Beside the subjects of the list of those above a limit.
ALLOWANCE: Final = "allowance"
RELAPSE: Final = "relapse"
# The rations of an allowance are called as the subjects they count.
MASKS_OF: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({each.code: each.masks for each in EVERYTHING})


@dataclass(frozen=True, slots=True)
class Reading:
    """One subject of one patient. level: how loud, None when quiet. days: recorded days, at least.

    is_over: certainly quiet. A reading that is neither loud nor over can't be told: days that are not known would decide.
    """

    subject: str
    level: SignalLevel | None
    days: int
    is_over: bool


def limit_readings(bits: WindowBits, quietest: SignalLevel) -> list[Reading]:
    """The limits and early warnings of the list, each by itself; `quietest`: the level from which on somebody is told."""
    return [_limit_reading(bits, subject, quietest) for subject in EVERYTHING]


def allowance_reading(bits: WindowBits, agreed: Mapping[str, int]) -> Reading:
    """More days than agreed with the patient, for any of the agreements: ration -> days a month."""
    counts = [(bits.of_masks(MASKS_OF[ration]).interval, days) for ration, days in agreed.items()]
    above = [interval.lower for interval, days in counts if interval.lower > days]
    return Reading(
        ALLOWANCE,
        SignalLevel.REACHED if above else None,
        max(above, default=0),
        is_over=all(interval.upper <= days for interval, days in counts),
    )


def relapse_reading(bits: WindowBits, ended_on: date) -> Reading:
    """Above the limit again, counting only days after a withdrawal ended; the same limit as in the rule of relapse."""
    interval = Interval(
        _after(bits.acute.counted_days, ended_on),
        _after(bits.acute.counted_days, ended_on) + _after(bits.acute.open_days, ended_on),
    )
    reached = interval.lower >= ALL_TOGETHER_LIMIT
    return Reading(
        RELAPSE,
        SignalLevel.REACHED if reached else None,
        interval.lower,
        is_over=interval.upper < ALL_TOGETHER_LIMIT,
    )


def _limit_reading(bits: WindowBits, subject: Subject, quietest: SignalLevel) -> Reading:
    interval = bits.of_masks(subject.masks).interval
    standing = standing_of(bits, (subject,))
    level = {Standing.REACHED: SignalLevel.REACHED, Standing.NEAR: SignalLevel.NEAR}.get(standing) if standing else None
    if level == SignalLevel.NEAR and quietest == SignalLevel.REACHED:
        level = None
    from_days = subject.limit if quietest == SignalLevel.REACHED else subject.warning_from or subject.limit
    return Reading(subject.code, level, interval.lower, is_over=from_days is None or interval.upper < from_days)


def _after(days: Iterable[date], ended_on: date) -> int:
    return sum(day > ended_on for day in days)
