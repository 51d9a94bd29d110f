"""Two shares of headache days and the difference between them, with a 95 % interval."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, floor, sqrt
from typing import Any

from apps.clinical.findings import Certainty
from apps.clinical.rulebook import Rule, Threshold

# The 97.5th percentile of the normal distribution: a two-sided interval of 95 %.
Z_95 = 1.959963984540054

# One comparison in twenty looks like a pattern by chance alone.
CHANCE_OF_FALSE_PATTERN = 0.05

# Clinic conventions after the diary's rule for triggers: not below about 30 days, and exposure both ways.
LEAST_DAYS = 30
LEAST_DAYS_EACH_WAY = 5

RULE = Rule(
    id="pattern.comparison",
    version="1.0",
    title="Comparing two shares of headache days",
    source=(
        "Newcombe, Statistics in Medicine 1998;17:873-890, method 10 (Wilson intervals joined); "
        "the least numbers of days are clinic conventions"
    ),
    certainty=Certainty.CONVENTION,
    thresholds=(
        Threshold("recorded days", "at least 30", "below, a share says too little"),
        Threshold("days each way", "at least 5", "days with and days without it"),
        Threshold("interval", "95 %", "one comparison in twenty looks like a pattern by chance"),
    ),
)


class Verdict(StrEnum):
    """What a comparison may be called."""

    MORE = "more"
    FEWER = "fewer"
    NOT_CLEAR = "not_clear"
    TOO_FEW = "too_few"

    @property
    def label(self) -> str:
        """The verdict as words for the page."""
        return {
            Verdict.MORE: "goes with more headache",
            Verdict.FEWER: "goes with less headache",
            Verdict.NOT_CLEAR: "no clear difference",
            Verdict.TOO_FEW: "not enough days",
        }[self]


@dataclass(frozen=True, slots=True)
class Share:
    """Headache days among days of one kind.

    Raises ValueError when there are more headache days than days.
    """

    headache: int
    days: int

    def __post_init__(self) -> None:
        if not 0 <= self.headache <= self.days:
            raise ValueError(f"{self.headache} of {self.days} days is no share")

    @property
    def percent(self) -> int | None:
        """Whole per cent; None without days."""
        return round(100 * self.headache / self.days) if self.days else None

    @property
    def wilson(self) -> tuple[float, float]:
        """The 95 % interval of the share, by Wilson (JASA 1927;22:209-212). Nought to one without days."""
        if not self.days:
            return 0.0, 1.0
        share, squared = self.headache / self.days, Z_95**2
        middle = share + squared / (2 * self.days)
        spread = Z_95 * sqrt(share * (1 - share) / self.days + squared / (4 * self.days**2))
        whole = 1 + squared / self.days
        return max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole)

    def __str__(self) -> str:
        return f"{self.headache} of {self.days}"


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference of two shares in whole percentage points; its 95 % interval is rounded so that it only grows."""

    points: int
    lower: int
    upper: int

    def __str__(self) -> str:
        return f"{_signed(self.points)} points ({_signed(self.lower)} to {_signed(self.upper)})"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Headache days on days with something and on days without it.

    difference: with minus without; None when there are too few days, then `silent` says what is missing.
    """

    label: str
    present: Share
    absent: Share
    difference: Difference | None
    verdict: Verdict
    silent: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Give the comparison as plain JSON values."""
        return {
            "label": self.label,
            "present": [self.present.headache, self.present.days],
            "absent": [self.absent.headache, self.absent.days],
            "difference": None if self.difference is None else str(self.difference),
            "verdict": self.verdict.value,
            "silent": self.silent,
        }


@RULE.defines
def compare(
    label: str,
    present: Share,
    absent: Share,
    *,
    least_days: int = LEAST_DAYS,
    least_each_way: int = LEAST_DAYS_EACH_WAY,
    kinds: tuple[str, str] = ("with it", "without it"),
) -> Comparison:
    """The share of headache days on days with something, minus that on days without it, with a 95 % interval.

    An interval that leaves out nought is called "goes with more headache" or "goes with less headache", any other "no
    clear difference". Nothing is said below 30 recorded days, or with fewer than 5 days of either kind. Days next to
    each other resemble each other, so the true interval is rather wider. A pattern is never called a cause.
    """
    silent = _too_few((present, absent), kinds, least_days, least_each_way)
    if silent:
        return Comparison(label, present, absent, None, Verdict.TOO_FEW, silent)
    lower, upper = newcombe(present, absent)
    points = present.headache / present.days - absent.headache / absent.days
    difference = Difference(round(100 * points), floor(100 * lower), ceil(100 * upper))
    # The verdict reads the interval as it is shown, so that the two never disagree.
    verdict = Verdict.MORE if difference.lower > 0 else Verdict.FEWER if difference.upper < 0 else Verdict.NOT_CLEAR
    return Comparison(label, present, absent, difference, verdict)


def newcombe(present: Share, absent: Share) -> tuple[float, float]:
    """Give the 95 % interval of present minus absent, as shares from -1 to 1.

    Raises ValueError when one of the two has no days.
    """
    if not present.days or not absent.days:
        raise ValueError("a difference needs days of both kinds")
    first, second = present.headache / present.days, absent.headache / absent.days
    (first_low, first_high), (second_low, second_high) = present.wilson, absent.wilson
    below = sqrt((first - first_low) ** 2 + (second_high - second) ** 2)
    above = sqrt((first_high - first) ** 2 + (second - second_low) ** 2)
    return first - second - below, first - second + above


def expected_by_chance(comparisons: Iterable[Comparison]) -> tuple[int, float]:
    """Say how many comparisons were made, and how many of them would look like a pattern by chance alone."""
    made = sum(1 for each in comparisons if each.verdict is not Verdict.TOO_FEW)
    return made, made * CHANCE_OF_FALSE_PATTERN


def _too_few(shares: tuple[Share, Share], kinds: tuple[str, str], least_days: int, least_each_way: int) -> str:
    recorded = sum(share.days for share in shares)
    if recorded < least_days:
        return f"not enough days: {recorded} of {least_days}"
    for share, kind in zip(shares, kinds, strict=True):
        if share.days < least_each_way:
            return f"not enough days {kind}: {share.days} of {least_each_way}"
    return ""


def _signed(points: int) -> str:
    return f"−{-points}" if points < 0 else f"+{points}" if points else "0"
