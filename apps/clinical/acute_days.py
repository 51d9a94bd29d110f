"""Acute medication days: days counted, not doses.

Three tablets on one day are one day. Two classes on one day are one day for each class and one
day for all acute medicines together. Rotating between medicines does not lower the count of all
together, which is why that count is the headline.
"""

from collections.abc import Callable, Iterable

from apps.clinical.counting import Count, count_days
from apps.clinical.diary import AcuteUse, DiaryDay, OveruseClass
from apps.clinical.findings import Certainty
from apps.clinical.periods import Period
from apps.clinical.rulebook import Rule

ALL_TOGETHER = Rule(
    id="diary.acute_medication_days",
    version="1.0",
    title="Acute medication days, all medicines together",
    source=(
        "International Headache Society trial guidelines (acute medication day); Schulman 2013 "
        "as summarised by Robert: all abortive and rescue medicines count together"
    ),
    certainty=Certainty.CERTAIN,
)

PER_CLASS = Rule(
    id="diary.acute_medication_days_per_class",
    version="1.0",
    title="Acute medication days per class",
    source="ICHD-3, Cephalalgia 2018;38:1-211, section 8.2",
    certainty=Certainty.CERTAIN,
)


@ALL_TOGETHER.defines
def acute_medication_days(days: Iterable[DiaryDay], period: Period) -> Count:
    """Days of the period with at least one dose of any acute or rescue medicine.

    Counts every medicine taken for an attack, gepants and bought medicines too, and medicines
    taken for another pain. Scheduled intake (a preventive gepant, low-dose aspirin) does not
    count. A recorded intake counts even when the rest of that day's list is not known; a day
    without a complete list and without an intake raises the upper end only.
    """
    return _count(days, period, lambda use: True, rule=ALL_TOGETHER)


@PER_CLASS.defines
def class_days(days: Iterable[DiaryDay], period: Period, classes: frozenset[OveruseClass]) -> Count:
    """Days of the period with at least one dose of any medicine of the given classes.

    An intake that nobody could identify may have been of the class: such a day raises the upper
    end only, as does a day whose list of medicines is not complete.
    """

    def belongs(use: AcuteUse) -> bool:
        return use.overuse_class in classes or use.also_class in classes

    return _count(days, period, belongs, rule=PER_CLASS)


def days_with(days: Iterable[DiaryDay], period: Period, wanted: Callable[[AcuteUse], bool]) -> Count:
    """Count days with an intake of any chosen kind, for example one that contains an opioid."""
    return _count(days, period, wanted, rule=PER_CLASS)


def _count(days: Iterable[DiaryDay], period: Period, wanted: Callable[[AcuteUse], bool], *, rule: Rule) -> Count:
    def taken(entry: DiaryDay) -> bool | None:
        uses = entry.taken_for_headache
        if any(wanted(use) for use in uses):
            return True
        unidentified = any(use.overuse_class is OveruseClass.NOT_IDENTIFIED for use in uses)
        return None if unidentified or not entry.acute_known else False

    return count_days(days, period, taken, rule_id=rule.id, version=rule.version)
