"""What the PHQ family shares: two weeks' recall, answers 0 to 3, up to two missing items prorated."""

from abc import abstractmethod
from fractions import Fraction

from apps.clinical.instruments.base import (
    Alert,
    Answers,
    Input,
    Instrument,
    Item,
    Score,
)

FREQUENCY = (
    (0, "Not at all"),
    (1, "Several days"),
    (2, "More than half the days"),
    (3, "Nearly every day"),
)

# Kroenke and Spitzer allow the mean of the answered items to stand in for one or two missing ones.
MOST_MISSING = 2


def frequency_item(key: str, label: str, loinc: str) -> Item:
    """Make an item that is answered by how often, 0 to 3."""
    return Item(key, label, 0, 3, input=Input.CHOICE, choices=FREQUENCY, loinc=loinc)


class PhqInstrument(Instrument):
    """An instrument of the PHQ family: the sum of its counted items, each 0 to 3."""

    recall = "Over the last 2 weeks"
    scoring = "The sum of the items, each 0 to 3."
    licence = (
        "No permission needed to reproduce, translate, display or distribute "
        "(notice of the PHQ and GAD-7 authors, phqscreeners.com)"
    )
    missing_items = (
        "With one or two items missing the total is the mean of the answered items times the "
        "number of items, rounded, and marked as prorated (to be confirmed in the source). "
        "With more missing there is no total."
    )

    @abstractmethod
    def alerts_of(self, answers: Answers) -> tuple[Alert, ...]:
        """Give the alerts that these answers raise, whatever the total."""

    def score(self, answers: Answers) -> Score:
        """Sum the items; prorate at most two missing ones; refuse a total beyond that.

        Raises ValueError for an unknown item or a value that is not 0, 1, 2 or 3.
        """
        complete = self.checked(answers)
        alerts = self.alerts_of(complete)
        given = [value for item in self.counted_items if (value := complete[item.key]) is not None]
        missing = len(self.counted_items) - len(given)
        if missing > MOST_MISSING:
            reason = f"{missing} of {len(self.counted_items)} items are not answered"
            return self.refused(reason, alerts=alerts)
        if missing == 0:
            return self.scored(sum(given), alerts=alerts)
        return self.scored(self._prorated(given), prorated=True, alerts=alerts)

    def _prorated(self, given: list[int]) -> int:
        exact = Fraction(sum(given) * len(self.counted_items), len(given))
        # Halves are rounded up: the screen is to err towards asking.
        return int(exact + Fraction(1, 2))
