"""What "for more than 3 months" means in 30-day windows."""

from collections.abc import Sequence
from datetime import date

from apps.clinical.findings import Answer, Certainty, all_of, any_of, yes_no
from apps.clinical.periods import WINDOW_DAYS, window_ending
from apps.clinical.rulebook import Rule, Threshold

# Three full windows are exactly 90 days, which is not yet more than three months.
WINDOWS_NEEDED = 3
WINDOWS_LOOKED_AT = 4

# A statement speaks of the pattern of its day. Later, what lies between may have broken the run.
STATEMENT_DAYS = WINDOWS_NEEDED * WINDOW_DAYS

RULE = Rule(
    id="duration.more_than_three_months",
    version="1.1",
    title="For more than 3 months",
    source="ICHD-3, Cephalalgia 2018;38:1-211, sections 1.3 and 8.2; windows: clinic convention",
    certainty=Certainty.CONVENTION,
    thresholds=(
        Threshold("windows in a row", "3 of 30 days", "90 days of counts"),
        Threshold(
            "and one of",
            "a fourth window, or the clinician's statement",
            "90 days alone are not more than 3 months",
        ),
        Threshold("the statement counts", "for 90 days", "it speaks of the pattern of its day"),
    ),
)


@RULE.defines
def more_than_three_months(newest_first: Sequence[Answer], *, stated: bool) -> Answer:
    """The three latest 30-day windows all qualify, and either the fourth does too or a clinician
    has stated that the pattern is older than 3 months.

    Windows do not overlap and are counted back from the report date. A statement counts while its
    day lies in the three latest windows (clinic convention).

    Raises ValueError when not exactly four answers are given.
    """
    if len(newest_first) != WINDOWS_LOOKED_AT:
        raise ValueError(f"give the answers of {WINDOWS_LOOKED_AT} windows, newest first")
    # Without a statement only the fourth window can show it: silence is not a "no".
    older = any_of((newest_first[WINDOWS_NEEDED], yes_no(stated)))
    return all_of((*newest_first[:WINDOWS_NEEDED], older))


def statement_counts(stated_on: date, *, on: date) -> bool:
    """Say whether a clinician's statement about the duration still speaks of the pattern that is looked at."""
    return stated_on in window_ending(on, STATEMENT_DAYS)
