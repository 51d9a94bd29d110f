"""Monthly headache days, and the moderate or severe ones among them.

Any headache of any cause makes a headache day. An attack that crosses midnight marks both days.
"""

from collections.abc import Iterable

from apps.clinical.counting import Count, count_days
from apps.clinical.diary import DayState, DiaryDay
from apps.clinical.findings import Certainty
from apps.clinical.periods import Period
from apps.clinical.rulebook import Rule, Threshold

# Worst pain on the scale 0 none, 1 mild, 2 moderate, 3 severe.
MODERATE = 2

OUTCOME_SOURCE = (
    "International Headache Society trial guidelines (Tassorelli 2018, Diener 2020): headache days as an outcome"
)

HEADACHE_DAYS = Rule(
    id="diary.headache_days",
    version="1.0",
    title="Monthly headache days",
    source=OUTCOME_SOURCE,
    certainty=Certainty.CERTAIN,
)

MODERATE_OR_SEVERE_DAYS = Rule(
    id="diary.moderate_or_severe_days",
    version="1.0",
    title="Moderate or severe headache days",
    source=OUTCOME_SOURCE + "; the limit of 2 on the scale 0–3 is a clinic convention",
    certainty=Certainty.CHECK,
    thresholds=(Threshold("moderate or severe", "worst pain at least 2 of 3", "2 moderate, 3 severe"),),
)


@HEADACHE_DAYS.defines
def headache_days(days: Iterable[DiaryDay], period: Period) -> Count:
    """Days of the period with headache of any kind.

    Days that are not recorded, or recorded as not known, may each have been a headache day: they
    raise the upper end of the count and never the lower one.
    """
    return count_days(
        days,
        period,
        _headache,
        rule_id=HEADACHE_DAYS.id,
        version=HEADACHE_DAYS.version,
    )


@MODERATE_OR_SEVERE_DAYS.defines
def moderate_or_severe_days(days: Iterable[DiaryDay], period: Period) -> Count:
    """Headache days of the period whose worst pain was moderate or severe.

    A headache day without a stated severity may have been one: it raises the upper end only.
    """
    return count_days(
        days,
        period,
        _moderate_or_severe,
        rule_id=MODERATE_OR_SEVERE_DAYS.id,
        version=MODERATE_OR_SEVERE_DAYS.version,
    )


def _headache(entry: DiaryDay) -> bool | None:
    return None if entry.state is DayState.NOT_KNOWN else entry.state is DayState.HEADACHE


def _moderate_or_severe(entry: DiaryDay) -> bool | None:
    if entry.state is not DayState.HEADACHE:
        return _headache(entry)
    return None if entry.severity is None else entry.severity >= MODERATE
