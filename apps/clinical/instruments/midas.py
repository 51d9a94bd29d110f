"""MIDAS, days lost to migraine in three months. Stewart, Lipton et al. 1999, 2001.

The wording is protected, so only the numbers of the completed form are entered: five counts of
days that make the total, and the two numbers A and B that are recorded beside it.
"""

from apps.clinical.findings import Certainty
from apps.clinical.instruments.base import (
    Answers,
    Band,
    Instrument,
    Item,
    LicencePolicy,
    Score,
)

# Three months are at most 92 days. The sum may exceed it, since it adds up different losses.
MOST_DAYS = 92

# Meaningful change depends on the earlier total: points when it was moderate, a share when it was severe.
MODERATE_FROM, SEVERE_ABOVE = 11, 20
MEANINGFUL_POINTS = 5
MEANINGFUL_PERCENT = 30


def _days(key: str, label: str, *, counted: bool = True) -> Item:
    return Item(key, label, 0, MOST_DAYS, unit="days", counted=counted, required=counted)


class Midas(Instrument):
    """Migraine Disability Assessment, entered as numbers only."""

    code = "midas"
    version = "1.0"
    title = "Migraine Disability Assessment (MIDAS)"
    short_title = "MIDAS"
    about = "Adds up days lost to migraine. Copy the numbers from the completed form."
    recall = "Over the last 3 months"
    recall_days = 90
    policy = LicencePolicy.TOTAL_ONLY
    licence = "Rights of Innovative Medical Research / AstraZeneca; the clinic supplies the form"
    licence_source = "Copyright line of the printed form, as commonly reproduced"
    official_text = "The printed form, from the holder of the rights"
    source = (
        "Stewart WF, Lipton RB et al. Neurology 1999;53:988-994 and 2001;56:S20-S28; "
        "meaningful change as used by the American Headache Society 2021; grades IV-A and IV-B Blumenfeld 2011"
    )
    certainty = Certainty.CERTAIN
    to_confirm = ("Who holds the rights of the form is to be confirmed.",)
    items = (
        _days("count1", "Question 1"),
        _days("count2", "Question 2"),
        _days("count3", "Question 3"),
        _days("count4", "Question 4"),
        _days("count5", "Question 5"),
        _days("a", "Question A", counted=False),
        Item("b", "Question B", 0, 10, unit="0 to 10", counted=False, required=False),
    )
    bands = (
        Band(0, 5, "grade I"),
        Band(6, 10, "grade II"),
        Band(11, 20, "grade III"),
        Band(21, None, "grade IV"),
    )
    # Blumenfeld et al. 2011 divide the highest grade.
    finer_bands = (Band(21, 40, "grade IV-A"), Band(41, None, "grade IV-B"))
    scoring = "The sum of the five counts of days; A and B are recorded, never added."
    highest_total = 5 * MOST_DAYS
    missing_items = "All five counts are needed; with any of them missing there is no total."
    change_that_matters = "At least 5 points when the earlier total was 11 to 20; at least 30 % when it was above 20."

    def score(self, answers: Answers) -> Score:
        """Add the five counts; A and B are recorded, never added.

        Raises ValueError for an unknown item, counts outside 0 to 92 or B outside 0 to 10.
        """
        complete = self.checked(answers)
        given = [value for item in self.counted_items if (value := complete[item.key]) is not None]
        missing = len(self.counted_items) - len(given)
        if missing:
            return self.refused(f"{missing} of 5 counts are not entered")
        return self.scored(sum(given))

    def change_matters(self, earlier: int, later: int) -> bool | None:
        """Whether the change is meaningful for where it began; None when the earlier total was below 11."""
        change = abs(later - earlier)
        if earlier > SEVERE_ABOVE:
            return change * 100 >= MEANINGFUL_PERCENT * earlier
        if earlier >= MODERATE_FROM:
            return change >= MEANINGFUL_POINTS
        return None
