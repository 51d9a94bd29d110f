"""PSQI, quality of sleep over a month, from its seven components. Buysse et al. 1989. Numbers only."""

from apps.clinical.findings import Certainty
from apps.clinical.instruments.base import Band, LicencePolicy
from apps.clinical.instruments.items import numbered
from apps.clinical.instruments.sums import SumInstrument


class Psqi(SumInstrument):
    """Pittsburgh Sleep Quality Index, entered as its component scores."""

    code = "psqi"
    version = "1.0"
    title = "Pittsburgh Sleep Quality Index (PSQI)"
    short_title = "PSQI"
    about = "Measures how poor sleep is. Copy the seven component scores from the completed form."
    recall = "Over the last month"
    recall_days = 30
    policy = LicencePolicy.TOTAL_ONLY
    licence = (
        "Copyright University of Pittsburgh; non-commercial use, electronic versions by permission for each project"
    )
    licence_source = "Terms of the University of Pittsburgh"
    official_text = "University of Pittsburgh, Center for Sleep and Circadian Science"
    source = "Buysse DJ et al. Psychiatry Res 1989;28:193-213"
    certainty = Certainty.CERTAIN
    items = numbered(7, 0, 3, word="Component")
    bands = (Band(0, 5, "not poor"), Band(6, 21, "poor sleep"))
    scoring = "The sum of the seven components, each 0 to 3. The questions for a bed partner are not scored."
    cut_off = 6
    highest_total = 21
    missing_items = "All seven components are needed; with any of them missing there is no total."
    change_that_matters = "No figure is given here."
