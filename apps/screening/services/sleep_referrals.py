"""The loop of a sleep study or referral: wanted, ordered, booked, done, result, acted on; or not pursued."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.conf import settings

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.clinical.sleep.facts import Study
from apps.core.writing import Refused, StaleSave, save_checked, save_version, writes
from apps.patients.access import require
from apps.patients.models import Patient
from apps.screening.choices import ReferralState, SleepDisorder
from apps.screening.models import SleepReferral, SleepScreen
from apps.screening.models.sleep import DATE_OF
from apps.screening.sleep_steps import is_open, may_follow

# What each step may write besides its date and the day the next one is due.
WRITES = {
    ReferralState.ORDERED: ("referred_to",),
    ReferralState.BOOKED: ("referred_to",),
    ReferralState.DONE: (),
    ReferralState.RESULT: ("result", "ahi", "plmi", "spo2_nadir", "mslt_minutes"),
    ReferralState.ACTED_ON: ("action", "cpap_hours", "cpap_nights"),
}


@writes
def want_study(
    *,
    patient: Patient,
    disorder: SleepDisorder,
    study: Study,
    indicators: str,
    today: date,
    by: User,
    screen: SleepScreen | None = None,
    due_on: date | None = None,
) -> SleepReferral:
    """Begin a referral: what is wanted, for which disorder, and why.

    due_on: by when it should be ordered; the clinic's number of days from today unless said otherwise.

    Raises Refused while another one for the same disorder is on its way, PermissionDenied without the right.
    """
    require(by, Permission.RECORD_SCREENING, patient)
    referral = SleepReferral(
        patient=patient,
        screen=screen,
        disorder=disorder,
        study=study.value,
        indicators=indicators.strip(),
        due_on=_due(due_on, today),
        created_by=by,
    )
    save_checked(referral)
    return referral


@writes
def take_step(
    *,
    referral: SleepReferral,
    step: ReferralState,
    on: date,
    today: date,
    expected_version: int,
    by: User,
    due_on: date | None = None,
    given: Mapping[str, Any] | None = None,
) -> SleepReferral:
    """Take the next step of a referral.

    on: the day of the step; for a booking that of the appointment, which may be to come. due_on: by when the step after
    it is expected; unless said otherwise the appointment's own day, else the clinic's number of days from today.
    given: what belongs to the step, by the names of the fields (`WRITES`).

    Raises Refused for a step that can't come next and for a day in the future, StaleSave when somebody else saved
    meanwhile, PermissionDenied without the right: ordering is a physician's.
    """
    permission = Permission.SIGN_PLAN if step == ReferralState.ORDERED else Permission.RECORD_SCREENING
    require(by, permission, referral.patient)
    current = _current(referral, expected_version)
    if step not in may_follow(current.state):
        raise Refused(_not_now(current))
    if step != ReferralState.BOOKED and on > today:
        raise Refused({"on": ["Enter a day that is not in the future."]})
    for name in WRITES[step]:
        if name in (given or {}):
            setattr(current, name, (given or {})[name])
    setattr(current, DATE_OF[step], on)
    if step == ReferralState.ORDERED:
        current.ordered_by = by
    current.state = step
    current.due_on = _due_after(step, due_on, on, today)
    save_version(current, expected_version=expected_version)
    return current


@writes
def drop_referral(
    *, referral: SleepReferral, reason: str, today: date, expected_version: int, by: User
) -> SleepReferral:
    """End an open referral without a result, with the reason.

    Raises Refused without a reason and when it is over already, StaleSave and PermissionDenied as `take_step` does.
    """
    require(by, Permission.RECORD_SCREENING, referral.patient)
    current = _current(referral, expected_version)
    if not is_open(current.state):
        raise Refused(_not_now(current))
    if not reason.strip():
        raise Refused({"reason": ["Say why it is not pursued."]})
    current.state = ReferralState.DROPPED
    current.dropped_on, current.dropped_reason = today, reason.strip()
    current.due_on = None
    save_version(current, expected_version=expected_version)
    return current


@writes
def move_due_date(
    *, referral: SleepReferral, due_on: date, today: date, expected_version: int, by: User
) -> SleepReferral:
    """Expect the next step of an open referral by another day; the history keeps the day before.

    Raises Refused for a day that has passed and when it is over, StaleSave and PermissionDenied as `take_step` does.
    """
    require(by, Permission.RECORD_SCREENING, referral.patient)
    current = _current(referral, expected_version)
    if not is_open(current.state):
        raise Refused(_not_now(current))
    current.due_on = _due(due_on, today)
    save_version(current, expected_version=expected_version)
    return current


@writes
def record_adherence(
    *,
    referral: SleepReferral,
    cpap_hours: Any,
    cpap_nights: int | None,
    expected_version: int,
    by: User,
) -> SleepReferral:
    """Note how much the treatment is used, once somebody acted on the result; the history keeps what stood before.

    Raises Refused before that, StaleSave and PermissionDenied as `take_step` does.
    """
    require(by, Permission.RECORD_SCREENING, referral.patient)
    current = _current(referral, expected_version)
    if current.state != ReferralState.ACTED_ON:
        raise Refused("Treatment is noted once somebody acted on the result.")
    current.cpap_hours, current.cpap_nights = cpap_hours, cpap_nights
    save_version(current, expected_version=expected_version)
    return current


def _current(referral: SleepReferral, expected_version: int) -> SleepReferral:
    """The referral as it is recorded now; what the page holds stays as it was when the write is refused."""
    current = SleepReferral.objects.select_for_update().get(pk=referral.pk)
    if current.version != expected_version:
        raise StaleSave(current)
    return current


def _due_after(step: ReferralState, told: date | None, on: date, today: date) -> date | None:
    if step == ReferralState.ACTED_ON:
        return None
    return on if step == ReferralState.BOOKED and told is None else _due(told, today)


def _due(told: date | None, today: date) -> date:
    if told is not None and told < today:
        raise Refused({"due_on": ["Enter a day from today on."]})
    return told or today + timedelta(days=settings.SLEEP_STEP_DAYS)


def _not_now(referral: SleepReferral) -> str:
    return f"This can't come next: the study stands at “{referral.get_state_display()}”."
