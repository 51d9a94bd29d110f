"""Results that are no total are whole; safety tasks open from the C-SSRS too and change hands by somebody."""

from importlib import import_module

earlier = import_module("apps.screening.migrations.0002_sheets_and_safety")

RESULT_GUARD = """
CREATE FUNCTION screening_sheet_result_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF jsonb_typeof(NEW.subscores) <> 'array' OR EXISTS (
        SELECT FROM jsonb_array_elements(CASE WHEN jsonb_typeof(NEW.subscores) = 'array' THEN NEW.subscores END) scale
        WHERE coalesce(scale ->> 'code', '') = '' OR coalesce(scale ->> 'value', '') !~ '^[0-9]+([.][0-9]+)?$'
    ) THEN
        RAISE EXCEPTION 'Each scale of a result has its name and a number.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'screening_scales_have_values';
    END IF;
    IF NEW.wording_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM screening_instrumentwording w JOIN screening_instrumentlicence l ON l.id = w.licence_id
        WHERE w.id = NEW.wording_id AND (l.instrument, l.language) = (NEW.instrument, NEW.language)
    ) THEN
        RAISE EXCEPTION 'The wording that was shown belongs to the instrument and the language of the sheet.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'screening_wording_fits_the_sheet';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER screening_sheet_result_guard BEFORE INSERT OR UPDATE ON screening_administration
    FOR EACH ROW EXECUTE FUNCTION screening_sheet_result_guard();
"""

SAFETY_TASK_OPENED = """
DROP TRIGGER screening_open_safety_task ON screening_administration;
DROP FUNCTION screening_open_safety_task();
DROP FUNCTION screening_self_harm_answer(text, jsonb);

-- Which answers need a person now, and how grave they are from 1 to 3, whatever else is answered: PHQ-9 item 9
-- (thoughts of death or self-harm) and any yes in the C-SSRS screener. The rule book says the same.
CREATE FUNCTION screening_alert(instrument text, answers jsonb, OUT reason text, OUT severity integer)
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE instrument WHEN 'phq9' THEN 'phq9_item9' WHEN 'cssrs' THEN 'cssrs_positive' END,
        CASE instrument
            WHEN 'phq9' THEN (answers ->> 'item9')::numeric::integer
            WHEN 'cssrs' THEN CASE
                WHEN greatest((answers ->> 'q4')::numeric, (answers ->> 'q5')::numeric,
                              (answers ->> 'q6_recent')::numeric) >= 1 THEN 3
                WHEN greatest((answers ->> 'q3')::numeric, (answers ->> 'q6')::numeric) >= 1 THEN 2
                WHEN greatest((answers ->> 'q1')::numeric, (answers ->> 'q2')::numeric) >= 1 THEN 1
            END
        END
$$;

-- The only place where a safety task is opened, so that no write path can leave it out. The application says how
-- many minutes the clinic has agreed on; a write that says nothing gets an hour.
CREATE FUNCTION screening_open_safety_task() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    alert record;
    minutes integer := coalesce(nullif(current_setting('clinic.safety_task_minutes', true), '')::integer, 60);
    opened timestamptz := clock_timestamp();
BEGIN
    SELECT * INTO alert FROM screening_alert(NEW.instrument, NEW.answers);
    -- What was closed stays closed; an answer graver than what was dealt with needs somebody again.
    IF alert.severity >= 1 AND NOT EXISTS (
        SELECT FROM screening_safetytask
        WHERE sheet_id = NEW.id AND state = 'closed' AND severity >= alert.severity
    ) THEN
        INSERT INTO screening_safetytask (id, created_at, created_by_id, patient_id, sheet_id, reason, severity,
                                          opened_at, opened_by_id, owner_id, due_at, state, action, outcome)
        VALUES (gen_random_uuid(), opened, NEW.recorded_by_id, NEW.patient_id, NEW.id, alert.reason, alert.severity,
                opened, NEW.recorded_by_id,
                coalesce(effective_prescriber(NEW.patient_id, opened), NEW.recorded_by_id),
                opened + make_interval(mins => minutes), 'open', '', '')
        -- Gone on with, the sheet has the same task; a graver answer is shown in it while it is open.
        ON CONFLICT (sheet_id) WHERE state = 'open' DO UPDATE SET severity = EXCLUDED.severity
            WHERE screening_safetytask.severity < EXCLUDED.severity;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER screening_open_safety_task AFTER INSERT OR UPDATE ON screening_administration
    FOR EACH ROW EXECUTE FUNCTION screening_open_safety_task();
"""

SAFETY_TASK_GUARD = """
CREATE OR REPLACE FUNCTION screening_safety_task_guard() RETURNS trigger LANGUAGE plpgsql AS $$
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
        NEW.severity < OLD.severity
        OR (NEW.patient_id, NEW.sheet_id, NEW.reason, NEW.opened_at, NEW.opened_by_id, NEW.due_at)
            IS DISTINCT FROM
           (OLD.patient_id, OLD.sheet_id, OLD.reason, OLD.opened_at, OLD.opened_by_id, OLD.due_at)
    ) THEN
        RAISE EXCEPTION 'A safety task keeps what opened it and when it is due.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'screening_safety_task_keeps_its_reason';
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.owner_id IS DISTINCT FROM OLD.owner_id
        AND (NEW.assigned_by_id IS NULL OR NEW.assigned_at IS NOT DISTINCT FROM OLD.assigned_at) THEN
        RAISE EXCEPTION 'A safety task changes hands by somebody, at a time.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'screening_safety_task_given_by_somebody';
    END IF;
    IF NOT EXISTS (
        SELECT FROM screening_administration s WHERE s.id = NEW.sheet_id AND s.patient_id = NEW.patient_id
    ) THEN
        RAISE EXCEPTION 'A safety task belongs to the patient of its sheet.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'screening_safety_task_same_patient';
    END IF;
    RETURN NEW;
END $$;
"""

# Finished sheets without a total get their reason; only here may a finished sheet change.
REASONS = """
ALTER TABLE screening_administration DISABLE TRIGGER screening_sheet_guard;
UPDATE screening_administration SET why_unscored = missing || ' items are not answered'
    WHERE state = 'complete' AND total IS NULL;
ALTER TABLE screening_administration ENABLE TRIGGER screening_sheet_guard;
"""

FORWARD = RESULT_GUARD + SAFETY_TASK_OPENED + SAFETY_TASK_GUARD
BACKWARD = (
    """
DROP TRIGGER screening_sheet_result_guard ON screening_administration;
DROP FUNCTION screening_sheet_result_guard();
DROP TRIGGER screening_open_safety_task ON screening_administration;
DROP FUNCTION screening_open_safety_task();
DROP FUNCTION screening_alert(text, jsonb);
DROP TRIGGER screening_safety_task_guard ON screening_safetytask;
DROP FUNCTION screening_safety_task_guard();
"""
    + earlier.SAFETY_TASK_OPENED
    + earlier.SAFETY_TASK_GUARD.partition("CREATE FUNCTION screening_never_emptied")[0]
)
