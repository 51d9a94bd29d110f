"""SCI, eight questions on sleep; a higher total is better sleep. Espie et al. 2014. Numbers only."""

from decimal import Decimal

from apps.clinical.findings import Certainty
from apps.clinical.instruments.base import Band, LicencePolicy
from apps.clinical.instruments.items import numbered
from apps.clinical.instruments.sums import SumInstrument

PROBABLE_UP_TO = 16

# The total divided by this runs from 0 to 10.
TO_TEN = Decimal("3.2")


class Sci(SumInstrument):
    """Sleep Condition Indicator, entered as numbers only."""

    code = "sci"
    version = "1.0"
    title = "Sleep Condition Indicator (SCI)"
    short_title = "SCI"
    about = "Measures how good sleep is; higher is better. Copy the numbers from the completed form."
    recall = "As printed on the form"
    policy = LicencePolicy.TOTAL_ONLY
    licence = "Published in an open journal; the rights of the questionnaire itself are to be confirmed"
    licence_source = "BMJ Open 2014;4:e004183; no statement on the questionnaire seen"
    official_text = "Espie CA et al. BMJ Open 2014;4:e004183"
    source = "Espie CA et al. BMJ Open 2014;4:e004183"
    certainty = Certainty.CERTAIN
    to_confirm = ("The rights of the questionnaire are to be confirmed; until then numbers only.",)
    higher_is_worse = False
    items = numbered(8, 0, 4)
    bands = (
        Band(0, PROBABLE_UP_TO, "at or below the cut-off"),
        Band(PROBABLE_UP_TO + 1, 32, "above the cut-off"),
    )
    scoring = "The sum of the eight items, each 0 to 4; a higher total is better."
    cut_off = PROBABLE_UP_TO
    highest_total = 32
    change_that_matters = "No figure is given here."


def out_of_ten(total: int) -> Decimal:
    """Give the total, 0 to 32, on the scale of 0 to 10 that some reports use, to one decimal."""
    return round(Decimal(total) / TO_TEN, 1)
