"""What must be seen on every page of a chart. Apps on higher floors register who says it; this floor knows none."""

from collections.abc import Callable
from dataclasses import dataclass

from apps.accounts.models import User
from apps.patients.models import Patient


@dataclass(frozen=True)
class ChartNotice:
    """A remark below the tabs of the chart. `tone` is that of a notice: info, good, warn, danger."""

    title: str
    text: str
    url: str
    action: str
    tone: str = "warn"


ChartNoticeProvider = Callable[[Patient, User], list[ChartNotice]]
_providers: list[ChartNoticeProvider] = []


def register_chart_notice(provider: ChartNoticeProvider) -> None:
    """Let an app put notices on the chart: called once, when that app is ready. A provider asks one query at most."""
    if provider not in _providers:
        _providers.append(provider)


def chart_notices_for(patient: Patient, user: User) -> list[ChartNotice]:
    """All notices about a patient that this person may see, in the order in which the apps registered."""
    return [notice for provider in _providers for notice in provider(patient, user)]
