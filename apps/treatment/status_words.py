"""A status in words: on its page and in the banner of the chart."""

from dataclasses import dataclass
from datetime import date

from apps.core.dates import short_date
from apps.patients.models import Patient
from apps.patients.presenters.banner import BannerStatus
from apps.treatment.choices import RefractoryStanding, RefractoryState
from apps.treatment.models import RefractoryStatus
from apps.treatment.selectors.status import newest_status

_TONES = {
    RefractoryState.NEITHER: "good",
    RefractoryState.RESISTANT: "warn",
    RefractoryState.REFRACTORY: "danger",
}


@dataclass(frozen=True)
class StatusWords:
    """One status: the label with how sure it is, when and by whom it was given, on what grounds."""

    label: str
    tone: str
    decided_on: str
    by: str
    reasons: str


def status_words(status: RefractoryStatus) -> StatusWords:
    """One status."""
    return StatusWords(
        label=_label(status),
        tone=_TONES[RefractoryState(status.state)],
        decided_on=short_date(status.decided_on),
        by=str(status.created_by or "A process"),
        reasons=status.reasons,
    )


def banner_status(patient: Patient, today: date) -> BannerStatus | None:
    """What the banner of the chart says. One query."""
    status = newest_status(patient)
    if status is None:
        return None
    return BannerStatus(
        label=_label(status),
        since=status.decided_on,
        detail=reopened(status),
        tone=_TONES[RefractoryState(status.state)],
    )


def reopened(status: RefractoryStatus) -> str:
    """That lines were opened after a status was confirmed; empty otherwise. Wants the count of `newest_status`."""
    open_: int = status.open_lines  # type: ignore[attr-defined]
    if status.standing != RefractoryStanding.CONFIRMED or status.state == RefractoryState.NEITHER or not open_:
        return ""
    return f"{open_} {'line is' if open_ == 1 else 'lines are'} open again"


def _label(status: RefractoryStatus) -> str:
    return f"{status.get_state_display()}, {status.get_standing_display().lower()}"
