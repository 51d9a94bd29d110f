"""The last result of each instrument, for the screening page, the overview and the visit summary."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from apps.clinical.instruments import Instrument, Subscale, all_instruments
from apps.patients.models import Patient
from apps.screening.models import Administration
from apps.screening.selectors.sheets import COUNTS

LAST_AND_THE_ONE_BEFORE = 2
IS_UNSCORED = Q(total__isnull=True, category="", subscores=[])
NEWEST_FIRST = [F("answered_on").desc(), F("created_at").desc()]
# After `with_places`: the last sheet of each instrument, and its last two results.
LAST_OF_ITS_KIND = Q(place=1) | (~IS_UNSCORED & Q(place_among_results__lte=LAST_AND_THE_ONE_BEFORE))
HAS_NO_RESULT = ExpressionWrapper(IS_UNSCORED, output_field=BooleanField())


@dataclass(frozen=True)
class LatestScale:
    """The last result of one scale, and the one before. positive, matters: as in `LatestScore`."""

    code: str
    label: str
    value: Decimal
    band: str
    positive: bool | None
    previous: Decimal | None
    matters: bool | None


@dataclass(frozen=True)
class LatestScore:
    """The last finished sheet of one instrument, and the result before it that it can be compared with.

    total: None when too much was left unanswered, and for an instrument that has none; its result is then the band of
    a `category`, or the `scales`. band: its name, empty without a total. positive: at or above the
    cut-off; None when there is no total or no cut-off. matters: whether the difference to `previous_total` is one
    the instrument's source calls meaningful; None when it says nothing or there is nothing to compare.
    """

    sheet_id: UUID
    code: str
    label: str
    total: int | None
    highest_total: int | None
    band: str
    prorated: bool
    positive: bool | None
    answered_on: date
    previous_total: int | None
    previous_on: date | None
    matters: bool | None
    category: str = ""
    scales: tuple[LatestScale, ...] = ()
    answers: Mapping[str, int] = field(default_factory=dict)

    @property
    def result(self) -> str:
        """The result as text: "12", "Anxiety (A) 9, Depression (D) 4"; "no total" when too much was left open."""
        if self.total is not None:
            return str(self.total)
        if self.category:
            return ""
        return ", ".join(f"{scale.label} {scale.value}" for scale in self.scales) or "no total"


def latest_scores(patient: Patient) -> list[LatestScore]:
    """The last result of each instrument the patient has answered, in the order of their codes. One query."""
    rows = with_places(Administration.objects.filter(COUNTS, patient=patient)).filter(LAST_OF_ITS_KIND)
    return scores_from(rows.order_by("instrument", "place"))


def with_places(sheets: QuerySet[Administration]) -> QuerySet[Any]:
    """Number the sheets of each instrument, newest first: among all, and among those with and without a result."""
    return sheets.annotate(
        place=Window(RowNumber(), partition_by=[F("instrument"), F("state")], order_by=NEWEST_FIRST),
        place_among_results=Window(
            RowNumber(), partition_by=[F("instrument"), F("state"), HAS_NO_RESULT], order_by=NEWEST_FIRST
        ),
    )


def scores_from(rows: Iterable[Administration]) -> list[LatestScore]:
    """The scores of sheets that are the last of their kind, in the order of their codes; newest first in each code."""
    by_code: dict[str, list[Administration]] = {}
    for row in rows:
        by_code.setdefault(row.instrument, []).append(row)
    return [_latest(found, *by_code[found.code]) for found in all_instruments() if found.code in by_code]


def _latest(found: Instrument, last: Administration, *others: Administration) -> LatestScore:
    before = others[0] if others else None
    comparable = last.total is not None and before is not None and before.total is not None
    return LatestScore(
        sheet_id=last.pk,
        code=found.code,
        label=found.short_title,
        total=last.total,
        highest_total=found.highest_total,
        band=last.band,
        prorated=last.prorated,
        positive=last.positive,
        answered_on=last.answered_on,
        previous_total=before.total if before else None,
        previous_on=before.answered_on if before else None,
        matters=found.change_matters(before.total, last.total) if comparable else None,  # type: ignore[union-attr, arg-type]
        category=last.category,
        scales=scales_of(found, last, before),
        answers=last.answers,
    )


def scales_of(found: Instrument, last: Administration, before: Administration | None = None) -> tuple[LatestScale, ...]:
    """The scales of a sheet that have a value, each beside its value on an earlier sheet."""
    results, earlier = _by_scale(last), _by_scale(before)
    return tuple(
        _latest_scale(scale, results[scale.code], earlier.get(scale.code))
        for scale in found.subscales
        if scale.code in results
    )


def _latest_scale(scale: Subscale, result: dict[str, Any], earlier: dict[str, Any] | None) -> LatestScale:
    value = Decimal(result["value"])
    previous = Decimal(earlier["value"]) if earlier else None
    return LatestScale(
        code=scale.code,
        label=scale.label,
        value=value,
        band=result.get("band") or "",
        positive=result.get("positive"),
        previous=previous,
        matters=None if previous is None else scale.change_matters(previous, value),
    )


def _by_scale(sheet: Administration | None) -> dict[str, dict[str, Any]]:
    return {result["code"]: result for result in sheet.subscores} if sheet else {}
