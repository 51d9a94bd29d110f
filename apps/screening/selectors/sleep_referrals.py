"""Reading sleep studies and referrals: of a patient, of the clinic, and the headache days around what was done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.clinical.completeness import Completeness, completeness
from apps.clinical.counting import Count
from apps.clinical.diary import DayState, DiaryDay
from apps.clinical.headache_days import headache_days
from apps.clinical.periods import Period, block
from apps.patients.access import patients_of
from apps.patients.models import Patient
from apps.screening.choices import REFERRAL_ENDS, ReferralState
from apps.screening.models import SleepReferral
from apps.screening.selectors.sleep import headache_states

PAGE_SIZE: Final = 50
BLOCKS_AFTER: Final = 6


@dataclass(frozen=True)
class EffectBlock:
    """28 days before or after something was done: number 0 is before, 1 the first after."""

    number: int
    period: Period
    recorded: Completeness
    headache: Count


@dataclass(frozen=True)
class OverduePage:
    rows: tuple[SleepReferral, ...]
    has_more: bool


def referrals_of(patient: Patient) -> QuerySet[SleepReferral]:
    """All sleep studies and referrals of a patient, newest first. One query."""
    return SleepReferral.objects.filter(patient=patient).select_related("ordered_by", "created_by", "screen")


def referral_of(patient: Patient, study_id: UUID) -> SleepReferral | None:
    """One of them. One query."""
    return referrals_of(patient).filter(pk=study_id).first()


def overdue_referrals(patient: Patient, today: date) -> QuerySet[SleepReferral]:
    """The open ones of a patient whose next step was due before today, the longest overdue first. One query."""
    return _overdue(today).filter(patient=patient)


def overdue_referrals_for(user: User, today: date) -> QuerySet[SleepReferral]:
    """The same of all patients whose chart a person may read. One query; nothing for roles that read no charts."""
    if not user.may(Permission.VIEW_CHART):
        return SleepReferral.objects.none()
    return _overdue(today).filter(patient__in=patients_of(user).order_by().values("pk")).select_related("patient")


def overdue_page(user: User, today: date, *, page: int = 1, size: int = PAGE_SIZE) -> OverduePage:
    """A page of them. One query."""
    begin = (page - 1) * size
    rows = list(overdue_referrals_for(user, today)[begin : begin + size + 1])
    return OverduePage(tuple(rows[:size]), has_more=len(rows) > size)


def effect_period(referral: SleepReferral, today: date) -> Period | None:
    """The days that `effect_of` looks at: those of the blocks that are over; None before there are any."""
    over = _blocks_over(referral, today)
    return Period(over[0].first, over[-1].last) if over else None


def effect_of(referral: SleepReferral, today: date, days: Sequence[DiaryDay]) -> list[EffectBlock]:
    """Headache days of the 28 days before somebody acted on the result and of each 28 days after it.

    Up to six blocks after, each once it is over: the days to come of a running one would only blur it. Empty before
    somebody acted. days: the recorded ones of `effect_period`, and perhaps others.
    """
    return [
        EffectBlock(number, period, completeness(inside, period), headache_days(inside, period))
        for number, period in enumerate(_blocks_over(referral, today))
        for inside in [[entry for entry in days if entry.day in period]]
    ]


def days_around(referral: SleepReferral, today: date) -> list[DiaryDay]:
    """The recorded days of `effect_period`. At most one query."""
    period = effect_period(referral, today)
    found = headache_states(referral.patient, period) if period else ()
    return [DiaryDay(day=day, state=DayState(state)) for day, state in found]


def _blocks_over(referral: SleepReferral, today: date) -> list[Period]:
    if referral.state != ReferralState.ACTED_ON or referral.acted_on is None:
        return []
    periods = [block(referral.acted_on, number) for number in range(BLOCKS_AFTER + 1)]
    return [period for period in periods if period.last <= today]


def _overdue(today: date) -> QuerySet[SleepReferral]:
    waiting = SleepReferral.objects.exclude(state__in=REFERRAL_ENDS).filter(due_on__lt=today)
    return waiting.order_by("due_on", "pk")
