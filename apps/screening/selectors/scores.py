"""The last score of each instrument, for the screening page, the overview and the visit summary."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, F, Q, Window
from django.db.models.functions import RowNumber

from apps.clinical.instruments import all_instruments
from apps.patients.models import Patient
from apps.screening.models import Administration
from apps.screening.selectors.sheets import COUNTS

LAST_AND_THE_ONE_BEFORE = 2
HAS_NO_TOTAL = ExpressionWrapper(Q(total__isnull=True), output_field=BooleanField())


@dataclass(frozen=True)
class LatestScore:
    """The last finished sheet of one instrument, and the total before it that it can be compared with.

    total: None when too much was left unanswered. band: its name, empty without a total. positive: at or above the
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


def latest_scores(patient: Patient) -> list[LatestScore]:
    """The last score of each instrument the patient has answered, in the order of their codes. One query."""
    newest_first = [F("answered_on").desc(), F("created_at").desc()]
    rows = (
        Administration.objects.filter(COUNTS, patient=patient)
        .annotate(
            place=Window(RowNumber(), partition_by=F("instrument"), order_by=newest_first),
            place_among_totals=Window(RowNumber(), partition_by=[F("instrument"), HAS_NO_TOTAL], order_by=newest_first),
        )
        .filter(Q(place=1) | Q(total__isnull=False, place_among_totals__lte=LAST_AND_THE_ONE_BEFORE))
        .order_by("instrument", "place")
    )
    by_code: dict[str, list[Administration]] = {}
    for row in rows:
        by_code.setdefault(row.instrument, []).append(row)
    return [_latest(found.code, *by_code[found.code]) for found in all_instruments() if found.code in by_code]


def _latest(code: str, last: Administration, *others: Administration) -> LatestScore:
    before = others[0] if others else None
    found = next(each for each in all_instruments() if each.code == code)
    comparable = last.total is not None and before is not None and before.total is not None
    return LatestScore(
        sheet_id=last.pk,
        code=code,
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
    )
