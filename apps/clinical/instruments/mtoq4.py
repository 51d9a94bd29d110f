"""mTOQ-4, how well acute treatment works; a higher total is better. Lipton et al. 2015. Numbers only."""

from apps.clinical.findings import Certainty
from apps.clinical.instruments.base import Band, LicencePolicy
from apps.clinical.instruments.items import numbered
from apps.clinical.instruments.sums import SumInstrument


class Mtoq4(SumInstrument):
    """Migraine Treatment Optimization Questionnaire, four items, entered as numbers only."""

    code = "mtoq4"
    version = "1.0"
    title = "Migraine Treatment Optimization Questionnaire (mTOQ-4)"
    short_title = "mTOQ-4"
    about = "Measures how well acute treatment works; higher is better. Copy the numbers from the completed form."
    recall = "As printed on the form"
    policy = LicencePolicy.TOTAL_ONLY
    licence = "The holder of the rights is to be confirmed"
    licence_source = "None seen"
    official_text = "Lipton RB et al. Neurology 2015;84:688-695"
    source = "Lipton RB et al. Neurology 2015;84:688-695"
    certainty = Certainty.CHECK
    to_confirm = ("The limits of the bands and the holder of the rights are to be confirmed.",)
    higher_is_worse = False
    items = numbered(4, 0, 2)
    # To be confirmed in the source.
    bands = (
        Band(0, 0, "very poor"),
        Band(1, 5, "poor"),
        Band(6, 7, "moderate"),
        Band(8, 8, "maximum"),
    )
    scoring = "The sum of the four items, each 0 to 2; a higher total is better."
    highest_total = 8
    change_that_matters = "No figure is given here."
