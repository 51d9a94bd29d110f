"""ID-Migraine, three yes-or-no questions. Lipton et al. 2003. The wording comes from the clinic's own copy."""

from apps.clinical.findings import Certainty
from apps.clinical.instruments.base import Band, LicencePolicy
from apps.clinical.instruments.items import numbered_yes_no
from apps.clinical.instruments.sums import SumInstrument


class IdMigraine(SumInstrument):
    """ID-Migraine, three items."""

    code = "idmigraine"
    version = "1.0"
    title = "ID-Migraine"
    short_title = "ID-Migraine"
    about = "Screens for migraine by three questions."
    recall = "As printed on the form"
    policy = LicencePolicy.SHOW_AFTER_CONFIRMATION
    licence = "Trademark of Pfizer"
    licence_source = "Trademark notice of the form"
    official_text = "Lipton RB et al. Neurology 2003;61:375-382"
    source = "Lipton RB et al. Neurology 2003;61:375-382"
    certainty = Certainty.CERTAIN
    items = numbered_yes_no(3)
    bands = (Band(0, 1, "below the cut-off"), Band(2, 3, "at or above the cut-off"))
    scoring = "The number of items answered yes."
    cut_off = 2
    highest_total = 3
    change_that_matters = "Not meant to follow change."
