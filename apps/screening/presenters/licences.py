"""The licence pages: what may be shown of each protected questionnaire, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from apps.clinical.instruments import Instrument, all_instruments
from apps.screening.models import InstrumentLicence


@dataclass(frozen=True)
class LicenceLine:
    """One protected questionnaire: its policy, and what the clinic shows of it now."""

    code: str
    label: str
    policy: str
    holder: str
    state: str
    tone: str
    shown: str


def protected() -> tuple[Instrument, ...]:
    """The questionnaires whose wording is not shown without the clinic's own permission."""
    return tuple(found for found in all_instruments() if not found.shows_items)


def licence_lines(live: Mapping[str, Sequence[InstrumentLicence]]) -> list[LicenceLine]:
    """The protected questionnaires in the order of their names."""
    return sorted((_line(found, live.get(found.code, ())) for found in protected()), key=lambda line: line.label)


def _line(found: Instrument, licences: Sequence[InstrumentLicence]) -> LicenceLine:
    with_wording = [licence.get_language_display() for licence in licences if licence.wordings.all()]
    if with_wording:
        state, tone, shown = "Wording shown", "good", ", ".join(with_wording)
    elif licences:
        state, tone, shown = "Permission, no wording yet", "warn", "numbers only"
    else:
        state, tone, shown = "No permission", "plain", "numbers only"
    return LicenceLine(
        found.code, found.short_title, f"{found.policy}, {found.policy.label}", found.licence, state, tone, shown
    )
