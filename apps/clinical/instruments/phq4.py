"""PHQ-4, two questions on anxiety and two on mood. Kroenke, Spitzer, Williams & Löwe 2009.

The two halves are the first two items of the GAD-7 and of the PHQ-9; each is positive from 3.
"""

from apps.clinical.findings import Certainty
from apps.clinical.instruments.base import Band, LicencePolicy, Subscale
from apps.clinical.instruments.phq_family import INTEREST, MOOD, NERVOUS, WORRY, PhqInstrument, frequency_item

HALF_CUT_OFF = 3
HALF_HIGHEST = 6


class Phq4(PhqInstrument):
    """Patient Health Questionnaire for depression and anxiety, four items."""

    code = "phq4"
    version = "1.0"
    title = "Patient Health Questionnaire for depression and anxiety (PHQ-4)"
    short_title = "PHQ-4"
    about = "A short screen for anxiety and depressed mood; when a half is positive, offer GAD-7 or PHQ-9."
    stem = "Over the last 2 weeks, how often have you been bothered by the following problems?"
    scoring = "The sum of the items, each 0 to 3. Each half, 0 to 6, is positive from 3."
    policy = LicencePolicy.SHOW_ITEMS
    source = "Kroenke K, Spitzer RL, Williams JBW, Löwe B. Psychosomatics 2009;50:613-621"
    certainty = Certainty.CERTAIN
    to_confirm = (
        "Copies of the form differ in the order of the last two questions; neither total nor halves depend on it.",
    )
    loinc_total = "70272-0"
    items = (
        frequency_item("item1", *NERVOUS),
        frequency_item("item2", *WORRY),
        frequency_item("item3", *INTEREST),
        frequency_item("item4", *MOOD),
    )
    bands = (
        Band(0, 2, "none"),
        Band(3, 5, "mild"),
        Band(6, 8, "moderate"),
        Band(9, 12, "severe"),
    )
    subscales = (
        Subscale("anxiety", "Anxiety half", ("item1", "item2"), 0, HALF_HIGHEST, cut_off=HALF_CUT_OFF),
        Subscale("depression", "Depression half", ("item3", "item4"), 0, HALF_HIGHEST, cut_off=HALF_CUT_OFF),
    )
    highest_total = 12
    change_that_matters = "No agreed figure; use PHQ-9 and GAD-7 to follow change."
