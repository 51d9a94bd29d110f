"""Diaries with so many acute days in each 30-day window, reviews of overuse, and agreements about days a month."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from apps.accounts.models import User
from apps.clinical.overuse_reasons import OveruseReason
from apps.clinical.periods import Period, windows_back
from apps.diary.entries import DayEntry
from apps.diary.services import record_month
from apps.patients.models import Patient
from apps.screening.choices import Ration, Statement, Sureness
from apps.screening.models import Allowance, OveruseReview
from apps.screening.services.allowance import agree_on_days
from apps.screening.services.overuse import NotedReason, record_overuse_review
from tests.factories.diary import PROCESS, headache, make_acute_medicine, no_headache

FEAR = NotedReason(OveruseReason.ANTICIPATORY_ANXIETY, Sureness.LIKELY, "Before each journey")


def acute_diary(
    patient: Patient,
    days: Sequence[int],
    *,
    code: str = "sumatriptan",
    headaches: int = 16,
    unknown: int = 0,
    on: date | None = None,
    **medicine: Any,
) -> None:
    """A diary of windows back from today: `days` with the medicine in each, newest first, on its first days.

    unknown: the last days of the newest window have no entry.
    """
    make_acute_medicine(code, **medicine)
    today = on or timezone.localdate()
    entries: list[DayEntry] = []
    for window, taken in zip(windows_back(today, len(days)), days, strict=True):
        missing = unknown if window.last == today else 0
        for place, day in enumerate(list(window)[: len(window) - missing]):
            painful = headache(day, *([code] if place < taken else []))
            entries.append(painful if place < max(headaches, taken) else no_headache(day))
    entries.sort(key=lambda entry: entry.day)
    period = Period(entries[0].day, entries[-1].day)
    record_month(patient=patient, month=period, entries=entries, seen={}, by=PROCESS, today=timezone.localdate())


def make_review(patient: Patient, by: User, *reasons: NotedReason, **changed: Any) -> OveruseReview:
    """A review of today with one reason; nothing is stated unless said otherwise."""
    given = {
        "preexisting": Statement.NOT_KNOWN,
        "older": Statement.NOT_KNOWN,
        "note": "",
        "today": timezone.localdate(),
        **changed,
    }
    return record_overuse_review(patient=patient, reasons=reasons or (FEAR,), by=by, **given)


def make_allowance(patient: Patient, by: User, ration: Ration = Ration.ALL, days: int = 8, **changed: Any) -> Allowance:
    """An agreement of today, 8 days a month with all medicines together unless said otherwise."""
    given = {"justification": "", "review_on": None, "today": timezone.localdate(), **changed}
    return agree_on_days(patient=patient, ration=ration, days=days, by=by, **given)
