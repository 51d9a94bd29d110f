"""Medication overuse within one 30-day window."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from apps.clinical.acute_days import acute_medication_days, class_days, days_with
from apps.clinical.counting import Count
from apps.clinical.diary import AcuteUse, DiaryDay, OveruseClass
from apps.clinical.findings import Answer, all_of, any_of, threshold_answer
from apps.clinical.headache_days import headache_days
from apps.clinical.overuse_subtypes import (
    ADDED_UP,
    HEADACHE_LIMIT,
    LIMIT,
    SINGLE_SUBTYPES,
)
from apps.clinical.periods import Period

# 8.2.6 and 8.2.7 speak of multiple drug classes.
CLASSES_FOR_MULTIPLE = 2

_ADDED_UP_CLASSES = frozenset[OveruseClass]().union(*(subtype.classes for subtype in ADDED_UP))


@dataclass(frozen=True, slots=True)
class OveruseWindow:
    """The counts of one window and the answers that follow from them.

    by_subtype: a count for each single subtype, by its code. added_up: any class of 8.2.6.
    with_unidentified: the same, medicines that nobody could identify included.
    unidentified_days: days with such a medicine. all_together: every acute medicine at all.
    """

    period: Period
    by_subtype: Mapping[str, Count]
    added_up: Count
    with_unidentified: Count
    unidentified_days: tuple[date, ...]
    all_together: Count
    headache: Count

    def single(self, code: str) -> Answer:
        """Say whether a single subtype reaches its limit in this window."""
        limit = next(subtype.limit for subtype in SINGLE_SUBTYPES if subtype.code == code)
        return threshold_answer(self.by_subtype[code].interval, limit)

    @property
    def classes_seen(self) -> frozenset[str]:
        """Codes of the classes of 8.2.6 that were certainly taken."""
        return frozenset(subtype.code for subtype in ADDED_UP if self.by_subtype[subtype.code].counted_days)

    @property
    def total(self) -> Answer:
        """Say whether the classes of 8.2.6 together reach 10 days."""
        return threshold_answer(self.added_up.interval, LIMIT)

    @property
    def several_classes(self) -> Answer:
        """Say whether at least two of those classes were taken."""
        return several_classes((self,))

    @property
    def unverified(self) -> Answer:
        """Say whether 10 days are reached with medicines that nobody could identify."""
        if not self.unidentified_days:
            return Answer.NOT_MET
        return threshold_answer(self.with_unidentified.interval, LIMIT)

    @property
    def overuse(self) -> Answer:
        """Say whether any subtype of overuse is present in this window.

        A total of 10 days over two classes is overuse whether or not one class alone reaches its
        limit: it is 8.2.6 when none does.
        """
        singles = (self.single(subtype.code) for subtype in SINGLE_SUBTYPES)
        multiple = all_of((self.total, self.several_classes))
        return any_of((*singles, multiple, self.unverified))

    @property
    def frequent_headache(self) -> Answer:
        """Say whether there was headache on at least 15 days."""
        return threshold_answer(self.headache.interval, HEADACHE_LIMIT)


def several_classes(windows: Sequence[OveruseWindow]) -> Answer:
    """Say whether at least two classes of 8.2.6 were taken within these windows together."""
    seen = frozenset[str]().union(*(window.classes_seen for window in windows))
    if len(seen) >= CLASSES_FOR_MULTIPLE:
        return Answer.MET
    unknown = any(window.added_up.open_days for window in windows)
    return Answer.CANNOT_TELL if unknown else Answer.NOT_MET


def overuse_window(days: Iterable[DiaryDay], period: Period) -> OveruseWindow:
    """Count everything that ICHD-3 8.2 asks for within one window."""
    diary = tuple(days)
    return OveruseWindow(
        period=period,
        by_subtype={subtype.code: class_days(diary, period, subtype.classes) for subtype in SINGLE_SUBTYPES},
        added_up=class_days(diary, period, _ADDED_UP_CLASSES),
        with_unidentified=days_with(diary, period, _added_up_or_unidentified),
        unidentified_days=days_with(diary, period, _unidentified).counted_days,
        all_together=acute_medication_days(diary, period),
        headache=headache_days(diary, period),
    )


def _unidentified(use: AcuteUse) -> bool:
    return use.overuse_class is OveruseClass.NOT_IDENTIFIED


def _added_up_or_unidentified(use: AcuteUse) -> bool:
    classes = {use.overuse_class, use.also_class}
    return _unidentified(use) or bool(classes & _ADDED_UP_CLASSES)
