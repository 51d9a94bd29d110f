"""What must be seen on every page of a chart. Apps on higher floors register who says it; this floor knows none."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, QuerySet

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
# What must be there for a notice to be given at all, as a query about one patient.
NoticeGround = Callable[[Patient], QuerySet[Any]]
_providers: dict[ChartNoticeProvider, NoticeGround | None] = {}


def register_chart_notice(provider: ChartNoticeProvider, *, only_where: NoticeGround | None = None) -> None:
    """Let an app put notices on the chart: called once, when that app is ready. A provider asks one query at most.

    `only_where`: the provider is asked only for a patient for whom this query finds anything. All such queries are
    asked together, so that a page of a chart without notices costs one question, however many apps have one.
    """
    _providers.setdefault(provider, only_where)


def chart_notices_for(patient: Patient, user: User) -> list[ChartNotice]:
    """All notices about a patient that this person may see, in the order in which the apps registered."""
    silent = _without_ground(patient)
    return [notice for provider in _providers if provider not in silent for notice in provider(patient, user)]


def _without_ground(patient: Patient) -> set[ChartNoticeProvider]:
    """The providers that have nothing to say about this patient. One query."""
    grounds = {provider: ground for provider, ground in _providers.items() if ground}
    if not grounds:
        return set()
    questions = [Exists(ground(patient)) for ground in grounds.values()]
    answers = Patient.objects.filter(pk=patient.pk).order_by().values_list(*questions).get()
    return {provider for provider, there in zip(grounds, answers, strict=True) if not there}
