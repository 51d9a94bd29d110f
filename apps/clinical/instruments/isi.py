"""ISI, severity of insomnia over two weeks. Bastien 2001, Morin 2011. Numbers only."""

from decimal import Decimal

from apps.clinical.findings import Certainty
from apps.clinical.instruments.base import Band, LicencePolicy, MeaningfulChange
from apps.clinical.instruments.items import numbered
from apps.clinical.instruments.sums import SumInstrument

# The patients of a headache clinic are a clinical sample; in a community sample it is 10.
CLINICAL_CUT_OFF = 11
COMMUNITY_CUT_OFF = 10

# To be confirmed in the source: the smallest fall that matters.
MEANINGFUL_FALL = Decimal(6)


class Isi(SumInstrument):
    """Insomnia Severity Index, entered as numbers only."""

    code = "isi"
    version = "1.0"
    title = "Insomnia Severity Index (ISI)"
    short_title = "ISI"
    about = "Measures how severe insomnia is. Copy the numbers from the completed form."
    recall = "Over the last 2 weeks"
    recall_days = 14
    policy = LicencePolicy.TOTAL_ONLY
    licence = "Copyright C. Morin; permission through Mapi Research Trust"
    licence_source = "Copyright notice of the form; Mapi Research Trust"
    official_text = "Mapi Research Trust"
    source = "Bastien CH et al. Sleep Med 2001;2:297-307; Morin CM et al. Sleep 2011;34:601-608"
    certainty = Certainty.CERTAIN
    to_confirm = ("That a fall of at least 6 points matters is to be confirmed in the source.",)
    items = numbered(7, 0, 4)
    bands = (
        Band(0, 7, "none"),
        Band(8, 14, "subthreshold"),
        Band(15, 21, "moderate"),
        Band(22, 28, "severe"),
    )
    scoring = (
        "The sum of the seven items, each 0 to 4. "
        f"Positive from {CLINICAL_CUT_OFF}, as in a clinical sample; in a community sample from {COMMUNITY_CUT_OFF}."
    )
    cut_off = CLINICAL_CUT_OFF
    highest_total = 28
    change_that_matters = "At least 6 points (to be confirmed in the source)."
    meaningful_change = MeaningfulChange(MEANINGFUL_FALL, "Morin CM et al. Sleep 2011;34:601-608", Certainty.CHECK)
