"""GAD-7, anxiety severity over two weeks. Spitzer, Kroenke, Williams & Löwe 2006.

The lowest answer is "Not at all"; copies that print "Not at all sure" are wrong
(Zorowitz et al. 2021, Lancet Psychiatry 8:180).
"""

from apps.clinical.findings import Certainty
from apps.clinical.instruments.base import Band, LicencePolicy
from apps.clinical.instruments.phq_family import (
    MOST_MISSING,
    NERVOUS,
    PRORATED,
    PRORATING_TO_CONFIRM,
    WORRY,
    PhqInstrument,
    frequency_item,
)


class Gad7(PhqInstrument):
    """Generalised Anxiety Disorder scale, seven items."""

    code = "gad7"
    version = "1.0"
    title = "Generalised Anxiety Disorder scale (GAD-7)"
    short_title = "GAD-7"
    about = "Screens for anxiety and follows its severity."
    stem = "Over the last 2 weeks, how often have you been bothered by the following problems?"
    policy = LicencePolicy.SHOW_ITEMS
    source = "Spitzer RL, Kroenke K, Williams JBW, Löwe B. Arch Intern Med 2006;166:1092-1097"
    certainty = Certainty.CERTAIN
    loinc_panel = "69737-5"
    loinc_total = "70274-6"
    items = (
        frequency_item("item1", *NERVOUS),
        frequency_item("item2", *WORRY),
        frequency_item("item3", "Worrying too much about different things", "69733-4"),
        frequency_item("item4", "Trouble relaxing", "69734-2"),
        frequency_item("item5", "Being so restless that it is hard to sit still", "69735-9"),
        frequency_item("item6", "Becoming easily annoyed or irritable", "69689-8"),
        frequency_item("item7", "Feeling afraid as if something awful might happen", "69736-7"),
    )
    bands = (
        Band(0, 4, "minimal"),
        Band(5, 9, "mild"),
        Band(10, 14, "moderate"),
        Band(15, 21, "severe"),
    )
    cut_off = 10
    highest_total = 21
    most_missing = MOST_MISSING
    missing_items = PRORATED
    to_confirm = (PRORATING_TO_CONFIRM,)
    change_that_matters = "No agreed figure; look at the band and the trend."
