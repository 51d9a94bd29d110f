"""The one-prescriber rule, as far as designations go.

`effective_prescriber` is the single truth about who may change a patient's medicines at an instant. The triggers
below see to it that what it reads can be trusted on every write path. The medication ledger's own trigger stands
in the treatment app.
"""

from django.db import migrations

FUNCTIONS = """
-- Whether a person may prescribe on a day: the account is active and a credential is valid.
CREATE FUNCTION may_prescribe_on(person uuid, day date) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM accounts_user u JOIN accounts_prescribercredential c ON c.user_id = u.id
        WHERE u.id = person AND u.is_active AND day BETWEEN c.valid_from AND coalesce(c.valid_to, 'infinity'))
$$;

-- The cover if one runs, else the designated prescriber, else nobody.
CREATE FUNCTION effective_prescriber(whose uuid, instant timestamptz) RETURNS uuid LANGUAGE sql STABLE AS $$
    SELECT prescriber_id FROM patients_prescriberdesignation
    WHERE patient_id = whose AND period @> instant
    ORDER BY kind = 'cover' DESC LIMIT 1
$$;

-- Held to the end of the transaction by everything that names a prescriber or changes a medicine of this patient.
-- Afterwards each statement sees what was committed before the lock was had (READ COMMITTED); under stricter
-- isolation the row locks make a stale reader fail instead of letting it decide on old facts.
CREATE FUNCTION lock_prescribing(whose uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('prescribing:' || whose::text, 0));
    PERFORM FROM patients_prescriberdesignation WHERE patient_id = whose FOR SHARE;
END $$;
"""

DESIGNATION_GUARD = """
CREATE FUNCTION patients_designation_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    person_name text;
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'A designation is ended, never deleted: who prescribed when must stay on record.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'patients_designation_is_never_deleted';
    END IF;
    PERFORM lock_prescribing(NEW.patient_id);
    IF TG_OP = 'UPDATE' AND (NEW.patient_id, NEW.prescriber_id, NEW.kind, lower(NEW.period))
            IS DISTINCT FROM (OLD.patient_id, OLD.prescriber_id, OLD.kind, lower(OLD.period)) THEN
        RAISE EXCEPTION 'A designation can only be ended. To name somebody else, end it and make a new one.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'patients_designation_is_never_rewritten';
    END IF;
    IF TG_OP = 'UPDATE' AND upper(OLD.period) <= clock_timestamp() AND NEW.period <> OLD.period THEN
        RAISE EXCEPTION 'This designation is over. What is past stays as it was.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'patients_designation_past_stays';
    END IF;
    IF TG_OP = 'INSERT' AND NOT may_prescribe_on(NEW.prescriber_id, lower(NEW.period)::date) THEN
        SELECT full_name INTO person_name FROM accounts_user WHERE id = NEW.prescriber_id;
        RAISE EXCEPTION '%', coalesce(person_name, 'This person') || ' can''t be named: an active account and a '
                || 'prescriber credential valid on that day are needed.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'patients_designation_needs_credential';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER patients_designation_guard BEFORE INSERT OR UPDATE OR DELETE ON patients_prescriberdesignation
    FOR EACH ROW EXECUTE FUNCTION patients_designation_guard();

-- At the end of the transaction, so that a handover may end one designation and begin the next in one go.
CREATE FUNCTION patients_cover_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM patients_prescriberdesignation cover
        WHERE cover.patient_id = NEW.patient_id AND cover.kind = 'cover'
          AND upper(cover.period) > clock_timestamp()
          AND NOT coalesce((SELECT range_agg(d.period) FROM patients_prescriberdesignation d
                   WHERE d.patient_id = cover.patient_id AND d.kind = 'designated') @> cover.period, false)
    ) OR (NEW.kind = 'cover' AND NOT coalesce((SELECT range_agg(d.period) FROM patients_prescriberdesignation d
                   WHERE d.patient_id = NEW.patient_id AND d.kind = 'designated') @> NEW.period, false)) THEN
        RAISE EXCEPTION 'Cover must lie inside the time of a designated prescriber: there is nobody to be covered.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'patients_cover_inside_designation';
    END IF;
    IF EXISTS (
        SELECT FROM patients_prescriberdesignation cover JOIN patients_prescriberdesignation d
            ON d.patient_id = cover.patient_id AND d.kind = 'designated' AND d.prescriber_id = cover.prescriber_id
           AND d.period && cover.period
        WHERE cover.patient_id = NEW.patient_id AND cover.kind = 'cover' AND upper(cover.period) > clock_timestamp()
    ) THEN
        RAISE EXCEPTION 'Somebody can''t cover for themselves. End the cover first, or name another person.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'patients_cover_by_somebody_else';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER patients_cover_guard AFTER INSERT OR UPDATE ON patients_prescriberdesignation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION patients_cover_guard();
"""

DEACTIVATION_GUARD = """
CREATE FUNCTION accounts_user_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    how_many integer;
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.is_active OR NOT OLD.is_active) THEN
        RETURN NEW;
    END IF;
    SELECT count(DISTINCT patient_id) INTO how_many FROM patients_prescriberdesignation
    WHERE prescriber_id = OLD.id AND coalesce(upper(period), 'infinity') > clock_timestamp();
    IF how_many > 0 THEN
        RAISE EXCEPTION '% still prescribes for % patient(s). Hand them over first.', OLD.full_name, how_many
            USING ERRCODE = 'check_violation', CONSTRAINT = 'accounts_user_prescriber_stays_active';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER accounts_user_guard BEFORE UPDATE OF is_active OR DELETE ON accounts_user
    FOR EACH ROW EXECUTE FUNCTION accounts_user_guard();
"""

HANDOVER_GUARD = """
CREATE FUNCTION patients_handover_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'A handover is withdrawn or answered, never deleted.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'patients_handover_is_never_deleted';
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.state <> 'offered' THEN
        RAISE EXCEPTION 'This handover was answered already. What was answered stays.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'patients_handover_answer_stays';
    END IF;
    IF NEW.designation_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM patients_prescriberdesignation d WHERE d.id = NEW.designation_id
          AND d.patient_id = NEW.patient_id AND d.prescriber_id = NEW.offered_to_id AND d.kind = 'designated'
    ) THEN
        RAISE EXCEPTION 'An accepted handover must name the designation of the person who accepted it.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'patients_handover_designation_matches';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER patients_handover_guard BEFORE INSERT OR UPDATE OR DELETE ON patients_prescriberhandover
    FOR EACH ROW EXECUTE FUNCTION patients_handover_guard();
"""

BACKWARD = """
DROP TRIGGER patients_handover_guard ON patients_prescriberhandover;
DROP FUNCTION patients_handover_guard();
DROP TRIGGER accounts_user_guard ON accounts_user;
DROP FUNCTION accounts_user_guard();
DROP TRIGGER patients_cover_guard ON patients_prescriberdesignation;
DROP FUNCTION patients_cover_guard();
DROP TRIGGER patients_designation_guard ON patients_prescriberdesignation;
DROP FUNCTION patients_designation_guard();
DROP FUNCTION lock_prescribing(uuid);
DROP FUNCTION effective_prescriber(uuid, timestamptz);
DROP FUNCTION may_prescribe_on(uuid, date);
"""


class Migration(migrations.Migration):
    dependencies = [("patients", "0002_initial"), ("accounts", "0001_initial")]
    operations = [migrations.RunSQL(FUNCTIONS + DESIGNATION_GUARD + DEACTIVATION_GUARD + HANDOVER_GUARD, BACKWARD)]
