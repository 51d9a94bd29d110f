"""Answering a signal: somebody acted on it, or does not want to be told for a while."""

import datetime

from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.core.writing import Refused, save_checked, writes
from apps.patients.access import require
from apps.screening.choices import SignalState
from apps.screening.models import OveruseSignal, SignalSilence


@writes
def act_on_signal(*, signal: OveruseSignal, action: str, by: User) -> OveruseSignal:
    """Say what was done. Raises Refused when nothing is said or the signal is not open any more."""
    require(by, Permission.RECORD_SCREENING, signal.patient)
    if not action.strip():
        raise Refused({"action": ["Enter what was done."]})
    return _answer(signal, SignalState.ACTED_ON, action, by)


@writes
def silence_signal(
    *, signal: OveruseSignal, until: datetime.date, reason: str, today: datetime.date, by: User
) -> SignalSilence:
    """Answer a signal with silence about its subject until a day, that day included.

    Raises Refused without a reason, for a day before today or more than a year on, or when the signal is not open.
    """
    require(by, Permission.RECORD_SCREENING, signal.patient)
    if not reason.strip():
        raise Refused({"reason": ["Say why you do not want to be told."]})
    answered = _answer(signal, SignalState.SILENCED, reason, by)
    silence = SignalSilence(
        patient=answered.patient,
        subject=answered.subject,
        starts_on=today,
        until=until,
        reason=reason.strip(),
        created_by=by,
    )
    save_checked(silence)
    return silence


@writes
def lift_silence(*, silence: SignalSilence, by: User) -> SignalSilence:
    """End a silence: the next night says again what is so. Raises Refused when it was lifted already."""
    require(by, Permission.RECORD_SCREENING, silence.patient)
    locked = SignalSilence.objects.select_for_update().get(pk=silence.pk)
    if locked.lifted_at:
        raise Refused("This silence was lifted already.")
    locked.lifted_at = timezone.now()
    locked.lifted_by = by
    save_checked(locked)
    return locked


def _answer(signal: OveruseSignal, state: SignalState, words: str, by: User) -> OveruseSignal:
    locked = OveruseSignal.objects.select_for_update().get(pk=signal.pk)
    if locked.state != SignalState.OPEN:
        raise Refused("This signal is not open any more. What was written stays.")
    locked.state = state
    locked.answered_at = timezone.now()
    locked.answered_by = by
    locked.action = words.strip()
    save_checked(locked)
    return locked
