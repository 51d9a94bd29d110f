"""NoSAS, chance of sleep apnoea from five plain facts. Marti-Soler et al. 2016.

score = 4 if the neck is above 40 cm, + 3 if BMI is 25 to below 30 or 5 if 30 or more, + 2 if the
person snores, + 4 if older than 55, + 2 if male. Eight or more is a positive screen.
"""

from functools import cached_property
from itertools import product

from apps.clinical.findings import Certainty
from apps.clinical.instruments.base import (
    AdministeredBy,
    Answers,
    Band,
    Instrument,
    Item,
    LicencePolicy,
    Score,
)
from apps.clinical.instruments.items import yes_no

NECK_ABOVE_CM = 40
NECK_POINTS = 4
BMI_OVERWEIGHT, BMI_OVERWEIGHT_POINTS = 25, 3
BMI_OBESE, BMI_OBESE_POINTS = 30, 5
SNORING_POINTS = 2
AGE_ABOVE_YEARS = 55
AGE_POINTS = 4
MALE_POINTS = 2

# Neck and BMI are stored in tenths, so that 29.9 stays below 30 without rounding.
TENTHS = 10


class Nosas(Instrument):
    """Neck, Obesity, Snoring, Age, Sex score."""

    code = "nosas"
    version = "1.0"
    title = "NoSAS score for sleep apnoea"
    short_title = "NoSAS"
    about = "Estimates the chance of sleep apnoea from measured facts; nothing is asked about sleep."
    recall = "As measured today"
    policy = LicencePolicy.SHOW_ITEMS
    licence = "A formula over plain facts; no questionnaire text"
    licence_source = "The formula is published in the article; facts carry no rights"
    official_text = "None is needed; the formula stands in the article"
    administered_by = AdministeredBy.CLINICIAN
    source = "Marti-Soler H et al. Lancet Respir Med 2016;4:742-748"
    certainty = Certainty.CERTAIN
    items = (
        Item("neck", "Neck circumference", 200, 800, unit="cm", decimals=1),
        Item("bmi", "Body mass index", 80, 1200, unit="kg/m²", decimals=1),
        yes_no("snores", "Snores"),
        Item("age", "Age", 0, 130, unit="years"),
        yes_no("male", "Male sex"),
    )
    bands = (
        Band(0, 7, "low chance"),
        Band(8, 17, "sleep study suggested"),
    )
    scoring = (
        "4 points when the neck is above 40 cm, 3 for a body mass index of 25 to below 30 or 5 from 30, "
        "2 for snoring, 4 when older than 55 years, 2 for male sex."
    )
    cut_off = 8
    highest_total = 17
    missing_items = "All five facts are needed; with any of them missing there is no total."
    change_that_matters = "Not meant to follow change."

    def score(self, answers: Answers) -> Score:
        """Add the points of the five facts.

        Raises ValueError for an unknown fact or one out of range.
        """
        complete = self.checked(answers)
        missing = [item.label.lower() for item in self.items if complete[item.key] is None]
        if missing:
            return self.refused(f"not known: {', '.join(missing)}")
        known = {key: value for key, value in complete.items() if value is not None}
        return self.scored(
            NECK_POINTS * (known["neck"] > NECK_ABOVE_CM * TENTHS)
            + _bmi_points(known["bmi"])
            + SNORING_POINTS * known["snores"]
            + AGE_POINTS * (known["age"] > AGE_ABOVE_YEARS)
            + MALE_POINTS * known["male"]
        )

    @cached_property
    def possible_totals(self) -> frozenset[int]:
        """Every sum of the points: one of each fact's."""
        bmi = (0, BMI_OVERWEIGHT_POINTS, BMI_OBESE_POINTS)
        others = [(0, points) for points in (NECK_POINTS, SNORING_POINTS, AGE_POINTS, MALE_POINTS)]
        return frozenset(map(sum, product(bmi, *others)))


def _bmi_points(bmi_tenths: int) -> int:
    if bmi_tenths >= BMI_OBESE * TENTHS:
        return BMI_OBESE_POINTS
    if bmi_tenths >= BMI_OVERWEIGHT * TENTHS:
        return BMI_OVERWEIGHT_POINTS
    return 0
