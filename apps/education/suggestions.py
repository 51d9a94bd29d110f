"""Which leaflets the findings about a patient ask for. Apps with findings register themselves; none is needed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from apps.education.library import library
from apps.patients.models import Patient


@dataclass(frozen=True)
class Suggestion:
    """A finding that makes a leaflet worth giving: its code, as leaflets name it, and a sentence with the reason."""

    finding: str
    reason: str


Source = Callable[[Patient], Iterable[Suggestion]]

_sources: list[Source] = []


def register_suggestions(source: Source) -> Source:
    """Have a function asked for suggestions whenever leaflets are chosen; registering twice counts once."""
    if source not in _sources:
        _sources.append(source)
    return source


def reasons_for(patient: Patient) -> dict[str, list[str]]:
    """The reasons for each suggested leaflet, by leaflet key."""
    suggested = [suggestion for source in _sources for suggestion in source(patient)]
    return {
        key: reasons
        for key, leaflet in library().items()
        if (reasons := [one.reason for one in suggested if one.finding in leaflet.suggested_by])
    }
