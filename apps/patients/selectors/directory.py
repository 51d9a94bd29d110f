"""How the access log names patients: by clinic number."""

from collections.abc import Collection
from uuid import UUID

from apps.patients.models import Patient


def patient_with_number(typed: str) -> UUID | None:
    """The id of the patient with this clinic number, typed with or without dash, spaces and leading noughts."""
    digits = "".join(typed.replace("-", " ").split())
    if not (digits.isascii() and digits.isdigit()):
        return None
    padded = digits.zfill(6)
    number = f"{padded[:-3]}-{padded[-3:]}"
    return Patient.objects.filter(clinic_number=number).values_list("pk", flat=True).first()


def clinic_numbers(ids: Collection[UUID]) -> dict[UUID, str]:
    """The clinic number of each patient; one query."""
    return dict(Patient.objects.filter(pk__in=ids).values_list("pk", "clinic_number"))
