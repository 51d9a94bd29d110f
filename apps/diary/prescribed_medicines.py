"""The acute medicines a patient was given. An app on a higher floor registers who knows them; this floor does not."""

from collections.abc import Callable
from uuid import UUID

from apps.patients.models import Patient

PrescribedMedicines = Callable[[Patient], set[UUID]]
_providers: list[PrescribedMedicines] = []


def register_prescribed_medicines(provider: PrescribedMedicines) -> None:
    """Let an app say which medicines a patient has for attacks: called once, when that app is ready."""
    if provider not in _providers:
        _providers.append(provider)


def prescribed_medicines_of(patient: Patient) -> set[UUID]:
    """Keys of the medicines that the patient has for attacks at present. One query for each provider."""
    return {key for provider in _providers for key in provider(patient)}
