"""HIT-6, impact of headache from six answers worth 6, 8, 10, 11 or 13. Kosinski 2003. Numbers only."""

from decimal import Decimal

from apps.clinical.findings import Certainty
from apps.clinical.instruments.base import Band, LicencePolicy, MeaningfulChange
from apps.clinical.instruments.items import numbered
from apps.clinical.instruments.sums import SumInstrument

ANSWER_VALUES = (6, 8, 10, 11, 13)

# Within one person: 2.5 to 6 points in primary care, 6 in chronic migraine.
CHANGE_IN_CHRONIC_MIGRAINE = Decimal(6)
CHANGE_IN_PRIMARY_CARE_FROM = Decimal("2.5")


class Hit6(SumInstrument):
    """Headache Impact Test, entered as numbers only."""

    code = "hit6"
    version = "1.0"
    title = "Headache Impact Test (HIT-6)"
    short_title = "HIT-6"
    about = "Measures the impact of headache. Copy the numbers, or the total, from the completed form."
    recall = "Over the last 4 weeks"
    recall_days = 28
    policy = LicencePolicy.TOTAL_ONLY
    licence = "Copyright QualityMetric and GlaxoSmithKline"
    licence_source = "Copyright line of the form"
    official_text = "QualityMetric"
    source = (
        "Kosinski M et al. Qual Life Res 2003;12:963-974; change: Smelt AF et al. 2014 (primary care), "
        "Houts CR et al. 2020 (chronic migraine)"
    )
    certainty = Certainty.CERTAIN
    to_confirm = ("The recall of four weeks is to be confirmed on the form.",)
    items = numbered(6, ANSWER_VALUES[0], ANSWER_VALUES[-1], allowed=ANSWER_VALUES)
    bands = (
        Band(36, 49, "little or none"),
        Band(50, 55, "some"),
        Band(56, 59, "substantial"),
        Band(60, 78, "severe"),
    )
    scoring = "The sum of the six answers, each worth 6, 8, 10, 11 or 13; some totals, such as 37, can't occur."
    lowest_total = 36
    highest_total = 78
    change_that_matters = (
        "At least 6 points in chronic migraine. From 2.5 up to 6 points, as found in primary care, it can't be told."
    )
    meaningful_change = MeaningfulChange(
        CHANGE_IN_CHRONIC_MIGRAINE, "Houts 2020, Smelt 2014", Certainty.CERTAIN, CHANGE_IN_PRIMARY_CARE_FROM
    )
