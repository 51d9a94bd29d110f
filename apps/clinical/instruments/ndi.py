"""NDI, disability by neck pain. Vernon & Mior 1991. Numbers only."""

from decimal import Decimal

from apps.clinical.findings import Certainty
from apps.clinical.instruments.base import Band, LicencePolicy, MeaningfulChange
from apps.clinical.instruments.items import numbered
from apps.clinical.instruments.sums import SumInstrument

VERNON = "Vernon H, Mior S. J Manipulative Physiol Ther 1991;14:409-415"

MEANINGFUL_POINTS = Decimal(5)
PERCENT_PER_POINT = 2

# To be confirmed in the source: the mean of the other sections stands in for one that is missing.
MOST_MISSING = 1


class Ndi(SumInstrument):
    """Neck Disability Index, entered as numbers only."""

    code = "ndi"
    version = "1.0"
    title = "Neck Disability Index (NDI)"
    short_title = "NDI"
    about = "Measures disability by neck pain. Copy the numbers from the completed form."
    recall = "As printed on the form"
    policy = LicencePolicy.TOTAL_ONLY
    licence = "Copyright H. Vernon; Mapi Research Trust"
    licence_source = "Copyright notice of the form; Mapi Research Trust"
    official_text = "Mapi Research Trust"
    source = VERNON
    certainty = Certainty.CERTAIN
    to_confirm = ("That one missing section may be estimated is to be confirmed in the source.",)
    items = numbered(10, 0, 5, word="Section")
    bands = (
        Band(0, 4, "none"),
        Band(5, 14, "mild"),
        Band(15, 24, "moderate"),
        Band(25, 34, "severe"),
        Band(35, 50, "complete"),
    )
    scoring = "The sum of the ten sections, each 0 to 5; doubled it is a percentage."
    highest_total = 50
    most_missing = MOST_MISSING
    missing_items = (
        "With one section missing the mean of the others stands in and the total is marked as prorated (to be "
        "confirmed in the source). With more missing there is no total."
    )
    change_that_matters = "About 5 points."
    meaningful_change = MeaningfulChange(MEANINGFUL_POINTS, VERNON, Certainty.CERTAIN)


def percent(total: int) -> int:
    """Give a total of 0 to 50 as a percentage."""
    return PERCENT_PER_POINT * total
