"""SDS, dependence-type behaviour towards headache medicines. Gossop 1995, headache wording Kristoffersen 2014.

The study knew two cut-offs, one for women and one for men. Which of them is used is asked; the
lower one is used when nothing is said. The score speaks of behaviour, never of addiction.
"""

from dataclasses import replace

from apps.clinical.findings import Certainty
from apps.clinical.instruments.base import Answers, Band, Input, Item, LicencePolicy, Score
from apps.clinical.instruments.sums import SumInstrument

# To be confirmed in the source: the cut-offs of women and of men.
LOWER_CUT_OFF = 4
HIGHER_CUT_OFF = 5

HOW_OFTEN = ((0, "Never/almost never"), (1, "Sometimes"), (2, "Often"), (3, "Always/nearly always"))
HOW_DIFFICULT = ((0, "Not difficult"), (1, "Quite difficult"), (2, "Very difficult"), (3, "Impossible"))


def _item(place: int, label: str, choices: tuple[tuple[int, str], ...] = HOW_OFTEN) -> Item:
    return Item(f"item{place}", label, 0, 3, input=Input.CHOICE, choices=choices)


class SeverityOfDependence(SumInstrument):
    """Severity of Dependence Scale, in the wording for headache medication."""

    code = "sds"
    version = "1.0"
    title = "Severity of Dependence Scale, headache medication (SDS)"
    short_title = "SDS"
    about = "A score of dependence-type behaviour towards headache medicines; it does not say addiction."
    recall = "No period is named in the wording"
    policy = LicencePolicy.SHOW_ITEMS
    licence = "Wording of Kristoffersen et al. 2014, Table 2, under the Creative Commons Attribution Licence (CC BY)"
    licence_source = "Licence line of the article"
    official_text = "Kristoffersen ES et al. BMC Res Notes 2014;7:165, Table 2"
    source = "Gossop M et al. 1995; wording: Kristoffersen ES et al. BMC Res Notes 2014;7:165, Table 2"
    certainty = Certainty.CHECK
    to_confirm = ("The cut-offs, 4 for women and 5 for men, are to be confirmed in the source.",)
    items = (
        _item(1, "Do you think your use of your headache medication was out of control?"),
        _item(2, "Did the prospect of missing a dose make you anxious or worried?"),
        _item(3, "Did you worry about your use of your headache medication?"),
        _item(4, "Did you wish you could stop?"),
        _item(5, "How difficult did you find it to stop or go without your headache medication?", HOW_DIFFICULT),
        Item(
            "cut_off",
            "Which cut-off is to be used?",
            LOWER_CUT_OFF,
            HIGHER_CUT_OFF,
            input=Input.CHOICE,
            choices=((LOWER_CUT_OFF, "or more, as for women in the study"), (HIGHER_CUT_OFF, "or more, as for men")),
            counted=False,
            required=False,
        ),
    )
    bands = (
        Band(0, LOWER_CUT_OFF - 1, "below both cut-offs"),
        Band(LOWER_CUT_OFF, HIGHER_CUT_OFF - 1, "at the lower cut-off"),
        Band(HIGHER_CUT_OFF, 15, "at or above both cut-offs"),
    )
    scoring = (
        "The sum of the five questions, each 0 to 3. Positive from 4, or from 5 when the cut-off of men is chosen "
        "(to be confirmed in the source)."
    )
    cut_off = LOWER_CUT_OFF
    highest_total = 15
    change_that_matters = "No figure is given here."

    def score(self, answers: Answers) -> Score:
        """Sum the five questions and compare with the cut-off that was chosen, else with the lower one.

        Raises ValueError for an unknown item or a value out of range.
        """
        summed = super().score(answers)
        if summed.total is None:
            return summed
        return replace(summed, positive=summed.total >= (answers.get("cut_off") or LOWER_CUT_OFF))
