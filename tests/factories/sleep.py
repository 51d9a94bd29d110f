"""Sleep screens, sleep studies at any step, and recorded nights, written through screening's own services."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from apps.accounts.models import User
from apps.clinical.sleep.facts import Study
from apps.diary.models import DayContext
from apps.patients.models import Patient
from apps.screening.choices import REFERRAL_ORDER, ReferralState, SleepDisorder
from apps.screening.models import SleepReferral, SleepScreen
from apps.screening.services.sleep import record_sleep_screen
from apps.screening.services.sleep_referrals import take_step, want_study

SNORES = {"loud_snoring": True, "witnessed_apnoea": True, "hypertension": True, "bmi": 31}
GIVEN = {
    ReferralState.RESULT: {"result": "Moderate sleep apnoea", "ahi": 22},
    ReferralState.ACTED_ON: {"action": "CPAP begun"},
}


def make_sleep_screen(patient: Patient, *, by: User, answers: dict[str, Any] | None = None, **more: Any) -> SleepScreen:
    """A screen of today that points to sleep apnoea, unless said otherwise."""
    today = timezone.localdate()
    given = SNORES if answers is None else answers
    return record_sleep_screen(
        patient=patient, answers=given, answered_on=more.pop("answered_on", today), today=today, by=by, **more
    )


def make_sleep_study(
    patient: Patient,
    *,
    by: User,
    disorder: SleepDisorder = SleepDisorder.APNOEA,
    state: ReferralState = ReferralState.WANTED,
    on: date | None = None,
    overdue: bool = False,
) -> SleepReferral:
    """A study that has come as far as `state`, every step on the day `on`; `overdue`: its next step was due yesterday."""
    today = timezone.localdate()
    study = want_study(
        patient=patient,
        disorder=disorder,
        study=Study.POLYSOMNOGRAPHY_OR_HOME_TEST,
        indicators="Snores, breathing stops",
        today=today,
        by=by,
    )
    for step in REFERRAL_ORDER[1 : REFERRAL_ORDER.index(state) + 1]:
        study = take_step(
            referral=study,
            step=step,
            on=on or today,
            today=today,
            expected_version=study.version,
            by=by,
            given=GIVEN.get(step, {}),
        )
    if overdue:
        SleepReferral.objects.filter(pk=study.pk).update(due_on=today - timedelta(days=1))
        study.refresh_from_db()
    return study


def record_night(patient: Patient, day: date, *, begins: time, hours: float) -> DayContext:
    """A night with its times that ended on a day: one that begins from noon on began on the evening before."""
    evening = day - timedelta(days=1) if begins.hour >= 12 else day
    begin = timezone.make_aware(datetime.combine(evening, begins))
    return DayContext.objects.create(
        patient=patient, day=day, slept_from=begin, slept_to=begin + timedelta(hours=hours)
    )
