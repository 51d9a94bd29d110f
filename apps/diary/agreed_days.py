"""How many days a month a patient has agreed on. An app on a higher floor registers who knows; this floor does not."""

from collections.abc import Callable

from apps.patients.models import Patient

AgreedDays = Callable[[Patient], int | None]
_providers: list[AgreedDays] = []


def register_agreed_days(provider: AgreedDays) -> None:
    """Let an app say on how many days a month any acute medicine may be taken: called once, when that app is ready."""
    if provider not in _providers:
        _providers.append(provider)


def agreed_days_of(patient: Patient) -> int | None:
    """The days a month that were agreed on for all acute medicines together; None when nothing was."""
    return next((days for provider in _providers if (days := provider(patient)) is not None), None)
