"""Whether the acute months still say what the diary says."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from apps.diary.models import AcuteMonth
from apps.patients.models import Patient

_MASKS = tuple(field.name for field in AcuteMonth._meta.concrete_fields if field.name not in ("patient", "month"))
# As many patients at a time as are counted by index; the diary of a large clinic is never held as a whole.
_PATIENTS_AT_ONCE = 200
_WRONG_MONTHS = f"""
    WITH known AS (
        SELECT patient_id, diary_month_of(day) AS month FROM diary_diaryday WHERE patient_id = ANY (%(patients)s)
        UNION SELECT patient_id, month FROM diary_acutemonth WHERE patient_id = ANY (%(patients)s)
    ), arrays AS (SELECT array_agg(patient_id) AS patients, array_agg(month) AS months FROM known)
    SELECT p.clinic_number, c.of_patient, c.of_month,
           {", ".join(f"coalesce(m.{name}, 0), c.{name}" for name in _MASKS)}
    FROM arrays, diary_counted_months(arrays.patients, arrays.months) c
    JOIN patients_patient p ON p.id = c.of_patient
    LEFT JOIN diary_acutemonth m ON m.patient_id = c.of_patient AND m.month = c.of_month
    WHERE ({", ".join(f"coalesce(m.{name}, 0)" for name in _MASKS)})
          IS DISTINCT FROM ({", ".join(f"c.{name}" for name in _MASKS)})
    ORDER BY p.clinic_number, c.of_month
"""  # noqa: S608 - names of the model's own columns


@dataclass(frozen=True, slots=True)
class WrongMonth:
    """A month whose kept bits are not those counted from the diary: column -> (kept, counted)."""

    clinic_number: str
    patient_id: UUID
    month: date
    masks: dict[str, tuple[int, int]]


def wrong_months() -> Iterator[WrongMonth]:
    """Every month of every patient that differs; all of the diary is counted. A query for every 200 patients, and one."""
    keys = Patient.objects.order_by("clinic_number", "id").values_list("pk", flat=True)
    for patients in _slices(list(keys)):
        with connection.cursor() as cursor:
            cursor.execute(_WRONG_MONTHS, {"patients": patients})
            yield from (_wrong_month(*row) for row in cursor.fetchall())


def _wrong_month(clinic_number: str, patient_id: UUID, month: date, *bits: int) -> WrongMonth:
    pairs = zip(_MASKS, zip(bits[::2], bits[1::2], strict=True), strict=True)
    return WrongMonth(clinic_number, patient_id, month, {name: pair for name, pair in pairs if pair[0] != pair[1]})


def _slices(keys: Sequence[UUID]) -> Iterator[list[UUID]]:
    return (list(keys[begin : begin + _PATIENTS_AT_ONCE]) for begin in range(0, len(keys), _PATIENTS_AT_ONCE))
