"""Reviews and agreements about acute medicines as the plain values the rule book works with."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from apps.clinical.acute_days import acute_medication_days, class_days
from apps.clinical.acute_days import days_with as ingredient_days
from apps.clinical.counting import Count
from apps.clinical.diary import DiaryDay
from apps.clinical.duration import statement_counts
from apps.clinical.overuse_subtypes import COMBINATION, ERGOTAMINE, NON_OPIOID, TRIPTAN
from apps.clinical.periods import Period
from apps.clinical.rescue_only import RescueLimit, RescueMedicine
from apps.diary.clinical_statements import OveruseStatements
from apps.screening.choices import Ration, Statement
from apps.screening.models import Allowance, OveruseReview

RESCUE_OF: Final = {
    Ration.OPIOID_INSIDE: RescueMedicine.OPIOID,
    Ration.BUTALBITAL_INSIDE: RescueMedicine.BUTALBITAL,
}

_CLASSES: Final = {Ration(subtype.code): subtype.classes for subtype in (ERGOTAMINE, TRIPTAN, NON_OPIOID, COMBINATION)}
_YES_NO: Final = {Statement.YES: True, Statement.NO: False, Statement.NOT_KNOWN: None}


def statements_of(review: OveruseReview, on: date) -> OveruseStatements:
    """What a review states, as far as it counts on a day."""
    older = review.older == Statement.YES and statement_counts(review.reviewed_on, on=on)
    return OveruseStatements(_YES_NO[Statement(review.preexisting)], older)


def rescue_limit(allowance: Allowance) -> RescueLimit:
    """What was agreed on for an opioid or butalbital."""
    return RescueLimit(allowance.days, allowance.justification, allowance.review_on)


def ration_days(days: Iterable[DiaryDay], period: Period, ration: Ration) -> Count:
    """The days of a period that count against what was agreed on for a ration."""
    if ration in RESCUE_OF:
        return ingredient_days(days, period, RESCUE_OF[ration].is_in)
    if ration in _CLASSES:
        return class_days(days, period, _CLASSES[ration])
    return acute_medication_days(days, period)
