"""STOP-Bang, chance of sleep apnoea from eight yes-or-no items. Chung 2008, 2012, 2016.

The wording is the property of its hospital. Four of the items are plain facts of the body, which
the chart may know; `bang_answers` answers these.
"""

from dataclasses import replace

from apps.clinical.findings import Certainty
from apps.clinical.instruments.base import AdministeredBy, Answers, Band, LicencePolicy, Score
from apps.clinical.instruments.items import numbered_yes_no
from apps.clinical.instruments.sums import SumInstrument

LOW, INTERMEDIATE, HIGH = "low", "intermediate", "high"
HIGH_FROM = 5
INTERMEDIATE_FROM = 3

# The alternative rule: so many of the first four items, and one of body mass index, neck, sex.
STOP_ITEMS = ("item1", "item2", "item3", "item4")
STOP_NEEDED = 2
BMI_ITEM, AGE_ITEM, NECK_ITEM, MALE_ITEM = "item5", "item6", "item7", "item8"
ONE_OF = (BMI_ITEM, NECK_ITEM, MALE_ITEM)

TENTHS = 10
BMI_ABOVE = 35
AGE_ABOVE_YEARS = 50
# The older form has "above 40 cm" for everybody.
LARGE_NECK_CM_MEN = 43
LARGE_NECK_CM_WOMEN = 41


class StopBang(SumInstrument):
    """STOP-Bang score, entered as yes or no by item number."""

    code = "stopbang"
    version = "1.0"
    title = "STOP-Bang score for sleep apnoea"
    short_title = "STOP-Bang"
    about = "Estimates the chance of sleep apnoea. Copy the answers from the completed form."
    recall = "As printed on the form"
    policy = LicencePolicy.TOTAL_ONLY
    licence = "Property of University Health Network, Toronto"
    licence_source = "Notice of University Health Network, stopbang.ca"
    official_text = "stopbang.ca"
    administered_by = AdministeredBy.CLINICIAN
    source = "Chung F et al. Anesthesiology 2008;108:812-821; Br J Anaesth 2012;108:768-775; Chest 2016;149:631-638"
    certainty = Certainty.CERTAIN
    items = numbered_yes_no(8)
    bands = (
        Band(0, INTERMEDIATE_FROM - 1, LOW),
        Band(INTERMEDIATE_FROM, HIGH_FROM - 1, INTERMEDIATE),
        Band(HIGH_FROM, 8, HIGH),
    )
    scoring = (
        "The number of items answered yes. High from 5, or by the alternative rule: at least 2 of items 1 to 4 "
        "together with item 5, 7 or 8."
    )
    cut_off = HIGH_FROM
    highest_total = 8
    change_that_matters = "Not meant to follow change."

    def score(self, answers: Answers) -> Score:
        """Count the items answered yes, and apply the alternative rule.

        Raises ValueError for an unknown item or an answer other than yes or no.
        """
        counted = super().score(answers)
        if counted.total is None or counted.band == HIGH or not alternative_high(answers):
            return counted
        by = ", ".join(key.removeprefix("item") for key in ONE_OF if answers.get(key) == 1)
        note = f"High by the alternative rule: at least {STOP_NEEDED} of items 1 to 4, and item {by}."
        return replace(counted, band=HIGH, positive=True, notes=(note,))

    def from_total(self, total: int) -> Score:
        """Score a total alone; from an intermediate one it can't be told whether the alternative rule applies.

        Raises ValueError when there is no such total.
        """
        score = super().from_total(total)
        if score.band != INTERMEDIATE:
            return score
        note = "The alternative rule may make this high; that needs the single items."
        return replace(score, positive=None, notes=(note,))


def alternative_high(answers: Answers) -> bool:
    """Whether the answers given meet the alternative rule for a high chance."""
    stop = sum(answers.get(key) == 1 for key in STOP_ITEMS)
    return stop >= STOP_NEEDED and any(answers.get(key) == 1 for key in ONE_OF)


def bang_answers(*, bmi_tenths: int, age_years: int, neck_tenths: int, male: bool) -> dict[str, int]:
    """Answer items 5 to 8 from facts: body mass index and neck in tenths (kg/m², cm), age in whole years."""
    large_neck = LARGE_NECK_CM_MEN if male else LARGE_NECK_CM_WOMEN
    return {
        BMI_ITEM: int(bmi_tenths > BMI_ABOVE * TENTHS),
        AGE_ITEM: int(age_years > AGE_ABOVE_YEARS),
        NECK_ITEM: int(neck_tenths >= large_neck * TENTHS),
        MALE_ITEM: int(male),
    }
