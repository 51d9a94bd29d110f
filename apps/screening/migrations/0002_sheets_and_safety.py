"""A finished sheet stays; a positive item 9 opens a safety task on every path; a safety task is never lost."""

from django.db import migrations

SHEET_GUARD = """
CREATE FUNCTION screening_sheet_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    earlier screening_administration%ROWTYPE;
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.state = 'complete' THEN
        RAISE EXCEPTION 'A finished sheet stays as it is. Correct it: the correction replaces it.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'screening_finished_sheet_stays';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' AND (NEW.patient_id, NEW.instrument) IS DISTINCT FROM (OLD.patient_id, OLD.instrument) THEN
        RAISE EXCEPTION 'A sheet keeps its patient and its instrument.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'screening_sheet_keeps_its_patient';
    END IF;
    -- One day ahead is somebody's today: the database counts in UTC.
    IF NEW.answered_on > current_date + 1 THEN
        RAISE EXCEPTION 'Answers can''t be from the future.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'screening_answered_not_in_the_future';
    END IF;
    IF (CASE WHEN jsonb_typeof(NEW.answers) = 'object'
            THEN jsonb_path_exists(NEW.answers, 'strict $.* ? (@.type() != "number" || @.floor() != @)')
            ELSE true END) THEN
        RAISE EXCEPTION 'Answers are whole numbers, one for each item.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'screening_answers_are_whole_numbers';
    END IF;
    IF NEW.supersedes_id IS NOT NULL THEN
        -- Locked, so that two corrections at the same moment come one after the other.
        SELECT * INTO earlier FROM screening_administration WHERE id = NEW.supersedes_id FOR UPDATE;
        IF (earlier.patient_id, earlier.instrument, earlier.state)
                IS DISTINCT FROM (NEW.patient_id, NEW.instrument, 'complete') THEN
            RAISE EXCEPTION 'A correction replaces a finished sheet of the same patient and instrument.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'screening_correction_fits';
        END IF;
        IF EXISTS (SELECT FROM screening_administration WHERE supersedes_id = NEW.supersedes_id AND id <> NEW.id) THEN
            RAISE EXCEPTION 'This sheet was corrected already. Correct the newer one.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'screening_corrected_once';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER screening_sheet_guard BEFORE INSERT OR UPDATE OR DELETE ON screening_administration
    FOR EACH ROW EXECUTE FUNCTION screening_sheet_guard();
"""

SAFETY_TASK_OPENED = """
-- The answer to PHQ-9 item 9 (thoughts of death or self-harm), whatever else is answered. The rule book says the same.
CREATE FUNCTION screening_self_harm_answer(instrument text, answers jsonb) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN instrument = 'phq9' THEN (answers ->> 'item9')::numeric::integer END
$$;

-- The only place where a safety task is opened, so that no write path can leave it out. The application says how
-- many minutes the clinic has agreed on; a write that says nothing gets an hour.
CREATE FUNCTION screening_open_safety_task() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    answer integer := screening_self_harm_answer(NEW.instrument, NEW.answers);
    minutes integer := coalesce(nullif(current_setting('clinic.safety_task_minutes', true), '')::integer, 60);
    opened timestamptz := clock_timestamp();
BEGIN
    IF answer >= 1 THEN
        INSERT INTO screening_safetytask (id, created_at, created_by_id, patient_id, sheet_id, item_value, opened_at,
                                          opened_by_id, owner_id, due_at, state, action, outcome)
        VALUES (gen_random_uuid(), opened, NEW.recorded_by_id, NEW.patient_id, NEW.id, answer, opened,
                NEW.recorded_by_id, coalesce(effective_prescriber(NEW.patient_id, opened), NEW.recorded_by_id),
                opened + make_interval(mins => minutes), 'open', '', '')
        -- Gone on with, the sheet has the same task; a graver answer is shown in it while it is open.
        ON CONFLICT (sheet_id) DO UPDATE SET item_value = EXCLUDED.item_value
            WHERE screening_safetytask.state = 'open' AND screening_safetytask.item_value < EXCLUDED.item_value;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER screening_open_safety_task AFTER INSERT OR UPDATE ON screening_administration
    FOR EACH ROW EXECUTE FUNCTION screening_open_safety_task();
"""

SAFETY_TASK_GUARD = """
CREATE FUNCTION screening_safety_task_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'A safety task is closed, never deleted.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'screening_safety_task_is_never_deleted';
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.state = 'closed' THEN
        RAISE EXCEPTION 'This safety task is closed. What was written stays.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'screening_closed_safety_task_stays';
    END IF;
    IF TG_OP = 'UPDATE' AND (
        NEW.item_value < OLD.item_value
        OR (NEW.patient_id, NEW.sheet_id, NEW.opened_at, NEW.opened_by_id, NEW.due_at)
            IS DISTINCT FROM (OLD.patient_id, OLD.sheet_id, OLD.opened_at, OLD.opened_by_id, OLD.due_at)
    ) THEN
        RAISE EXCEPTION 'A safety task keeps what opened it and when it is due.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'screening_safety_task_keeps_its_reason';
    END IF;
    IF NOT EXISTS (
        SELECT FROM screening_administration s WHERE s.id = NEW.sheet_id AND s.patient_id = NEW.patient_id
    ) THEN
        RAISE EXCEPTION 'A safety task belongs to the patient of its sheet.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'screening_safety_task_same_patient';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER screening_safety_task_guard BEFORE INSERT OR UPDATE OR DELETE ON screening_safetytask
    FOR EACH ROW EXECUTE FUNCTION screening_safety_task_guard();
CREATE FUNCTION screening_never_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Answer sheets and safety tasks are never emptied.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'screening_never_emptied';
END $$;
CREATE TRIGGER screening_safety_task_never_emptied BEFORE TRUNCATE ON screening_safetytask
    FOR EACH STATEMENT EXECUTE FUNCTION screening_never_emptied();
CREATE TRIGGER screening_sheet_never_emptied BEFORE TRUNCATE ON screening_administration
    FOR EACH STATEMENT EXECUTE FUNCTION screening_never_emptied();
"""

BACKWARD = """
DROP TRIGGER screening_sheet_never_emptied ON screening_administration;
DROP TRIGGER screening_safety_task_never_emptied ON screening_safetytask;
DROP FUNCTION screening_never_emptied();
DROP TRIGGER screening_safety_task_guard ON screening_safetytask;
DROP FUNCTION screening_safety_task_guard();
DROP TRIGGER screening_open_safety_task ON screening_administration;
DROP FUNCTION screening_open_safety_task();
DROP FUNCTION screening_self_harm_answer(text, jsonb);
DROP TRIGGER screening_sheet_guard ON screening_administration;
DROP FUNCTION screening_sheet_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("screening", "0001_initial")]
    operations = [migrations.RunSQL(SHEET_GUARD + SAFETY_TASK_OPENED + SAFETY_TASK_GUARD, BACKWARD)]
