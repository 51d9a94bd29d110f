"""Reading overuse signals: one patient's, and how many there were in the clinic."""

import datetime
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import Aggregate, Count, DurationField, F, Q, QuerySet
from django.db.models.functions import TruncMonth

from apps.clinical.periods import calendar_months_back
from apps.patients.models import Patient
from apps.screening.choices import SignalLevel, SignalState
from apps.screening.models import OveruseSignal, SignalSilence

MONTHS: Final = 12
ANSWERED: Final = (SignalState.ACTED_ON, SignalState.SILENCED)


@dataclass(frozen=True, slots=True)
class SignalFigures:
    """How many signals of one subject were fired and what became of them; `month` is None over all months.

    median: the time in which half of those answered by somebody were answered; None without any.
    """

    month: datetime.date | None
    subject: str
    fired: int
    acted_on: int
    silenced: int
    passed: int
    still_open: int
    median: datetime.timedelta | None


class _Median(Aggregate):
    function = "PERCENTILE_CONT"
    name = "median"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


def open_signals(patient: Patient) -> list[OveruseSignal]:
    """The patient's signals that wait for an answer, reached limits first. One query."""
    waiting = OveruseSignal.objects.filter(patient=patient, state=SignalState.OPEN)
    return list(waiting.order_by("-level", "-days", "subject"))


def reached_signals(patient: Patient) -> QuerySet[OveruseSignal]:
    """Those of them that say that a limit is reached, most days first. One query."""
    reached = OveruseSignal.objects.filter(patient=patient, state=SignalState.OPEN, level=SignalLevel.REACHED)
    return reached.order_by("-days", "subject")


def earlier_signals(patient: Patient, most: int) -> list[OveruseSignal]:
    """The patient's last signals that were answered or passed, newest first. One query."""
    over = OveruseSignal.objects.filter(patient=patient).exclude(state=SignalState.OPEN)
    return list(over.select_related("answered_by").order_by("-answered_at")[:most])


def signal_of(patient: Patient, signal_id: UUID) -> OveruseSignal | None:
    """One signal of a patient. One query."""
    return OveruseSignal.objects.select_related("patient", "answered_by").filter(patient=patient, pk=signal_id).first()


def running_silences(patient: Patient, today: datetime.date) -> list[SignalSilence]:
    """What nobody is told about at present, the longest silence first. One query."""
    running = SignalSilence.objects.filter(
        patient=patient, lifted_at__isnull=True, starts_on__lte=today, until__gte=today
    )
    return list(running.select_related("created_by").order_by("-until"))


def silence_of(patient: Patient, silence_id: UUID) -> SignalSilence | None:
    """One silence of a patient. One query."""
    return SignalSilence.objects.select_related("patient").filter(patient=patient, pk=silence_id).first()


def monthly_figures(today: datetime.date) -> list[SignalFigures]:
    """The signals of the whole clinic by month and subject, over twelve months, newest month first. One query."""
    by_month = _fired_since(today).annotate(month=TruncMonth("created_at"))
    rows: Any = by_month.values("month", "subject").annotate(**_FIGURES)
    return [_figures(row, row["month"].date()) for row in rows.order_by("-month", "subject")]


def total_figures(today: datetime.date) -> list[SignalFigures]:
    """The same over all twelve months, by subject. One query."""
    rows: Any = _fired_since(today).values("subject").annotate(**_FIGURES)
    return [_figures(row, None) for row in rows.order_by("-fired", "subject")]


def _state(*states: SignalState) -> Count:
    return Count("pk", filter=Q(state__in=states))


_FIGURES: Final[dict[str, Any]] = {
    "fired": Count("pk"),
    "acted_on": _state(SignalState.ACTED_ON),
    "silenced": _state(SignalState.SILENCED),
    "passed": _state(SignalState.PASSED),
    "still_open": _state(SignalState.OPEN),
    "median": _Median(F("answered_at") - F("created_at"), filter=Q(state__in=ANSWERED)),
}


def _fired_since(today: datetime.date) -> QuerySet[OveruseSignal]:
    first = calendar_months_back(today, MONTHS)[0].first
    return OveruseSignal.objects.filter(created_at__date__gte=first).order_by()


def _figures(row: dict[str, Any], month: datetime.date | None) -> SignalFigures:
    counts = {name: row[name] for name in _FIGURES}
    return SignalFigures(month, row["subject"], **counts)
