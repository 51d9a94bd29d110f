"""Referrals: noting one, and what becomes of it."""

from datetime import date
from typing import Any, Final

from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.core.writing import Refused, SystemProcess, author_of, save_checked, save_version, writes
from apps.patients.choices import ReferralState
from apps.patients.models import Patient, Referral
from apps.patients.services.registration import SomebodyElse, register_patient
from apps.patients.services.rights import check_right

ASKED_FIELDS: Final = ("referrer_name", "referrer_organisation", "received_on", "reason", "urgency")
# What can become of a referral next. An answer given by mistake is taken back, never overwritten.
NEXT_STATES: Final[dict[str, tuple[ReferralState, ...]]] = {
    ReferralState.RECEIVED: (
        ReferralState.ACCEPTED,
        ReferralState.WAITING_FOR_INFORMATION,
        ReferralState.DECLINED,
    ),
    ReferralState.WAITING_FOR_INFORMATION: (ReferralState.ACCEPTED, ReferralState.DECLINED),
    ReferralState.ACCEPTED: (ReferralState.RECEIVED,),
    ReferralState.DECLINED: (ReferralState.RECEIVED,),
}
STATES_WITH_NOTE: Final = (ReferralState.WAITING_FOR_INFORMATION, ReferralState.DECLINED, ReferralState.RECEIVED)


@writes
def add_referral(*, patient: Patient, by: User | SystemProcess, asked: dict[str, Any]) -> Referral:
    """Note a letter or call that asks the clinic to see a patient (`ASKED_FIELDS`).

    Raises Refused when it is dated in the future or before the patient was born, or says not who and why.
    """
    check_right(by, Permission.EDIT_REFERRAL, patient)
    _dated_right(patient, asked["received_on"])
    referral = Referral(
        patient=patient,
        created_by=author_of(by),
        **{name: value for name, value in asked.items() if name in ASKED_FIELDS},
    )
    save_checked(referral)
    return referral


@writes
def register_with_referral(
    *,
    by: User | SystemProcess,
    details: dict[str, Any],
    asked: dict[str, Any],
    identifier: tuple[str, str] | None = None,
    somebody_else: SomebodyElse | None = None,
) -> Patient:
    """Register somebody and note the referral that brought them, both or neither.

    Raises what `register_patient` and `add_referral` raise.
    """
    patient: Patient = register_patient(by=by, details=details, identifier=identifier, somebody_else=somebody_else)
    add_referral(patient=patient, by=by, asked=asked)
    return patient


@writes
def correct_referral(
    *, referral: Referral, expected_version: int, by: User | SystemProcess, asked: dict[str, Any]
) -> Referral:
    """Correct who referred, when and why (`ASKED_FIELDS`; what is left out stays).

    Raises StaleSave when somebody else changed it since, Refused for an impossible date.
    """
    check_right(by, Permission.EDIT_REFERRAL, referral.patient)
    for name in ASKED_FIELDS:
        if name in asked:
            setattr(referral, name, asked[name])
    _dated_right(referral.patient, referral.received_on)
    save_version(referral, expected_version=expected_version)
    return referral


@writes
def answer_referral(
    *, referral: Referral, expected_version: int, state: str, by: User | SystemProcess, note: str = ""
) -> Referral:
    """Accept or decline a referral, let it wait for information, or take an answer back (`NEXT_STATES`).

    Raises Refused for a step that does not follow, or without the note it needs; StaleSave when somebody else
    answered it meanwhile.
    """
    check_right(by, Permission.EDIT_REFERRAL, referral.patient)
    if referral.version == expected_version and state not in NEXT_STATES[referral.state]:
        raise Refused({"state": [f"From “{referral.get_state_display()}” this step does not follow."]})
    if state in STATES_WITH_NOTE and not note.strip():
        raise Refused({"note": ["Say what is missing, or why."]})
    referral.state = state
    referral.state_note = note
    save_version(referral, expected_version=expected_version)
    return referral


def _dated_right(patient: Patient, received_on: date) -> None:
    if received_on > timezone.localdate():
        raise Refused({"received_on": ["Enter the day the referral arrived: it can't be in the future."]})
    if received_on < patient.date_of_birth:
        raise Refused({"received_on": ["Enter a day after the patient was born."]})
