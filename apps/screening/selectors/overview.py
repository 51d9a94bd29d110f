"""Everything the screening page shows of a patient's answer sheets, read at once."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, Window
from django.db.models.functions import RowNumber

from apps.patients.models import Patient
from apps.screening.choices import SheetState
from apps.screening.models import Administration
from apps.screening.selectors.scores import (
    LAST_AND_THE_ONE_BEFORE,
    LAST_OF_ITS_KIND,
    NEWEST_FIRST,
    LatestScore,
    scores_from,
    with_places,
)
from apps.screening.selectors.sheets import OPEN_TO_THE_TEAM, VALID

_BEGUN = Q(state=SheetState.PARTIAL)


@dataclass(frozen=True)
class OverviewSheets:
    """latest: the last result of each instrument. unfinished: by code. recent: the last finished ones, newest first."""

    latest: list[LatestScore]
    unfinished: dict[str, Administration]
    recent: list[Administration]


def overview_sheets(patient: Patient, *, recent: int) -> OverviewSheets:
    """The sheets of the page, with the `recent` last finished ones. One query, however many there are."""
    rows = list(
        with_places(Administration.objects.filter(OPEN_TO_THE_TEAM, VALID | _BEGUN, patient=patient))
        .annotate(place_of_all=Window(RowNumber(), partition_by="state", order_by=NEWEST_FIRST))
        .filter(_BEGUN | LAST_OF_ITS_KIND | Q(place_of_all__lte=recent))
        .select_related("recorded_by", "supersedes")
        .order_by("place_of_all")
    )
    finished = [row for row in rows if row.state == SheetState.COMPLETE]
    return OverviewSheets(
        latest=scores_from(row for row in finished if _is_last_of_its_kind(row)),
        unfinished={row.instrument: row for row in rows if row.state == SheetState.PARTIAL},
        recent=[row for row in finished if row.place_of_all <= recent],
    )


def _is_last_of_its_kind(row: Any) -> bool:
    """As `LAST_OF_ITS_KIND` says: rows that are only among the recent ones are older results."""
    unscored = row.total is None and not row.category and not row.subscores
    return bool(row.place == 1 or (not unscored and row.place_among_results <= LAST_AND_THE_ONE_BEFORE))
