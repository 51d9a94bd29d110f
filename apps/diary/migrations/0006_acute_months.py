"""Acute months: day bits for a calendar month, counted by the database from the diary on every way of writing."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F

CLASSES = (
    "ergotamine",
    "triptan",
    "paracetamol",
    "nsaid",
    "aspirin",
    "other_non_opioid",
    "opioid",
    "combination",
    "other",
)
FEW_MONTHS = 500
# Each mask with the condition that sets a day's bit; d is the day, i an intake, k its medicine.
MASKS = {
    "recorded": "d.state IN ('headache', 'none')",
    "headache": "d.state = 'headache'",
    "list_known": "d.intakes_known",
    "acute": "i.id IS NOT NULL",
    **{name: f"'{name}' IN (k.overuse_class, k.also_overuse_class)" for name in CLASSES},
    "no_class": "k.overuse_class = 'none'",
    "not_identified": "k.overuse_class = 'not_identified' OR (i.id IS NOT NULL AND i.medicine_id IS NULL)",
    "opioid_inside": "k.contains_opioid OR k.overuse_class = 'opioid'",
    "butalbital_inside": "k.contains_butalbital",
}

WRITING = (
    "UPDATE diary_acutemonth m SET "  # noqa: S608 - names from above
    + ", ".join(f"{name} = c.{name}" for name in MASKS)
    + " FROM diary_counted_months($1, $2) c WHERE m.patient_id = c.of_patient AND m.month = c.of_month"
)

# The one definition of the bits: triggers, check and repair all ask here. Plain SQL, so that the planner sees through it.
# Besides the range, which an index answers for few months, the months are compared as such, which a hash answers for
# many.
COUNTING = f"""
CREATE FUNCTION diary_month_of(day date) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT day - (extract(day FROM day)::integer - 1)
$$;

CREATE FUNCTION diary_counted_months(patients uuid[], months date[])
RETURNS TABLE (of_patient uuid, of_month date, {", ".join(f"{name} integer" for name in MASKS)})
LANGUAGE sql STABLE AS $$
    SELECT t.patient, t.month,
           {", ".join(f"coalesce(bit_or(b.of_day) FILTER (WHERE {condition}), 0)" for condition in MASKS.values())}
    FROM unnest(patients, months) AS t (patient, month)
    LEFT JOIN diary_diaryday d ON d.patient_id = t.patient AND diary_month_of(d.day) = t.month
        AND d.day >= t.month AND d.day < (t.month + interval '1 month')::date
    LEFT JOIN LATERAL (SELECT 1 << (extract(day FROM d.day)::integer - 1) AS of_day) b ON true
    LEFT JOIN diary_acuteintake i ON i.day_id = d.id
    LEFT JOIN medicines_medicine k ON k.id = i.medicine_id
    GROUP BY t.patient, t.month
$$;

-- The plan for few months is made once for a session and must stay right when the diary grows by a million rows
-- afterwards: rows are found by index, never by reading a table as a whole.
CREATE FUNCTION diary_write_few_months(patients uuid[], months date[]) RETURNS void LANGUAGE plpgsql
SET plan_cache_mode = 'force_generic_plan'
SET enable_seqscan = 'off' SET enable_hashjoin = 'off' SET enable_mergejoin = 'off' AS $$
BEGIN
    {WRITING};
END $$;

-- Makes months say what the diary says. Two transactions that touch the same month come one after the other, because
-- the first statement makes the row or locks it, in one order; the second statement then begins, with a new view of
-- the diary in which the other one's work is visible. The row is written even when nothing changed: a transaction of
-- stricter isolation then fails, instead of counting what it saw long ago.
CREATE FUNCTION diary_recount_months(patients uuid[], months date[]) RETURNS void LANGUAGE plpgsql
SET clinic.recounting_acute_months = 'on' AS $$
BEGIN
    INSERT INTO diary_acutemonth (patient_id, month)
    SELECT DISTINCT t.patient, t.month FROM unnest(patients, months) AS t (patient, month) ORDER BY 1, 2
    ON CONFLICT (patient_id, month) DO UPDATE SET recorded = EXCLUDED.recorded WHERE false;
    IF cardinality(patients) <= {FEW_MONTHS} THEN
        PERFORM diary_write_few_months(patients, months);
    ELSE
        -- Planned anew for what it is: a file of many diaries, or all of them.
        EXECUTE $many${WRITING}$many$ USING patients, months;
    END IF;
END $$;
"""  # noqa: S608 - names from above

TRIGGERS = """
-- Whoever writes a diary holds the catalogue's classes still until the transaction ends, and takes this lock before
-- any other: a change of a class waits for the intakes that were written with the old one, and the reverse.
CREATE FUNCTION diary_hold_classes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(hashtext('diary_acutemonth classes'));
    RETURN NULL;
END $$;

CREATE FUNCTION diary_days_recount() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    patients uuid[];
    months date[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        SELECT array_agg(t.patient_id), array_agg(t.month) INTO patients, months
        FROM (SELECT DISTINCT patient_id, diary_month_of(day) AS month FROM rows_after) t;
    ELSIF TG_OP = 'DELETE' THEN
        SELECT array_agg(t.patient_id), array_agg(t.month) INTO patients, months
        FROM (SELECT DISTINCT patient_id, diary_month_of(day) AS month FROM rows_before) t;
    ELSE
        -- A day whose note was changed is counted as before.
        SELECT array_agg(t.patient_id), array_agg(t.month) INTO patients, months
        FROM (
            SELECT DISTINCT c.patient_id, diary_month_of(c.day) AS month
            FROM (
                (SELECT id, patient_id, day, state, intakes_known FROM rows_before
                 EXCEPT SELECT id, patient_id, day, state, intakes_known FROM rows_after)
                UNION ALL
                (SELECT id, patient_id, day, state, intakes_known FROM rows_after
                 EXCEPT SELECT id, patient_id, day, state, intakes_known FROM rows_before)
            ) c
        ) t;
    END IF;
    IF patients IS NOT NULL THEN
        PERFORM diary_recount_months(patients, months);
    END IF;
    RETURN NULL;
END $$;

-- An intake whose day is gone already needs nothing: the month was counted again when the day went.
CREATE FUNCTION diary_recount_months_of_days(days bigint[]) RETURNS void LANGUAGE plpgsql
SET plan_cache_mode = 'force_generic_plan'
SET enable_seqscan = 'off' SET enable_hashjoin = 'off' SET enable_mergejoin = 'off' AS $$
DECLARE
    patients uuid[];
    months date[];
BEGIN
    SELECT array_agg(t.patient_id), array_agg(t.month) INTO patients, months
    FROM (
        SELECT DISTINCT d.patient_id, diary_month_of(d.day) AS month
        FROM unnest(days) AS w (id) JOIN diary_diaryday d ON d.id = w.id
    ) t;
    IF patients IS NOT NULL THEN
        PERFORM diary_recount_months(patients, months);
    END IF;
END $$;

CREATE FUNCTION diary_intakes_recount() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    days bigint[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        SELECT array_agg(DISTINCT day_id) INTO days FROM rows_after;
    ELSIF TG_OP = 'DELETE' THEN
        SELECT array_agg(DISTINCT day_id) INTO days FROM rows_before;
    ELSE
        -- Other doses or another relief change no day.
        SELECT array_agg(DISTINCT c.day_id) INTO days
        FROM (
            (SELECT id, day_id, medicine_id FROM rows_before EXCEPT SELECT id, day_id, medicine_id FROM rows_after)
            UNION ALL
            (SELECT id, day_id, medicine_id FROM rows_after EXCEPT SELECT id, day_id, medicine_id FROM rows_before)
        ) c;
    END IF;
    IF days IS NOT NULL THEN
        PERFORM diary_recount_months_of_days(days);
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION diary_classes_recount() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed uuid[];
    days bigint[];
BEGIN
    SELECT array_agg(a.id) INTO changed FROM rows_after a JOIN rows_before b USING (id)
    WHERE (a.overuse_class, a.also_overuse_class, a.contains_opioid, a.contains_butalbital)
        IS DISTINCT FROM (b.overuse_class, b.also_overuse_class, b.contains_opioid, b.contains_butalbital);
    IF changed IS NOT NULL THEN
        PERFORM pg_advisory_xact_lock(hashtext('diary_acutemonth classes'));
        SELECT array_agg(DISTINCT day_id) INTO days FROM diary_acuteintake WHERE medicine_id = ANY (changed);
        IF days IS NOT NULL THEN
            PERFORM diary_recount_months_of_days(days);
        END IF;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER diary_days_hold_classes BEFORE INSERT OR UPDATE OR DELETE ON diary_diaryday
    FOR EACH STATEMENT EXECUTE FUNCTION diary_hold_classes();
CREATE TRIGGER diary_days_added AFTER INSERT ON diary_diaryday REFERENCING NEW TABLE AS rows_after
    FOR EACH STATEMENT EXECUTE FUNCTION diary_days_recount();
CREATE TRIGGER diary_days_changed AFTER UPDATE ON diary_diaryday
    REFERENCING OLD TABLE AS rows_before NEW TABLE AS rows_after
    FOR EACH STATEMENT EXECUTE FUNCTION diary_days_recount();
CREATE TRIGGER diary_days_removed AFTER DELETE ON diary_diaryday REFERENCING OLD TABLE AS rows_before
    FOR EACH STATEMENT EXECUTE FUNCTION diary_days_recount();

CREATE TRIGGER diary_intakes_hold_classes BEFORE INSERT OR UPDATE OR DELETE ON diary_acuteintake
    FOR EACH STATEMENT EXECUTE FUNCTION diary_hold_classes();
CREATE TRIGGER diary_intakes_added AFTER INSERT ON diary_acuteintake REFERENCING NEW TABLE AS rows_after
    FOR EACH STATEMENT EXECUTE FUNCTION diary_intakes_recount();
CREATE TRIGGER diary_intakes_changed AFTER UPDATE ON diary_acuteintake
    REFERENCING OLD TABLE AS rows_before NEW TABLE AS rows_after
    FOR EACH STATEMENT EXECUTE FUNCTION diary_intakes_recount();
CREATE TRIGGER diary_intakes_removed AFTER DELETE ON diary_acuteintake REFERENCING OLD TABLE AS rows_before
    FOR EACH STATEMENT EXECUTE FUNCTION diary_intakes_recount();

CREATE TRIGGER diary_classes_changed AFTER UPDATE ON medicines_medicine
    REFERENCING OLD TABLE AS rows_before NEW TABLE AS rows_after
    FOR EACH STATEMENT EXECUTE FUNCTION diary_classes_recount();
"""

GUARDS = """
CREATE FUNCTION diary_acutemonth_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('clinic.recounting_acute_months', true) IS DISTINCT FROM 'on' THEN
        RAISE EXCEPTION 'These numbers are counted from the diary. Correct the diary, and they follow.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'diary_acutemonth_counted_only';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER diary_acutemonth_guard BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON diary_acutemonth
    FOR EACH STATEMENT EXECUTE FUNCTION diary_acutemonth_guard();

CREATE FUNCTION diary_never_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Diary days and medicines taken are removed one by one, never emptied.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'diary_never_emptied';
END $$;
CREATE TRIGGER diary_days_never_emptied BEFORE TRUNCATE ON diary_diaryday
    FOR EACH STATEMENT EXECUTE FUNCTION diary_never_emptied();
CREATE TRIGGER diary_intakes_never_emptied BEFORE TRUNCATE ON diary_acuteintake
    FOR EACH STATEMENT EXECUTE FUNCTION diary_never_emptied();
"""

# After the triggers: creating them waits for everybody who is writing, so nothing slips in between.
FILL = """
SELECT diary_recount_months(array_agg(t.patient_id), array_agg(t.month))
FROM (SELECT DISTINCT patient_id, diary_month_of(day) AS month FROM diary_diaryday) t
HAVING count(*) > 0;
"""

BACKWARD = """
DROP TRIGGER diary_intakes_never_emptied ON diary_acuteintake;
DROP TRIGGER diary_days_never_emptied ON diary_diaryday;
DROP FUNCTION diary_never_emptied();
DROP TRIGGER diary_acutemonth_guard ON diary_acutemonth;
DROP FUNCTION diary_acutemonth_guard();
DROP TRIGGER diary_classes_changed ON medicines_medicine;
DROP TRIGGER diary_intakes_removed ON diary_acuteintake;
DROP TRIGGER diary_intakes_changed ON diary_acuteintake;
DROP TRIGGER diary_intakes_added ON diary_acuteintake;
DROP TRIGGER diary_intakes_hold_classes ON diary_acuteintake;
DROP TRIGGER diary_days_removed ON diary_diaryday;
DROP TRIGGER diary_days_changed ON diary_diaryday;
DROP TRIGGER diary_days_added ON diary_diaryday;
DROP TRIGGER diary_days_hold_classes ON diary_diaryday;
DROP FUNCTION diary_classes_recount();
DROP FUNCTION diary_intakes_recount();
DROP FUNCTION diary_recount_months_of_days(bigint[]);
DROP FUNCTION diary_days_recount();
DROP FUNCTION diary_hold_classes();
DROP FUNCTION diary_recount_months(uuid[], date[]);
DROP FUNCTION diary_write_few_months(uuid[], date[]);
DROP FUNCTION diary_counted_months(uuid[], date[]);
DROP FUNCTION diary_month_of(date);
"""


def _all_classes() -> models.Expression:
    joined = F(CLASSES[0])
    for name in (*CLASSES[1:], "no_class", "not_identified"):
        joined = joined.bitor(F(name))
    return joined


class Migration(migrations.Migration):
    dependencies = [
        ("diary", "0005_printed_sheets"),
        ("medicines", "0001_initial"),
        ("patients", "0007_sorted_by_folded_name"),
    ]

    operations = [
        migrations.CreateModel(
            name="AcuteMonth",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "patient_id", "month", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("month", models.DateField(verbose_name="first day of the month")),
                (
                    "patient",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acute_months",
                        to="patients.patient",
                    ),
                ),
                *(
                    (name, models.IntegerField(db_default=0, verbose_name="NSAID" if name == "nsaid" else None))
                    for name in MASKS
                ),
            ],
            options={
                "ordering": ["patient", "month"],
                "indexes": [models.Index(fields=["month"], name="diary_acutemonth_by_month")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(month__day=1),
                        name="diary_acutemonth_first_day",
                        violation_error_message="A month is named by its first day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(acute=_all_classes()),
                        name="diary_acutemonth_union",
                        violation_error_message=(
                            "A day with an acute medicine is a day of at least one class, and the reverse."
                        ),
                    ),
                    models.CheckConstraint(
                        condition=models.Q(headache=F("headache").bitand(F("recorded"))),
                        name="diary_acutemonth_headache_recorded",
                        violation_error_message="A headache day is a recorded day.",
                    ),
                ],
            },
        ),
        migrations.RunSQL(COUNTING + TRIGGERS + GUARDS + FILL, BACKWARD),
    ]
