"""What a clinician has established beside the diary. An app on a higher floor registers who knows; this floor does not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from apps.patients.models import Patient


@dataclass(frozen=True, slots=True)
class OveruseStatements:
    """What the counts alone can't tell.

    pre_existing: a headache disorder from before the overuse; None when nobody has established it. older: a clinician
    states that the present pattern is older than three months.
    """

    pre_existing: bool | None = None
    older: bool = False


NOTHING_STATED = OveruseStatements()

StatementsOf = Callable[[Patient, date], OveruseStatements]
_providers: list[StatementsOf] = []


def register_overuse_statements(provider: StatementsOf) -> None:
    """Let an app say what was established by a day: called once, when that app is ready. One query at most."""
    if provider not in _providers:
        _providers.append(provider)


def overuse_statements_of(patient: Patient, on: date) -> OveruseStatements:
    """What was established by a day, by the first app that knows anything."""
    found = (provider(patient, on) for provider in _providers)
    return next((stated for stated in found if stated != NOTHING_STATED), NOTHING_STATED)
