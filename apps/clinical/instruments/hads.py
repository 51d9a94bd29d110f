"""HADS, anxiety and depression scored apart. Zigmond & Snaith 1983.

The wording is licensed, so only the two scores of the completed form are entered. A sum of the
two is not used.
"""

from decimal import Decimal

from apps.clinical.findings import Certainty
from apps.clinical.instruments.base import Band, Item, LicencePolicy, MeaningfulChange, Subscale
from apps.clinical.instruments.sums import ScaleInstrument

HIGHEST = 21
# From here on a scale is called possible, from PROBABLE_FROM on probable.
POSSIBLE_FROM = 8
PROBABLE_FROM = 11

# To be confirmed in the source: often quoted as the smallest difference that matters.
OFTEN_QUOTED_CHANGE = Decimal("1.5")

ZIGMOND = "Zigmond AS, Snaith RP. Acta Psychiatr Scand 1983;67:361-370"


def _scale(code: str, label: str) -> Subscale:
    return Subscale(
        code,
        label,
        (code,),
        0,
        HIGHEST,
        bands=(
            Band(0, POSSIBLE_FROM - 1, "normal"),
            Band(POSSIBLE_FROM, PROBABLE_FROM - 1, "borderline"),
            Band(PROBABLE_FROM, HIGHEST, "abnormal"),
        ),
        cut_off=POSSIBLE_FROM,
        meaningful_change=MeaningfulChange(OFTEN_QUOTED_CHANGE, "often quoted, source not seen", Certainty.CHECK),
    )


class Hads(ScaleInstrument):
    """Hospital Anxiety and Depression Scale, entered as its two scores."""

    code = "hads"
    version = "1.0"
    title = "Hospital Anxiety and Depression Scale (HADS)"
    short_title = "HADS"
    about = "Screens for anxiety and for depressed mood. Copy the two scores from the completed form."
    recall = "As printed on the form"
    policy = LicencePolicy.TOTAL_ONLY
    licence = "Licensed by GL Assessment and Mapi Research Trust, with fees"
    licence_source = "Notices of GL Assessment and Mapi Research Trust"
    official_text = "GL Assessment or Mapi Research Trust, against a fee"
    source = ZIGMOND
    certainty = Certainty.CERTAIN
    to_confirm = ("That a change of about 1.5 points matters is to be confirmed in the source.",)
    items = (
        Item("anxiety", "Score A", 0, HIGHEST),
        Item("depression", "Score D", 0, HIGHEST),
    )
    subscales = (_scale("anxiety", "Anxiety (A)"), _scale("depression", "Depression (D)"))
    scoring = "Two scores, A and D, 0 to 21 each, read apart; they are not added. Each is positive from 8."
    missing_items = "A score that is not entered is not known; the other one still counts."
    change_that_matters = "About 1.5 points in either score (to be confirmed in the source)."
