"""One question for restless legs. Ferri et al. 2007. The wording comes from the clinic's own copy."""

from apps.clinical.findings import Certainty
from apps.clinical.instruments.base import Band, LicencePolicy
from apps.clinical.instruments.items import numbered_yes_no
from apps.clinical.instruments.sums import SumInstrument


class RestlessLegs(SumInstrument):
    """Single question for restless legs syndrome."""

    code = "rls"
    version = "1.0"
    title = "Single question for restless legs (Ferri 2007)"
    short_title = "RLS question"
    about = "Screens for restless legs. When positive, look at the clinical criteria and ferritin."
    recall = "As printed in the source"
    policy = LicencePolicy.SHOW_AFTER_CONFIRMATION
    licence = "Wording of the article; the publisher's rights apply"
    licence_source = "None seen beyond the article"
    official_text = "Ferri R et al. Eur J Neurol 2007;14:1016-1021"
    source = "Ferri R et al. Eur J Neurol 2007;14:1016-1021"
    certainty = Certainty.CERTAIN
    items = numbered_yes_no(1)
    bands = (Band(0, 0, "not positive"), Band(1, 1, "positive"))
    scoring = "Yes is positive."
    cut_off = 1
    highest_total = 1
    missing_items = "Without the answer there is no result."
    change_that_matters = "Not meant to follow change."
