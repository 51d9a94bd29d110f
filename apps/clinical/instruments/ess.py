"""Epworth scale, daytime sleepiness. Johns 1991. Numbers only."""

from apps.clinical.findings import Certainty
from apps.clinical.instruments.base import Band, LicencePolicy
from apps.clinical.instruments.items import numbered
from apps.clinical.instruments.sums import SumInstrument


class Epworth(SumInstrument):
    """Epworth Sleepiness Scale, entered as numbers only."""

    code = "ess"
    version = "1.0"
    title = "Epworth Sleepiness Scale (ESS)"
    short_title = "Epworth"
    about = "Measures daytime sleepiness. Copy the numbers from the completed form."
    recall = "As printed on the form"
    policy = LicencePolicy.TOTAL_ONLY
    licence = "Copyright M. Johns; organisations need a licence through Mapi Research Trust"
    licence_source = "Terms of the holder of the rights, epworthsleepinessscale.com; Mapi Research Trust"
    official_text = "Mapi Research Trust"
    source = "Johns MW. Sleep 1991;14:540-545"
    certainty = Certainty.CERTAIN
    items = numbered(8, 0, 3)
    bands = (
        Band(0, 10, "not excessive"),
        Band(11, 12, "mild excess"),
        Band(13, 15, "moderate excess"),
        Band(16, 24, "severe excess"),
    )
    scoring = "The sum of the eight items, each 0 to 3."
    cut_off = 11
    highest_total = 24
    change_that_matters = "No figure is given here."
