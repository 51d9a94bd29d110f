"""What the cells of one catalogue row must say together. The table's own constraints repeat each of these."""

from collections.abc import Iterator
from typing import Any

from apps.clinical.diary import OveruseClass
from apps.clinical.findings import Certainty
from apps.medicines.catalogue.vocabulary import OVERUSE_LIMITS


def contradictions(row: dict[str, Any]) -> Iterator[str]:
    """Sentences for cells that are each readable but contradict one another. Cells that could not be read are absent."""
    for check in (_overuse, _dose, _trust):
        try:
            yield from check(row)
        except KeyError:
            # A cell this check needs was unreadable; that error is already on the list.
            continue


def _overuse(row: dict[str, Any]) -> Iterator[str]:
    group, also = row["overuse_class"], row["also_overuse_class"]
    limit, planned = row["overuse_limit_days"], row["planning_max_days"]
    if limit != OVERUSE_LIMITS[group]:
        wanted = OVERUSE_LIMITS[group]
        yield f"overuse_limit_days must be {'empty' if wanted is None else wanted} for the class {group.value}"
    if also and (also in (group, OveruseClass.NONE) or group is OveruseClass.NONE):
        yield "also_overuse_class must be a second class, different from overuse_class"
    if limit is not None and planned is not None and planned >= limit:
        yield f"planning_max_days must stay below the limit of {limit} days"


def _dose(row: dict[str, Any]) -> Iterator[str]:
    low, high, most, per_day = row["dose_low"], row["dose_high"], row["dose_max"], row["max_per_24h"]
    if (low is None) != (high is None):
        yield "dose_low and dose_high go together; fill in both or neither"
    if low is not None and high is not None and low > high:
        yield "dose_low is above dose_high; swap them"
    if most is not None and (high is None or most < high):
        yield "dose_max needs a usual dose and must not be below dose_high"
    has_figures = any(figure is not None for figure in (low, high, most, per_day))
    if has_figures != bool(row["dose_unit"]):
        yield "dose_unit goes with the dose figures; give it when there is a figure, else leave it empty"
    if (low is not None) != bool(row["dose_period"]):
        yield "dose_period goes with dose_low and dose_high; give it when they are given, else leave it empty"


def _trust(row: dict[str, Any]) -> Iterator[str]:
    if bool(row["to_confirm"]) == (row["certainty"] is Certainty.CERTAIN):
        yield "to_confirm must say what is open when certainty is check or convention, and be empty when it is certain"
    if bool(row["atc_code"]) != bool(row["atc_version"]):
        yield "atc_code and atc_version go together; fill in both or neither"
