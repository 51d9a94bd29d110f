"""What must be there before a notice of screening can stand on a chart: asked together, so each is a query only."""

from datetime import timedelta
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone

from apps.diary.models import AcuteMonth
from apps.patients.models import Patient
from apps.screening.choices import Checklist
from apps.screening.models import ChecklistReview, OveruseSignal, SafetyTask, SleepReferral, WithdrawalCheck
from apps.screening.selectors.safety import open_safety_tasks
from apps.screening.selectors.signals import reached_signals
from apps.screening.selectors.sleep_referrals import overdue_referrals
from apps.screening.selectors.withdrawal import overdue_checks

# The months that any window of 30 days up to today can touch, with room.
_MONTHS_BACK: Final = timedelta(days=62)


def open_task(patient: Patient) -> QuerySet[SafetyTask]:
    """An open safety task."""
    return open_safety_tasks(patient)


def reached_limit(patient: Patient) -> QuerySet[OveruseSignal]:
    """A signal that a limit is reached."""
    return reached_signals(patient)


def check_due(patient: Patient) -> QuerySet[WithdrawalCheck]:
    """A check of a withdrawal whose day has come."""
    return overdue_checks(patient, timezone.localdate())


def study_overdue(patient: Patient) -> QuerySet[SleepReferral]:
    """A sleep study whose next step is overdue."""
    return overdue_referrals(patient, timezone.localdate())


def acute_medicines_lately(patient: Patient) -> QuerySet[AcuteMonth]:
    """A month, of those that count now, with any acute medicine: without one nothing is overused."""
    since = timezone.localdate() - _MONTHS_BACK
    return AcuteMonth.objects.filter(patient=patient, month__gte=since).exclude(acute=0)


def red_flags_asked(patient: Patient) -> QuerySet[ChecklistReview]:
    """Answers to the list of red flags."""
    return ChecklistReview.objects.filter(patient=patient, checklist=Checklist.RED_FLAGS)
