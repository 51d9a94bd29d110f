"""Making, renewing and revoking the personal diary link. Its secret exists in the answer of `make_link` and nowhere else."""

import calendar
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.core.writing import Refused, StaleSave, SystemProcess, save_checked, writes
from apps.diary.models import DiaryLink
from apps.diary.models.link import LONGEST_REASON
from apps.medicines.selectors import acute_medicines
from apps.patients.access import require
from apps.patients.models import Patient

# Every entry through a link is written in this name.
THE_PATIENT = SystemProcess("the patient, by diary link")

MOST_MONTHS = 12
_BYTES = 32
_REPLACED = "Replaced by a new link"


@dataclass(frozen=True)
class MadeLink:
    """A new link, and its secret: to be shown once and forgotten."""

    link: DiaryLink
    token: str


def token_hash(token: str) -> str:
    """What is kept of a link's secret. No salt: the secret is 256 random bits, which nobody can guess or tabulate."""
    return hashlib.sha256(token.encode()).hexdigest()


def usual_end(today: date) -> date:
    """The last day of a link made today, unless somebody says otherwise."""
    return _months_after(today, min(settings.DIARY_LINK_MONTHS, MOST_MONTHS))


def latest_end(today: date) -> date:
    """The last day that a link made today may have."""
    return _months_after(today, MOST_MONTHS)


@writes
def make_link(
    *,
    patient: Patient,
    ends_on: date,
    offered: Sequence[str] = (),
    replaces: DiaryLink | None = None,
    by: User,
    today: date,
) -> MadeLink:
    """Make a link that works from today to `ends_on`; the one it `replaces` stops working at the same moment.

    offered: catalogue codes of the medicines that the page shows as buttons.

    Raises Refused when there is a link already that is not the one to be replaced, when the end is out of range or a
    code is not an acute medicine; StaleSave when the link to be replaced was revoked meanwhile.
    """
    require(by, Permission.EDIT_DIARY, patient)
    if not today <= ends_on <= latest_end(today):
        raise Refused({"ends_on": [f"Choose a last day from today on, within {MOST_MONTHS} months."]})
    if set(offered) - set(acute_medicines().values_list("code", flat=True)):
        raise Refused({"offered": ["Select medicines from the list."]})
    _close_the_present(patient, replaces, by)
    token = secrets.token_urlsafe(_BYTES)
    link = DiaryLink(
        patient=patient,
        secret_sha256=token_hash(token),
        starts_on=today,
        ends_on=ends_on,
        offered=list(offered),
        created_by=by,
    )
    save_checked(link)
    return MadeLink(link, token)


@writes
def revoke_link(*, link: DiaryLink, reason: str, by: User) -> DiaryLink:
    """Make a link stop working at once. Raises Refused without a reason, StaleSave when it was revoked before."""
    require(by, Permission.EDIT_DIARY, link.patient)
    reason = reason.strip()
    if not reason:
        raise Refused({"reason": ["Say why the link is revoked, for example that the phone was lost."]})
    if len(reason) > LONGEST_REASON:
        raise Refused({"reason": [f"Shorten the reason to {LONGEST_REASON} characters."]})
    _revoke(link, reason, by, timezone.now())
    link.refresh_from_db()
    return link


def _months_after(day: date, months: int) -> date:
    """The same day of the month so many months later, or the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _close_the_present(patient: Patient, replaces: DiaryLink | None, by: User) -> None:
    """Only the link that the person saw is replaced; one that has ended makes room by itself."""
    # One writer at a time, as with the days: an entry is either in before the link closes or refused.
    Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)
    present = DiaryLink.objects.filter(patient=patient, revoked_at__isnull=True).first()
    if replaces is not None and (present is None or present.pk != replaces.pk):
        raise StaleSave(DiaryLink.objects.get(pk=replaces.pk))
    if present is None:
        return
    if replaces is None and present.ends_on >= timezone.localdate():
        raise Refused("This patient has a diary link already. Renew it, or revoke it first.")
    _revoke(present, _REPLACED, by, timezone.now())


def _revoke(link: DiaryLink, reason: str, by: User, now: datetime) -> None:
    Patient.objects.select_for_update(no_key=True).get(pk=link.patient_id)
    done = DiaryLink.objects.filter(pk=link.pk, revoked_at__isnull=True).update(
        revoked_at=now, revoked_by=by, revoked_reason=reason
    )
    if not done:
        raise StaleSave(DiaryLink.objects.get(pk=link.pk))
