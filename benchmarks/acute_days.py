"""Whole-clinic counts of acute medication days over 30 days: from the acute months against the diary's own rows.

100,000 patients, 180 days, a little over 6 million intakes, in a database of their own. Both sides give the same rows;
the other side is the best single statement we could write: one bit a day, parallel workers, and covering indexes
that the application itself does not have.

    python -m config.machine.with_services python -m benchmarks acute
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from io import StringIO
from typing import TYPE_CHECKING, Any

from django.db import connections

from benchmarks._timing import Ratio, compare

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

PATIENTS = 100_000
DAYS = 180
GOAL = 0.6
# Writing one intake, with the triggers and without.
GOAL_OF_WRITING = 3.0
ROUNDS = 7
WRITTEN = 200

PEOPLE = f"""
INSERT INTO patients_patient (id, created_at, updated_at, version, given_name, family_name, preferred_name,
    date_of_birth, sex, pronouns, language, large_print, telephone, email, contact_route, address, allergy_status,
    is_demo)
SELECT md5('patient' || n)::uuid, now(), now(), 1, 'Ann', 'Number ' || n, '', '1980-01-01', 'female', '', 'en', false,
       '', '', 'telephone', '', 'not_asked', false
FROM generate_series(1, {PATIENTS}) n
"""  # noqa: S608 - a number of this module

# As people write: day after day, each day all of them; one in eight days is missing, of one in sixteen the list of
# medicines is not complete. A hash of the row's number in place of chance, so that each run has the same diary.
DAY_ROWS = f"""
SELECT k::bigint * {PATIENTS} + n, id, current_date - {DAYS - 1} + k,
       CASE WHEN habit % 7 + (hashint4(n * 1000 + k) & 15) > 9 THEN 'headache' ELSE 'none' END,
       (hashint4(n * 77 + k) & 15) > 0
FROM generate_series(0, {DAYS - 1}) k,
     (SELECT n, md5('patient' || n)::uuid AS id, abs(hashint4(n)) AS habit FROM generate_series(1, {PATIENTS}) n) p
WHERE (hashint4(n * 31 + k) & 7) > 0
"""  # noqa: S608 - numbers of this module
INTAKE_ROWS = f"""
SELECT row_number() OVER (), p.id, k::bigint * {PATIENTS} + n, m.ids[1 + (habit + second * 5) % cardinality(m.ids)]
FROM generate_series(0, {DAYS - 1}) k,
     (SELECT n, md5('patient' || n)::uuid AS id, abs(hashint4(n)) AS habit FROM generate_series(1, {PATIENTS}) n) p,
     generate_series(0, 1) second,
     (SELECT array_agg(id ORDER BY code) AS ids FROM medicines_medicine WHERE is_acute) m
WHERE (hashint4(n * 31 + k) & 7) > 0
  AND (hashint8((n::bigint * 1000 + k) * 2 + second) & 1023)
      < CASE second WHEN 0 THEN 70 + habit % 490 ELSE 25 + habit % 125 END
"""  # noqa: S608 - numbers of this module

# Filling is quicker without indexes. Those that either side uses come back, and one for the statement over raw rows
# alone.
INDEXES = (
    "ALTER TABLE diary_diaryday ADD CONSTRAINT diary_diaryday_pkey PRIMARY KEY (id)",
    "ALTER TABLE diary_diaryday ADD CONSTRAINT diary_day_once UNIQUE (patient_id, day)",
    "ALTER TABLE diary_acuteintake ADD CONSTRAINT diary_intake_once_a_day UNIQUE NULLS NOT DISTINCT (day_id, medicine_id)",
    "CREATE INDEX benchmark_by_day ON diary_diaryday (day) INCLUDE (id, patient_id, intakes_known)",
)
WITHOUT_INDEXES = """
DO $$
DECLARE found record;
BEGIN
    FOR found IN SELECT conrelid::regclass AS of_table, conname FROM pg_constraint
        WHERE conrelid IN ('diary_diaryday'::regclass, 'diary_acuteintake'::regclass) AND contype IN ('p', 'u')
    LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I CASCADE', found.of_table, found.conname);
    END LOOP;
    FOR found IN SELECT indexrelid::regclass AS name FROM pg_index
        WHERE indrelid IN ('diary_diaryday'::regclass, 'diary_acuteintake'::regclass)
    LOOP
        EXECUTE format('DROP INDEX %s', found.name);
    END LOOP;
END $$
"""

NON_OPIOIDS = "('paracetamol', 'nsaid', 'aspirin', 'other_non_opioid')"
CONDITIONS = {
    "acute": "i.day_id IS NOT NULL",
    "triptan": "'triptan' IN (k.overuse_class, k.also_overuse_class)",
    "non_opioid": f"k.overuse_class IN {NON_OPIOIDS} OR k.also_overuse_class IN {NON_OPIOIDS}",
    "combination": "'combination' IN (k.overuse_class, k.also_overuse_class)",
    "opioid": "'opioid' IN (k.overuse_class, k.also_overuse_class)",
    "ergotamine": "'ergotamine' IN (k.overuse_class, k.also_overuse_class)",
    "other": "'other' IN (k.overuse_class, k.also_overuse_class)",
}
BIT = "1 << (d.day - %(first)s::date)"
COUNTS = ", ".join(
    f"coalesce(bit_count((bit_or({BIT}) FILTER (WHERE {condition}))::bit(32)), 0) AS {name}"
    for name, condition in CONDITIONS.items()
)
RAW_COUNTS = f"""
SELECT d.patient_id, {COUNTS}
FROM diary_diaryday d JOIN diary_acuteintake i ON i.day_id = d.id LEFT JOIN medicines_medicine k ON k.id = i.medicine_id
WHERE d.day BETWEEN %(first)s AND %(last)s
GROUP BY d.patient_id
"""  # noqa: S608 - names of this module
ANSWERED = f"coalesce(bit_or({BIT}) FILTER (WHERE d.intakes_known), 0)"
NOT_IDENTIFIED = f"coalesce(bit_or({BIT}) FILTER (WHERE i.day_id IS NOT NULL AND i.medicine_id IS NULL), 0)"
UPPER_ENDS = ", ".join(
    f"30 - bit_count(({ANSWERED} & ~{NOT_IDENTIFIED} & ~coalesce(bit_or({BIT}) FILTER (WHERE {condition}), 0))::bit(32))"
    f" AS {name}_at_most"
    for name, condition in CONDITIONS.items()
)
RAW_INTERVALS = f"""
SELECT d.patient_id, {COUNTS}, {UPPER_ENDS}
FROM diary_diaryday d
LEFT JOIN diary_acuteintake i ON i.day_id = d.id LEFT JOIN medicines_medicine k ON k.id = i.medicine_id
WHERE d.day BETWEEN %(first)s AND %(last)s
GROUP BY d.patient_id
"""  # noqa: S608 - names of this module


def ratios() -> Iterator[Ratio]:
    """Counts alone; counts with both ends of their intervals; what the triggers cost when somebody writes."""
    original = connections["default"]
    clinic = _clinic(original)
    connections["default"] = clinic
    try:
        on = _filled(clinic)
        yield _ratio(clinic, "certain days", on, RAW_COUNTS, intervals=False)
        yield _ratio(clinic, "intervals", on, RAW_INTERVALS, intervals=True)
        yield _writing(clinic, on)
    finally:
        clinic.close()
        connections["default"] = original


def _ratio(clinic: BaseDatabaseWrapper, name: str, on: date, raw: str, *, intervals: bool) -> Ratio:
    ours, parameters = _from_months(on, intervals=intervals)
    window = {"first": on - timedelta(days=29), "last": on}
    rows = _rows(clinic, ours, parameters)
    if rows != _rows(clinic, raw, window) or len(rows) < PATIENTS * 0.9:
        raise RuntimeError("The two statements do not give the same rows")
    return compare(
        f"acute days of {len(rows)} patients, {name}, acute months against raw rows",
        measured=_summed(clinic, ours, parameters),
        reference=_summed(clinic, raw, window),
        goal=GOAL,
        rounds=ROUNDS,
    )


def _from_months(on: date, *, intervals: bool) -> tuple[str, Any]:
    """The application's own query for all patients, class by class."""
    from apps.clinical.periods import window_ending
    from apps.diary.selectors.above import ALL, CLASSES
    from apps.diary.selectors.rollup import days_at_most, days_with, window_bits
    from apps.patients.models import Patient

    window = window_ending(on)
    subjects = dict(zip(CONDITIONS, (ALL, *CLASSES), strict=True))
    masks = {"acute", "not_identified", "list_known", *(mask for each in CLASSES for mask in each.masks)}
    counts = {name: days_with(each.masks, window) for name, each in subjects.items()}
    if intervals:
        counts |= {f"{name}_at_most": days_at_most(each.masks, window) for name, each in subjects.items()}
        masks.add("recorded")
    rows = window_bits(Patient.objects.all(), window, sorted(masks)).annotate(**counts)
    rows = (
        rows.annotate(entered=days_with(("recorded", "list_known", "acute"), window)).filter(entered__gt=0)
        if intervals
        else rows.filter(acute__gt=0)
    )
    return rows.values_list("patient_id", *counts).query.sql_with_params()


def _rows(clinic: BaseDatabaseWrapper, statement: str, parameters: Any) -> dict[Any, tuple[int, ...]]:
    with clinic.cursor() as cursor:
        cursor.execute(statement, parameters)
        return {patient: tuple(counts) for patient, *counts in cursor.fetchall()}


def _summed(clinic: BaseDatabaseWrapper, statement: str, parameters: Any) -> Callable[[], None]:
    """Everything is counted, but a hundred thousand rows are not carried over to Python, which would cost both alike."""

    def run() -> None:
        with clinic.cursor() as cursor:
            cursor.execute(f"SELECT count(counted) FROM ({statement} OFFSET 0) counted", parameters)  # noqa: S608

    return run


def _writing(clinic: BaseDatabaseWrapper, on: date) -> Ratio:
    """One intake after the other, each a statement of its own, taken back afterwards."""
    with clinic.cursor() as cursor:
        cursor.execute(
            "SELECT d.id, d.patient_id FROM diary_diaryday d LEFT JOIN diary_acuteintake i ON i.day_id = d.id"
            " WHERE d.day = %s AND i.id IS NULL ORDER BY d.id LIMIT %s",
            [on, WRITTEN],
        )
        days = cursor.fetchall()

    def write(*preparing: str) -> Callable[[], None]:
        def run() -> None:
            with clinic.cursor() as cursor:
                cursor.execute("BEGIN")
                for statement in preparing:
                    cursor.execute(statement)
                for day, patient in days:
                    cursor.execute(
                        "INSERT INTO diary_acuteintake (id, patient_id, day_id, doses, note, is_invented, relief, created_at)"
                        " VALUES (%s, %s, %s, 1, '', false, '', now())",
                        [10**12 + day, patient, day],
                    )
                cursor.execute("ROLLBACK")

        return run

    return compare(
        f"{WRITTEN} intakes one by one, with the triggers of the acute months against without",
        measured=write(),
        reference=write(
            "ALTER TABLE diary_acuteintake DISABLE TRIGGER diary_intakes_added",
            "ALTER TABLE diary_acuteintake DISABLE TRIGGER diary_intakes_hold_classes",
        ),
        goal=GOAL_OF_WRITING,
        rounds=ROUNDS,
    )


def _clinic(original: BaseDatabaseWrapper) -> BaseDatabaseWrapper:
    """A connection to a database of its own, copied from the migrated one."""
    original.close()
    clinic = original.copy()
    name = "clinic_acute_days"
    clinic.settings_dict = {**original.settings_dict, "NAME": name, "CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": False}
    with original._nodb_cursor() as server:  # noqa: SLF001
        server.execute(f"DROP DATABASE IF EXISTS {name}")
        server.execute(f'CREATE DATABASE {name} TEMPLATE "{original.settings_dict["NAME"]}"')
    return clinic


def _filled(clinic: BaseDatabaseWrapper) -> date:
    """Fill it, as autovacuum would leave it. Returns the last day of the diaries."""
    from django.core.management import call_command

    call_command("load_medicines", stdout=StringIO())
    with clinic.cursor() as cursor:
        # Enough memory for either side not to go to the disk.
        cursor.execute("SET work_mem = '128MB'; SET maintenance_work_mem = '512MB'")
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(PEOPLE)
        cursor.execute(WITHOUT_INDEXES)
        _copy(cursor, DAY_ROWS, "diary_diaryday", "id, patient_id, day, state, intakes_known")
        _copy(cursor, INTAKE_ROWS, "diary_acuteintake", "id, patient_id, day_id, medicine_id")
        for statement in INDEXES:
            cursor.execute(statement)
        cursor.execute("ANALYZE")
        # As the migration does it for a clinic that has a diary already, but in the order in which people write.
        cursor.execute(
            "DO $$ DECLARE patients uuid[]; months date[]; BEGIN"  # noqa: S608 - the model's columns
            " SELECT array_agg(patient_id), array_agg(month) INTO patients, months"
            " FROM (SELECT DISTINCT patient_id, diary_month_of(day) AS month FROM diary_diaryday) touched;"
            f" EXECUTE 'INSERT INTO diary_acutemonth (patient_id, month, {_masks()})"
            " SELECT * FROM diary_counted_months($1, $2) ORDER BY of_month, of_patient' USING patients, months;"
            " END $$"
        )
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("SELECT max(day) FROM diary_diaryday")
        return cursor.fetchone()[0]  # type: ignore[no-any-return]


def _masks() -> str:
    """The columns of bits, in the order in which the database's function gives them."""
    from apps.diary.models import AcuteMonth

    fields = AcuteMonth._meta.concrete_fields
    return ", ".join(field.column for field in fields if field.name not in ("patient", "month"))


DEFAULTS = {
    "diary_diaryday": "note '', source 'import', entered_late false, version 1, created_at now(), updated_at now()",
    "diary_acuteintake": "note '', doses 1, is_invented false, relief '', created_at now()",
}


def _copy(cursor: Any, rows: str, table: str, columns: str) -> None:
    """Rows by way of a file beside the server's data: COPY is four times as fast as INSERT for millions of them."""
    for default in DEFAULTS[table].split(", "):
        column, value = default.split(" ")
        cursor.execute(f"ALTER TABLE {table} ALTER {column} SET DEFAULT {value}")
    cursor.execute("SHOW data_directory")
    file = f"{cursor.fetchone()[0]}/benchmark.copy"
    cursor.execute(f"COPY ({rows}) TO '{file}' (FORMAT binary)")
    cursor.execute(f"COPY {table} ({columns}) FROM '{file}' (FORMAT binary)")
