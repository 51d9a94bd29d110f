"""The dates on which medicines were changed. An app on a higher floor registers who knows them; this floor does not."""

from collections.abc import Callable

from apps.clinical.patterns.medicine_changes import MedicineChange
from apps.clinical.periods import Period
from apps.patients.models import Patient

MedicationDates = Callable[[Patient, Period], list[MedicineChange]]
_providers: list[MedicationDates] = []


def register_medication_dates(provider: MedicationDates) -> None:
    """Let an app say when medicines were changed: called once, when that app is ready."""
    if provider not in _providers:
        _providers.append(provider)


def medication_dates_of(patient: Patient, period: Period) -> list[MedicineChange]:
    """Every known change of a patient's medicines within a period, oldest first."""
    return sorted(change for provider in _providers for change in provider(patient, period))
