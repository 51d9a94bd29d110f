"""MIBS-4, burden of migraine between attacks. Buse et al. 2009.

Whether an answer is worth 0, 1, 2 or 3 stands on the original form; the worth is entered.
"""

from apps.clinical.findings import Certainty
from apps.clinical.instruments.base import Band, LicencePolicy
from apps.clinical.instruments.items import numbered
from apps.clinical.instruments.sums import SumInstrument

# The papers call 5 and more severe; the page of the common data elements prints other limits.
SEVERE_FROM = 5


class Mibs4(SumInstrument):
    """Migraine Interictal Burden Scale, four items."""

    code = "mibs4"
    version = "1.0"
    title = "Migraine Interictal Burden Scale (MIBS-4)"
    short_title = "MIBS-4"
    about = "Measures the burden of migraine between attacks. Copy the numbers from the completed form."
    recall = "Over the last 4 weeks"
    recall_days = 28
    policy = LicencePolicy.SHOW_ITEMS
    licence = "Public domain, as stated by the NINDS common data elements"
    licence_source = "NINDS common data elements, notice of copyright for MIBS-4"
    official_text = "NINDS common data elements, or the original form"
    wording_pending = "The exact wording and the worth of each answer are to be taken from the original form."
    source = "Buse DC et al. 2009; severe from 5 as used in J Headache Pain 2022;23:88"
    certainty = Certainty.CHECK
    to_confirm = (
        "What each answer is worth, 0 to 3, is to be confirmed on the original form.",
        "Severe is 5 and more, as in the papers; the page of the common data elements has 3 moderate, 4 severe.",
    )
    items = numbered(4, 0, 3)
    bands = (
        Band(0, 0, "none"),
        Band(1, 2, "mild"),
        Band(3, SEVERE_FROM - 1, "moderate"),
        Band(SEVERE_FROM, 12, "severe"),
    )
    scoring = "The sum of the four items, each 0 to 3."
    highest_total = 12
    change_that_matters = "No figure is given here."
