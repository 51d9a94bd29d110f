"""HALT, time lost to headache, over 90 or 30 days. Lifting The Burden.

Five counts of days that are added. The wording comes from the clinic's own copy.
"""

from apps.clinical.findings import Certainty
from apps.clinical.instruments.base import Band, Item, LicencePolicy
from apps.clinical.instruments.sums import SumInstrument


def _counts(days: int) -> tuple[Item, ...]:
    return tuple(Item(f"count{place}", f"Question {place}", 0, days, unit="days") for place in range(1, 6))


class Halt(SumInstrument):
    """What both versions of the Headache-Attributed Lost Time index share."""

    version = "1.0"
    policy = LicencePolicy.SHOW_AFTER_CONFIRMATION
    licence = "Lifting The Burden: free for clinical use; to be confirmed"
    licence_source = "Statement of Lifting The Burden; to be confirmed"
    official_text = "Lifting The Burden, l-t-b.org"
    source = "Headache-Attributed Lost Time indices of Lifting The Burden; used in REFINE 2025"
    certainty = Certainty.CHECK
    scoring = "The sum of the five counts of days."
    missing_items = "All five counts are needed; with any of them missing there is no total."
    change_that_matters = "No figure is given here."


class Halt90(Halt):
    """HALT over 90 days."""

    code = "halt90"
    title = "Headache-Attributed Lost Time over 90 days (HALT-90)"
    short_title = "HALT-90"
    about = "Adds up days lost to headache in 90 days. Copy the numbers from the completed form."
    recall = "Over the last 90 days"
    recall_days = 90
    to_confirm = (
        "That the total is made and graded like that of MIDAS is to be confirmed in the source.",
        "That clinics may use it freely is to be confirmed with Lifting The Burden.",
    )
    items = _counts(90)
    # Graded like MIDAS: to be confirmed in the source.
    bands = (
        Band(0, 5, "grade I"),
        Band(6, 10, "grade II"),
        Band(11, 20, "grade III"),
        Band(21, None, "grade IV"),
    )
    highest_total = 5 * 90


class Halt30(Halt):
    """HALT over 30 days."""

    code = "halt30"
    title = "Headache-Attributed Lost Time over 30 days (HALT-30)"
    short_title = "HALT-30"
    about = "Adds up days lost to headache in 30 days. Copy the numbers from the completed form."
    recall = "Over the last 30 days"
    recall_days = 30
    to_confirm = (
        "That the total is made like that of MIDAS is to be confirmed in the source; grades for 30 days are not known.",
        "That clinics may use it freely is to be confirmed with Lifting The Burden.",
    )
    items = _counts(30)
    bands = (Band(0, None, "not graded"),)
    highest_total = 5 * 30
