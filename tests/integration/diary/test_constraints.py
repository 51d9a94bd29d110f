"""What the database refuses about diary days, whoever writes: models, bulk and raw SQL."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from apps.core.writing import readable_refusal
from apps.diary.choices import State
from apps.diary.models import AcuteIntake, DiaryDay, ImportBatch
from apps.patients.models import Patient
from tests.factories.diary import make_acute_medicine

pytestmark = pytest.mark.django_db

DAY = date(2026, 10, 5)


@pytest.fixture
def day(patient: Patient) -> DiaryDay:
    return DiaryDay.objects.create(patient=patient, day=DAY, state=State.HEADACHE, severity=2)


def refusal(write: Callable[[], object]) -> str:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        write()
    return readable_refusal(refused.value)


def _raw(sql: str, *values: object) -> Callable[[], object]:
    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)

    return run


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"day": DAY}, "recorded already"),
        ({"state": "sometimes"}, "headache, no headache, or is not known"),
        ({"state": State.NONE, "severity": 1}, "severity"),
        ({"state": State.NOT_KNOWN, "severity": 1}, "severity"),
        ({"severity": 0}, "severity"),
        ({"severity": 4}, "severity"),
        ({"state": State.NONE, "function": 0}, "function"),
        ({"function": 4}, "function"),
        ({"day": date(1989, 12, 31)}, "1990"),
        ({"source": "dream"}, "typed in by the clinic"),
    ],
)
def test_an_impossible_day_is_refused(day: DiaryDay, fields: dict[str, object], words: str) -> None:
    row = {"day": date(2026, 10, 6), "state": State.HEADACHE, "patient": day.patient, **fields}
    assert words in refusal(lambda: DiaryDay.objects.bulk_create([DiaryDay(**row)]))


@pytest.mark.parametrize("severity", [1, 2, 3, None])
@pytest.mark.parametrize("function", [0, 1, 2, 3, None])
def test_every_possible_headache_day_is_taken(patient: Patient, severity: int | None, function: int | None) -> None:
    DiaryDay.objects.create(patient=patient, day=DAY, state=State.HEADACHE, severity=severity, function=function)


def test_the_future_is_refused_and_tomorrow_is_somebodys_today(patient: Patient) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_date")
        today = cursor.fetchone()[0]
    DiaryDay.objects.create(patient=patient, day=today + timedelta(days=1), state=State.NONE)
    words = refusal(lambda: DiaryDay.objects.create(patient=patient, day=today + timedelta(days=2), state=State.NONE))
    assert "future" in words


def test_an_entry_keeps_its_patient_and_its_date(day: DiaryDay) -> None:
    other = Patient.objects.create(given_name="Sol", family_name="Vega", date_of_birth=date(1990, 1, 1))
    assert "keeps" in refusal(_raw("UPDATE diary_diaryday SET patient_id = %s WHERE id = %s", other.pk, day.pk))
    assert "keeps" in refusal(_raw("UPDATE diary_diaryday SET day = %s WHERE id = %s", date(2026, 9, 1), day.pk))


def test_an_intake_belongs_to_a_day_of_the_same_patient(day: DiaryDay) -> None:
    other = Patient.objects.create(given_name="Sol", family_name="Vega", date_of_birth=date(1990, 1, 1))
    words = refusal(
        _raw(
            "INSERT INTO diary_acuteintake (patient_id, day_id, doses, note, is_invented, created_at)"
            " VALUES (%s, %s, 1, '', false, now())",
            other.pk,
            day.pk,
        )
    )
    assert "same patient" in words
    intake = AcuteIntake.objects.create(patient=day.patient, day=day)
    assert "same patient" in refusal(lambda: AcuteIntake.objects.filter(pk=intake.pk).update(patient=other))


@pytest.mark.parametrize("doses", [0, 21])
def test_doses_are_one_to_twenty(day: DiaryDay, doses: int) -> None:
    assert "1 to 20" in refusal(lambda: AcuteIntake.objects.create(patient=day.patient, day=day, doses=doses))


@pytest.mark.parametrize("code", ["rizatriptan", None])
def test_a_medicine_is_recorded_once_a_day(day: DiaryDay, code: str | None) -> None:
    medicine = make_acute_medicine(code) if code else None
    AcuteIntake.objects.create(patient=day.patient, day=day, medicine=medicine)
    words = refusal(lambda: AcuteIntake.objects.create(patient=day.patient, day=day, medicine=medicine))
    assert "already" in words


def test_a_day_with_intakes_is_not_deleted_alone(day: DiaryDay) -> None:
    AcuteIntake.objects.create(patient=day.patient, day=day)

    def delete() -> None:
        day.delete()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(IntegrityError), transaction.atomic():
        delete()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"rows_refused": 1}, "Every row"),
        ({"state": "undone"}, "taken back"),
        ({"undone_at": timezone.now()}, "taken back"),
        ({"source": "hearsay"}, "kind of file"),
    ],
)
def test_an_import_that_does_not_add_up_is_refused(db: None, fields: dict[str, object], words: str) -> None:
    good = {
        "source": "kostecki_dillon",
        "label": "File",
        "rows_read": 3,
        "rows_imported": 2,
        "rows_duplicate": 1,
        "rows_refused": 0,
        "report": {},
    }
    ImportBatch.objects.create(**good)
    assert words in refusal(lambda: ImportBatch.objects.create(**good | fields))


def test_only_an_imported_day_names_an_import(day: DiaryDay) -> None:
    batch = ImportBatch.objects.create(
        source="kostecki_dillon", label="x", rows_read=0, rows_imported=0, rows_duplicate=0, rows_refused=0, report={}
    )
    assert "import" in refusal(lambda: DiaryDay.objects.filter(pk=day.pk).update(import_batch=batch))
