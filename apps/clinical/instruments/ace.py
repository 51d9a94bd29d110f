"""ACE, adverse childhood experiences, ten yes-or-no categories. Felitti et al. 1998.

A tool of population research: the number does not foretell one person's course (Anda, Porter &
Brown 2020), so nothing here calls it positive. Each item may be declined, and the total alone is
better kept than the answers.
"""

from apps.clinical.findings import Certainty
from apps.clinical.instruments.base import Band, LicencePolicy
from apps.clinical.instruments.items import numbered_yes_no
from apps.clinical.instruments.sums import SumInstrument

OFTEN_CALLED_HIGH_FROM = 4


class Ace(SumInstrument):
    """Adverse childhood experiences questionnaire, ten items."""

    code = "ace"
    version = "1.0"
    title = "Adverse childhood experiences (ACE, CDC–Kaiser)"
    short_title = "ACE"
    about = "Counts kinds of adversity in childhood. A tool of research: it does not foretell a person's course."
    recall = "Childhood"
    policy = LicencePolicy.SHOW_ITEMS
    licence = "Publication of the US government; to be confirmed"
    licence_source = "Pages of the Centers for Disease Control and Prevention; to be confirmed"
    official_text = "Pages of the Centers for Disease Control and Prevention"
    wording_pending = "The wording is left out until its source is confirmed; the total alone is preferred."
    source = "Felitti VJ et al. Am J Prev Med 1998;14:245-258; limits of the score: Anda RF et al. 2020"
    certainty = Certainty.CERTAIN
    to_confirm = ("That the wording is free is to be confirmed with its publisher.",)
    sensitive = True
    total_preferred = True
    items = numbered_yes_no(10, refusable=True)
    bands = (
        Band(0, OFTEN_CALLED_HIGH_FROM - 1, "below the group often called high"),
        Band(OFTEN_CALLED_HIGH_FROM, 10, "in the group often called high"),
    )
    scoring = "The number of items answered yes. It is not a screen: no number is called positive."
    highest_total = 10
    missing_items = (
        "“Prefers not to answer” is an answer of its own and is never counted. With any item declined or without an "
        "answer there is no total."
    )
    change_that_matters = "Not meant to follow change."
