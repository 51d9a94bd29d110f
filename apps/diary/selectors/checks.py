"""Whether the acute months still say what the diary says."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from apps.diary.models import AcuteMonth

_MASKS = tuple(field.name for field in AcuteMonth._meta.concrete_fields if field.name not in ("patient", "month"))
_WRONG_MONTHS = f"""
    WITH known AS (
        SELECT patient_id, diary_month_of(day) AS month FROM diary_diaryday
        UNION SELECT patient_id, month FROM diary_acutemonth
    ), arrays AS (SELECT array_agg(patient_id) AS patients, array_agg(month) AS months FROM known)
    SELECT p.clinic_number, c.of_patient, c.of_month,
           {", ".join(f"coalesce(m.{name}, 0), c.{name}" for name in _MASKS)}
    FROM arrays, diary_counted_months(arrays.patients, arrays.months) c
    JOIN patients_patient p ON p.id = c.of_patient
    LEFT JOIN diary_acutemonth m ON m.patient_id = c.of_patient AND m.month = c.of_month
    WHERE ({", ".join(f"coalesce(m.{name}, 0)" for name in _MASKS)})
          IS DISTINCT FROM ({", ".join(f"c.{name}" for name in _MASKS)})
    ORDER BY c.of_month, p.clinic_number
"""  # noqa: S608 - names of the model's own columns


@dataclass(frozen=True, slots=True)
class WrongMonth:
    """A month whose kept bits are not those counted from the diary: column -> (kept, counted)."""

    clinic_number: str
    patient_id: UUID
    month: date
    masks: dict[str, tuple[int, int]]


def wrong_months() -> list[WrongMonth]:
    """Every month of every patient that differs, oldest first; all of the diary is counted. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_WRONG_MONTHS)
        return [_wrong_month(*row) for row in cursor.fetchall()]


def _wrong_month(clinic_number: str, patient_id: UUID, month: date, *bits: int) -> WrongMonth:
    pairs = zip(_MASKS, zip(bits[::2], bits[1::2], strict=True), strict=True)
    return WrongMonth(clinic_number, patient_id, month, {name: pair for name, pair in pairs if pair[0] != pair[1]})
