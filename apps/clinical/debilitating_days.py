"""Debilitating headache days, as the European Headache Federation uses them for resistant and refractory migraine."""

from collections.abc import Iterable

from apps.clinical.counting import Count, count_days
from apps.clinical.diary import DayState, DiaryDay, Relief
from apps.clinical.findings import Certainty
from apps.clinical.periods import Period
from apps.clinical.rulebook import Rule, Threshold
from apps.clinical.three_valued import every

# Function of the day: 0 normal, 1 somewhat limited, 2 severely limited, 3 in bed.
SEVERELY_LIMITED = 2

# What the diary does not ask; the page says it beside the number.
FOR_THE_CLINICIAN = "that the medicine was taken early and in the recommended dose"

RULE = Rule(
    id="diary.debilitating_days",
    version="1.0",
    title="Debilitating headache days",
    source=(
        "Sacco et al., European Headache Federation, J Headache Pain 2020;21:76; which level of function seriously "
        "impairs daily living is a clinic convention"
    ),
    certainty=Certainty.CHECK,
    thresholds=(
        Threshold("function", "severely limited or in bed", "could not do most usual activities"),
        Threshold("relief", "none or some", "headache gone means that the medicine restored function"),
    ),
)


@RULE.defines
def debilitating_days(days: Iterable[DiaryDay], period: Period) -> Count:
    """Headache days on which function was severely limited, or spent in bed, although acute medicine was taken and no
    medicine of that day took the headache away.

    The definition also wants the medicine to be of established efficacy, early and in the recommended dose. The diary
    does not ask this, so the number is at most what it says until the clinician has confirmed it. A day without
    medicine stays open, because nobody asked whether a treatment was possible; so does a day whose function, medicines
    or their effect are not known. Open days raise the upper end only.
    """
    return count_days(days, period, _debilitating, rule_id=RULE.id, version=RULE.version)


def _debilitating(entry: DiaryDay) -> bool | None:
    if entry.state is DayState.NOT_KNOWN:
        return None
    limited = None if entry.function is None else entry.function >= SEVERELY_LIMITED
    return every((entry.state is DayState.HEADACHE, limited, _not_restored(entry)))


def _not_restored(entry: DiaryDay) -> bool | None:
    effects = [use.relief for use in entry.taken_for_headache]
    if Relief.FULL in effects:
        return False
    settled = effects and None not in effects and entry.acute_known
    return True if settled else None
