"""What the PHQ family shares: two weeks' recall, answers 0 to 3, one notice that frees the wording."""

from apps.clinical.instruments.items import Input, Item
from apps.clinical.instruments.sums import SumInstrument

FREQUENCY = (
    (0, "Not at all"),
    (1, "Several days"),
    (2, "More than half the days"),
    (3, "Nearly every day"),
)

# To be confirmed in the source: the mean of the answered items stands in for one or two missing ones.
MOST_MISSING = 2

PRORATED = (
    "With one or two items missing the total is the mean of the answered items times the "
    "number of items, rounded, and marked as prorated (to be confirmed in the source). "
    "With more missing there is no total."
)
PRORATING_TO_CONFIRM = "That up to two missing items may be estimated is to be confirmed in the source."


def frequency_item(key: str, label: str, loinc: str) -> Item:
    """Make an item that is answered by how often, 0 to 3."""
    return Item(key, label, 0, 3, input=Input.CHOICE, choices=FREQUENCY, loinc=loinc)


INTEREST = "Little interest or pleasure in doing things", "44250-9"
MOOD = "Feeling down, depressed, or hopeless", "44255-8"
NERVOUS = "Feeling nervous, anxious or on edge", "69725-0"
WORRY = "Not being able to stop or control worrying", "68509-9"


class PhqInstrument(SumInstrument):
    """An instrument of the PHQ family: the sum of its counted items, each 0 to 3."""

    recall = "Over the last 2 weeks"
    recall_days = 14
    scoring = "The sum of the items, each 0 to 3."
    licence = (
        "No permission needed to reproduce, translate, display or distribute "
        "(notice of the PHQ and GAD-7 authors, phqscreeners.com)"
    )
    licence_source = "Notice at phqscreeners.com; LOINC copyright notice of the panel"
    official_text = "phqscreeners.com, with translations"
