"""How much of a period the diary covers, and what may be read from it.

A day counts as recorded when the diary says headache or no headache. Eighty per cent is what
trials ask of a baseline; the bands below it are this clinic's convention. A threshold that the
recorded days alone settle stays settled in any band: the band limits projected figures.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from apps.clinical.counting import Count, count_days
from apps.clinical.diary import DayState, DiaryDay
from apps.clinical.findings import Certainty
from apps.clinical.periods import Period
from apps.clinical.rulebook import Rule, Threshold

# 24 of 30 days, 23 of 28.
USABLE_FROM = Fraction(80, 100)
# 15 of 30 days, 14 of 28.
REPORTED_FROM = Fraction(50, 100)

RULE = Rule(
    id="diary.completeness",
    version="1.0",
    title="Completeness of the diary",
    source=(
        "International Headache Society trial guidelines (80 % of baseline days); "
        "the bands below are a clinic convention"
    ),
    certainty=Certainty.CONVENTION,
    thresholds=(
        Threshold("usable", "at least 80 %", "what trials ask of a 28-day baseline"),
        Threshold("usable with warning", "at least 50 %", "below, projecting is guesswork"),
    ),
)


class Quality(StrEnum):
    """What a period's completeness allows."""

    USABLE = "usable"
    WITH_WARNING = "usable_with_warning"
    NOT_REPORTED = "not_reported"

    @property
    def label(self) -> str:
        """The band as words for the page."""
        return {
            Quality.USABLE: "usable",
            Quality.WITH_WARNING: "usable with care",
            Quality.NOT_REPORTED: "too few days for a rate",
        }[self]


@dataclass(frozen=True, slots=True)
class Completeness:
    """The recorded days of a period: `recorded` of `of`, and the band they fall into."""

    recorded: int
    of: int
    quality: Quality

    @property
    def percent(self) -> int:
        """Whole per cent, rounded down so that 79.9 never reads as 80."""
        return self.recorded * 100 // self.of

    def __str__(self) -> str:
        return f"{self.recorded} of {self.of} days recorded"


@RULE.defines
def completeness(days: Iterable[DiaryDay], period: Period) -> Completeness:
    """A day is recorded when the diary says headache or no headache for it.

    At least 80 % of days recorded: usable. From 50 % to below 80 %: usable with warning. Below
    50 %: no rate is reported. A day marked "not known" is not recorded.
    """
    recorded = count_days(days, period, _recorded, rule_id=RULE.id, version=RULE.version)
    return of_count(recorded)


def of_count(count: Count) -> Completeness:
    """Give the completeness of one count: the share of its days that are known."""
    share = Fraction(count.known, len(count.period))
    return Completeness(count.known, len(count.period), _band(share))


def _recorded(entry: DiaryDay) -> bool | None:
    return None if entry.state is DayState.NOT_KNOWN else True


def _band(share: Fraction) -> Quality:
    if share >= USABLE_FROM:
        return Quality.USABLE
    if share >= REPORTED_FROM:
        return Quality.WITH_WARNING
    return Quality.NOT_REPORTED
