"""MSQ version 2.1, quality of life with migraine on three scales of 0 to 100. Cole 2009. Numbers only.

An answer of 1 is the best and 6 the worst; it is turned round, so that a higher scale is better.
"""

from decimal import ROUND_HALF_UP, Decimal

from apps.clinical.findings import Certainty
from apps.clinical.instruments.base import LicencePolicy, MeaningfulChange, Subscale
from apps.clinical.instruments.items import numbered
from apps.clinical.instruments.sums import ScaleInstrument

BEST, WORST = 1, 6
STEPS = WORST - BEST
TENTH = Decimal("0.1")
COLE = "Cole JC et al. 2009, within one person"


def _scale(code: str, label: str, places: range, change: MeaningfulChange) -> Subscale:
    keys = tuple(f"item{place}" for place in places)
    return Subscale(code, label, keys, 0, 100, higher_is_worse=False, decimals=1, meaningful_change=change)


def _change(surely: str, undecided_from: str | None = None) -> MeaningfulChange:
    return MeaningfulChange(
        Decimal(surely), COLE, Certainty.CERTAIN, Decimal(undecided_from) if undecided_from else None
    )


class Msq21(ScaleInstrument):
    """Migraine-Specific Quality of Life Questionnaire 2.1, entered as numbers only."""

    code = "msq21"
    version = "1.0"
    title = "Migraine-Specific Quality of Life Questionnaire (MSQ version 2.1)"
    short_title = "MSQ 2.1"
    about = "Measures quality of life with migraine on three scales; higher is better."
    recall = "Over the last 4 weeks"
    recall_days = 28
    policy = LicencePolicy.TOTAL_ONLY
    licence = "Copyright GlaxoSmithKline, licensed through Mapi Research Trust"
    licence_source = "Mapi Research Trust; to be confirmed"
    official_text = "Mapi Research Trust"
    source = "MSQ version 2.1; change: Cole JC et al. 2009"
    certainty = Certainty.CERTAIN
    to_confirm = (
        "Rights and recall are to be confirmed on the form.",
        "That the scales follow one another in the order of the items is to be confirmed on the form.",
        "That up to half of a scale may be estimated is to be confirmed in the source.",
    )
    higher_is_worse = False
    items = numbered(14, BEST, WORST)
    subscales = (
        _scale("restrictive", "Role restrictive", range(1, 8), _change("5.0")),
        _scale("preventive", "Role preventive", range(8, 12), _change("7.9", "5.0")),
        _scale("emotional", "Emotional", range(12, 15), _change("10.6", "8.0")),
    )
    scoring = (
        "Three scales of 7, 4 and 3 items. Each answer, 1 to 6, is taken from 7; the sum is put on 0 to 100; "
        "a higher scale is better. There is no total."
    )
    missing_items = (
        "With up to half of a scale missing the mean of its answered items stands in, and the scale is marked as "
        "prorated (to be confirmed in the source). With more missing that scale is not given."
    )
    change_that_matters = (
        "Within one person: 5.0 points on role restrictive; 5.0 to 7.9 on role preventive and 8.0 to 10.6 on "
        "emotional, where it can't be told in between."
    )

    def most_missing_in(self, scale: Subscale) -> int:
        """Give half of the scale's items; to be confirmed in the source."""
        return len(scale.items) // 2

    def value_of(self, scale: Subscale, given: list[int]) -> Decimal:
        """Put the mean of the answers, turned round, on 0 to 100, to one decimal."""
        turned = sum(WORST - answer for answer in given)
        return (Decimal(100 * turned) / (STEPS * len(given))).quantize(TENTH, ROUND_HALF_UP)
