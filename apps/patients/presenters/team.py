"""The care team as lines."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from apps.core.dates import short_date
from apps.patients.models import CareTeamMembership


@dataclass(frozen=True)
class TeamLine:
    """One place in the care team. `state` is past, now or coming."""

    key: UUID
    member: str
    role: str
    task: str
    days: str
    state: str


def team_lines(places: Iterable[CareTeamMembership], today: date) -> list[TeamLine]:
    """The places in words, in the order given."""
    return [
        TeamLine(
            key=place.pk,
            member=str(place.member),
            role=place.member.get_role_display(),
            task=place.task,
            days=_days(place),
            state=_state(place, today),
        )
        for place in places
    ]


def _days(place: CareTeamMembership) -> str:
    begins = f"since {short_date(place.starts_on)}"
    return f"{short_date(place.starts_on)} to {short_date(place.ends_on)}" if place.ends_on else begins


def _state(place: CareTeamMembership, today: date) -> str:
    if place.ends_on and place.ends_on < today:
        return "past"
    return "coming" if place.starts_on > today else "now"
