"""The acute months follow the diary, whoever writes it and however."""

import importlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from apps.accounts.models import User
from apps.core.writing import readable_refusal
from apps.diary.choices import ImportSource, State
from apps.diary.imports.report import ImportRow
from apps.diary.models import AcuteIntake, AcuteMonth, DiaryDay
from apps.diary.selectors.checks import wrong_months
from apps.diary.services import import_days, undo_import
from apps.patients.models import Patient
from tests.factories.diary import PROCESS, headache, make_acute_medicine, no_headache, record
from tests.factories.patients import make_patient
from tests.integration.diary.acute_months import assert_counted, expected, kept

pytestmark = pytest.mark.django_db

DAY = date(2026, 10, 5)
TODAY = date(2026, 11, 22)
migration = importlib.import_module("apps.diary.migrations.0006_acute_months")


@pytest.fixture
def diary(patient: Patient) -> dict[date, DiaryDay]:
    """Both ends of a month, a tablet of two classes, something not identified, a list that is not complete."""
    make_acute_medicine("rizatriptan")
    make_acute_medicine("sumatriptan-naproxen", also_overuse_class="nsaid")
    make_acute_medicine("codeine-mix", overuse_class="combination", contains_opioid=True)
    make_acute_medicine("rimegepant", overuse_class="none", overuse_limit_days=None)
    days = record(
        patient,
        headache(date(2026, 10, 1), "rizatriptan"),
        headache(DAY, "rizatriptan", "sumatriptan-naproxen"),
        headache(date(2026, 10, 31), "codeine-mix", "rimegepant"),
        no_headache(date(2026, 11, 1)),
    )
    DiaryDay.objects.create(patient=patient, day=date(2026, 10, 7), state=State.NOT_KNOWN)
    return days


def sql(statement: str, *values: object) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


@contextmanager
def triggers_asleep() -> Iterator[None]:
    sql("SET LOCAL session_replication_role = replica")
    yield
    sql("SET LOCAL session_replication_role = origin")


def _bulk(diary: dict[date, DiaryDay]) -> None:
    days = DiaryDay.objects.bulk_create(
        DiaryDay(patient=diary[DAY].patient, day=DAY + timedelta(days=n), state=State.HEADACHE, intakes_known=True)
        for n in range(10, 24)
    )
    AcuteIntake.objects.bulk_create(AcuteIntake(patient=each.patient, day=each) for each in days)


def _copy(diary: dict[date, DiaryDay]) -> None:
    medicine = make_acute_medicine("aspirin", overuse_class="aspirin")
    with connection.cursor() as cursor:
        into = "diary_acuteintake (patient_id, day_id, medicine_id, doses, note, is_invented, relief, created_at)"
        with cursor.copy(f"COPY {into} FROM STDIN") as copy:
            for row in diary.values():
                copy.write_row((row.patient_id, row.pk, medicine.pk, 1, "", False, "", "2026-11-22"))


def _upsert(diary: dict[date, DiaryDay]) -> None:
    """Half of the rows are new, half are changed, in one statement."""
    sql(
        "INSERT INTO diary_diaryday (patient_id, day, state, intakes_known, note, source, entered_late, version,"
        " created_at, updated_at) SELECT %s, '2026-10-01'::date + n, 'headache', true, '', 'clinic', false, 1, now(), now()"
        " FROM generate_series(0, 9) n ON CONFLICT (patient_id, day) DO UPDATE SET state = 'none', severity = NULL,"
        " function = NULL, intakes_known = NOT diary_diaryday.intakes_known",
        diary[DAY].patient_id,
    )


def _import_and_undo(diary: dict[date, DiaryDay]) -> None:
    patient = diary[DAY].patient
    rows = [ImportRow(n, patient.pk, headache(DAY + timedelta(days=n), "rizatriptan")) for n in range(8, 20)]
    before = kept()
    batch = import_days(source=ImportSource.KOSTECKI_DILLON, label="x", rows=rows, by=PROCESS, today=TODAY)
    assert kept() != before
    undo_import(batch=batch, by=User.objects.filter(is_active=True).order_by("full_name")[0])
    assert kept() == before


def _day_first(diary: dict[date, DiaryDay]) -> None:
    """The foreign key is looked at when the transaction ends, so this order is possible."""
    sql("DELETE FROM diary_diaryday WHERE id = %s", diary[DAY].pk)
    assert_counted()
    sql("DELETE FROM diary_acuteintake WHERE day_id = %s", diary[DAY].pk)


WAYS: dict[str, Callable[[dict[date, DiaryDay]], Any]] = {
    "one intake": lambda diary: AcuteIntake.objects.create(patient=diary[DAY].patient, day=diary[DAY]),
    "bulk_create": _bulk,
    "COPY": _copy,
    "upsert": _upsert,
    "import and undo": _import_and_undo,
    "a day goes before its intakes": _day_first,
    "queryset update of a day": lambda diary: DiaryDay.objects.filter(pk=diary[DAY].pk).update(
        state=State.NOT_KNOWN, severity=None, intakes_known=False
    ),
    "an intake moves to another month": lambda diary: AcuteIntake.objects.filter(day=diary[DAY]).update(
        day=diary[date(2026, 11, 1)]
    ),
    "another medicine": lambda diary: AcuteIntake.objects.filter(day=diary[date(2026, 10, 1)]).update(
        medicine=make_acute_medicine("naproxen", overuse_class="nsaid")
    ),
    "not identified": lambda diary: AcuteIntake.objects.filter(day=diary[date(2026, 10, 1)]).update(medicine=None),
    "one of two triptans goes": lambda diary: AcuteIntake.objects.filter(
        day=diary[DAY], medicine__code="rizatriptan"
    ).delete(),
    "all intakes go": lambda diary: sql("DELETE FROM diary_acuteintake"),
    "another class in the catalogue": lambda diary: sql(
        "UPDATE medicines_medicine SET overuse_class = 'nsaid', overuse_limit_days = 15 WHERE code = 'rizatriptan'"
    ),
    "a second class in the catalogue": lambda diary: sql(
        "UPDATE medicines_medicine SET also_overuse_class = 'aspirin' WHERE code = 'codeine-mix'"
    ),
    "butalbital in the catalogue": lambda diary: sql(
        "UPDATE medicines_medicine SET contains_butalbital = true, contains_opioid = NOT contains_opioid"
    ),
}


# The other tablet of that day is a triptan as well.
SAME_AFTERWARDS = {"import and undo", "one of two triptans goes"}


@pytest.mark.parametrize("way", WAYS)
def test_the_months_follow_every_way_of_writing(diary: dict[date, DiaryDay], way: str) -> None:
    before = kept()
    assert before == expected()
    WAYS[way](diary)
    assert_counted()
    assert (kept() == before) is (way in SAME_AFTERWARDS)
    assert list(wrong_months()) == []


def test_what_a_month_holds(diary: dict[date, DiaryDay], patient: Patient) -> None:
    october = AcuteMonth.objects.get(patient=patient, month=date(2026, 10, 1))
    first, fifth, last = 1, 1 << 4, 1 << 30
    assert october.recorded == october.headache == october.list_known == october.acute == first | fifth | last
    assert (october.triptan, october.nsaid) == (first | fifth, fifth)
    assert october.combination == october.no_class == october.opioid_inside == last
    assert october.opioid == october.not_identified == 0


def test_many_months_at_once(patient: Patient) -> None:
    """More months than are counted one by one: the other plan gives the same."""
    other = make_patient()
    days = [
        DiaryDay(patient=who, day=date(1991 + n // 12, n % 12 + 1, 28), state=State.HEADACHE, intakes_known=True)
        for who in (patient, other)
        for n in range(300)
    ]
    assert len(days) > migration.FEW_MONTHS
    days = DiaryDay.objects.bulk_create(days)
    AcuteIntake.objects.bulk_create(AcuteIntake(patient_id=each.patient_id, day=each) for each in days)
    assert len(kept()) == len(days)
    assert_counted()


def test_a_change_that_counts_no_day_leaves_the_month_alone(diary: dict[date, DiaryDay], patient: Patient) -> None:
    """Locks and a row version for every corrected note would be a high price for nothing."""
    versions = "SELECT array_agg(xmin::text || ctid::text) FROM diary_acutemonth"
    with connection.cursor() as cursor:
        cursor.execute(versions)
        before = cursor.fetchone()
        DiaryDay.objects.update(note="Better")
        AcuteIntake.objects.update(doses=3)
        cursor.execute(versions)
        assert cursor.fetchone() == before


def test_what_existed_before_is_counted_by_the_migration(diary: dict[date, DiaryDay]) -> None:
    with triggers_asleep():
        sql("DELETE FROM diary_acutemonth")
    assert kept() == {}
    sql(migration.FILL)
    assert_counted()


def test_the_migration_runs_on_an_empty_diary(db: None) -> None:
    sql(migration.FILL)
    assert not AcuteMonth.objects.exists()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE diary_acutemonth SET triptan = 0, acute = 0",
        "DELETE FROM diary_acutemonth",
        "INSERT INTO diary_acutemonth (patient_id, month) SELECT patient_id, '2026-01-01' FROM diary_diaryday LIMIT 1",
        "TRUNCATE diary_acutemonth",
    ],
)
def test_nobody_writes_the_months_by_hand(diary: dict[date, DiaryDay], statement: str) -> None:
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        sql(statement)
    assert refused.value.__cause__.diag.constraint_name == "diary_acutemonth_counted_only"  # type: ignore[union-attr]
    assert "Correct the diary" in readable_refusal(refused.value)


@pytest.mark.parametrize("table", ["diary_acuteintake", "diary_diaryday CASCADE"])
def test_the_diary_is_never_emptied(diary: dict[date, DiaryDay], table: str) -> None:
    # Foreign keys of the rows just written are still to be looked at; emptying would be refused for that alone.
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        sql(f"TRUNCATE {table}")
    assert refused.value.__cause__.diag.constraint_name == "diary_never_emptied"  # type: ignore[union-attr]
    assert_counted()


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ("month = '2026-10-02'", "diary_acutemonth_first_day"),
        ("triptan = 2", "diary_acutemonth_union"),
        ("headache = headache | 4", "diary_acutemonth_headache_recorded"),
    ],
)
def test_a_month_that_contradicts_itself_is_refused(diary: dict[date, DiaryDay], change: str, name: str) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        sql("SET LOCAL clinic.recounting_acute_months = 'on'")
        sql(f"UPDATE diary_acutemonth SET {change} WHERE month = '2026-10-01'")  # noqa: S608 - of this test
    assert refused.value.__cause__.diag.constraint_name == name  # type: ignore[union-attr]


def check(**options: Any) -> str:
    out = StringIO()
    call_command("check_acute_months", stdout=out, **options)
    return out.getvalue()


def test_the_check_finds_what_came_past_the_triggers_and_repairs_it(
    diary: dict[date, DiaryDay], patient: Patient
) -> None:
    assert "Every acute month" in check()
    with triggers_asleep():
        sql("UPDATE diary_acutemonth SET triptan = 2, acute = 2, combination = 0, no_class = 0, nsaid = 0")
        sql("DELETE FROM diary_acuteintake WHERE day_id = %s", diary[date(2026, 10, 31)].pk)
    said = StringIO()
    with pytest.raises(CommandError, match="months differ"):
        call_command("check_acute_months", stdout=said)
    assert f"{patient.clinic_number} 2026-10:" in said.getvalue()
    assert "triptan -2 +1 +5" in said.getvalue()
    assert patient.family_name not in said.getvalue()
    assert "were counted again" in check(repair=True)
    assert_counted()
    assert "Every acute month" in check()
