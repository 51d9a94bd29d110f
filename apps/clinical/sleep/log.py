"""How long and how regularly somebody sleeps, from the nights that are recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, stdev

from apps.clinical.findings import Certainty
from apps.clinical.rulebook import Rule, Threshold

# ICSD-3 asks for a log of at least seven days; fewer nights say little about how somebody sleeps.
LEAST_NIGHTS = 7

RULE = Rule(
    id="sleep.log",
    version="1.0",
    title="Length and regularity of sleep",
    source="clinic convention; the least number of nights is that of a sleep log in ICSD-3 (2014)",
    certainty=Certainty.CONVENTION,
    thresholds=(Threshold("recorded nights", "at least 7", "below, nothing is said"),),
)


@dataclass(frozen=True, slots=True)
class SleepLength:
    """The recorded nights in minutes: mean, standard deviation, shortest and longest."""

    nights: int
    mean: float
    spread: float
    shortest: int
    longest: int


@RULE.defines
def sleep_length(minutes: Sequence[int]) -> SleepLength | None:
    """Mean length of sleep and its spread (standard deviation) over the nights that are recorded.

    A night that is not recorded is not known and left out. With fewer than seven nights there is no figure.
    """
    if len(minutes) < LEAST_NIGHTS:
        return None
    return SleepLength(len(minutes), fmean(minutes), stdev(minutes), min(minutes), max(minutes))
