"""PHQ-2, the first two questions of the PHQ-9. Kroenke, Spitzer & Williams 2003."""

from apps.clinical.findings import Certainty
from apps.clinical.instruments.base import Band, LicencePolicy
from apps.clinical.instruments.phq_family import INTEREST, MOOD, PhqInstrument, frequency_item


class Phq2(PhqInstrument):
    """Patient Health Questionnaire, two items."""

    code = "phq2"
    version = "1.0"
    title = "Patient Health Questionnaire, two questions (PHQ-2)"
    short_title = "PHQ-2"
    about = "A first short screen for depressed mood; when it is positive, offer the PHQ-9."
    stem = "Over the last 2 weeks, how often have you been bothered by any of the following problems?"
    policy = LicencePolicy.SHOW_ITEMS
    source = "Kroenke K, Spitzer RL, Williams JBW. Med Care 2003;41:1284-1292"
    certainty = Certainty.CERTAIN
    loinc_panel = "55757-9"
    loinc_total = "55758-7"
    items = (frequency_item("item1", *INTEREST), frequency_item("item2", *MOOD))
    bands = (Band(0, 2, "below the cut-off"), Band(3, 6, "at or above the cut-off"))
    cut_off = 3
    highest_total = 6
    change_that_matters = "No agreed figure; use the PHQ-9 to follow change."
