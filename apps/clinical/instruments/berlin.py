"""Berlin Questionnaire, risk of sleep apnoea from three categories. Netzer et al. 1999.

The wording comes from the clinic's own copy; entered is, by item number, whether the answer is one
that the form scores. The result is the number of positive categories.
"""

from apps.clinical.findings import Certainty
from apps.clinical.instruments.base import (
    Answers,
    AskedWhen,
    Band,
    Instrument,
    Item,
    LicencePolicy,
    Score,
    Subscale,
    SubScore,
)
from apps.clinical.instruments.items import yes_no

FIRST, SECOND, THIRD = "category1", "category2", "category3"

# Points of an item of category 1; all other items have one.
DOUBLE = {"item5": 2}
BMI_ABOVE = 30
TENTHS = 10

# To be confirmed on the form: the items that are left out when the first is answered no.
IF_ITEM_1 = AskedWhen("item1", 1)


class Berlin(Instrument):
    """Berlin Questionnaire, entered by item number."""

    code = "berlin"
    version = "1.0"
    title = "Berlin Questionnaire for sleep apnoea"
    short_title = "Berlin"
    about = "Estimates the risk of sleep apnoea from three categories of answers."
    recall = "As printed on the form"
    policy = LicencePolicy.SHOW_AFTER_CONFIRMATION
    licence = "Copyright American College of Physicians 1999"
    licence_source = "Copyright line of the article"
    official_text = "Netzer NC et al. Ann Intern Med 1999;131:485-491"
    source = "Netzer NC et al. Ann Intern Med 1999;131:485-491"
    certainty = Certainty.CERTAIN
    to_confirm = ("That items 2 to 4 are left out when item 1 is answered no is to be confirmed on the form.",)
    items = (
        yes_no("item1", "Item 1"),
        yes_no("item2", "Item 2", asked_when=IF_ITEM_1),
        yes_no("item3", "Item 3", asked_when=IF_ITEM_1),
        yes_no("item4", "Item 4", asked_when=IF_ITEM_1),
        yes_no("item5", "Item 5"),
        yes_no("item6", "Item 6"),
        yes_no("item7", "Item 7"),
        yes_no("item8", "Item 8"),
        yes_no("item9", "Item 9", counted=False),
        yes_no("item10", "Item 10"),
        Item("bmi", "Body mass index", 80, 1200, unit="kg/m²", decimals=1),
    )
    subscales = (
        Subscale(FIRST, "Category 1", ("item1", "item2", "item3", "item4", "item5"), 0, 6, cut_off=2),
        Subscale(SECOND, "Category 2", ("item6", "item7", "item8"), 0, 3, cut_off=2),
        Subscale(THIRD, "Category 3", ("item10", "bmi"), 0, 2, cut_off=1),
    )
    bands = (Band(0, 1, "low risk"), Band(2, 3, "high risk"))
    scoring = (
        "The number of positive categories. Category 1: 1 point for each of items 1 to 4 and 2 for item 5, positive "
        "from 2. Category 2: items 6 to 8, positive from 2. Category 3: item 10 or a body mass index above 30. "
        "Item 9 is recorded, never added."
    )
    cut_off = 2
    highest_total = 3
    possible_totals = frozenset(range(4))
    missing_items = (
        "Every item that is to be asked and the body mass index are needed; without them there is no result."
    )
    change_that_matters = "Not meant to follow change."

    def score(self, answers: Answers) -> Score:
        """Count the positive categories; an answer that was given counts, also one the form would have skipped.

        Raises ValueError for an unknown item or a value out of range.
        """
        complete = self.checked(answers)
        open_keys = {item.key for item in self.unanswered(complete)}
        subscores = tuple(_category(scale, complete, open_keys) for scale in self.subscales)
        if open_keys:
            words = f"{len(open_keys)} of the items to be asked are not answered"
            return self.refused(words, subscores=subscores)
        return self.scored(sum(each.positive is True for each in subscores), subscores=subscores)


def _category(scale: Subscale, answers: Answers, open_keys: set[str]) -> SubScore:
    missing = len(open_keys.intersection(scale.items))
    if missing:
        return scale.refused(f"{missing} not answered")
    return scale.scored(sum(_points(key, answers.get(key) or 0) for key in scale.items))


def _points(key: str, answer: int) -> int:
    if key == "bmi":
        return int(answer > BMI_ABOVE * TENTHS)
    return DOUBLE.get(key, 1) * answer
