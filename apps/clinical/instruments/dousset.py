"""Two questions that screen for medication overuse. Dousset et al. 2013."""

from apps.clinical.findings import Certainty
from apps.clinical.instruments.base import Band, LicencePolicy
from apps.clinical.instruments.items import numbered_yes_no
from apps.clinical.instruments.sums import SumInstrument


class Dousset(SumInstrument):
    """Two-question screen for medication-overuse headache."""

    code = "dousset"
    version = "1.0"
    title = "Two questions on medication overuse (Dousset 2013)"
    short_title = "Dousset"
    about = "Screens for medication overuse where there is no diary; the diary counts better."
    recall = "As printed in the source"
    policy = LicencePolicy.SHOW_ITEMS
    licence = "Creative Commons Attribution Licence 2.0 (CC BY)"
    licence_source = "Licence line of the article"
    official_text = "Dousset V et al. J Headache Pain 2013;14:81"
    wording_pending = "The English wording differs between abstract and reports; it is to be taken from the article."
    source = "Dousset V et al. J Headache Pain 2013;14:81"
    certainty = Certainty.CERTAIN
    items = numbered_yes_no(2)
    bands = (Band(0, 1, "below the cut-off"), Band(2, 2, "at the cut-off"))
    scoring = "The number of items answered yes; both are needed."
    cut_off = 2
    highest_total = 2
    change_that_matters = "Not meant to follow change."
