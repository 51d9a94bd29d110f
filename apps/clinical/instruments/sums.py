"""Instruments whose total is the plain sum of their items, and instruments that are scored by scale."""

from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from apps.clinical.instruments.base import Instrument
from apps.clinical.instruments.items import DECLINED, Answers
from apps.clinical.instruments.scores import Score, Subscale, SubScore

HALF = Fraction(1, 2)


def estimated_sum(given: list[int], how_many: int) -> int:
    """Let the mean of the answered items stand in for the missing ones, rounded to a whole number."""
    # Halves are rounded up: the screen is to err towards asking.
    return int(Fraction(sum(given) * how_many, len(given)) + HALF)


class SumInstrument(Instrument):
    """The sum of the counted items. most_missing: how many may be missing for an estimated total."""

    most_missing: ClassVar[int] = 0
    missing_items = "All items are needed; with any of them missing there is no total."

    def score(self, answers: Answers) -> Score:
        """Sum the items; estimate a total where the missing-item rule allows it, refuse it beyond that.

        Raises ValueError for an unknown item or a value that the item does not allow.
        """
        complete = self.checked(answers)
        alerts = self.alerts_of(complete)
        subscores = tuple(self._subscore(scale, complete) for scale in self.subscales)
        keys = tuple(item.key for item in self.counted_items)
        given = _given(keys, complete)
        missing = len(keys) - len(given)
        if missing > self.most_missing or not given:
            return self.refused(*self._why(complete), alerts=alerts, subscores=subscores)
        total = estimated_sum(given, len(keys)) if missing else sum(given)
        return self.scored(total, prorated=missing > 0, alerts=alerts, subscores=subscores)

    def _why(self, answers: Answers) -> list[str]:
        reasons = []
        for items, words in (
            (self.unanswered(answers), "not answered"),
            (self.declined(answers), "answered with “prefers not to answer”"),
        ):
            if items:
                reasons.append(f"{len(items)} of {len(self.counted_items)} items are {words}")
        return reasons

    def _subscore(self, scale: Subscale, answers: Answers) -> SubScore:
        given = _given(scale.items, answers)
        if len(given) < len(scale.items):
            return scale.refused(f"{len(scale.items) - len(given)} of {len(scale.items)} items are not answered")
        return scale.scored(sum(given))


class ScaleInstrument(Instrument):
    """Scored by scale, without a total. Subclasses say how the answers of a scale make its value."""

    has_total = False
    bands = ()
    highest_total = None

    def score(self, answers: Answers) -> Score:
        """Score each scale from its own items; a scale with too much missing is refused alone.

        Raises ValueError for an unknown item or a value that the item does not allow.
        """
        complete = self.checked(answers)
        return self.of_scales([self._subscore(scale, complete) for scale in self.subscales])

    def most_missing_in(self, scale: Subscale) -> int:
        """Give how many items of a scale may be missing for an estimated value: none, unless the source says so."""
        return 0

    def value_of(self, scale: Subscale, given: list[int]) -> Decimal:
        """Turn the answered items of a scale into its value."""
        return Decimal(sum(given))

    def _subscore(self, scale: Subscale, answers: Answers) -> SubScore:
        given = _given(scale.items, answers)
        missing = len(scale.items) - len(given)
        if missing > self.most_missing_in(scale):
            return scale.refused(f"{missing} of {len(scale.items)} not answered")
        return scale.scored(self.value_of(scale, given), prorated=missing > 0)


def _given(keys: tuple[str, ...], answers: Answers) -> list[int]:
    """Give the answers that can be counted, in the order of the keys."""
    return [value for key in keys if (value := answers.get(key)) is not None and value != DECLINED]
