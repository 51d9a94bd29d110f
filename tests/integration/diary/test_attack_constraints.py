"""What the database refuses about attacks, nights and relief, whoever writes."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from apps.diary.choices import State
from apps.diary.models import AcuteIntake, Attack, DayContext, DiaryDay, ImportBatch
from apps.patients.models import Patient
from tests.factories.diary import make_acute_medicine
from tests.refusals import constraint_of

pytestmark = pytest.mark.django_db

DAY = date(2026, 10, 5)
NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)


def batch(patient: Patient) -> ImportBatch:
    return ImportBatch.objects.create(
        patient=patient,
        source="migralog",
        label="phone",
        rows_read=0,
        rows_imported=0,
        rows_duplicate=0,
        rows_refused=0,
        report={},
    )


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"last_day": DAY - timedelta(days=1)}, "diary_attack_days_in_order"),
        ({"last_day": DAY + timedelta(days=32)}, "diary_attack_days_in_order"),
        ({"first_day": date(1989, 12, 31), "last_day": date(1990, 1, 2)}, "diary_attack_days_in_order"),
        (
            {"started_at": NOON, "started_offset": 0, "ended_at": NOON - timedelta(minutes=1), "ended_offset": 0},
            "diary_attack_times_in_order",
        ),
        ({"ended_at": NOON, "ended_offset": 0}, "diary_attack_times_in_order"),
        ({"started_at": NOON}, "diary_attack_start_has_offset"),
        ({"started_offset": 60}, "diary_attack_start_has_offset"),
        ({"started_at": NOON, "started_offset": 900}, "diary_attack_start_has_offset"),
        ({"started_at": NOON, "started_offset": 0, "ended_at": NOON}, "diary_attack_end_has_offset"),
        ({"pain": 11}, "diary_attack_pain"),
        ({"severity": 0}, "diary_attack_severity"),
        ({"severity": 4}, "diary_attack_severity"),
        ({"aura_minutes": 20}, "diary_attack_aura_length"),
        ({"aura": False, "aura_minutes": 20}, "diary_attack_aura_length"),
        ({"source": "dream"}, "diary_attack_batch_of_import"),
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(value),
)
def test_an_impossible_attack_is_refused(patient: Patient, fields: dict[str, object], constraint: str) -> None:
    row = {"patient": patient, "first_day": DAY, "last_day": DAY, **fields}
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Attack.objects.bulk_create([Attack(**row)])
    assert constraint_of(refused) == constraint


def test_only_an_import_brings_an_attack_of_an_import(patient: Patient) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Attack.objects.create(patient=patient, first_day=DAY, last_day=DAY, source="link", import_batch=batch(patient))
    assert constraint_of(refused) == "diary_attack_batch_of_import"


def test_an_attack_of_an_app_is_there_once(patient: Patient) -> None:
    Attack.objects.create(patient=patient, first_day=DAY, last_day=DAY, source="import", external_key="a1")
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Attack.objects.create(patient=patient, first_day=DAY, last_day=DAY, source="import", external_key="a1")
    assert constraint_of(refused) == "diary_attack_imported_once"


def test_two_attacks_on_a_day_and_one_over_the_turn_of_the_month_are_taken(patient: Patient) -> None:
    for _ in range(2):
        Attack.objects.create(patient=patient, first_day=DAY, last_day=DAY)
    Attack.objects.create(patient=patient, first_day=date(2026, 9, 30), last_day=date(2026, 10, 1))
    assert Attack.objects.count() == 3


def test_an_attack_keeps_its_patient(patient: Patient) -> None:
    attack = Attack.objects.create(patient=patient, first_day=DAY, last_day=DAY)
    other = Patient.objects.create(given_name="Sol", family_name="Vega", date_of_birth=date(1990, 1, 1))
    with pytest.raises(IntegrityError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE diary_attack SET patient_id = %s WHERE id = %s", [other.pk, attack.pk])
    assert constraint_of(refused) == "diary_attack_stays_with_patient"


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"day": date(1989, 12, 31)}, "diary_context_not_before_1990"),
        ({"sleep_minutes": 24 * 60 + 1}, "diary_context_sleep"),
        ({"slept_from": NOON}, "diary_context_sleep_in_order"),
        ({"slept_to": NOON}, "diary_context_sleep_in_order"),
        ({"slept_from": NOON, "slept_to": NOON}, "diary_context_sleep_in_order"),
        ({"exposures": ["moon"]}, "diary_context_exposures_known"),
        ({"source": "dream"}, "diary_context_batch_of_import"),
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(value),
)
def test_an_impossible_night_is_refused(patient: Patient, fields: dict[str, object], constraint: str) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        DayContext.objects.bulk_create([DayContext(**{"patient": patient, "day": DAY, **fields})])
    assert constraint_of(refused) == constraint


def test_only_an_import_brings_a_night_of_an_import(patient: Patient) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        DayContext.objects.create(patient=patient, day=DAY, import_batch=batch(patient))
    assert constraint_of(refused) == "diary_context_batch_of_import"


def test_a_date_has_one_night(patient: Patient) -> None:
    DayContext.objects.create(patient=patient, day=DAY, sleep_minutes=400, exposures=[])
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        DayContext.objects.create(patient=patient, day=DAY, menstruation=True)
    assert constraint_of(refused) == "diary_context_once"


def test_relief_is_one_of_three(patient: Patient) -> None:
    day = DiaryDay.objects.create(patient=patient, day=DAY, state=State.HEADACHE)
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        AcuteIntake.objects.create(patient=patient, day=day, medicine=make_acute_medicine("rizatriptan"), relief="much")
    assert constraint_of(refused) == "diary_intake_relief_known"
