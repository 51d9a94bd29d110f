"""What a catalogue row must always satisfy, as database constraints with a sentence each.

The file reader checks the same rules earlier and names file and line; these hold on every other way in.
"""

from collections.abc import Sequence

from django.db.models import CheckConstraint, F, Q
from django.db.models.constraints import BaseConstraint

from apps.medicines import choices
from apps.medicines.catalogue.vocabulary import EHF_2020_CLASSES, OVERUSE_LIMITS

LONGEST_TRIAL_WEEKS = 52
DAYS_IN_LONGEST_MONTH = 31


def _rule(name: str, condition: Q, sentence: str) -> BaseConstraint:
    return CheckConstraint(condition=condition, name=f"medicines_medicine_{name}", violation_error_message=sentence)


def _known(field: str, allowed: Sequence[tuple[str, str]], *, may_be_empty: bool) -> BaseConstraint:
    values = [value for value, _ in allowed] + ([""] if may_be_empty else [])
    return _rule(
        f"{field}_known",
        Q(**{f"{field}__in": values}),
        f"The {field.replace('_', ' ')} is not one the catalogue knows.",
    )


def _limit_of_class() -> Q:
    """Each overuse class with its own limit; classes with the same limit are joined."""
    condition = Q()
    for limit in sorted({limit for limit in OVERUSE_LIMITS.values() if limit is not None}):
        members = [group.value for group, days in OVERUSE_LIMITS.items() if days == limit]
        # A check whose result is NULL passes in SQL, so "there is a limit" is said as well.
        condition |= Q(overuse_class__in=members, overuse_limit_days=limit, overuse_limit_days__isnull=False)
    unlimited = [group.value for group, days in OVERUSE_LIMITS.items() if days is None]
    return condition | Q(overuse_class__in=unlimited, overuse_limit_days__isnull=True)


_NO_DOSE = Q(dose_low__isnull=True, dose_high__isnull=True)
_NO_FIGURE = _NO_DOSE & Q(dose_max__isnull=True, max_per_24h__isnull=True)

MEDICINE_CONSTRAINTS: list[BaseConstraint] = [
    _rule("code_form", Q(code__regex=r"^[a-z0-9]+(-[a-z0-9]+)*$"), "Write the code in small letters and hyphens."),
    _rule("name_given", ~Q(generic_name=""), "Enter the generic name."),
    _rule("has_ingredient", Q(ingredients__len__gt=0), "Name at least one ingredient."),
    _rule(
        "atc_form",
        Q(atc_code="", atc_version__isnull=True)
        | Q(atc_code__regex=r"^[A-Z][0-9]{2}[A-Z]{2}([0-9]{2})?$", atc_version__isnull=False),
        "Enter an ATC code such as C07AA05 together with the date of the ATC list, or neither.",
    ),
    _rule(
        "has_use",
        Q(is_preventive=True) | Q(is_acute=True) | Q(is_rescue=True) | Q(is_procedure=True),
        "Say at least one use: preventive, acute, rescue or within a procedure.",
    ),
    _rule(
        "ehf_2020_class_range",
        Q(ehf_2020_class__isnull=True)
        | Q(ehf_2020_class__gte=min(EHF_2020_CLASSES), ehf_2020_class__lte=max(EHF_2020_CLASSES)),
        "The EHF 2020 class is a number from 1 to 8.",
    ),
    _rule("limit_goes_with_class", _limit_of_class(), "The overuse limit must be the one of the overuse class."),
    _rule(
        "second_class_differs",
        Q(also_overuse_class="")
        | (~Q(overuse_class="none") & ~Q(also_overuse_class="none") & ~Q(also_overuse_class=F("overuse_class"))),
        "A second overuse class must be a class and differ from the first.",
    ),
    _rule(
        "planning_below_limit",
        Q(planning_max_days__isnull=True)
        | (
            Q(planning_max_days__lte=DAYS_IN_LONGEST_MONTH)
            & (Q(overuse_limit_days__isnull=True) | Q(planning_max_days__lt=F("overuse_limit_days")))
        ),
        "The days to plan for must stay below the overuse limit.",
    ),
    _rule(
        "dose_range",
        _NO_DOSE | Q(dose_low__gt=0, dose_low__isnull=False, dose_high__isnull=False, dose_high__gte=F("dose_low")),
        "The usual dose needs a low and a high end above 0, the low end first.",
    ),
    _rule(
        "dose_max_range",
        Q(dose_max__isnull=True) | Q(dose_high__isnull=False, dose_max__gte=F("dose_high")),
        "The highest dose must not be below the usual dose.",
    ),
    _rule(
        "max_per_24h_range",
        Q(max_per_24h__isnull=True) | Q(max_per_24h__gt=0),
        "The highest amount in 24 hours must be above 0.",
    ),
    _rule(
        "dose_has_unit",
        (_NO_FIGURE & Q(dose_unit="")) | (~_NO_FIGURE & ~Q(dose_unit="")),
        "A dose figure needs a unit, and a unit a figure.",
    ),
    _rule(
        "dose_has_period",
        (_NO_DOSE & Q(dose_period="")) | (~_NO_DOSE & ~Q(dose_period="")),
        "A usual dose needs its period, and a period a usual dose.",
    ),
    _rule(
        "trial_weeks_range",
        Q(trial_weeks__isnull=True) | Q(trial_weeks__gte=1, trial_weeks__lte=LONGEST_TRIAL_WEEKS),
        "An adequate trial lasts 1 to 52 weeks.",
    ),
    _rule("source_given", ~Q(source=""), "Name the source."),
    _rule(
        "doubt_is_named",
        Q(certainty="certain", to_confirm="") | (~Q(certainty="certain") & ~Q(to_confirm="")),
        "Say what is to be confirmed exactly when the row is not certain.",
    ),
    _known("overuse_class", choices.OVERUSE_CLASSES, may_be_empty=False),
    _known("also_overuse_class", choices.OVERUSE_CLASSES, may_be_empty=True),
    _known("certainty", choices.CERTAINTIES, may_be_empty=False),
    _known("pharmacological_class", choices.PHARMACOLOGICAL_CLASSES, may_be_empty=False),
    _known("ehf_2014_group", choices.EHF_2014_GROUPS, may_be_empty=True),
    _known("schulman_2008_class", choices.SCHULMAN_CLASSES, may_be_empty=True),
    _known("route", choices.ROUTES, may_be_empty=True),
    _known("dose_unit", choices.DOSE_UNITS, may_be_empty=True),
    _known("dose_period", choices.DOSE_PERIODS, may_be_empty=True),
    _known("advice", choices.ADVICE, may_be_empty=True),
]
