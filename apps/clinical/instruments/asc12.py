"""ASC-12, allodynia during attacks. Lipton et al. 2008. Numbers only."""

from apps.clinical.findings import Certainty
from apps.clinical.instruments.base import Band, LicencePolicy
from apps.clinical.instruments.items import numbered
from apps.clinical.instruments.sums import SumInstrument


class Asc12(SumInstrument):
    """Allodynia Symptom Checklist, twelve items, entered as numbers only."""

    code = "asc12"
    version = "1.0"
    title = "Allodynia Symptom Checklist (ASC-12)"
    short_title = "ASC-12"
    about = "Measures allodynia, a sign of sensitisation. Copy the numbers from the completed form."
    recall = "As printed on the form"
    policy = LicencePolicy.TOTAL_ONLY
    licence = "The rights are to be confirmed"
    licence_source = "None seen"
    official_text = "Lipton RB et al. Ann Neurol 2008;63:148-158"
    source = "Lipton RB et al. Ann Neurol 2008;63:148-158"
    certainty = Certainty.CERTAIN
    to_confirm = ("The holder of the rights is to be confirmed.",)
    items = numbered(12, 0, 2)
    bands = (
        Band(0, 2, "none"),
        Band(3, 5, "mild"),
        Band(6, 8, "moderate"),
        Band(9, 24, "severe"),
    )
    scoring = "The sum of the twelve items, each 0 to 2."
    highest_total = 24
    change_that_matters = "No figure is given here."
