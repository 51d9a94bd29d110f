"""Reading what the clinic may show of protected wording."""

from uuid import UUID

from django.db.models import Prefetch

from apps.screening.models import InstrumentLicence, InstrumentWording


def live_wordings(code: str) -> dict[str, InstrumentWording]:
    """The clinic's newest wording of an instrument by language, where it holds the permission. One query."""
    newest = (
        InstrumentWording.objects.filter(licence__instrument=code, licence__withdrawn_at__isnull=True)
        .select_related("licence")
        .order_by("licence_id", "-number")
        .distinct("licence_id")
    )
    return {wording.licence.language: wording for wording in newest}


def wording_shown(code: str, wording_id: str) -> InstrumentWording | None:
    """The wording of an instrument that a page says it has shown; None for anything else. At most one query."""
    try:
        key = UUID(wording_id)
    except ValueError:
        return None
    return InstrumentWording.objects.filter(pk=key, licence__instrument=code).select_related("licence").first()


def licences_of(code: str) -> list[InstrumentLicence]:
    """Every permission for an instrument, live ones first, each with its wordings, newest first. Two queries."""
    wordings = InstrumentWording.objects.select_related("created_by").order_by("-number")
    found = (
        InstrumentLicence.objects.filter(instrument=code)
        .select_related("confirmed_by", "withdrawn_by")
        .prefetch_related(Prefetch("wordings", queryset=wordings))
    )
    return sorted(found, key=lambda licence: (licence.withdrawn_at is not None, licence.get_language_display()))


def live_licences() -> dict[str, list[InstrumentLicence]]:
    """The permissions that are in force, by instrument code, each with its wordings. Two queries."""
    by_code: dict[str, list[InstrumentLicence]] = {}
    live = InstrumentLicence.objects.filter(withdrawn_at__isnull=True).order_by("instrument", "language")
    for licence in live.prefetch_related("wordings"):
        by_code.setdefault(licence.instrument, []).append(licence)
    return by_code


def licence_of(code: str, licence_id: UUID) -> InstrumentLicence | None:
    """One permission for an instrument. One query."""
    return InstrumentLicence.objects.filter(instrument=code, pk=licence_id).select_related("confirmed_by").first()


def newest_wording(licence: InstrumentLicence) -> InstrumentWording | None:
    """The last version of the clinic's wording under a permission. One query."""
    return licence.wordings.order_by("-number").first()
