"""What the clinic may show of protected wording: permission confirmed, its copy entered, permission withdrawn."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.clinical.instruments import Instrument, instrument
from apps.core.writing import Refused, save_checked, writes
from apps.screening.models import InstrumentLicence, InstrumentWording


@writes
def confirm_licence(
    *, code: str, language: str, reference: str, confirmed_on: date, today: date, by: User
) -> InstrumentLicence:
    """Record that the clinic holds the permission for an instrument in a language; `by` has seen it.

    Raises Refused for an instrument whose wording is free anyway, a blank reference, a day to come and a second
    permission for the same language, PermissionDenied without the right.
    """
    _may(by)
    _protected(code)
    if confirmed_on > today:
        raise Refused({"confirmed_on": ["Enter a day that is not in the future."]})
    licence = InstrumentLicence(
        instrument=code,
        language=language,
        reference=reference.strip(),
        confirmed_by=by,
        confirmed_on=confirmed_on,
        created_by=by,
    )
    save_checked(licence)
    return licence


@writes
def enter_wording(
    *, licence: InstrumentLicence, stem: str, items: Mapping[str, str], after: int, by: User
) -> InstrumentWording:
    """Enter the clinic's own copy of the questions as the version that comes after the one the person has seen.

    Raises Refused when there is a newer version, the permission was withdrawn, an item is not of the instrument or no
    text is given, PermissionDenied without the right.
    """
    _may(by)
    known = {item.key for item in _protected(licence.instrument).items}
    texts = {key: text.strip() for key, text in items.items() if text.strip()}
    if texts.keys() - known:
        raise Refused("This instrument has no such question.")
    if not texts:
        raise Refused("Enter the wording of at least one question.")
    InstrumentLicence.objects.select_for_update().get(pk=licence.pk)
    last = licence.wordings.aggregate(last=Max("number"))["last"] or 0
    if last != after:
        raise Refused("Somebody saved another version meanwhile. Look at it before you save yours.")
    wording = InstrumentWording(licence=licence, number=last + 1, stem=stem.strip(), items=texts, created_by=by)
    save_checked(wording)
    return wording


@writes
def withdraw_licence(*, licence: InstrumentLicence, reason: str, by: User) -> InstrumentLicence:
    """End a permission: from now on the sheets show numbers only. What was shown before stays known.

    Raises Refused without a reason and when it was withdrawn already, PermissionDenied without the right.
    """
    _may(by)
    if not reason.strip():
        raise Refused({"reason": ["Enter why it is withdrawn."]})
    locked = InstrumentLicence.objects.select_for_update().get(pk=licence.pk)
    if locked.withdrawn_at:
        raise Refused("This permission was withdrawn already.")
    locked.withdrawn_at = timezone.now()
    locked.withdrawn_by = by
    locked.withdrawn_reason = reason.strip()
    save_checked(locked)
    return locked


def _protected(code: str) -> Instrument:
    try:
        found = instrument(code)
    except KeyError:
        raise Refused(f"No instrument is called {code}.") from None
    if found.shows_items:
        raise Refused(f"The wording of {found.short_title} is shown without a permission.")
    return found


def _may(by: User) -> None:
    if not by.may(Permission.MANAGE_STAFF):
        raise PermissionDenied("Your role does not confirm permissions.")
