"""Rules between tables: who has a task from the tablet, consent before sensitive questions, what closes an intake."""

from apps.screening.migrations._result_rules import SAFETY_TASK_OPENED

# The function alone; its trigger stays.
EARLIER_TASK = SAFETY_TASK_OPENED[SAFETY_TASK_OPENED.index("-- The only place") :].partition("CREATE TRIGGER")[0]
EARLIER_TASK = EARLIER_TASK.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")

# Answered on the tablet nobody of the clinic is recorded; who handed it over has the task when nobody prescribes.
TASK_FROM_THE_TABLET = """
-- The only place where a safety task is opened, so that no write path can leave it out. The application says how
-- many minutes the clinic has agreed on; a write that says nothing gets an hour.
CREATE OR REPLACE FUNCTION screening_open_safety_task() RETURNS trigger LANGUAGE plpgsql AS $$
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
                coalesce(effective_prescriber(NEW.patient_id, opened), NEW.recorded_by_id,
                         (SELECT created_by_id FROM screening_tabletset WHERE id = NEW.tablet_id)),
                opened + make_interval(mins => minutes), 'open', '', '')
        -- Gone on with, the sheet has the same task; a graver answer is shown in it while it is open.
        ON CONFLICT (sheet_id) WHERE state = 'open' DO UPDATE SET severity = EXCLUDED.severity
            WHERE screening_safetytask.severity < EXCLUDED.severity;
    END IF;
    RETURN NULL;
END $$;
"""

TABLET_OF_SAME_PATIENT = """
CREATE FUNCTION screening_sheet_tablet() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.tablet_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM screening_tabletset t
        WHERE t.id = NEW.tablet_id AND t.patient_id = NEW.patient_id AND NEW.instrument = ANY (t.instruments)
    ) THEN
        RAISE EXCEPTION 'Answers from the tablet belong to the patient and the questionnaires of its set.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'screening_sheet_fits_the_tablet';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER screening_sheet_tablet BEFORE INSERT OR UPDATE ON screening_administration
    FOR EACH ROW EXECUTE FUNCTION screening_sheet_tablet();
"""

CONSENT_FIRST = """
CREATE FUNCTION screening_consent_first() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT c.answer FROM screening_sensitiveconsent c
        WHERE c.patient_id = NEW.patient_id AND c.topic = 'adversity'
        ORDER BY c.created_at DESC LIMIT 1) IS DISTINCT FROM 'given' THEN
        RAISE EXCEPTION 'These questions are asked only after the patient has agreed to be asked.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'screening_consent_first';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER screening_consent_first BEFORE INSERT OR UPDATE ON screening_administration
    FOR EACH ROW WHEN (NEW.instrument = 'ace') EXECUTE FUNCTION screening_consent_first();
"""

RED_FLAGS_FIRST = """
CREATE FUNCTION screening_red_flags_first() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT coalesce((SELECT c.whole FROM screening_checklistreview c
                     WHERE c.patient_id = NEW.patient_id AND c.checklist = 'red_flags'
                     ORDER BY c.answered_on DESC, c.created_at DESC LIMIT 1), false) THEN
        RAISE EXCEPTION 'Answer all red flags before you close the first visit.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'screening_red_flags_first';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER screening_red_flags_first_signed BEFORE INSERT ON patients_visit
    FOR EACH ROW WHEN (NEW.kind = 'first' AND NEW.state = 'signed') EXECUTE FUNCTION screening_red_flags_first();
CREATE TRIGGER screening_red_flags_first_signing BEFORE UPDATE ON patients_visit
    FOR EACH ROW WHEN (NEW.kind = 'first' AND NEW.state = 'signed' AND OLD.state <> 'signed')
    EXECUTE FUNCTION screening_red_flags_first();
"""

# The causes are those of the rule book; a test compares the two lists.
OPEN_RULE_OUTS = """
CREATE FUNCTION screening_open_rule_outs(whose uuid) RETURNS integer LANGUAGE sql STABLE AS $$
    WITH causes AS (
        SELECT unnest(ARRAY['overuse', 'iih', 'sih', 'cvt', 'vascular', 'gca', 'mass', 'hemicrania', 'tac', 'ndph',
            'sleep_apnoea', 'neck', 'jaw', 'sinus', 'cardiac', 'blood_pressure', 'bloods', 'drugs', 'brain',
            'psychiatric']) AS code
    ), latest AS (
        SELECT DISTINCT ON (cause) cause, state, explains FROM screening_causereview
        WHERE patient_id = whose ORDER BY cause, reviewed_on DESC, created_at DESC
    ), lists AS (
        SELECT DISTINCT ON (checklist) checklist, whole, answers FROM screening_checklistreview
        WHERE patient_id = whose ORDER BY checklist, answered_on DESC, created_at DESC
    )
    SELECT (
        -- A result that explains the headache speaks against refractory migraine as much as one that is not there yet.
        (SELECT count(*) FROM causes LEFT JOIN latest ON latest.cause = causes.code
         WHERE latest.state IS NULL OR latest.state IN ('to_do', 'ordered') OR latest.explains)
        + (SELECT count(*) FROM (VALUES ('red_flags'), ('pseudo')) needed (name)
           WHERE NOT EXISTS (SELECT FROM lists WHERE checklist = needed.name AND whole))
        + (SELECT count(*) FROM lists, jsonb_each_text(lists.answers) told
           WHERE lists.checklist = 'pseudo' AND told.value = 'yes')
    )::integer
$$;
"""

FORWARD = TASK_FROM_THE_TABLET + TABLET_OF_SAME_PATIENT + CONSENT_FIRST + RED_FLAGS_FIRST + OPEN_RULE_OUTS
BACKWARD = (
    EARLIER_TASK
    + """
DROP TRIGGER screening_sheet_tablet ON screening_administration;
DROP FUNCTION screening_sheet_tablet();
DROP TRIGGER screening_consent_first ON screening_administration;
DROP FUNCTION screening_consent_first();
DROP TRIGGER screening_red_flags_first_signed ON patients_visit;
DROP TRIGGER screening_red_flags_first_signing ON patients_visit;
DROP FUNCTION screening_red_flags_first();
DROP FUNCTION screening_open_rule_outs(uuid);
"""
)
